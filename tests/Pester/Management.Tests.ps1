# Projects and API keys, with the management key of an emulator.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test

    function Get-Plain { param($Secret) [Net.NetworkCredential]::new('', $Secret).Password }

    function New-KeySession {
        # Creates a session with the secret of a new key.
        param($Key) New-AtlasSession -ApiKey $Key.Secret -BaseUri $emulator.BaseUri -PollInterval 0.05
    }
}

AfterAll { Exit-Test }

Describe 'The management commands' {
    BeforeEach {
        $emulator = Start-TestEmulator
        $emulator | Connect-Atlas -PollInterval 0.05
    }

    AfterEach { Disconnect-Atlas }

    It 'creates, finds and changes a project' {
        $created = New-AtlasProject north -Description Pictures -DailyLimit 10 -MonthlyLimit 100 -UsageAlertPercent 80
        $created.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Project'
        (Get-AtlasProject).Name | Should -Be 'Default', 'north'
        (Get-AtlasProject n*).Id | Should -Be $created.Id
        (Get-AtlasProject $created.Id).Budget.MonthlyLimit | Should -Be 100

        $changed = Set-AtlasProject north -TotalLimit 500 -DailyLimit 0 -PassThru
        "$($changed.Budget)" | Should -Be '100.00 per month, 500.00 in total, alert at 80 %'
        $created | Set-AtlasProject -MonthlyLimit 50 | Should -BeNullOrEmpty
        (Get-AtlasProject north).Budget.MonthlyLimit | Should -Be 50
        (Get-AtlasProject north).Budget.TotalLimit | Should -Be 500
    }

    It 'changes nothing with -WhatIf' {
        $project = New-AtlasProject north -DailyLimit 10
        $key = New-AtlasApiKey farm -Project north
        $before = $emulator.Ledger.Count
        New-AtlasProject south -WhatIf
        Set-AtlasProject north -TotalLimit 5 -WhatIf
        Close-AtlasProject north -WhatIf
        New-AtlasApiKey other -Project north -WhatIf
        Set-AtlasApiKey $key -Allowance 5 -WhatIf
        Disable-AtlasApiKey $key -WhatIf
        Remove-AtlasApiKey $key -WhatIf
        @($emulator.Ledger | Select-Object -Skip $before | Where-Object Method -NE GET) | Should -BeNullOrEmpty
        "$((Get-AtlasProject north).Budget)" | Should -Be "$($project.Budget)"
    }

    It '<_> asks for confirmation by default' -TestCases 'Close-AtlasProject', 'Disable-AtlasApiKey', 'Remove-AtlasApiKey' {
        $type = (Get-Command $_).ImplementingType
        $attribute = $type.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
        $attribute.ConfirmImpact | Should -Be 'High'
    }

    It 'returns the secret of a new key as a SecureString, which works for models' {
        $null = New-AtlasProject north -TotalLimit 5
        $key = New-AtlasApiKey farm -Project north -Allowance 0.1 -Period Day
        $key.Secret | Should -BeOfType securestring
        $key.Secret.IsReadOnly() | Should -BeTrue
        "$($key.Allowance)" | Should -Be '0.10 per day'
        ($key | Format-List * -Force | Out-String) | Should -Not -Match (Get-Plain $key.Secret)
        ($key | ConvertTo-Json -Depth 4 -WarningAction Ignore) | Should -Not -Match (Get-Plain $key.Secret)

        $session = New-KeySession $key
        $null = New-AtlasImage x -Model google/nano-banana-2/text-to-image -Session $session | Wait-AtlasPrediction -Session $session
        $emulator.Charges[-1].ApiKeyId | Should -Be $key.Id
        $refused = Get-ErrorOf { New-AtlasImage y -Model google/nano-banana-2/text-to-image -Session $session }
        Assert-AtlasError $refused 'InsufficientBalance' 'QuotaExceeded' '*allowance*'
        $refused.ErrorDetails.RecommendedAction | Should -Match 'Set-AtlasApiKey'

        $usage = Get-AtlasUsage -ApiKeyId $key
        $usage.Amount | Should -Be 0.08
        (Get-AtlasUsage -Project north).Amount | Should -Be 0.08
        (Disable-AtlasApiKey $key -Confirm:$false -PassThru).Status | Should -Be 'disabled'
        Assert-AtlasError (Get-ErrorOf { Get-AtlasBalance -Session $session }) 'Authentication' 'AuthenticationError'
    }

    It 'returns the secret as plain text only with -AsPlainText' {
        $key = New-AtlasApiKey farm -Project Default -AsPlainText
        $key.PlainTextSecret | Should -Be (Get-Plain $key.Secret)
        ($key | Out-String -Width 80) | Should -Match ([regex]::Escape($key.PlainTextSecret))
    }

    It 'stores the secret in a vault and leaves it out of the output' {
        $global:Stored = @{}
        function global:Set-Secret { param($Name, $Secret, $Vault) $global:Stored["$Vault/$Name"] = $Secret }
        function global:Get-SecretInfo { param($Name, $Vault) $global:Stored.Keys | ForEach-Object { [pscustomobject]@{ Name = ($_ -split '/')[1] } } }
        function global:Get-Secret { param($Name, $Vault) $global:Stored["$Vault/$Name"] }
        try {
            $key = New-AtlasApiKey farm -Project Default -SaveTo atlas-farm -Vault work
            $key.Secret | Should -BeNullOrEmpty
            $global:Stored['work/atlas-farm'] | Should -BeOfType securestring
            $env:ATLASCLOUD_BASE_URL = $emulator.BaseUri
            (Get-AtlasBalance -Session (New-AtlasSession -SecretName atlas-farm -Vault work)).Available | Should -Be 100

            $sent = $emulator.Ledger.Count
            Assert-AtlasError (Get-ErrorOf { New-AtlasApiKey second -Project Default -SaveTo atlas-farm -Vault work }) 'FileExists' 'ResourceExists' '*No key was created*'
            @($emulator.Ledger | Select-Object -Skip $sent | Where-Object Method -EQ POST) | Should -BeNullOrEmpty
        }
        finally {
            $env:ATLASCLOUD_BASE_URL = 'http://127.0.0.1:1/'
            Remove-Item function:Set-Secret, function:Get-SecretInfo, function:Get-Secret
            Remove-Variable Stored -Scope Global
        }
    }

    It 'returns the secret if the vault fails after the key was created' {
        function global:Set-Secret { throw 'The vault is locked.' }
        try {
            $key = New-AtlasApiKey farm -Project Default -SaveTo atlas-farm -ErrorAction SilentlyContinue -ErrorVariable failed
            (Get-Plain $key.Secret) | Should -Match '^apikey-'
            $failed[0].FullyQualifiedErrorId | Should -Match '^UnexpectedReply,'
            "$($failed[0])" | Should -Match 'The vault is locked'
        }
        finally { Remove-Item function:Set-Secret }
    }

    It 'creates no key without a command that stores its secret' {
        Assert-AtlasError (Get-ErrorOf { New-AtlasApiKey farm -Project Default -SaveTo atlas-farm }) 'InvalidParameter' 'InvalidArgument' '*Set-Secret*'
        @($emulator.Ledger | Where-Object Method -EQ POST) | Should -BeNullOrEmpty
    }

    It 'names the cure of a conflict' {
        $null = New-AtlasProject north
        $taken = Get-ErrorOf { New-AtlasProject north }
        Assert-AtlasError $taken 'Conflict' 'ResourceExists' '*already exists*'
        $taken.ErrorDetails.RecommendedAction | Should -Match 'Get-AtlasProject north'
        $null = New-AtlasApiKey farm -Project north
        (Get-ErrorOf { New-AtlasApiKey farm -Project north }).ErrorDetails.RecommendedAction | Should -Match 'Remove-AtlasApiKey'
        Close-AtlasProject north -Confirm:$false
        (Get-ErrorOf { Set-AtlasProject north -DailyLimit 1 }).ErrorDetails.RecommendedAction | Should -Match 'archived project'
    }

    It 'creates a key once if its response is lost, and says what to do' {
        $lossy = Start-TestEmulator -Rule @{ method = 'POST'; path = '/public/v1/api-keys'; fault = 'drop-after' }
        $session = New-TestSession $lossy
        $lost = Get-ErrorOf { New-AtlasApiKey farm -Project Default -Session $session }
        Assert-AtlasError $lost 'SubmitOutcomeUnknown' 'OperationStopped' '*secret is lost*'
        $lost.ErrorDetails.RecommendedAction | Should -Match 'console'
        @($lossy.Ledger | Where-Object Path -EQ '/public/v1/api-keys') | Should -HaveCount 1
    }

    It 'finds a project in the list if the response of its creation is lost' {
        $lossy = Start-TestEmulator -Rule @{ method = 'POST'; path = '/public/v1/projects'; fault = 'drop-after' }
        $found = New-AtlasProject north -DailyLimit 10 -Session (New-TestSession $lossy)
        $found.Budget.DailyLimit | Should -Be 10
        @($lossy.Ledger | Where-Object { $_.Path -eq '/public/v1/projects' -and $_.Method -eq 'POST' }) | Should -HaveCount 1
    }

    It 'returns the key if its allowance cannot be set, and says that it is unlimited' {
        $faulty = Start-TestEmulator -Rule @{ method = 'PUT'; path = '*/allowance'; reply = @{ status = 400; body = @{ error = @{ message = 'no allowance' } } } }
        $key = New-AtlasApiKey farm -Project Default -Allowance 5 -Session (New-TestSession $faulty) -ErrorAction SilentlyContinue -ErrorVariable failed
        $key.Secret | Should -BeOfType securestring
        "$($failed[0])" | Should -Match 'unlimited.*no allowance'
        $failed[0].ErrorDetails.RecommendedAction | Should -Match "Set-AtlasApiKey $($key.Id)"
    }

    It 'rejects <Command> before anything is sent' -TestCases @(
        @{ Command = 'New-AtlasProject north -UsageAlertPercent 80' }
        @{ Command = 'New-AtlasProject north -DailyLimit -1' }
        @{ Command = 'New-AtlasProject x' }
        @{ Command = 'Set-AtlasProject Default' }
        @{ Command = 'Set-AtlasApiKey ak_0SampleKeyId0123456789 -Allowance 0' }
        @{ Command = 'Disable-AtlasApiKey apikey-0123456789abcdef -Confirm:$false' }
    ) {
        $found = Get-ErrorOf ([scriptblock]::Create($Command))
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument'
        "$found" | Should -Not -Match '0123456789abcdef'
        $emulator.Ledger.Count | Should -Be 0
    }

    It 'fails with ResourceNotFound for a project that does not exist, and continues' {
        $found = Get-AtlasProject missing, Default -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.Name | Should -Be 'Default'
        $failed[0].FullyQualifiedErrorId | Should -Match '^ResourceNotFound,'
    }

    It 'keeps its views within 80 columns' {
        $null = New-AtlasProject ('n' * 64) -DailyLimit 1000000 -WeeklyLimit 2000000 -MonthlyLimit 3000000 -TotalLimit 4000000 -UsageAlertPercent 80
        $key = New-AtlasApiKey ('k' * 100) -Project Default -Allowance 123456.789 -Period Month
        foreach ($item in (Get-AtlasProject), $key, (Get-AtlasUsage -Project Default)) {
            foreach ($line in ($item | Out-String -Width 80) -split '\r?\n') { $line.Length | Should -BeLessOrEqual 80 }
        }
    }

    It 'completes the names of known projects' {
        $null = New-AtlasProject 'north wing'
        $null = Get-AtlasProject
        (TabExpansion2 'Close-AtlasProject no').CompletionMatches.CompletionText | Should -Be "'north wing'"
    }
}

