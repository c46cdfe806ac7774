BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    $session = New-TestSession $emulator
}

AfterAll { Exit-Test }

Describe 'Get-AtlasBalance' {
    It 'returns the balance' {
        $balance = Get-AtlasBalance -Session $session
        $balance.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Balance'
        $balance.Available | Should -BeOfType [decimal]
        $balance.Available | Should -Be 100
        $balance.Currency | Should -Be 'usd'
    }

    It 'returns a balance that decreases with costs' {
        $null = New-AtlasImage x -Model google/nano-banana-2/text-to-image -Session $session | Wait-AtlasPrediction -Session $session
        (Get-AtlasBalance -Session $session).Available | Should -Be 99.92
    }

    It 'maps HTTP status <Status> to <Id>' -TestCases @(
        @{ Status = 401; Id = 'Authentication'; Category = 'AuthenticationError' }
        @{ Status = 403; Id = 'PermissionDenied'; Category = 'PermissionDenied' }
        @{ Status = 429; Id = 'RateLimited'; Category = 'LimitsExceeded' }
        @{ Status = 500; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable' }
    ) {
        $faulty = Start-TestEmulator -Rule @{ path = '/public/v1/balance'; reply = @{ status = $Status; body = @{ msg = 'message of the service' } } }
        $refused = New-TestSession $faulty @{ MaximumRetryCount = 0 }
        Assert-AtlasError (Get-ErrorOf { Get-AtlasBalance -Session $refused }) $Id $Category '*message of the service*'
    }

    It 'fails with RequestTimedOut when the service is slow' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        $shortTimeout = New-TestSession $slow @{ MaximumRetryCount = 0; RequestTimeout = [timespan]'00:00:00.3' }
        Assert-AtlasError (Get-ErrorOf { Get-AtlasBalance -Session $shortTimeout }) 'RequestTimedOut' 'OperationTimeout'
    }

    It 'fails with NoSession without a session' {
        Assert-AtlasError (Get-ErrorOf { Get-AtlasBalance }) 'NoSession' 'AuthenticationError' -Nothing
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { Get-AtlasBalance -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
    }
}
