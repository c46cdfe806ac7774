BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
}

AfterAll { Exit-Test }

Describe 'Start-AtlasEmulator' {
    AfterEach { Stop-AtlasEmulator }

    It 'returns an emulator that answers on loopback' {
        $emulator = Start-AtlasEmulator
        $emulator.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Emulator'
        $emulator.BaseUri.IsLoopback | Should -BeTrue
        $emulator.IsRunning | Should -BeTrue
        (Invoke-RestMethod "$($emulator.BaseUri)api/v1/models").data.Count | Should -BeGreaterThan 10
    }

    It 'takes a port, a time scale, a balance and a latency' {
        $free = Start-AtlasEmulator
        $port = $free.BaseUri.Port
        Stop-AtlasEmulator $free
        $emulator = Start-AtlasEmulator -Port $port -TimeScale 0.5 -Balance 7 -Latency 00:00:01
        $emulator.BaseUri.Port | Should -Be $port
        $emulator.Balance | Should -Be 7
        $emulator.Options.TimeScale | Should -Be 0.5
        $emulator.Options.Latency | Should -Be ([timespan]'00:00:01')
    }

    It 'starts several side by side' {
        $all = 1..3 | ForEach-Object { Start-AtlasEmulator }
        $all.BaseUri.Port | Sort-Object -Unique | Should -HaveCount 3
    }

    It 'plays a scenario' {
        $emulator = Start-AtlasEmulator -Scenario (New-Scenario @{ path = '/public/v1/balance'; reply = @{ status = 503 } })
        $emulator.Options.Scenario.RuleCount | Should -Be 1
        (Invoke-WebRequest "$($emulator.BaseUri)public/v1/balance" -SkipHttpErrorCheck).StatusCode | Should -Be 503
    }

    It 'takes a scenario by a path of the current location' {
        $file = New-Scenario @{ path = '*' }
        Push-Location (Split-Path $file)
        try { (Start-AtlasEmulator -Scenario "./$(Split-Path $file -Leaf)").Options.Scenario.RuleCount | Should -Be 1 }
        finally { Pop-Location }
    }

    It 'says which line of a scenario is wrong' {
        $file = New-Scenario @{ path = '*'; fault = 'earthquake' }
        $found = Get-ErrorOf { Start-AtlasEmulator -Scenario $file }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*rules*fault*earthquake*'
    }

    It 'says that a scenario is not there' {
        Assert-AtlasError (Get-ErrorOf { Start-AtlasEmulator -Scenario TestDrive:/none.json }) 'FileNotFound' 'ObjectNotFound'
    }

    It 'says that a port is taken' {
        $emulator = Start-AtlasEmulator
        $found = Get-ErrorOf { Start-AtlasEmulator -Port $emulator.BaseUri.Port }
        Assert-AtlasError $found 'PortInUse' 'ResourceBusy' "*$($emulator.BaseUri.Port)*"
    }

    It 'refuses a port or a scale that cannot be' {
        { Start-AtlasEmulator -Port 70000 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Start-AtlasEmulator -TimeScale -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'ends with its runspace' {
        $shell = New-TestShell { Start-AtlasEmulator }
        $emulator = $shell.Invoke()[0]
        $emulator.IsRunning | Should -BeTrue
        $shell.Runspace.Dispose()
        $shell.Dispose()
        $emulator.IsRunning | Should -BeFalse
    }

    It 'ends at once when what follows has enough' {
        1..3 | ForEach-Object { Start-AtlasEmulator } | Select-Object -First 1 | Should -HaveCount 1
    }
}
