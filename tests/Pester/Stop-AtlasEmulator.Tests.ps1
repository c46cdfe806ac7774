BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
}

AfterAll { Exit-Test }

Describe 'Stop-AtlasEmulator' {
    AfterEach { Stop-AtlasEmulator }

    It 'stops the given emulator, and frees its port' {
        $one = Start-AtlasEmulator
        $other = Start-AtlasEmulator
        Stop-AtlasEmulator $one | Should -BeNullOrEmpty
        $one.IsRunning | Should -BeFalse
        $other.IsRunning | Should -BeTrue
        Use-FreePort { param($Port) (Start-AtlasEmulator -Port $Port -ErrorAction Stop).IsRunning } | Should -BeTrue
    }

    It 'accepts emulators from the pipeline' {
        $all = 1..2 | ForEach-Object { Start-AtlasEmulator }
        $all | Stop-AtlasEmulator
        $all.IsRunning | Should -Be @($false, $false)
    }

    It 'stops all emulators of the runspace by default' {
        $all = 1..2 | ForEach-Object { Start-AtlasEmulator }
        Stop-AtlasEmulator
        $all.IsRunning | Should -Be @($false, $false)
    }

    It 'does nothing when the emulator is already stopped' {
        $emulator = Start-AtlasEmulator
        Get-ErrorOf { Stop-AtlasEmulator $emulator; Stop-AtlasEmulator $emulator; Stop-AtlasEmulator } | Should -BeNullOrEmpty
    }

    It 'stops nothing with -WhatIf' {
        $emulator = Start-AtlasEmulator
        Stop-AtlasEmulator $emulator -WhatIf
        $emulator.IsRunning | Should -BeTrue
    }

    It 'keeps the ledger readable' {
        $emulator = Start-AtlasEmulator
        $null = Invoke-RestMethod "$($emulator.BaseUri)api/v1/models"
        Stop-AtlasEmulator $emulator
        $emulator.Ledger | Should -HaveCount 1
    }

    It 'does not wait for responses that are still being written' {
        $emulator = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 600000 }
        $client = [Net.Http.HttpClient]::new()
        $asking = $client.GetAsync("$($emulator.BaseUri)api/v1/models")
        Wait-Until { $emulator.Ledger.Count -gt 0 }
        Stop-AtlasEmulator $emulator
        { $asking.GetAwaiter().GetResult() } | Should -Throw
        $client.Dispose()
    }

    It 'rejects an object that is not an emulator' {
        { 'text' | Stop-AtlasEmulator -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
    }
}
