BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
    $edit = 'google/nano-banana-2/edit'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
}

AfterAll { Exit-Test }

Describe 'New-AtlasImage' {
    BeforeEach { $emulator.ClearLedger() }

    Context 'request' {
        It 'returns the prediction without waiting for it' {
            $prediction = New-AtlasImage 'a cat' -Model $model -Label first
            $prediction.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Prediction'
            $prediction.Id | Should -Not -BeNullOrEmpty
            $prediction.Model | Should -Be $model
            $prediction.Label | Should -Be 'first'
            $prediction.Kind | Should -Be 'Image'
            "$prediction" | Should -Be $prediction.Id
            ($emulator.Ledger | Where-Object Method -EQ POST).Path | Should -Be '/api/v1/model/generateImage'
        }

        It 'sends a parameter under the name that the model uses' {
            $null = New-AtlasImage 'a cat' -Model black-forest-labs/flux-schnell -Size 512x768 -Seed 7 -Count 2
            $body = Get-Submit $emulator
            $body.size | Should -Be '512*768'
            $body.seed | Should -Be 7
            $body.num_images | Should -Be 2
        }

        It 'sends -Parameters of any dictionary type' {
            $null = New-AtlasImage 'a cat' -Model $model -Parameters ([ordered]@{ output_format = 'jpeg'; enable_base64_output = $false })
            $body = Get-Submit $emulator
            $body.output_format | Should -Be 'jpeg'
            $body.enable_base64_output | Should -BeFalse
        }

        It 'generates 3D models' {
            (New-AtlasImage 'a chair' -Model tencent/hunyuan3d-rapid/text-to-3d).Kind | Should -Be 'ThreeD'
        }

        It 'does not send the label' {
            $null = New-AtlasImage 'a cat' -Model $model -Label 'my own business'
            (Get-Submit $emulator | ConvertTo-Json) | Should -Not -BeLike '*my own business*'
        }

        It 'submits nothing with -WhatIf' {
            $shell = New-TestShell { Connect-Atlas $given; 'a', 'b' | New-AtlasImage -Model $model -WhatIf } @{ given = Get-AtlasSession; model = $model }
            try { $shell.Invoke() | Should -BeNullOrEmpty; $shell.HadErrors | Should -BeFalse }
            finally { $shell.Runspace.Dispose(); $shell.Dispose() }
            Get-Submit $emulator | Should -BeNullOrEmpty
        }

        It 'sends the webhook and the lifetime of the outputs' {
            $null = New-AtlasImage 'a cat' -Model $model -WebhookUri https://example.com/hook -OutputExpiration 02:00:00
            (Get-Submit $emulator).webhook_url | Should -Be 'https://example.com/hook'
        }
    }

    Context 'pipeline input' {
        BeforeAll {
            $file = New-Picture "$TestDrive/one.png" 1
            $media = Send-AtlasMedia $file.FullName
            $done = New-AtlasImage 'source' -Model $model | Wait-AtlasPrediction
        }

        It 'accepts text as the prompt' {
            'one', 'two' | New-AtlasImage -Model $model | Should -HaveCount 2
            (Get-Submit $emulator).prompt | Sort-Object | Should -Be @('one', 'two')
        }

        It 'accepts numbers as prompts' {
            1..3 | New-AtlasImage -Model $model | Should -HaveCount 3
            (Get-Submit $emulator).prompt | Sort-Object | Should -Be @('1', '2', '3')
        }

        It 'accepts a file as the image, and uploads it' {
            $other = New-Picture "$TestDrive/two.png" 2
            $null = $other | New-AtlasImage 'make it blue' -Model $edit
            $body = Get-Submit $emulator
            $body.images | Should -BeLike "$($emulator.BaseUri)media/*"
            $body.prompt | Should -Be 'make it blue'
            Get-Upload $emulator | Should -HaveCount 1
        }

        It 'accepts an upload as the image, without uploading it again' {
            $null = $media | New-AtlasImage 'make it blue' -Model $edit
            (Get-Submit $emulator).images | Should -Be "$media"
            Get-Upload $emulator | Should -BeNullOrEmpty
        }

        It 'accepts an output as the image' {
            $null = $done.Outputs | New-AtlasImage 'make it blue' -Model $edit
            (Get-Submit $emulator).images | Should -Be $done.Outputs[0].Value
        }

        It 'accepts a prediction as the image, and ignores its model' {
            $null = $done | New-AtlasImage 'make it blue' -Model $edit
            $body = Get-Submit $emulator
            $body.images | Should -Be $done.Outputs[0].Value
            $body.model | Should -Be $edit
        }

        It 'accepts text as the image when -Prompt is given' {
            $null = $file.FullName | New-AtlasImage 'make it blue' -Model $edit
            (Get-Submit $emulator).images | Should -BeLike "$($emulator.BaseUri)media/*"
        }

        It 'accepts the reply of a language model as the prompt' {
            $null = Invoke-AtlasChat 'a title' -Model deepseek-ai/deepseek-v3.2 | New-AtlasImage -Model $model
            (Get-Submit $emulator).prompt | Should -Be 'You said: a title'
        }

        It 'accepts CSV rows with the input names of the service as columns' {
            "prompt,model,aspect_ratio,resolution,seed,label`na cat,$model,1:1,2k,42,row1`na dog,$model,16:9,1k,43,row2" | Set-Content "$TestDrive/rows.csv"
            $made = Import-Csv "$TestDrive/rows.csv" | New-AtlasImage
            $made.Label | Should -Be @('row1', 'row2')
            $body = Get-Submit $emulator | Sort-Object { $_.seed }
            $body.prompt | Should -Be @('a cat', 'a dog')
            $body.aspect_ratio | Should -Be @('1:1', '16:9')
            $body.resolution | Should -Be @('2k', '1k')
            $body.seed | Should -Be @(42, 43)
        }

        It 'ignores an empty cell' {
            "prompt,model,image,last_image,negative_prompt,aspect_ratio,resolution,size,seed,duration,num_images,label`na cat,$model,,,,,,,,,," | Set-Content "$TestDrive/empty.csv"
            Import-Csv "$TestDrive/empty.csv" | New-AtlasImage | Should -HaveCount 1
            $body = Get-Submit $emulator
            $body.Keys | Sort-Object | Should -Be @('model', 'prompt')
        }

        It 'prefers a parameter to a column' {
            [pscustomobject]@{ prompt = 'from the row'; model = 'no/such'; seed = 1 } | New-AtlasImage -Model $model -Seed 9 | Should -HaveCount 1
            (Get-Submit $emulator).seed | Should -Be 9
        }

        It 'accepts <Kind> that was imported from a file' -TestCases @(
            @{ Kind = 'an upload' }, @{ Kind = 'an output' }, @{ Kind = 'a prediction' }
        ) {
            $value = @{ 'an upload' = $media; 'an output' = $done.Outputs[0]; 'a prediction' = $done }[$Kind]
            $value | Export-Clixml "$TestDrive/object.xml"
            $null = Import-Clixml "$TestDrive/object.xml" | New-AtlasImage 'make it blue' -Model $edit
            $body = Get-Submit $emulator
            $body.model | Should -Be $edit
            $body.images | Should -Be ($Kind -eq 'an upload' ? "$media" : $done.Outputs[0].Value)
        }

        It 'accepts a deserialized file' {
            $file | Export-Clixml "$TestDrive/file.xml"
            $null = Import-Clixml "$TestDrive/file.xml" | New-AtlasImage 'make it blue' -Model $edit
            (Get-Submit $emulator).images | Should -BeLike "$($emulator.BaseUri)media/*"
        }

        It 'accepts the same objects for -Image' {
            $done | Export-Clixml "$TestDrive/object.xml"
            $null = New-AtlasImage 'all' -Model $edit -Image $file, $file.FullName, $media, $done, $done.Outputs[0], 'https://example.com/a.png', (Import-Clixml "$TestDrive/object.xml")
            (Get-Submit $emulator).images | Should -HaveCount 7
        }

        It 'resolves -Image relative to the current location' {
            Push-Location $TestDrive
            try { $null = New-AtlasImage 'blue' -Model $edit -Image ./one.png }
            finally { Pop-Location }
            (Get-Submit $emulator).images | Should -BeLike "$($emulator.BaseUri)media/*"
        }

        It 'returns predictions in the order of the input' {
            $slow = Start-TestEmulator -Rule @{ path = '*generateImage'; times = 1; delayMilliseconds = 400 }
            $made = 1..6 | New-AtlasImage -Model $model -Session (New-TestSession $slow) -ThrottleLimit 6
            $made.Request.prompt | Should -Be @('1', '2', '3', '4', '5', '6')
        }

        It 'continues after an input that fails' {
            $found = @()
            $made = 'one', '', 'three' | ForEach-Object { [pscustomobject]@{ prompt = $_ } } |
                New-AtlasImage -Model $model -ErrorAction SilentlyContinue -ErrorVariable found
            $made.Request.prompt | Should -Be @('one', 'three')
            $found | Should -HaveCount 1
        }
    }

    Context 'errors' {
        It 'fails with ModelNotFound for <Name>' -TestCases @(@{ Name = 'no/such-model' }, @{ Name = 'nano-bananna' }) {
            $found = Get-ErrorOf { New-AtlasImage x -Model $Name }
            Assert-AtlasError $found 'ModelNotFound' 'ObjectNotFound' "*'$Name'*" -Nothing
            Get-Submit $emulator | Should -BeNullOrEmpty
        }

        It 'recommends the command for a model of another type' {
            $found = Get-ErrorOf { New-AtlasImage x -Model alibaba/wan-2.6/text-to-video }
            Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' -Nothing
            "$($found[0].Exception.Message) $($found[0].ErrorDetails.RecommendedAction)" | Should -BeLike '*New-AtlasVideo*'
        }

        It 'maps HTTP status <Status> to <Id>' -TestCases @(
            @{ Status = 401; Id = 'Authentication'; Category = 'AuthenticationError' }
            @{ Status = 402; Id = 'InsufficientBalance'; Category = 'QuotaExceeded' }
            @{ Status = 403; Id = 'PermissionDenied'; Category = 'PermissionDenied' }
            @{ Status = 413; Id = 'PayloadTooLarge'; Category = 'LimitsExceeded' }
            @{ Status = 451; Id = 'RegionBlocked'; Category = 'PermissionDenied' }
        ) {
            $faulty = Start-TestEmulator -Rule @{ path = '*generateImage'; reply = @{ status = $Status; headers = @{ 'X-Request-ID' = 'req-known' }; body = @{ code = $Status; msg = 'message of the service' } } }
            $session = New-TestSession $faulty
            $found = Get-ErrorOf { New-AtlasImage x -Model $model -Session $session }
            Assert-AtlasError $found $Id $Category '*message of the service*'
            $found[0].Exception.Message | Should -BeLike '*req-known*'
            $found[0].Exception.RequestId | Should -Be 'req-known'
            $faulty.Charges | Should -BeNullOrEmpty
        }

        It 'fails with ContentBlocked when the service rejects the content' {
            $faulty = Start-TestEmulator -Rule @{ path = '*generateImage'; reply = @{ status = 400; body = @{ code = 400; msg = 'content moderation refused the prompt' } } }
            $session = New-TestSession $faulty
            Assert-AtlasError (Get-ErrorOf { New-AtlasImage x -Model $model -Session $session }) 'ContentBlocked' 'InvalidData'
        }

        It 'does not retry a submit whose outcome is unknown' {
            $faulty = Start-TestEmulator -Rule @{ path = '*generateImage'; fault = 'drop-after' }, @{ path = '*history*'; reply = @{ status = 500 } }
            $session = New-TestSession $faulty @{ MaximumRetryCount = 0 }
            $found = Get-ErrorOf { New-AtlasImage x -Model $model -Session $session }
            Assert-AtlasError $found 'SubmitOutcomeUnknown' 'OperationStopped'
            Get-Submit $faulty | Should -HaveCount 1
        }

        It 'reports the input as the target of the error' {
            $found = Get-ErrorOf { 'text of mine' | New-AtlasImage -Model $model -Image no-such-file.png }
            $found | Should -HaveCount 1
            $found[0].TargetObject | Should -Not -BeNullOrEmpty
        }

        It 'fails with NoSession without a session' {
            $kept = Get-AtlasSession
            Disconnect-Atlas
            try { Assert-AtlasError (Get-ErrorOf { 'a', 'b' | New-AtlasImage -Model $model }) 'NoSession' 'AuthenticationError' -Nothing }
            finally { Connect-Atlas $kept }
        }

        It 'does not use the model of a piped prediction as -Model' {
            $done = New-AtlasImage 'source' -Model $model | Wait-AtlasPrediction
            $found = Get-ErrorOf { $done | New-AtlasImage 'x' }
            $found | Should -HaveCount 1
            $found[0].Exception.Message | Should -BeLike '*Model*'
        }
    }

    Context 'cancellation' {
        It 'stops at Ctrl+C, and submits nothing afterwards' {
            $slow = Start-TestEmulator -Rule @{ path = '*generateImage'; delayMilliseconds = 30000 }
            $run = Invoke-Stopped { 1..20 | New-AtlasImage -Model $model -Session $given -ThrottleLimit 4 } @{ given = New-TestSession $slow; model = $model } -When { (Get-SubmitCount $slow) -eq 4 }
            Assert-Stopped $run $slow
            Get-SubmitCount $slow | Should -Be 4
        }

        It 'completes a submit in flight at Ctrl+C' {
            # On a busy machine, the response can come later than the end of the grace period, or the stop later than the response.
            foreach ($try in 1..10) {
                $slow = Start-TestEmulator -Rule @{ path = '*generateImage'; delayMilliseconds = 150 }
                $given = New-TestSession $slow @{ JournalPath = "$TestDrive/stopped-$try.jsonl" }
                $run = Invoke-Stopped { New-AtlasImage x -Model $model -Session $given -Verbose 4>$null } @{ given = $given; model = $model } -When { (Get-SubmitCount $slow) -eq 1 }
                $entry = Get-AtlasPrediction -Journal -Session $given
                if (-not $run.EndedBefore -and $entry.PredictionId) { break }
            }

            $entry.PredictionId | Should -Be $slow.Charges.PredictionId
            $entry.State | Should -Be 'InFlight'
        }

        It 'stops with Select-Object -First' {
            $slow = Start-TestEmulator
            $session = New-TestSession $slow
            1..5000 | New-AtlasImage -Model $model -Session $session -ThrottleLimit 4 | Select-Object -First 2 | Should -HaveCount 2
            Assert-Quiet $slow $session
            Get-SubmitCount $slow | Should -BeLessThan 5000
        }

        It 'stops when a downstream command throws' {
            $slow = Start-TestEmulator
            $session = New-TestSession $slow
            { 1..5000 | New-AtlasImage -Model $model -Session $session -ThrottleLimit 4 | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
            Assert-Quiet $slow $session
            Get-SubmitCount $slow | Should -BeLessThan 5000
        }

        It 'stops at the first error with -ErrorAction Stop' {
            $slow = Start-TestEmulator -Rule @{ path = '*generateImage'; skip = 3; times = 1; reply = @{ status = 402; body = @{ msg = 'no money' } } }
            $session = New-TestSession $slow
            $made = [System.Collections.Generic.List[object]]::new()
            { 1..200 | New-AtlasImage -Model $model -Session $session -ThrottleLimit 1 -ErrorAction Stop | ForEach-Object { $made.Add($_) } } | Should -Throw -ErrorId 'InsufficientBalance,*'
            $made.Count | Should -Be 3
            (Get-SubmitCount $slow) | Should -BeLessThan 10
        }
    }
}
