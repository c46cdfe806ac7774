BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    $folder = (New-Item "$TestDrive/files" -ItemType Directory).FullName

    function New-LargePicture([string] $Path, [int] $Width, [int] $Height, [int] $Number = 0) {
        # The header of a picture of this size. No reader here decodes it.
        $file = New-Picture $Path $Number
        $bytes = [IO.File]::ReadAllBytes($file.FullName)
        $bytes[18], $bytes[19], $bytes[22], $bytes[23] = ($Width -shr 8), ($Width -band 255), ($Height -shr 8), ($Height -band 255)
        [IO.File]::WriteAllBytes($file.FullName, $bytes)
        $file.FullName
    }

    function Get-AssetRequest($Emulator, [string] $Method = '*') {
        $Emulator.Ledger | Where-Object { $_.Path -like '/api/v1/sd/assets*' -and $_.Method -like $Method }
    }

    1..3 | ForEach-Object { New-LargePicture "$folder/$_.png" 600 600 $_ } | Out-Null
    $video = 'https://media.example.com/walk.mp4'
}

AfterAll { Exit-Test }

Describe 'Register-AtlasAsset' {
    BeforeEach {
        $emulator.ClearLedger()
        Connect-Atlas (New-TestSession $emulator)
    }

    It 'uploads and registers a file, and returns the active asset' {
        $asset = Register-AtlasAsset "$folder/1.png"
        $asset.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Asset'
        $asset.Status | Should -Be 'Active'
        $asset.Kind | Should -Be 'Image'
        "$asset" | Should -BeLike 'asset://atlas-*'
        $asset.Path | Should -Be (Join-Path $folder 1.png)
        @(Get-Upload $emulator).Count | Should -Be 1
        @(Get-AssetRequest $emulator POST).Count | Should -Be 1
    }

    It 'registers a URL with its type and name' {
        $asset = Register-AtlasAsset $video -Name 'walk, take 1'
        (Get-AssetRequest $emulator POST).Body | ConvertFrom-Json | Select-Object -ExpandProperty type | Should -Be 'Video'
        $asset.Name | Should -Be 'walk, take 1'
        (Get-AtlasAsset $asset.Id).Name | Should -Be 'walk, take 1'
    }

    It 'registers files, uploads and outputs from the pipeline in order' {
        (Get-ChildItem "$folder/*.png" | Register-AtlasAsset).Path | Split-Path -Leaf | Should -Be @('1.png', '2.png', '3.png')
        $media = Send-AtlasMedia "$folder/2.png"
        ($media | Register-AtlasAsset).Source | Should -Be $media.Uri
        $prediction = New-AtlasVideo waves -Model alibaba/wan-2.6/text-to-video | Wait-AtlasPrediction
        ($prediction | Register-AtlasAsset).Kind | Should -Be 'Video'
        ($prediction.Outputs[0] | Register-AtlasAsset).Source | Should -Be $prediction.Outputs[0].Uri
        ([pscustomobject]@{ Path = "$folder/3.png" } | Register-AtlasAsset).Kind | Should -Be 'Image'
    }

    It 'returns the asset immediately with -NoWait' {
        $slow = Start-TestEmulator -TimeScale 100
        $asset = Register-AtlasAsset $video -NoWait -Session (New-TestSession $slow)
        $asset.Status | Should -Be 'Processing'
        @(Get-AssetRequest $slow).Count | Should -Be 1
    }

    It 'returns the asset when the timeout expires' {
        $slow = Start-TestEmulator -TimeScale 100
        $session = New-TestSession $slow
        $asset = Register-AtlasAsset $video -Timeout 1 -Session $session -ErrorAction SilentlyContinue -ErrorVariable found
        Assert-AtlasError $found 'RequestTimedOut' 'OperationTimeout' '*Processing*'
        $found[0].TargetObject.Id | Should -Be $asset.Id
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike "*Get-AtlasAsset $($asset.Id)*"
    }

    It 'registers nothing with -WhatIf' {
        Get-ChildItem "$folder/*.png" | Register-AtlasAsset -WhatIf | Should -BeNullOrEmpty
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'rejects <Case> before anything is sent' -ForEach @(
        @{ Case = 'a small image'; Script = { Register-AtlasAsset (New-LargePicture "$TestDrive/small.png" 200 600) }; Says = '*200x600*' }
        @{ Case = 'a narrow image'; Script = { Register-AtlasAsset (New-LargePicture "$TestDrive/narrow.png" 3000 400) }; Says = '*aspect ratio*' }
        @{ Case = 'a data URI'; Script = { Register-AtlasAsset 'data:image/png;base64,iVBORw0KGgo=' }; Says = '*public https*' }
        @{ Case = 'an http URL'; Script = { Register-AtlasAsset 'http://media.example.com/a.png' }; Says = '*https and public*' }
        @{ Case = 'a URL without an extension'; Script = { Register-AtlasAsset 'https://media.example.com/a' }; Says = '*type*unknown*' }
        @{ Case = 'another type than stated'; Script = { Register-AtlasAsset "$folder/1.png" -Kind Video }; Says = '*an image, not a video*' }
        @{ Case = 'a missing file'; Script = { Register-AtlasAsset "$folder/none.png" }; Says = '*does not exist*' }
    ) {
        Assert-AtlasError (Get-ErrorOf $Script) 'InvalidParameter' 'InvalidArgument' $Says -Nothing
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'fails for media that the service rejects' {
        $rejecting = Start-TestEmulator -Rule @{ path = '/api/v1/sd/assets/*'; reply = @{ sample = 'asset/failed.json' } } -TimeScale 1
        $session = New-TestSession $rejecting
        $output = Register-AtlasAsset $video -Session $session -ErrorAction SilentlyContinue -ErrorVariable found
        Assert-AtlasError $found 'ContentBlocked' 'InvalidData' '*real human face*'
        $output | Should -BeNullOrEmpty
        $found[0].TargetObject.Status | Should -Be 'Failed'
    }

    It 'continues with the next file after a rejected one' {
        $assets = "$folder/1.png", "$folder/none.png", "$folder/2.png" | Register-AtlasAsset -ErrorAction SilentlyContinue -ErrorVariable found
        $assets.Count | Should -Be 2
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*none.png*'
    }

    It 'stops at Ctrl+C while the service checks an asset' {
        $slow = Start-TestEmulator -TimeScale 100
        $run = Invoke-Stopped { Register-AtlasAsset https://media.example.com/walk.mp4 -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -ge 1 }
        Assert-Stopped $run $slow
    }
}

Describe 'An asset as an input' {
    BeforeEach {
        $emulator.ClearLedger()
        Connect-Atlas (New-TestSession $emulator)
    }

    It 'is sent as its reference, as an argument and from the pipeline' {
        $clip = Register-AtlasAsset $video
        $face = Register-AtlasAsset "$folder/1.png"
        $null = New-AtlasVideo 'she walks' -Model bytedance/seedance-2.0/reference-to-video -Image $face -Video $clip -WarningVariable warnings
        $null = $clip | New-AtlasVideo 'she runs' -Model bytedance/seedance-2.0/reference-to-video
        $bodies = @(Get-Submit $emulator)
        $bodies[0].reference_images | Should -Be @($face.Reference)
        $bodies[0].reference_videos | Should -Be @($clip.Reference)
        $bodies[1].reference_videos | Should -Be @($clip.Reference)
        $warnings | Should -BeNullOrEmpty
    }

    It 'is sent as its reference after Export-Clixml' {
        Register-AtlasAsset $video | Export-Clixml "$TestDrive/asset.xml"
        $clip = Import-Clixml "$TestDrive/asset.xml"
        $null = New-AtlasVideo 'she walks' -Model bytedance/seedance-2.0/reference-to-video -Video $clip
        (Get-Submit $emulator).reference_videos | Should -Be @($clip.Reference)
    }

    It 'is rejected before the submit unless it is active' {
        $slow = Start-TestEmulator -TimeScale 100
        $session = New-TestSession $slow
        $clip = Register-AtlasAsset $video -NoWait -Session $session
        $found = Get-ErrorOf { New-AtlasVideo 'she walks' -Model bytedance/seedance-2.0/reference-to-video -Video $clip -Session $session }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*Processing*' -Nothing
        Get-SubmitCount $slow | Should -Be 0
    }

    It 'is recommended in a warning when Seedance 2.0 gets a video that is not registered' {
        $null = New-AtlasVideo 'she walks' -Model bytedance/seedance-2.0/reference-to-video -Video $video -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*'reference_videos'*not registered*"
        Get-SubmitCount $emulator | Should -Be 1
    }

    It 'completes by reference and by name, for its type only' {
        $clip = Register-AtlasAsset $video -Name promenade
        $face = Register-AtlasAsset "$folder/1.png" -Name portrait
        function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
        Complete 'New-AtlasVideo -Video asset://' | Should -Contain $clip.Reference
        Complete 'New-AtlasVideo -Video asset://' | Should -Not -Contain $face.Reference
        Complete 'New-AtlasVideo -Image asset:port' | Should -Be $face.Reference
        Complete 'Remove-AtlasAsset prom' | Should -Be $clip.Id
    }

    It 'leaves the completion of paths to PowerShell' {
        Push-Location $folder
        try { (TabExpansion2 'New-AtlasVideo -Image 2' 23).CompletionMatches.ListItemText | Should -Be '2.png' }
        finally { Pop-Location }
    }
}
