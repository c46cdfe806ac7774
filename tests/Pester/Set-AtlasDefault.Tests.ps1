BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $null = New-Item $env:ATLASCLOUD_HOME -ItemType Directory -Force
    $file = Join-Path $env:ATLASCLOUD_HOME 'defaults.json'
    $turbo = 'z-image/turbo'
    $banana = 'google/nano-banana-2/text-to-image'
}

AfterAll { Exit-Test }

Describe 'Set-AtlasDefault and Get-AtlasDefault' {
    AfterEach { Remove-Item $file -ErrorAction Ignore }

    It 'sets, returns and removes values' {
        Set-AtlasDefault -ImageModel $turbo -ThrottleLimit 4 | Should -BeNullOrEmpty
        Set-AtlasDefault -Name '{id}' -Remove ThrottleLimit
        $defaults = Get-AtlasDefault
        $defaults.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.UserDefaults'
        $defaults.ImageModel, $defaults.Name, $defaults.ThrottleLimit | Should -Be $turbo, '{id}', $null
        $defaults.Path | Should -Be $file
        (Get-Content $file -Raw | ConvertFrom-Json).imageModel | Should -Be $turbo
    }

    It 'returns empty values and the path without a file' {
        (Get-AtlasDefault).Path | Should -Be $file
        (Get-AtlasDefault).ImageModel | Should -BeNullOrEmpty
        Test-Path $file | Should -BeFalse
    }

    It 'writes nothing with -WhatIf' {
        Set-AtlasDefault -ImageModel $turbo -WhatIf
        Test-Path $file | Should -BeFalse
    }

    It 'rejects a value that is set and removed' {
        { Set-AtlasDefault -Name '{id}' -Remove Name -ErrorAction Stop } | Should -Throw '*-Remove Name*' -ErrorId 'InvalidParameter,*'
    }

    It 'rejects an API key' {
        { Set-AtlasDefault -Name 'apikey-3f9a1c7e5b2d4860' -ErrorAction Stop } | Should -Throw '*API key*'
        Test-Path $file | Should -BeFalse
    }

    It 'reports a mistake with file and line before anything is submitted' {
        "{`n  `"imageModel`": 5`n}" | Set-Content $file
        $emulator.ClearLedger()
        foreach ($command in { New-AtlasImage x -ErrorAction Stop }, { Get-AtlasDefault -ErrorAction Stop }, { New-AtlasSession -ErrorAction Stop }) {
            $failure = $null
            try { & $command } catch { $failure = $_ }
            "$failure" | Should -BeLike "*$file*line 2*imageModel*"
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidParameter,*'
        }
        @(Get-Submit $emulator).Count | Should -Be 0
    }

    It 'says how to repair a file with a mistake, which is not overwritten' {
        "{`n  `"imageModel`": 5`n}" | Set-Content $file
        $failure = @(Get-ErrorOf { Set-AtlasDefault -ImageModel $turbo })[0]
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*correct or delete the file*'
        (Get-Content $file -Raw) | Should -BeLike '*5*'
    }

    It 'runs commands whose values are specified although the file has a mistake' {
        "{`n  `"imageModel`": 5`n}" | Set-Content $file
        $done = New-AtlasImage a -Model $turbo -ErrorAction Stop | Wait-AtlasPrediction
        $done | Save-AtlasOutput $TestDrive -Name specified -ErrorAction Stop | Should -Not -BeNullOrEmpty
        { $done | Save-AtlasOutput $TestDrive -ErrorAction Stop } | Should -Throw "*$file*line 2*"
    }

    It 'warns about a mistake if the session comes from the environment variables' {
        "{`n  `"imageModel`": 5`n}" | Set-Content $file
        $address = $env:ATLASCLOUD_BASE_URL
        Disconnect-Atlas
        try {
            $env:ATLASCLOUD_BASE_URL = $emulator.BaseUri
            Get-AtlasModel $turbo -ErrorAction Stop -WarningVariable shown -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
            "$shown" | Should -BeLike "*$file*line 2*"
        }
        finally {
            $env:ATLASCLOUD_BASE_URL = $address
            Remove-Item $file
            Connect-Atlas (New-TestSession $emulator)
        }
    }

    It 'rejects a name template with an unknown placeholder' {
        { Set-AtlasDefault -Name '{nope}' -ErrorAction Stop } | Should -Throw '*{nope} is not a placeholder*' -ErrorId 'InvalidParameter,*'
        Test-Path $file | Should -BeFalse
    }

    It 'is recommended to a command without a model' -TestCases @(
        @{ Command = { New-AtlasImage a }; Parameter = '-ImageModel' }
        @{ Command = { New-AtlasVideo a }; Parameter = '-VideoModel' }
        @{ Command = { New-AtlasAudio a }; Parameter = '-AudioModel' }
        @{ Command = { Invoke-AtlasChat a }; Parameter = '-ChatModel' }
    ) {
        @(Get-ErrorOf $Command)[0].ErrorDetails.RecommendedAction | Should -BeLike "*Set-AtlasDefault $Parameter*"
    }

    It 'warns once about a member that is not known' {
        "{`n  `"colour`": `"red`",`n  `"imageModel`": `"$turbo`"`n}" | Set-Content $file
        $null = New-AtlasImage a -WarningVariable first -WarningAction SilentlyContinue
        $null = New-AtlasImage b -WarningVariable second -WarningAction SilentlyContinue
        "$first" | Should -BeLike '*colour (line 2)*'
        $second | Should -BeNullOrEmpty
        Get-AtlasDefault -WarningVariable shown -WarningAction SilentlyContinue | Out-Null
        "$shown" | Should -BeLike '*colour (line 2)*'
    }

    It 'reports a name template that is not valid with file and line' {
        "{`n`n  `"name`": `"{nonsense}`"`n}" | Set-Content $file
        $done = New-AtlasImage a -Model $turbo | Wait-AtlasPrediction
        { $done | Save-AtlasOutput $TestDrive -ErrorAction Stop } | Should -Throw "*$file*line 3*"
        $done | Save-AtlasOutput $TestDrive -Name typed | Should -Not -BeNullOrEmpty
    }

    It 'completes the models of the kind' {
        $null = Get-AtlasModel
        $line = 'Set-AtlasDefault -VideoModel wan-2.6'
        $models = (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText
        $models | Should -Contain 'alibaba/wan-2.6/text-to-video'
        $line = 'Set-AtlasDefault -ImageModel wan-2.6'
        @((TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText) | Should -Not -Contain 'alibaba/wan-2.6/text-to-video'
    }
}

Describe 'The precedence of defaults' {
    BeforeEach {
        $emulator.ClearLedger()
        Set-AtlasDefault -ImageModel $turbo -VideoModel alibaba/wan-2.6/text-to-video -AudioModel xai/tts-v1 -ChatModel deepseek-ai/deepseek-v3.2
    }

    AfterEach { Remove-Item $file -ErrorAction Ignore }

    It 'uses the file if nothing else is specified' {
        (New-AtlasImage x).Model | Should -Be $turbo
        (New-AtlasVideo x).Model | Should -Be 'alibaba/wan-2.6/text-to-video'
        (New-AtlasAudio x).Model | Should -Be 'xai/tts-v1'
        (Invoke-AtlasChat x).Model | Should -Be 'deepseek-ai/deepseek-v3.2'
        { Measure-AtlasCost x -ErrorAction Stop } | Should -Throw '*No model*'
    }

    It 'prefers an argument' {
        (New-AtlasImage x -Model $banana).Model | Should -Be $banana
        (Invoke-AtlasChat x -Model deepseek-ai/deepseek-v4-flash).Model | Should -Be 'deepseek-ai/deepseek-v4-flash'
    }

    It 'prefers a column' {
        ([pscustomobject]@{ Prompt = 'x'; Model = $banana }, [pscustomobject]@{ Prompt = 'x'; Model = '' } | New-AtlasImage).Model | Should -Be $banana, $turbo
    }

    It 'prefers $PSDefaultParameterValues to a column and to the file' {
        $PSDefaultParameterValues = @{ 'New-AtlasImage:Model' = $banana }
        (New-AtlasImage x).Model | Should -Be $banana
        ([pscustomobject]@{ Prompt = 'x'; Model = $turbo } | New-AtlasImage -WarningAction SilentlyContinue).Model | Should -Be $banana
        (New-AtlasImage x -Model $turbo).Model | Should -Be $turbo
    }

    It 'prefers the model of a conversation' {
        $reply = Invoke-AtlasChat x -Model deepseek-ai/deepseek-v4-flash
        ($reply | Invoke-AtlasChat y).Model | Should -Be 'deepseek-ai/deepseek-v4-flash'
    }

    It 'prefers the model of an earlier request' {
        @{ request = @{ model = $banana; prompt = 'x' } } | ConvertTo-Json | Set-Content "$TestDrive/earlier.json"
        (Import-AtlasRequest "$TestDrive/earlier.json" | New-AtlasImage).Model | Should -Be $banana
    }

    It 'offers the inputs of the default model as parameters' {
        $null = New-AtlasImage x -PromptExtend $true
        (Get-Submit $emulator).prompt_extend | Should -BeTrue
    }

    It 'completes the values of the default model' {
        Set-AtlasDefault -ImageModel google/nano-banana-2/text-to-image
        $null = Get-AtlasModelParameter google/nano-banana-2/text-to-image
        $line = 'New-AtlasImage -AspectRatio '
        (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText | Should -Contain '4:5'
        $line = 'New-AtlasImage -Size '
        (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText | Should -BeNullOrEmpty
    }

    It 'applies to files that are piped' {
        Set-AtlasDefault -ImageModel google/nano-banana-2/edit
        (New-Picture "$TestDrive/piped.png" | New-AtlasImage 'as a drawing').Model | Should -Be 'google/nano-banana-2/edit'
    }

    It 'sets folder and name of saved files' {
        Set-AtlasDefault -Destination "$TestDrive/fromfile" -Name 'default-{index}'
        $done = New-AtlasImage x | Wait-AtlasPrediction
        ($done | Save-AtlasOutput).FullName | Should -Be (Join-Path $TestDrive 'fromfile' 'default-1.png')
        ($done | Save-AtlasOutput "$TestDrive/typed" -Name typed).FullName | Should -Be (Join-Path $TestDrive 'typed' 'typed.png')
    }

    It 'sets the throttle limit of new sessions' {
        Set-AtlasDefault -ThrottleLimit 3
        (New-AtlasSession -BaseUri $emulator.BaseUri).ThrottleLimit | Should -Be 3
        (New-AtlasSession -BaseUri $emulator.BaseUri -ThrottleLimit 5).ThrottleLimit | Should -Be 5
        Set-AtlasDefault -Remove ThrottleLimit
        (New-AtlasSession -BaseUri $emulator.BaseUri).ThrottleLimit | Should -Be 16
    }
}