Describe 'The management key' {
    BeforeAll {
        $managementKey = 'mgmt-pester-0d9f8e7c6b5a4321-DO-NOT-SHOW'
        $secure = ConvertTo-SecureString $managementKey -AsPlainText -Force
    }

    It 'is required' {
        $emulator = Start-TestEmulator
        $session = New-AtlasSession -ApiKey (ConvertTo-SecureString $emulator.ApiKey -AsPlainText -Force) -BaseUri $emulator.BaseUri
        $found = Get-ErrorOf { Get-AtlasProject -Session $session }
        Assert-AtlasError $found 'NoSession' 'AuthenticationError' '*management key*'
        $found.ErrorDetails.RecommendedAction | Should -Match 'ManagementKey'
        Assert-AtlasError (Get-ErrorOf { Get-AtlasUsage -Project Default -Session $session }) 'NoSession' 'AuthenticationError' '*management key*'
        $emulator.Ledger.Count | Should -Be 0
    }

    It 'comes from the environment' {
        $emulator = Start-TestEmulator
        $env:ATLASCLOUD_MANAGEMENT_API_KEY = $emulator.ManagementKey
        $env:ATLASCLOUD_BASE_URL = $emulator.BaseUri
        try {
            (Get-AtlasProject).Name | Should -Be 'Default'
            (Get-AtlasSession).ManagementKeySource | Should -Be '$env:ATLASCLOUD_MANAGEMENT_API_KEY'
            Assert-AtlasError (Get-ErrorOf { Get-AtlasBalance }) 'NoSession' 'AuthenticationError'
        }
        finally {
            Remove-Item env:ATLASCLOUD_MANAGEMENT_API_KEY
            $env:ATLASCLOUD_BASE_URL = 'http://127.0.0.1:1/'
        }
    }

    It 'comes from a vault' {
        $emulator = Start-TestEmulator
        function global:Get-Secret { param($Name, $Vault) if ($Name -eq 'mgmt') { $emulator.ManagementKey } }
        try {
            $session = New-AtlasSession -ManagementSecretName mgmt -Vault work -BaseUri $emulator.BaseUri
            $session.ManagementKeySource | Should -Be "secret 'mgmt' in 'work'"
            $session.KeySource | Should -BeNullOrEmpty
            (Get-AtlasProject -Session $session).Name | Should -Be 'Default'
        }
        finally { Remove-Item function:Get-Secret }
    }

    It 'is not accepted as API key, and an API key is not accepted as management key' {
        $emulator = Start-TestEmulator
        Assert-AtlasError (Get-ErrorOf { New-AtlasSession -ApiKey $secure -BaseUri $emulator.BaseUri }) 'Authentication' 'AuthenticationError' '*management key*'
        $mixed = New-AtlasSession -ManagementKey (ConvertTo-SecureString $emulator.ApiKey -AsPlainText -Force) -BaseUri $emulator.BaseUri
        Assert-AtlasError (Get-ErrorOf { Get-AtlasProject -Session $mixed }) 'Authentication' 'AuthenticationError' '*mgmt-*'
        $emulator.Ledger.Count | Should -Be 0
    }

    It 'and the secret of a new key appear in no stream, error or session' {
        $echo = @{ method = 'POST'; path = '/public/v1/projects'; reply = @{ status = 400; body = @{ error = @{ message = "bad key $managementKey" } } } }
        $emulator = Start-TestEmulator -Rule $echo -Option @{ ManagementKey = $managementKey }
        $session = New-AtlasSession -ManagementKey $secure -BaseUri $emulator.BaseUri
        $all = @(
            . {
                $ErrorActionPreference = 'Continue'
                $session
                Get-AtlasProject -Session $session -Verbose -Debug
                New-AtlasProject north -Session $session -Verbose -Debug
                New-AtlasApiKey farm -Project Default -Session $session -Verbose -Debug -OutVariable created | Out-Null
            } *>&1
        )
        @($all | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }).Count | Should -BeGreaterThan 4
        $plain = Get-Plain $created[0].Secret
        foreach ($item in $all) {
            foreach ($text in ($item | Out-String -Width 4000), ($item | Format-List * -Force | Out-String -Width 4000)) {
                $text | Should -Not -Match 'DO-NOT-SHOW'
                $text | Should -Not -Match ([regex]::Escape($plain))
            }
        }
    }
}
