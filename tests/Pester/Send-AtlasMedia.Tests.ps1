BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    $folder = (New-Item "$TestDrive/files" -ItemType Directory).FullName
    1..4 | ForEach-Object { New-Picture "$folder/$_.png" $_ } | Out-Null
}

AfterAll { Exit-Test }

Describe 'Send-AtlasMedia' {
    BeforeEach {
        $emulator.ClearLedger()
        Connect-Atlas (New-TestSession $emulator)
    }

    It 'uploads a file unchanged' {
        $media = Send-AtlasMedia "$folder/1.png"
        $media.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Media'
        $media.Kind | Should -Be 'Image'
        $media.ContentType | Should -Be 'image/png'
        $media.Length | Should -Be (Get-Item "$folder/1.png").Length
        $media.Sha256 | Should -Be (Get-FileHash "$folder/1.png").Hash
        (Get-Upload $emulator).FileSha256 | Should -Be $media.Sha256
        "$media" | Should -Be $media.Uri.AbsoluteUri
    }

    It 'accepts wildcards and several paths and keeps the order' {
        (Send-AtlasMedia "$folder/[12].png", "$folder/4.png").Name | Should -Be @('1.png', '2.png', '4.png')
    }

    It 'accepts files and paths from the pipeline' {
        (Get-ChildItem $folder | Send-AtlasMedia).Name | Should -Be @('1.png', '2.png', '3.png', '4.png')
        ("$folder/1.png", "$folder/2.png" | Send-AtlasMedia).Name | Should -Be @('1.png', '2.png')
    }

    It 'binds a column called Path' {
        ([pscustomobject]@{ Path = "$folder/3.png" } | Send-AtlasMedia).Name | Should -Be '3.png'
    }

    It 'accepts a name with brackets from Get-ChildItem and in -LiteralPath' {
        $brackets = New-Item "$TestDrive/odd" -ItemType Directory
        $null = New-Picture "$brackets/a [1].png" 9
        (Get-ChildItem -LiteralPath $brackets | Send-AtlasMedia).Name | Should -Be 'a [1].png'
        (Send-AtlasMedia -LiteralPath "$brackets/a [1].png").Name | Should -Be 'a [1].png'
    }

    It 'prefers an existing file whose name contains brackets to a pattern' {
        $brackets = New-Item "$TestDrive/brackets" -ItemType Directory
        $null = New-Picture "$brackets/frame[1].png" 10
        $null = New-Picture "$brackets/frame1.png" 11
        (Send-AtlasMedia "$brackets/frame[1].png").Name | Should -Be 'frame[1].png'
        ("$brackets/frame[1].png" | Send-AtlasMedia).Name | Should -Be 'frame[1].png'
        (Send-AtlasMedia "$brackets/frame``[1``].png").Name | Should -Be 'frame[1].png'
        (Send-AtlasMedia "$brackets/frame[[]1].png", "$brackets/frame[1-3].png").Name | Should -Be @('frame[1].png', 'frame1.png')
    }

    It 'fails for a pattern that <Problem>' -ForEach @(
        @{ Problem = 'matches no file'; Pattern = 'no*thing.png'; Message = "No file matches*no*thing.png*" }
        @{ Problem = 'matches no file in a missing folder'; Pattern = 'none/*.png'; Message = 'No file matches*' }
        @{ Problem = 'is malformed'; Pattern = 'frame[z-a].png'; Message = '*neither an existing file nor a valid wildcard pattern*' }
    ) {
        $found = $null
        $media = "$folder/$Pattern", "$folder/1.png" | Send-AtlasMedia -ErrorAction SilentlyContinue -ErrorVariable found
        $media.Name | Should -Be '1.png'
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' $Message
    }

    It 'fails for a path that is not of the file system: <_>' -ForEach 'env:PATH', 'nodrive:/1.png' {
        $found = $null
        Send-AtlasMedia $_ -ErrorAction SilentlyContinue -ErrorVariable found
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' "*$_*"
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf or $WhatIfPreference' {
        Send-AtlasMedia "$folder/*.png" -WhatIf | Should -BeNullOrEmpty
        & { $WhatIfPreference = $true; Get-ChildItem $folder | Send-AtlasMedia } | Should -BeNullOrEmpty
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'keeps the name of each file when the bytes are the same' {
        Copy-Item "$folder/1.png" "$TestDrive/twin.png"
        (Send-AtlasMedia "$folder/1.png", "$TestDrive/twin.png").Name | Should -Be @('1.png', 'twin.png')
        Get-Upload $emulator | Should -HaveCount 1
    }

    It 'resolves a path relative to the current location' {
        Push-Location $folder
        try { (Send-AtlasMedia ./2.png).Path | Should -Be (Get-Item 2.png).FullName }
        finally { Pop-Location }
    }

    It 'uploads the same bytes once' {
        Copy-Item "$folder/1.png" "$TestDrive/copy.png"
        $media = Send-AtlasMedia "$folder/1.png", "$TestDrive/copy.png", "$folder/1.png"
        $media.Uri | Sort-Object -Unique | Should -HaveCount 1
        $media.Path | Should -Contain (Get-Item "$TestDrive/copy.png").FullName
        Get-Upload $emulator | Should -HaveCount 1
    }

    It 'uploads concurrently up to -ThrottleLimit' {
        # No upload is answered in time, so all uploads that arrive are in flight concurrently.
        foreach ($limit in 4, 1) {
            $slow = Start-TestEmulator -Rule @{ path = '*uploadMedia'; delayMilliseconds = 600000 }
            $with = @{ given = New-TestSession $slow; folder = $folder; limit = $limit }
            $run = Invoke-Stopped { Get-ChildItem $folder | Send-AtlasMedia -Session $given -ThrottleLimit $limit } $with -When { $slow.Ledger.Count -ge $limit }
            Assert-Stopped $run $slow
            Get-Upload $slow | Should -HaveCount $limit
        }
    }

    It 'returns the uploads and one error per failed file' {
        $found = $null
        $media = "$folder/1.png", "$folder/none.png", "$folder/2.png" | Send-AtlasMedia -ErrorAction SilentlyContinue -ErrorVariable found
        $media.Name | Should -Be @('1.png', '2.png')
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*none.png*does not exist*' -Nothing
        $found[0].TargetObject | Should -BeLike '*none.png'
    }

    It 'retries an upload when the connection drops' {
        $flaky = Start-TestEmulator -Rule @{ path = '*uploadMedia'; times = 1; fault = 'drop-before' }
        $found = Get-ErrorOf { Send-AtlasMedia "$folder/1.png" -Session (New-TestSession $flaky) }
        $found | Should -BeNullOrEmpty
        Get-Upload $flaky | Should -HaveCount 2
    }

    It 'fails with UploadFailed when every attempt fails' {
        $flaky = Start-TestEmulator -Rule @{ path = '*uploadMedia'; fault = 'drop-before' }
        $session = New-TestSession $flaky @{ MaximumRetryCount = 1 }
        Assert-AtlasError (Get-ErrorOf { Send-AtlasMedia "$folder/1.png" -Session $session }) 'UploadFailed' 'WriteError' '*1.png*'
    }

    It 'fails with PayloadTooLarge for a file that the service rejects' {
        $strict = Start-TestEmulator -Rule @{ path = '*uploadMedia'; reply = @{ status = 413; body = @{ msg = 'request body exceeds 50 MB' } } }
        $session = New-TestSession $strict
        Assert-AtlasError (Get-ErrorOf { Send-AtlasMedia "$folder/1.png" -Session $session }) 'PayloadTooLarge' 'LimitsExceeded' '*50 MB*'
    }

    It 'fails with NoSession without a session' {
        Disconnect-Atlas
        Assert-AtlasError (Get-ErrorOf { Get-ChildItem $folder | Send-AtlasMedia }) 'NoSession' 'AuthenticationError' -Nothing
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        $run = Invoke-Stopped { Get-ChildItem $folder | Send-AtlasMedia -Session $given -ThrottleLimit 2 } @{ given = New-TestSession $slow; folder = $folder } -When { $slow.Ledger.Count -eq 2 }
        Assert-Stopped $run $slow
        $slow.Ledger | Should -HaveCount 2
    }

    It 'stops with Select-Object -First' {
        Get-ChildItem $folder | Send-AtlasMedia -ThrottleLimit 1 | Select-Object -First 1 | Should -HaveCount 1
        @(Get-Upload $emulator).Count | Should -BeLessThan 4
    }
}
