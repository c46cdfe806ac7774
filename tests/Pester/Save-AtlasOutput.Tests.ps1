BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $done = New-AtlasImage 'a cat' -Model $model -Label mine -Seed 7 | Wait-AtlasPrediction

    function Get-Head { param($File) [Convert]::ToHexString([IO.File]::ReadAllBytes($File)[0..7]) }
}

AfterAll { Exit-Test }

Describe 'Save-AtlasOutput' {
    BeforeEach { $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N')) }

    It 'saves a valid image, and returns the file' {
        $file = $done | Save-AtlasOutput $folder
        $file | Should -BeOfType [IO.FileInfo]
        $file.DirectoryName | Should -Be (Get-Item $folder).FullName
        $file.Extension | Should -Be '.png'
        Get-Head $file | Should -Be '89504E470D0A1A0A'
        $file.PSPath | Should -Not -BeNullOrEmpty
    }

    It 'saves <What> with the extension of its type' -TestCases @(
        @{ What = 'a video'; Make = { New-AtlasVideo waves -Model alibaba/wan-2.6/text-to-video }; Extension = '.mp4' }
        @{ What = 'speech'; Make = { New-AtlasAudio hello -Model elevenlabs/v3/text-to-speech }; Extension = '.wav' }
        @{ What = 'a 3D model'; Make = { New-AtlasImage chair -Model tencent/hunyuan3d-rapid/text-to-3d }; Extension = '.glb' }
    ) {
        $file = & $Make | Wait-AtlasPrediction | Save-AtlasOutput $folder
        $file.Extension | Should -Contain $Extension
    }

    It 'saves a text output as a text file' {
        $spoken = New-AtlasAudio hello -Model elevenlabs/v3/text-to-speech | Wait-AtlasPrediction
        $file = $spoken | New-AtlasAudio -Model bytedance/seed-asr-2.0 | Wait-AtlasPrediction | Save-AtlasOutput $folder
        $file.Extension | Should -BeIn '.txt', '.json'
        Get-Content $file | Should -Not -BeNullOrEmpty
    }

    It 'accepts predictions, ids, rows and deserialized predictions' {
        $done | Export-Clixml "$TestDrive/p.xml"
        $inputs = $done, $done.Id, [pscustomobject]@{ Id = $done.Id }, (Import-Clixml "$TestDrive/p.xml")
        $n = 0
        foreach ($one in $inputs) { $one | Save-AtlasOutput "$folder/$(($n++))" | Should -HaveCount 1 }
        Save-AtlasOutput -Id $done.Id -Destination "$folder/byId" | Should -HaveCount 1
    }

    It 'saves in the current location by default' {
        $null = New-Item $folder -ItemType Directory
        Push-Location $folder
        try { ($done | Save-AtlasOutput).DirectoryName | Should -Be (Get-Item $folder).FullName }
        finally { Pop-Location }
    }

    It 'names files by the placeholders of -Name' {
        ($done | Save-AtlasOutput $folder -Name '{label}-{seed}-{index}').Name | Should -Be 'mine-7-1.png'
    }

    It 'keeps a name with path separators inside the destination' {
        $bad = New-AtlasImage x -Model $model -Label '../../escape' | Wait-AtlasPrediction
        $file = $bad | Save-AtlasOutput $folder -Name '{label}'
        $file.DirectoryName | Should -Be (Get-Item $folder).FullName
    }

    It 'numbers files that would have the same name' {
        $files = $done, $done | Save-AtlasOutput $folder -Name same
        # Cultures sort '-' differently.
        $files.BaseName | Sort-Object Length | Should -Be @('same', 'same-2')
    }

    It 'does not overwrite a file without -Force' {
        $first = $done | Save-AtlasOutput $folder
        $time = $first.LastWriteTimeUtc
        $found = Get-ErrorOf { $done | Save-AtlasOutput $folder }
        Assert-AtlasError $found 'FileExists' 'ResourceExists' "*$($first.Name)*"
        (Get-Item $first).LastWriteTimeUtc | Should -Be $time
        $done | Save-AtlasOutput $folder -Force | Should -HaveCount 1
    }

    It 'writes the request to a JSON file with -Metadata' {
        $file = $done | Save-AtlasOutput $folder -Metadata
        $file | Should -HaveCount 1
        $metadata = Get-Content "$($file.FullName).json" -Raw | ConvertFrom-Json
        ($metadata | ConvertTo-Json -Depth 9) | Should -BeLike '*a cat*'
    }

    It 'saves nothing with -WhatIf' {
        $done | Save-AtlasOutput $folder -WhatIf | Should -BeNullOrEmpty
        Test-Path $folder | Should -BeFalse
    }

    It 'deletes no temporary file of a killed process with -WhatIf' {
        $name = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes([Environment]::MachineName))).Substring(0, 8)
        $stale = Join-Path (New-Item $folder -ItemType Directory) ".$name-$([int]::MaxValue)-$([guid]::NewGuid().ToString('N')).partial"
        Set-Content $stale 'stale'
        $done | Save-AtlasOutput $folder -WhatIf
        Test-Path $stale | Should -BeTrue
        $null = $done | Save-AtlasOutput $folder
        Test-Path $stale | Should -BeFalse
    }

    It 'sends no key and no Referer with a download' {
        $emulator.ClearLedger()
        $null = $done | Save-AtlasOutput $folder
        $download = $emulator.Ledger | Where-Object Path -like '/outputs/*'
        $download.AuthorizationPresent | Should -BeFalse
        $download.HasReferer | Should -BeFalse
    }

    It 'fails with DownloadIncomplete on <Fault>, and leaves no file' -TestCases @(@{ Fault = 'truncate' }, @{ Fault = 'wrong-length' }) {
        $faulty = Start-TestEmulator -Rule @{ path = '/outputs/*'; fault = $Fault }
        $session = New-TestSession $faulty @{ MaximumRetryCount = 0 }
        $broken = New-AtlasImage x -Model $model -Session $session | Wait-AtlasPrediction -Session $session
        $found = Get-ErrorOf { $broken | Save-AtlasOutput $folder -Session $session }
        Assert-AtlasError $found 'DownloadIncomplete' 'ReadError'
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'resumes an interrupted download, and writes length and digest to the metadata' {
        $faulty = Start-TestEmulator -Rule @{ path = '/outputs/*'; fault = 'truncate'; times = 1 }
        $session = New-TestSession $faulty
        $file = New-AtlasImage x -Model $model -Session $session | Wait-AtlasPrediction -Session $session | Save-AtlasOutput $folder -Session $session -Metadata
        $reads = @($faulty.Ledger | Where-Object Path -like '/outputs/*')
        $reads.Status | Should -Be @(200, 206)
        $reads[1].Range | Should -Be "bytes=$([Math]::Floor($file.Length / 2))-"
        $notes = Get-Content "$($file.FullName).json" -Raw | ConvertFrom-Json
        $notes.length | Should -Be $file.Length
        $notes.sha256 | Should -Be (Get-FileHash $file).Hash
    }

    It 'rejects an output that is larger than -MaximumSize' {
        $found = Get-ErrorOf { $done | Save-AtlasOutput $folder -MaximumSize 10 }
        Assert-AtlasError $found 'DownloadIncomplete' 'ReadError' '*larger than the limit of*'
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'fails with FileExists in the second of two processes that save under the same name' {
        # With a journal in common, the second one could find the file of the first and return it.
        $module = Get-StagedModule
        $names = 1..10 | ForEach-Object { "name$_" }
        $script = @"
            Import-Module '$module'
            `$session = New-AtlasSession -BaseUri $($emulator.BaseUri) -ApiKey (ConvertTo-SecureString '$($emulator.ApiKey)' -AsPlainText) -JournalPath "$TestDrive/saved-by-`$PID.jsonl"
            foreach (`$name in '$($names -join "','")') {
                try { `$null = Save-AtlasOutput -Id $($done.Id) '$folder' -Name `$name -Session `$session -ErrorAction Stop; 'saved' }
                catch { (`$_.FullyQualifiedErrorId -split ',')[0] }
            }
"@
        $start = New-ChildShellStartInfo '-NoProfile', '-NonInteractive', '-EncodedCommand', ([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script)))
        $start.RedirectStandardOutput = $true
        $processes = 1..2 | ForEach-Object { [Diagnostics.Process]::Start($start) }
        $results = foreach ($process in $processes) { , @($process.StandardOutput.ReadToEnd() -split '\r?\n' | Where-Object { $_ }) }
        foreach ($i in 0..9) { @($results[0][$i], $results[1][$i]) | Sort-Object | Should -Be @('FileExists', 'saved') }
        $files = Get-ChildItem $folder -Force
        $files.Name | Sort-Object | Should -Be ($names | ForEach-Object { "$_.png" } | Sort-Object)
        ($files | Get-FileHash).Hash | Sort-Object -Unique | Should -HaveCount 1
    }

    It 'determines the extension from the bytes when Content-Type is wrong' {
        $faulty = Start-TestEmulator -Rule @{ path = '/outputs/*'; fault = 'wrong-type' }
        $session = New-TestSession $faulty
        $file = New-AtlasImage x -Model $model -Session $session | Wait-AtlasPrediction -Session $session | Save-AtlasOutput $folder -Session $session
        $file.Extension | Should -Be '.png'
    }

    It 'rejects a prediction that is not finished' {
        $slow = Start-TestEmulator -TimeScale 100
        $session = New-TestSession $slow
        $running = New-AtlasImage x -Model $model -Session $session
        $found = Get-ErrorOf { $running | Save-AtlasOutput $folder -Session $session }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*not finished*'
    }

    It 'reports a failed prediction, and saves the others' {
        $faulty = Start-TestEmulator -Rule @{ path = '*generateImage'; times = 1; task = @{ end = 'failed' } }
        $session = New-TestSession $faulty
        $made = 1..2 | New-AtlasImage -Model $model -Session $session -ThrottleLimit 1
        $null = $made | Wait-AtlasPrediction -Session $session -ErrorAction SilentlyContinue
        $found = $null
        $files = $made | Save-AtlasOutput $folder -Session $session -ErrorAction SilentlyContinue -ErrorVariable found
        $files | Should -HaveCount 1
        Assert-AtlasError $found 'PredictionFailed' 'InvalidResult'
    }

    It 'rejects an unknown placeholder in -Name' {
        Assert-AtlasError (Get-ErrorOf { $done | Save-AtlasOutput $folder -Name '{nonsense}' }) 'InvalidParameter' 'InvalidArgument' '*nonsense*'
    }

    It 'fails with NoSession without a session' {
        $kept = Get-AtlasSession
        Disconnect-Atlas
        try { Assert-AtlasError (Get-ErrorOf { $done | Save-AtlasOutput $folder }) 'NoSession' 'AuthenticationError' -Nothing }
        finally { Connect-Atlas $kept }
    }

    It 'stops at Ctrl+C during a download, and leaves no partial file' {
        $slow = Start-TestEmulator -Rule @{ path = '/outputs/*'; fault = 'slow-drip'; delayMilliseconds = 2000 }
        $session = New-TestSession $slow
        $made = New-AtlasImage x -Model $model -Session $session | Wait-AtlasPrediction -Session $session
        $run = Invoke-Stopped { $made | Save-AtlasOutput $folder -Session $session } @{ session = $session; made = $made; folder = $folder } -When { ($slow.Ledger | Where-Object Path -Like '/outputs/*') -and (Test-Path $folder) -and (Get-ChildItem $folder -Force) }
        Assert-Stopped $run $slow
        Wait-Download $folder
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'stops when a downstream command throws, and leaves no partial file' {
        $made = 1..20 | New-AtlasImage -Model $model | Wait-AtlasPrediction
        { $made | Save-AtlasOutput $folder | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
        Wait-Download $folder
        Get-ChildItem $folder -Force | ForEach-Object { Get-Head $_ | Should -Be '89504E470D0A1A0A'; $_.Extension | Should -Be '.png' }
    }
}
