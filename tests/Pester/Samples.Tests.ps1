# Runs every sample as a user does; most of them in this process, where the ledger of the emulator can be read.

BeforeDiscovery {
    $folder = Join-Path $PSScriptRoot '..' '..' 'samples' | Resolve-Path
    $samples = @(Get-ChildItem $folder -Filter *.ps1 | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } })
    $analyzer = Get-Module PSScriptAnalyzer -ListAvailable | Select-Object -First 1
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $samples = Join-Path $PSScriptRoot '..' '..' 'samples' | Resolve-Path
    $data = Join-Path $samples 'data'

    function Invoke-Sample {
        # Runs a sample without its messages and returns its output.
        param([string] $Name, [hashtable] $With = @{})
        & (Join-Path $samples "$Name.ps1") @With 6>$null
    }

    function Get-Kind {
        # Determines the type of a file from its first bytes.
        param([string] $Path)
        $head = [Text.Encoding]::Latin1.GetString([byte[]] (Get-Content -LiteralPath $Path -AsByteStream -TotalCount 12))
        if ($head.StartsWith("`u{89}PNG")) { 'png' } elseif ($head.Substring(4, 4) -eq 'ftyp') { 'mp4' } else { "unknown: $head" }
    }

    function Assert-File {
        # Fails unless there are this many files of this type, each with a matching extension and different content.
        param($File, [int] $Count, [string] $Kind)
        @($File).Count | Should -Be $Count
        foreach ($one in @($File)) {
            Get-Kind $one | Should -Be $Kind -Because $one
            [IO.Path]::GetExtension($one) | Should -Be ".$Kind"
        }

        @($File | ForEach-Object { (Get-FileHash -LiteralPath $_).Hash } | Sort-Object -Unique).Count | Should -Be $Count
    }
}

AfterAll { Exit-Test }

