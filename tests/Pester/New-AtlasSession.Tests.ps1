BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $key = ConvertTo-SecureString 'apikey-pester-5f2c' -AsPlainText -Force
}

AfterAll { Exit-Test }

Describe 'New-AtlasSession' {
    It 'creates a session without making it the default' {
        $session = New-AtlasSession -ApiKey $key -BaseUri https://example.test/
        $session.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Session'
        $session.KeySource | Should -Be '-ApiKey'
        $session.BaseUri | Should -Be 'https://example.test/'
        Assert-AtlasError (Get-ErrorOf { Get-AtlasSession }) 'NoSession' 'AuthenticationError'
    }

    It 'accepts every setting' {
        $session = New-AtlasSession -ApiKey $key -BaseUri https://a.test -LlmBaseUri https://b.test -AssetBaseUri https://c.test -PollInterval 00:00:02 -PollTimeout 00:01:00 `
            -RequestTimeout 00:00:30 -MaximumRetryCount 7 -ThrottleLimit 9 -Proxy http://127.0.0.1:3128
        $session.BaseUri | Should -Be 'https://a.test/'
        $session.LlmBaseUri | Should -Be 'https://b.test/'
        $session.AssetBaseUri | Should -Be 'https://c.test/'
        $session.PollInterval | Should -Be ([timespan]'00:00:02')
        $session.PollTimeout | Should -Be ([timespan]'00:01:00')
        $session.RequestTimeout | Should -Be ([timespan]'00:00:30')
        $session.MaximumRetryCount | Should -Be 7
        $session.ThrottleLimit | Should -Be 9
        $session.Proxy | Should -Be 'http://127.0.0.1:3128/'
    }

    It 'shows no password of a proxy' {
        $credential = [pscredential]::new('name', (ConvertTo-SecureString hidden-word -AsPlainText -Force))
        $sessions = @(
            New-AtlasSession -ApiKey $key -Proxy http://name:hidden-word@proxy.example.com:3128
            New-AtlasSession -ApiKey $key -Proxy http://proxy.example.com:3128 -ProxyCredential $credential
            New-AtlasSession -ApiKey $key -ProxyCredential $credential -ProxyUseDefaultCredentials
        )
        $sessions[0].Proxy | Should -Be 'http://proxy.example.com:3128/'
        foreach ($session in $sessions) {
            $text = ($session | Format-List * -Force | Out-String), ($session | Out-String), ($session | ConvertTo-Json -Depth 5),
                [Management.Automation.PSSerializer]::Serialize($session, 5), ($session | Select-Object * | ConvertTo-Csv | Out-String), "$session"
            $text -join "`n" | Should -Not -BeLike '*hidden-word*'
        }
    }

    It 'rejects an invalid proxy without showing it' {
        $problem = Get-ErrorOf { New-AtlasSession -ApiKey $key -Proxy 'name:hidden-word@proxy.example.com:3128' }
        Assert-AtlasError $problem 'InvalidParameter' 'InvalidArgument' '*http://proxy.example.com:3128*' -Nothing
        $problem.Exception.Message | Should -Not -BeLike '*hidden-word*'
        "$($problem.TargetObject)" | Should -Not -BeLike '*hidden-word*'
    }

    It 'rejects a text that is too long for a key, without quoting it' {
        $problem = Get-ErrorOf { New-AtlasSession -ApiKey ('k' * 70000) }
        "$problem" | Should -BeLike '*at most 4096 characters, not 70000*'
        "$problem" | Should -Not -BeLike '*kkkk*'
    }

    It 'returns a read-only session' {
        $session = New-AtlasSession -ApiKey $key
        { $session.ThrottleLimit = 3 } | Should -Throw
        $session.ThrottleLimit | Should -Be 16
    }

    It 'warns about a key in plain text, without showing it' {
        $null = New-AtlasSession -ApiKey 'apikey-pester-plain' -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -HaveCount 1
        $warning | Should -BeLike '*plain text*'
        $warning | Should -Not -BeLike '*apikey-pester-plain*'
    }

    It 'does not warn about a secure key' {
        $null = New-AtlasSession -ApiKey $key -WarningVariable warning
        $warning | Should -BeNullOrEmpty
    }

    It 'reads the key from the first environment variable that is set' {
        try {
            $env:ATLAS_API_KEY = 'apikey-third'
            (New-AtlasSession).KeySource | Should -Be '$env:ATLAS_API_KEY'
            $env:ATLAS_CLOUD_API_KEY = 'apikey-second'
            (New-AtlasSession).KeySource | Should -Be '$env:ATLAS_CLOUD_API_KEY'
            $env:ATLASCLOUD_API_KEY = 'apikey-first'
            (New-AtlasSession).KeySource | Should -Be '$env:ATLASCLOUD_API_KEY'
        }
        finally {
            Remove-Item env:ATLAS_API_KEY, env:ATLAS_CLOUD_API_KEY, env:ATLASCLOUD_API_KEY -ErrorAction Ignore
        }
    }

    It 'reads the address from the environment by default' {
        (New-AtlasSession -ApiKey $key).BaseUri | Should -Be $env:ATLASCLOUD_BASE_URL
    }

    It 'reads a secret with Get-Secret' {
        $emulator = Start-TestEmulator
        $env:ATLASCLOUD_BASE_URL = $emulator.BaseUri
        function global:Get-Secret { param($Name, $Vault) if ($Name -eq 'atlas' -and $Vault -eq 'work') { ConvertTo-SecureString $emulator.ApiKey -AsPlainText -Force } }
        try {
            $session = New-AtlasSession -SecretName atlas -Vault work
            $session.KeySource | Should -Be "secret 'atlas' in 'work'"
            (Get-AtlasBalance -Session $session).Available | Should -Be 100

            # As a job gets it: without the key, which it reads again from the vault.
            $sent = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($session))
            (Get-AtlasBalance -Session $sent).Available | Should -Be 100
        }
        finally {
            Remove-Item function:Get-Secret
            $env:ATLASCLOUD_BASE_URL = 'http://127.0.0.1:1/'
        }
    }

    It 'fails with NoSession when Get-Secret is unavailable' {
        Assert-AtlasError (Get-ErrorOf { New-AtlasSession -SecretName atlas }) 'NoSession' 'AuthenticationError' '*Get-Secret*'
    }

    It 'accepts an emulator from the pipeline, by position and by name' {
        $emulator = Start-TestEmulator
        ($emulator | New-AtlasSession).BaseUri | Should -Be $emulator.BaseUri
        (New-AtlasSession $emulator).BaseUri | Should -Be $emulator.BaseUri
        (New-AtlasSession -InputObject $emulator).KeySource | Should -Be 'the emulator'
    }

    It 'starts an emulator with -Emulator, and reuses one that is running' {
        Stop-AtlasEmulator
        $session = New-AtlasSession -Emulator
        (Get-AtlasBalance -Session $session).Available | Should -Be 100
        (New-AtlasSession -Emulator).BaseUri | Should -Be $session.BaseUri
        Stop-AtlasEmulator
    }

    It 'rejects the address <Address>, because <Why>' -TestCases @(
        @{ Address = 'api.atlascloud.ai'; Why = 'it has no scheme' }
        @{ Address = 'http://example.test'; Why = 'a key is not sent unencrypted' }
        @{ Address = 'ftp://example.test'; Why = 'it is not an HTTP address' }
        @{ Address = 'https://user:secret@example.test'; Why = 'it contains a password' }
        @{ Address = 'https://example.test/some/path'; Why = 'it contains a path' }
    ) {
        Assert-AtlasError (Get-ErrorOf { New-AtlasSession -ApiKey $key -BaseUri $Address }) 'InvalidParameter' 'InvalidArgument' -Nothing
    }

    It 'rejects a <Name> of <Value>' -TestCases @(
        @{ Name = 'PollInterval'; Value = '00:00:00' }
        @{ Name = 'PollTimeout'; Value = '-00:00:01' }
        @{ Name = 'RequestTimeout'; Value = '00:00:00' }
    ) {
        $settings = @{ $Name = $Value }
        Assert-AtlasError (Get-ErrorOf { New-AtlasSession -ApiKey $key @settings }) 'InvalidParameter' 'InvalidArgument' "*$Name*"
    }

    It 'rejects a throttle limit of 0' {
        { New-AtlasSession -ApiKey $key -ThrottleLimit 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'rejects a key that is not valid in a header, without showing it' {
        $found = Get-ErrorOf { New-AtlasSession -ApiKey "broken`nkey" -WarningAction SilentlyContinue }
        Assert-AtlasError $found 'Authentication' 'AuthenticationError' -Nothing
        $found[0].Exception.Message | Should -Not -BeLike '*broken*'
    }

    It 'stops at Ctrl+C while a vault prompts for its password' {
        $run = Invoke-Stopped { Import-Module Microsoft.PowerShell.Utility; function global:Get-Secret { $global:Asked.Set(); Start-Sleep 60 }; New-AtlasSession -SecretName atlas } -With @{ Asked = ($asked = [Threading.ManualResetEventSlim]::new()) } -When { $asked.IsSet }
        Assert-Stopped $run
    }
}
