BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
}

AfterAll { Exit-Test }

Describe 'Start-AtlasEmulator' {
    AfterEach { Stop-AtlasEmulator }

    It 'returns an emulator that listens on loopback' {
        $emulator = Start-AtlasEmulator
        $emulator.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Emulator'
        $emulator.BaseUri.IsLoopback | Should -BeTrue
        $emulator.IsRunning | Should -BeTrue
        (Invoke-RestMethod "$($emulator.BaseUri)api/v1/models").data.Count | Should -BeGreaterThan 10
    }

    It 'accepts a port, a time scale, a balance and a latency' {
        $port, $emulator = Use-FreePort {
            param($Port)
            $Port
            Start-AtlasEmulator -Port $Port -TimeScale 0.5 -Balance 7 -Latency 00:00:01 -ErrorAction Stop
        }
        $emulator.BaseUri.Port | Should -Be $port
        $emulator.Balance | Should -Be 7
        $emulator.Options.TimeScale | Should -Be 0.5
        $emulator.Options.Latency | Should -Be ([timespan]'00:00:01')
    }

    It 'starts several emulators concurrently' {
        $all = 1..3 | ForEach-Object { Start-AtlasEmulator }
        $all.BaseUri.Port | Sort-Object -Unique | Should -HaveCount 3
    }

    It 'applies the rules of a scenario' {
        $emulator = Start-AtlasEmulator -Scenario (New-Scenario @{ path = '/public/v1/balance'; reply = @{ status = 503 } })
        $emulator.Options.Scenario.RuleCount | Should -Be 1
        (Invoke-WebRequest "$($emulator.BaseUri)public/v1/balance" -SkipHttpErrorCheck).StatusCode | Should -Be 503
    }

    It 'resolves the path of a scenario relative to the current location' {
        $file = New-Scenario @{ path = '*' }
        Push-Location (Split-Path $file)
        try { (Start-AtlasEmulator -Scenario "./$(Split-Path $file -Leaf)").Options.Scenario.RuleCount | Should -Be 1 }
        finally { Pop-Location }
    }

    It 'reports which part of a scenario is invalid' {
        $file = New-Scenario @{ path = '*'; fault = 'earthquake' }
        $found = Get-ErrorOf { Start-AtlasEmulator -Scenario $file }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*rules*fault*earthquake*'
    }

    It 'fails with FileNotFound when the scenario does not exist' {
        Assert-AtlasError (Get-ErrorOf { Start-AtlasEmulator -Scenario TestDrive:/none.json }) 'FileNotFound' 'ObjectNotFound'
    }

    It 'fails with PortInUse when the port is in use' {
        $emulator = Start-AtlasEmulator
        $found = Get-ErrorOf { Start-AtlasEmulator -Port $emulator.BaseUri.Port }
        Assert-AtlasError $found 'PortInUse' 'ResourceBusy' "*$($emulator.BaseUri.Port)*"
    }

    It 'rejects a port or a time scale out of range' {
        { Start-AtlasEmulator -Port 70000 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Start-AtlasEmulator -TimeScale -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'stops the emulator when its runspace closes' {
        $shell = New-TestShell { Start-AtlasEmulator }
        $emulator = $shell.Invoke()[0]
        $emulator.IsRunning | Should -BeTrue
        $shell.Runspace.Dispose()
        $shell.Dispose()
        $emulator.IsRunning | Should -BeFalse
    }

    It 'stops with Select-Object -First' {
        1..3 | ForEach-Object { Start-AtlasEmulator } | Select-Object -First 1 | Should -HaveCount 1
    }
}