Describe 'The samples' {
    BeforeEach {
        $emulator = Start-TestEmulator
        $emulator | Connect-Atlas -PollInterval ([timespan]::FromMilliseconds(50))
        $destination = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    AfterEach {
        Disconnect-Atlas
        Stop-AtlasEmulator $emulator
    }

    It 'QuickStart generates an image and a video, and sends two chat requests' {
        $files = Invoke-Sample QuickStart @{ Destination = $destination }
        $files.Name | Should -Be 'lighthouse.png', 'lighthouse.mp4', 'gallery.html'
        Get-Kind $files[0].FullName | Should -Be png
        Get-Kind $files[1].FullName | Should -Be mp4
        Get-Content -LiteralPath $files[2].FullName -Raw | Should -Match 'lighthouse\.mp4'
        $emulator.Charges.Count | Should -Be 4
        @(Get-Upload $emulator).Count | Should -Be 1
    }

    It 'UploadThenImageToVideo generates a video from each image' {
        $files = Invoke-Sample UploadThenImageToVideo @{ Destination = $destination }
        Assert-File $files.FullName 3 mp4
        @(Get-Upload $emulator).Count | Should -Be 3
        @((Get-Submit $emulator).image | Sort-Object -Unique).Count | Should -Be 3
        $emulator.Charges.Count | Should -Be 3
    }

    It 'ImageStyleTransfer uploads the image once for several styles' {
        $files = Invoke-Sample ImageStyleTransfer @{ Destination = $destination; Style = 'oil', 'ink', 'chalk' }
        Assert-File $files.FullName 3 png
        $files.BaseName | Sort-Object | Should -Be 'chalk', 'ink', 'oil'
        @(Get-Upload $emulator).Count | Should -Be 1
        foreach ($submit in Get-Submit $emulator) { $submit.images.Count | Should -Be 1 }
    }

    It 'Project creates a key under a budget, and its usage agrees with the ledger' {
        $output = @(Invoke-Sample Project @{ Name = 'studio'; Destination = $destination })
        Assert-File @($output | Where-Object { $_ -is [IO.FileInfo] }).FullName 2 png
        $keyUsage, $projectUsage = @($output | Where-Object { $_.PSObject.TypeNames[0] -eq 'AtlasCloud.SettledUsage' })
        $key = $output | Where-Object { $_.PSObject.TypeNames[0] -eq 'AtlasCloud.ApiKey' }
        $project = $output | Where-Object { $_.PSObject.TypeNames[0] -eq 'AtlasCloud.Project' }
        $key.Status | Should -Be 'disabled'
        $project.Status | Should -Be 'archived'

        $charges = @($emulator.Charges | Where-Object ApiKeyId -EQ $key.Id)
        $charges.Count | Should -Be 2
        $emulator.Charges.Count | Should -Be 2
        $sum = ($charges | Measure-Object Amount -Sum).Sum
        foreach ($usage in $keyUsage, $projectUsage) {
            $usage.Requests | Should -Be 2
            $usage.Amount | Should -Be $sum
        }

        100 - $emulator.Balance | Should -Be $sum
        @($emulator.Ledger | Where-Object Path -Like '*/generateImage').ApiKeyId | Should -Be $key.Id, $key.Id
        @($emulator.Ledger | Where-Object IsManagement).Path | Should -Not -Match '/api/v1/|^/v1/'
    }

    It 'Compare sends each prompt to each model' {
        $rows = Invoke-Sample Compare @{ Destination = $destination }
        Assert-File $rows.File 50 png
        $emulator.Charges.Count | Should -Be 50
        @($rows.Model | Sort-Object -Unique).Count | Should -Be 5
        @($rows | Group-Object Row).Count | Should -Be 10
        @(Import-Csv (Join-Path $destination 'compare.csv')).Count | Should -Be 50
        @(Import-AtlasRequest "$destination/*.png").Count | Should -Be 50
        $rows.PriceUnit | Sort-Object -Unique | Should -Be 'prediction'
    }

    It 'Compare submits nothing above the limit' {
        { Invoke-Sample Compare @{ Destination = $destination; MaxTotal = 0.01 } } | Should -Throw '*exceeds the limit*'
        $emulator.Charges.Count | Should -Be 0
    }

    It 'NanoBanana accepts prompts from the pipeline' {
        $files = 'one', 'two', 'three' | & (Join-Path $samples NanoBanana.ps1) -Destination $destination -AspectRatio 1:1 6>$null
        Assert-File $files.FullName 3 png
        (Get-Submit $emulator).prompt | Sort-Object | Should -Be 'one', 'three', 'two'
        $emulator.Charges.Count | Should -Be 3
    }

    It 'FluxSchnell shows that the service ignores unknown inputs, and uses the current names' {
        $rows = Invoke-Sample FluxSchnell @{ Destination = $destination; Width = 768; Height = 512; Steps = 12; Guidance = 4.5 }
        Assert-File $rows.File 3 png
        ($rows | Where-Object Way -EQ documented).Came | Should -Be '1024x1024'
        ($rows | Where-Object Way -EQ current).Came | Should -Be '768x512'
        ($rows | Where-Object Way -EQ flux-dev).Came | Should -Be '768x512'
        $old, $new, $sibling = Get-Submit $emulator
        $old.width, $old.height, $old.steps, $old.guidance_scale | Should -Be 768, 512, 12, 4.5
        $new.size | Should -Be '768*512'
        $sibling.num_inference_steps, $sibling.guidance_scale | Should -Be 12, 4.5
    }

    It 'KlingVideo uses the documented id and the current one' {
        $files = Invoke-Sample KlingVideo @{ Destination = $destination; Duration = 10 }
        Assert-File $files.FullName 2 mp4
        # Submits run concurrently and arrive in any order.
        $submits = @(Get-Submit $emulator | Sort-Object { $_.model })
        $submits.model | Should -Be 'kling-v2.0', 'kwaivgi/kling-v2.0-t2v-master'
        $submits[1].duration | Should -Be '10'
        $submits[1].duration | Should -BeOfType string
    }

    It 'VideoClient runs all methods with the documented and the current id' {
        $files = Invoke-Sample VideoClient @{ Destination = $destination }
        Assert-File $files.FullName 18 mp4
        $submits = Get-Submit $emulator | Select-Object -Skip 1
        $submits.Count | Should -Be 18
        $models = @(
            'alibaba/wan-2.2/animate', 'alibaba/wan-2.2/animate-mix', 'alibaba/wan-2.2/animate-move'
            'alibaba/wan-2.2/i2v-720p-ultra-fast', 'alibaba/wan-2.2/t2v-720p-ultra-fast'
            'alibaba/wan-2.6/i2v-720p', 'alibaba/wan-2.6/i2v-720p-fast', 'alibaba/wan-2.6/image-to-video', 'alibaba/wan-2.6/image-to-video-flash'
            'alibaba/wan-2.6/t2v-720p', 'alibaba/wan-2.6/text-to-video', 'alibaba/wan-2.6/v2v-720p-fast', 'alibaba/wan-2.6/video-to-video'
            'bytedance/seedance-v1.5-pro/image-to-video', 'bytedance/seedance-v1.5-pro/text-to-video'
            'bytedance/seedance-v1.5-pro-i2v-720p', 'bytedance/seedance-v1.5-pro-t2v-720p'
        )
        $submits.model | Sort-Object -Unique | Should -Be ($models | Sort-Object)
        @(Get-Upload $emulator).Count | Should -Be 2
    }

    It 'VideoClient filters methods by name' {
        $files = Invoke-Sample VideoClient @{ Destination = $destination; Method = 'Seedance*'; Id = 'Current' }
        $files.BaseName | Sort-Object | Should -Be 'SeedanceImageToVideo-Current', 'SeedanceTextToVideo-Current'
        { Invoke-Sample VideoClient @{ Destination = $destination; Method = 'Sora*' } } | Should -Throw '*No method matches Sora*'
    }

    It 'VideoClient sends only inputs that the current models accept' {
        $null = Invoke-Sample VideoClient @{ Destination = $destination; Id = 'Current' }
        foreach ($charge in $emulator.Charges) { $charge.EffectiveBody.Length | Should -Be $charge.Body.Length -Because $charge.Body }
    }

    It 'MusicVideo generates the scenes of a <_> storyboard' -ForEach 'csv', 'json' {
        $rows = Invoke-Sample MusicVideo @{ Path = Join-Path $data "storyboard.$_"; Destination = $destination }
        Assert-File $rows.File 5 mp4
        $rows.Wanted | Should -Be 7.5, 7.5, 14.5, 10, 15
        $rows.Duration | Should -Be 10, 8, 12, 10, 15
        @($rows.Model | ForEach-Object { $_.Split('/')[0] }) | Should -Be 'alibaba', 'bytedance', 'bytedance', 'alibaba', 'alibaba'
        (Import-Csv (Join-Path $destination scenes.csv)).Label | Should -Be '01-intro', '02-verse', '03-chorus', '04-interlude', '05-outro'
        (Get-Submit $emulator).duration | Sort-Object | Should -Be 8, 10, 10, 12, 15
        @(Get-Upload $emulator).Count | Should -Be 3
        $emulator.Charges.Count | Should -Be 5
    }

    It 'MusicVideo reports changed durations, and generates only missing scenes' {
        $output = & (Join-Path $samples MusicVideo.ps1) -Destination $destination 6>&1 | Out-String
        $output | Should -Match 'Scene 1 lasts 7.5 s. alibaba/wan-2.6/image-to-video supports 5, 10, 15 s, so the clip lasts 10 s'
        $output | Should -Match 'Scene 3 lasts 14.5 s. .* so the clip lasts 12 s'
        $output | Should -Not -Match 'Scene 4'
        Remove-Item (Join-Path $destination '02-verse.mp4')
        $rows = Invoke-Sample MusicVideo @{ Destination = $destination }
        Assert-File $rows.File 5 mp4
        $emulator.Charges.Count | Should -Be 6
        $rows = Invoke-Sample MusicVideo @{ Destination = $destination; Force = $true }
        $emulator.Charges.Count | Should -Be 11
    }

    It 'MusicVideo -Film generates the song, and joins the scenes at their lengths' -Skip:$IsWindows {
        $tools = Join-Path $TestDrive 'film-tools'
        & (Join-Path $PSScriptRoot 'FakeFFmpeg.ps1') $tools
        $savedPath = $env:PATH
        $env:PATH = $tools + [IO.Path]::PathSeparator + $savedPath
        try {
            # The sample names the song, and the fake ffprobe finds audio in names with "sound".
            Copy-Item (Join-Path $tools ffprobe) (Join-Path $tools original)
            (Get-Content (Join-Path $tools original) -Raw).Replace('*sound*', '*song*') | Set-Content (Join-Path $tools ffprobe) -NoNewline
            $null = Invoke-Sample MusicVideo @{ Destination = $destination; Film = $true }
        }
        finally { $env:PATH = $savedPath }

        Get-Content (Join-Path $destination film.mp4) | Should -Be 'film'
        $arguments = (Get-Content (Join-Path $tools arguments.txt)) -join ' '
        $arguments | Should -BeLike '*song.*trim=duration=7.5*trim=duration=14.5*trim=duration=20.5*-t 60 *'
        $song = Get-Submit $emulator | Where-Object model -Like '*music*'
        $song.lyrics | Should -Be "I left a light on for you`nCome home, come home, over the water"
        $emulator.Charges.Count | Should -Be 6
    }

    It 'MusicVideo submits nothing when a scene is invalid: <Says>' -ForEach @(
        @{ Row = 'shore.png,la,9,8,sad,verse'; Says = '*Scene 2 ends at 8*' }
        @{ Row = 'moon.png,la,7,8,sad,verse'; Says = '*Scene 2 has the image*moon.png*' }
        @{ Row = 'shore.png,la,soon,8,sad,verse'; Says = "*Scene 2 starts at 'soon'*" }
    ) {
        Copy-Item (Join-Path $data shore.png) $TestDrive
        $storyboard = Join-Path $TestDrive 'bad.csv'
        Set-Content $storyboard 'image,text,start,end,mood,type', 'shore.png,la,0,5,sad,intro', $Row
        { Invoke-Sample MusicVideo @{ Path = $storyboard; Destination = $destination } } | Should -Throw $Says
        $emulator.Charges.Count | Should -Be 0
    }

    It 'Chat replies without streaming, with streaming, about an image, and in a conversation' {
        $rows = Invoke-Sample Chat @{ Message = 'How tall is it?' }
        $rows.Way | Should -Be 'plain', 'streamed', 'picture', 'shorter', 'title'
        foreach ($row in $rows) { "$($row.Reply)" | Should -Not -BeNullOrEmpty }
        "$($rows[1].Reply)" | Should -Be "$($rows[0].Reply)"
        $rows[4].Reply.Conversation.Role | Should -Be 'system', 'user', 'assistant', 'user', 'assistant', 'user', 'assistant'
        @($emulator.Ledger | Where-Object Path -EQ '/v1/chat/completions').Count | Should -Be 5
    }

    It 'CsvToPictures generates an image per row, and a report' {
        $rows = Invoke-Sample CsvToPictures @{ Destination = $destination }
        Assert-File $rows.File 4 png
        $rows.Label | Should -Be 'poster', 'icon', 'banner', 'plate'
        $rows.Status | Sort-Object -Unique | Should -Be 'saved'
        (Import-Csv (Join-Path $destination report.csv)).Price | Should -Be '0.08', '0.08', '0.08', '0.08'
        $emulator.Charges.Count | Should -Be 4
    }

    It 'CsvToPictures does not send an empty cell' {
        $null = Invoke-Sample CsvToPictures @{ Destination = $destination }
        $submits = Get-Submit $emulator | Group-Object { $_.aspect_ratio } -AsHashTable
        $submits['1:1'].seed | Should -Be 7
        $submits['2:3'].ContainsKey('seed') | Should -BeFalse
    }

    It 'CsvToPictures continues when a row fails, and generates only missing images in the next run' {
        $csv = Join-Path $TestDrive 'rows.csv'
        Set-Content $csv 'prompt,aspect_ratio', 'a cat,1:1', ',1:1', 'a dog,7:3', 'a fox,1:1'
        $rows = Invoke-Sample CsvToPictures @{ Path = $csv; Destination = $destination }
        $rows.Status | Should -Be 'saved', 'failed', 'failed', 'saved'
        $rows[1].Error | Should -BeLike 'InvalidParameter:*prompt*required*'
        $rows[2].Error | Should -BeLike 'InvalidParameter:*aspect_ratio*'
        $rows[1].File | Should -BeNullOrEmpty
        $rows[1].Price | Should -BeNullOrEmpty
        Set-Content $csv 'prompt,aspect_ratio', 'a cat,1:1', 'an owl,1:1', 'a dog,16:9', 'a fox,1:1'
        $rows = Invoke-Sample CsvToPictures @{ Path = $csv; Destination = $destination }
        $rows.Status | Should -Be 'exists', 'saved', 'saved', 'exists'
        Assert-File $rows.File 4 png
        $emulator.Charges.Count | Should -Be 4
    }
}

Describe 'The Belt sample' {
    It 'generates every image once' {
        $run = Invoke-Sample Belt @{ Count = 5; ModulePath = Get-StagedModule }
        $run.Pictures, $run.Different, $run.Charges | Should -Be 5, 5, 5
    }

    It 'generates images concurrently, in less than half of their total time' -Tag Slow {
        $run = Invoke-Sample Belt @{ Count = 20; ModulePath = Get-StagedModule }
        $run.Seconds | Should -BeLessThan ($run.SumOfWaits / 2)
    }
}

Describe 'An invalid row' {
    It 'is the target of its error' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $row = [pscustomobject]@{ prompt = ''; name = 'nameless' }
        $row | New-AtlasImage -Model z-image/turbo -Session $session -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.TargetObject.name | Should -Be 'nameless'
    }
}

