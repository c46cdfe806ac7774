BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
}

AfterAll { Exit-Test }

Describe 'Disconnect-Atlas' {
    It 'clears the default session, and returns nothing' {
        Connect-Atlas -InputObject $emulator
        Disconnect-Atlas | Should -BeNullOrEmpty
        Assert-AtlasError (Get-ErrorOf { Get-AtlasSession }) 'NoSession' 'AuthenticationError'
        Assert-AtlasError (Get-ErrorOf { Get-AtlasBalance }) 'NoSession' 'AuthenticationError' -Nothing
    }

    It 'does nothing without a default session' {
        Get-ErrorOf { Disconnect-Atlas; Disconnect-Atlas } | Should -BeNullOrEmpty
    }

    It 'keeps a session that was created before usable' {
        $session = New-TestSession $emulator
        Connect-Atlas $session
        Disconnect-Atlas
        (Get-AtlasBalance -Session $session).Available | Should -Be 100
    }

    It 'keeps the default session of other runspaces' {
        $shell = New-TestShell { Connect-Atlas $given; $ready.Set(); $null = $go.Wait(10000); (Get-AtlasSession).BaseUri } @{
            given = New-TestSession $emulator; ready = ($ready = [Threading.ManualResetEventSlim]::new()); go = ($go = [Threading.ManualResetEventSlim]::new())
        }
        try {
            $running = $shell.BeginInvoke()
            $ready.Wait(10000) | Should -BeTrue
            Disconnect-Atlas
            $go.Set()
            $shell.EndInvoke($running) | Should -Be $emulator.BaseUri
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}
