BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
}

AfterAll { Exit-Test }

Describe 'Get-AtlasSession' {
    AfterEach { Disconnect-Atlas }

    It 'returns the connected session' {
        $session = Connect-Atlas -InputObject $emulator -PassThru
        Get-AtlasSession | Should -Be $session
    }

    It 'returns a session from the environment by default, and detects a change of the environment' {
        try {
            $env:ATLASCLOUD_API_KEY = 'apikey-one'
            $one = Get-AtlasSession
            $one.KeySource | Should -Be '$env:ATLASCLOUD_API_KEY'
            Get-AtlasSession | Should -Be $one
            $env:ATLASCLOUD_API_KEY = 'apikey-two'
            Get-AtlasSession | Should -Not -Be $one
        }
        finally {
            Remove-Item env:ATLASCLOUD_API_KEY
        }
    }

    It 'prefers the connected session to the environment' {
        $env:ATLASCLOUD_API_KEY = 'apikey-one'
        try {
            Connect-Atlas -InputObject $emulator
            (Get-AtlasSession).KeySource | Should -Be 'the emulator'
        }
        finally {
            Remove-Item env:ATLASCLOUD_API_KEY
        }
    }

    It 'fails with NoSession, and recommends Connect-Atlas' {
        $found = Get-ErrorOf { Get-AtlasSession }
        Assert-AtlasError $found 'NoSession' 'AuthenticationError'
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike '*Connect-Atlas*'
    }

    It 'shows the source of the key, and not the key' {
        Connect-Atlas -InputObject $emulator
        $shown = Get-AtlasSession | Format-List * -Force | Out-String
        $shown | Should -BeLike '*the emulator*'
        $shown | Should -Not -BeLike "*$($emulator.ApiKey)*"
    }

    It 'binds to Connect-Atlas from the pipeline' {
        Connect-Atlas -InputObject $emulator
        $session = Get-AtlasSession
        Disconnect-Atlas
        $session | Connect-Atlas
        Get-AtlasSession | Should -Be $session
    }

    It 'completes -Session with variables that contain a session' {
        $global:atlasTestSession = New-TestSession $emulator
        try {
            $offered = (TabExpansion2 'Get-AtlasBalance -Session ' 26).CompletionMatches
            $offered.CompletionText | Should -Contain '$atlasTestSession'
            ($offered | Where-Object CompletionText -EQ '$atlasTestSession').ToolTip | Should -BeLike '127.0.0.1*'
            $offered.CompletionText | Should -Not -Contain '$HOME'
        }
        finally { Remove-Variable atlasTestSession -Scope Global }
    }
}