Describe 'A sample in a new process' {
    BeforeAll {
        function Start-Sample {
            param([string] $Name, [string[]] $With)
            $output = Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File (Join-Path $samples "$Name.ps1") -ModulePath (Get-StagedModule) @With 2>&1 | Out-String
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output }
        }
    }

    It 'starts an emulator, and exits with 0' {
        $destination = Join-Path $TestDrive 'quick'
        $run = Start-Sample QuickStart '-Destination', $destination, '-TimeScale', '0'
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Connected to an emulator'
        $run.Output | Should -Match '4 charges'
        Get-Kind (Join-Path $destination lighthouse.png) | Should -Be png
        Get-Kind (Join-Path $destination lighthouse.mp4) | Should -Be mp4
    }

    It 'does not use the key of the user without -Real' {
        $service = Start-TestEmulator
        $env:ATLASCLOUD_API_KEY = 'apikey-of-a-user-0123456789'
        try { $run = Start-Sample Chat '-TimeScale', '0' } finally { Remove-Item env:ATLASCLOUD_API_KEY }
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Not -Match 'apikey-'
        $service.Ledger.Count | Should -Be 0
    }

    It 'uses the service with -Real' {
        $service = Start-TestEmulator
        $env:ATLASCLOUD_API_KEY = $service.ApiKey
        $env:ATLASCLOUD_BASE_URL = $service.BaseUri
        try { $run = Start-Sample Chat '-Real' }
        finally {
            Remove-Item env:ATLASCLOUD_API_KEY
            $env:ATLASCLOUD_BASE_URL = 'http://127.0.0.1:1/'
        }

        $run.ExitCode | Should -Be 0 -Because $run.Output
        $run.Output | Should -Match 'Requests are charged'
        $run.Output | Should -Not -Match $service.ApiKey
        $service.Charges.Count | Should -Be 5
    }

    It 'reports a missing key, and exits with 1' {
        $run = Start-Sample Chat '-Real'
        $run.ExitCode | Should -Be 1
        $run.Output | Should -Match 'no API key'
    }
}

Describe 'The source of <Name>' -ForEach $samples {
    It 'has a synopsis, an example, and a description of each parameter' {
        $help = Get-Help $Path -Full
        $help.Synopsis | Should -Match '\.$'
        $help.examples.example | Should -Not -BeNullOrEmpty
        foreach ($parameter in $help.parameters.parameter) { $parameter.description.Text | Should -Match '\.$' -Because $parameter.name }
    }

    It 'is listed in the README' {
        Get-Content (Join-Path (Split-Path $Path) README.md) -Raw | Should -Match ([regex]::Escape($Name))
    }

    if ($analyzer) {
        It 'passes PSScriptAnalyzer' {
            # Samples write their messages to the host by design.
            $found = Invoke-ScriptAnalyzer $Path -ExcludeRule PSAvoidUsingWriteHost
            $found | ForEach-Object { "$($_.RuleName), line $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
        }
    }
}
