BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    $session = New-TestSession $emulator
    Connect-Atlas $session
    $walk = Register-AtlasAsset https://media.example.com/walk.mp4 -Name walk
    $face = Register-AtlasAsset https://media.example.com/face.png -Name 'face, front'
    $voice = Register-AtlasAsset https://media.example.com/voice.mp3
}

AfterAll { Exit-Test }

Describe 'Get-AtlasAsset' {
    It 'lists all assets' {
        (Get-AtlasAsset).Id | Should -Be @($walk.Id, $face.Id, $voice.Id)
    }

    It 'filters by type, name and state' {
        (Get-AtlasAsset -Kind Video).Id | Should -Be $walk.Id
        (Get-AtlasAsset -Name 'fa*', walk).Id | Should -Be @($walk.Id, $face.Id)
        Get-AtlasAsset -State Failed | Should -BeNullOrEmpty
        Get-AtlasAsset -Name none | Should -BeNullOrEmpty
    }

    It 'gets assets by ID and by reference, also from the pipeline' {
        (Get-AtlasAsset $walk.Id, $face.Reference).Id | Should -Be @($walk.Id, $face.Id)
        ($voice | Get-AtlasAsset).Id | Should -Be $voice.Id
        ($voice.Id | Get-AtlasAsset -Session (New-TestSession $emulator)).Id | Should -Be $voice.Id
        (Get-AtlasAsset $walk.Reference -Session (New-TestSession $emulator)).Name | Should -Be 'walk'
    }

    It 'shows the whole reference in a table of 80 columns' {
        $text = Get-AtlasAsset | Out-String -Width 80
        foreach ($asset in $walk, $face, $voice) {
            $text | Should -Match ([regex]::Escape($asset.Reference))
            $text | Should -Match $asset.Id
        }
    }

    It 'fails for an unknown asset and continues with the others' {
        $found = Get-ErrorOf { Get-AtlasAsset ast_none, $walk.Id }
        Assert-AtlasError $found 'AssetNotFound' 'ObjectNotFound' '*ast_none*'
        (Get-AtlasAsset ast_none, $walk.Id -ErrorAction SilentlyContinue).Id | Should -Be $walk.Id
    }

    It 'reads a list in the form of an array' {
        $other = Start-TestEmulator -Rule @{ path = '/api/v1/sd/assets'; reply = @{ sample = 'asset/list-array.json' } }
        (Get-AtlasAsset -Session (New-TestSession $other)).Name | Should -Be @('face, front', 'walk')
    }

    It 'fails without an API key' {
        Disconnect-Atlas
        try { Assert-AtlasError (Get-ErrorOf { Get-AtlasAsset }) 'NoSession' 'AuthenticationError' }
        finally { Connect-Atlas $session }
    }
}

Describe 'Rename-AtlasAsset' {
    It 'renames assets by ID and from the pipeline' {
        Rename-AtlasAsset $walk.Id 'walk 2' | Should -BeNullOrEmpty
        (Get-AtlasAsset $walk.Id).Name | Should -Be 'walk 2'
        ($face | Rename-AtlasAsset -NewName { "cast/$($_.Name)" } -PassThru).Name | Should -Be 'cast/face, front'
    }

    It 'sends nothing with -WhatIf' {
        $emulator.ClearLedger()
        Rename-AtlasAsset $walk.Id other -WhatIf
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'fails for an unknown asset' {
        Assert-AtlasError (Get-ErrorOf { Rename-AtlasAsset ast_none x }) 'AssetNotFound' 'ObjectNotFound'
    }
}

Describe 'Remove-AtlasAsset and Restore-AtlasAsset' {
    It 'removes nothing with -WhatIf' {
        Get-AtlasAsset | Remove-AtlasAsset -WhatIf
        (Get-AtlasAsset).Count | Should -Be 3
    }

    It 'moves an asset to the trash and restores it' {
        Remove-AtlasAsset $voice.Id | Should -BeNullOrEmpty
        (Get-AtlasAsset).Id | Should -Not -Contain $voice.Id
        Assert-AtlasError (Get-ErrorOf { Remove-AtlasAsset $voice.Id }) 'AssetNotFound' 'ObjectNotFound'
        $restored = $voice | Restore-AtlasAsset -PassThru
        $restored.Reference | Should -Be $voice.Reference
        (Get-AtlasAsset).Id | Should -Contain $voice.Id
    }

    It 'fails to restore an asset that is not in the trash' {
        Assert-AtlasError (Get-ErrorOf { Restore-AtlasAsset $walk.Id }) 'AssetNotFound' 'ObjectNotFound'
    }

    It 'charges nothing' {
        $emulator.Charges | Should -BeNullOrEmpty
    }
}
