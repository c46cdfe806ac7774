BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator

    function Get-Check {
        # Returns the checks of a session, by name.
        param($Session)
        Test-AtlasSession -Session $Session | Group-Object Name -AsHashTable
    }
}

AfterAll { Exit-Test }

Describe 'Test-AtlasSession' {
    It 'passes all checks of a working session' {
        $checks = @(Test-AtlasSession -Session (New-TestSession $emulator))
        $checks[0].PSObject.TypeNames[0] | Should -Be 'AtlasCloud.SessionCheck'
        $checks.Name | Should -Be 'Proxy', 'Reach', 'Clock', 'Key', 'Balance', 'ManagementKey', 'Catalog', 'Cache', 'State'
        $checks | ForEach-Object { $_.Status | Should -Be 'Passed' -Because "$_" }
        Test-AtlasSession -Session (New-TestSession $emulator) -Quiet | Should -BeExactly $true
    }

    It 'sends no request that is charged' {
        $emulator.ClearLedger()
        $null = Test-AtlasSession -Session (New-TestSession $emulator)
        $emulator.Ledger.Path | Should -Be '/api/v1/models', '/public/v1/balance', '/public/v1/projects'
        $emulator.Ledger.Method | Select-Object -Unique | Should -Be 'GET'
        $emulator.Charges | Should -BeNullOrEmpty
    }

    It 'fails the key check without a key' {
        $checks = Get-Check (New-AtlasSession -BaseUri $emulator.BaseUri)
        $checks.Reach.Status | Should -Be 'Passed'
        $checks.Key.Status | Should -Be 'Failed'
        $checks.Key.Fix | Should -BeLike '*ATLASCLOUD_API_KEY*'
        $checks.Balance.Status | Should -Be 'Skipped'
    }

    It 'fails the check of a management key that is wrong, and has no such check without one' {
        $key = ConvertTo-SecureString $emulator.ApiKey -AsPlainText
        (Test-AtlasSession -Session (New-AtlasSession -BaseUri $emulator.BaseUri -ApiKey $key)).Name | Should -Not -Contain 'ManagementKey'
        $wrong = ConvertTo-SecureString 'mgmt-wrong' -AsPlainText
        $checks = Get-Check (New-AtlasSession -BaseUri $emulator.BaseUri -ApiKey $key -ManagementKey $wrong)
        $checks.Key.Status | Should -Be 'Passed'
        $checks.ManagementKey.Status | Should -Be 'Failed'
        $checks.ManagementKey.Fix | Should -BeLike '*Management API Keys*'
        $checks = Get-Check (New-AtlasSession -BaseUri $emulator.BaseUri -ApiKey $key -ManagementKey $key)
        $checks.ManagementKey.Fix | Should -BeLike '*mgmt-*'
        "$($checks.Values)" | Should -Not -BeLike "*$($emulator.ApiKey)*"
    }

    It 'runs without a session and without a network' {
        $checks = Test-AtlasSession | Group-Object Name -AsHashTable
        $checks.Reach.Status | Should -Be 'Failed'
        $checks.Reach.Fix | Should -BeLike '*BaseUri*'
        $checks.Clock.Status | Should -Be 'Skipped'
        Test-AtlasSession -Quiet | Should -BeExactly $false
    }

    It 'fails the key check for a wrong key' {
        $wrong = New-AtlasSession -BaseUri $emulator.BaseUri -ApiKey (ConvertTo-SecureString 'apikey-wrong' -AsPlainText)
        $checks = Get-Check $wrong
        $checks.Reach.Status | Should -Be 'Passed'
        $checks.Key.Status | Should -Be 'Failed'
        $checks.Key.Fix | Should -BeLike '*api-keys*'
        "$($checks.Values)" | Should -Not -BeLike '*apikey-wrong*'
    }

    It 'distinguishes a wrong base URL from a wrong API key' {
        $elsewhere = Start-TestEmulator -Rule @{ path = '*'; reply = @{ sample = 'errors/401-msg.json' } }
        $checks = Get-Check (New-TestSession $elsewhere)
        $checks.Reach.Status | Should -Be 'Failed'
        $checks.Reach.Detail | Should -BeLike '*the base URL is wrong, not the API key*'
        $checks.Key.Status | Should -Be 'Skipped'
    }

    It 'fails the reach check when another server answers' {
        $captivePortal = Start-TestEmulator -Rule @{ path = '*'; reply = @{ headers = @{ 'Content-Type' = 'text/html' }; body = '<html><title>Sign in</title></html>' } }
        $checks = Get-Check (New-TestSession $captivePortal)
        $checks.Reach.Status | Should -Be 'Failed'
        $checks.Reach.Detail | Should -BeLike '*not like the Atlas Cloud API*'
    }

    It 'warns about clock skew' {
        $serviceTime = [DateTimeOffset]::UtcNow.AddMinutes(10).ToString('R')
        $skewed = Start-TestEmulator -Rule @{ path = '/api/v1/models'; reply = @{ headers = @{ Date = $serviceTime }; body = @{ data = @(@{ model = 'a/b' }) } } }
        $checks = Get-Check (New-TestSession $skewed)
        $checks.Clock.Status | Should -Be 'Warning'
        $checks.Clock.Detail | Should -Be '10 min behind the service'
    }

    It 'fails the state check when the folder is not writable' {
        $saved = $env:ATLASCLOUD_HOME
        $env:ATLASCLOUD_HOME = (New-Item (Join-Path $TestDrive 'a-file') -ItemType File).FullName
        try { $checks = Get-Check (New-TestSession $emulator) }
        finally { $env:ATLASCLOUD_HOME = $saved }
        $checks.Cache.Status | Should -Be 'Warning'
        $checks.State.Status | Should -Be 'Failed'
        $checks.State.Fix | Should -BeLike '*ATLASCLOUD_HOME*'
    }

    It 'fails the balance check for an empty account, and warns when the key may not read the balance' {
        $poor = Start-AtlasEmulator -Balance 0
        (Get-Check (New-TestSession $poor)).Balance.Status | Should -Be 'Failed'
        $restricted = Start-TestEmulator -Rule @{ path = '*/balance'; reply = @{ sample = 'errors/public-403.json' } }
        $checks = Get-Check (New-TestSession $restricted)
        $checks.Key.Status | Should -Be 'Passed'
        $checks.Balance.Status | Should -Be 'Warning'
        Test-AtlasSession -Session (New-TestSession $restricted) -Quiet | Should -BeExactly $true
    }

    It 'leaves no file behind' {
        $null = Test-AtlasSession -Session (New-TestSession $emulator)
        Get-ChildItem $env:ATLASCLOUD_HOME -Recurse -File | Should -BeNullOrEmpty
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { Test-AtlasSession -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
    }
}
