BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $null = 1..2 | New-AtlasImage -Model black-forest-labs/flux-schnell | Wait-AtlasPrediction
    $null = New-AtlasVideo waves -Model bytedance/seedance-v1.5-pro/text-to-video -Duration 4 | Wait-AtlasPrediction
    $null = Invoke-AtlasChat 'one two three' -Model deepseek-ai/deepseek-v3.2
}

AfterAll { Exit-Test }

Describe 'Get-AtlasUsage' {
    It 'returns one row per day' {
        $rows = @(Get-AtlasUsage)
        $rows[-1].PSObject.TypeNames[0] | Should -Be 'AtlasCloud.UsageRow'
        ($rows | Measure-Object Requests -Sum).Sum | Should -Be 4
        ($rows | Measure-Object Images -Sum).Sum | Should -Be 2
        ($rows | Measure-Object VideoSeconds -Sum).Sum | Should -Be 4
        $rows[-1].IsPartial | Should -BeTrue
        "$($rows[-1])" | Should -BeLike '* requests so far'
    }

    It 'counts each model in its own unit' {
        $byModel = Get-AtlasUsage -GroupBy Model | Group-Object Model -AsHashTable
        $byModel['black-forest-labs/flux-schnell'].Images | Should -Be 2
        $byModel['black-forest-labs/flux-schnell'].VideoSeconds | Should -BeNullOrEmpty
        $byModel['bytedance/seedance-v1.5-pro/text-to-video'].VideoSeconds | Should -Be 4
        $byModel['deepseek-ai/deepseek-v3.2'].InputTokens | Should -BeGreaterThan 0
        $byModel['deepseek-ai/deepseek-v3.2'].ModelType | Should -Be 'text'
    }

    It 'accepts model names with wildcards' {
        (Get-AtlasUsage -Model *seedance* | Measure-Object Requests -Sum).Sum | Should -Be 1
    }

    It 'sends one query parameter per group' {
        $emulator.ClearLedger()
        $null = Get-AtlasUsage -GroupBy Model, ApiKey
        [uri]::UnescapeDataString($emulator.Ledger[0].Path) | Should -BeLike '*&group_by`[`]=model&group_by`[`]=api_key&*limit=1000'
    }

    It 'completes -GroupBy and -Scope' {
        $line = 'Get-AtlasUsage -GroupBy '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'ApiKey', 'Model', 'ModelType'
        $line = 'Get-AtlasUsage -Scope A'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Account'
    }

    It 'shows the counts in columns' {
        Get-AtlasUsage -GroupBy Model | Out-String -Width 200 | Should -Match '\d\d:\d\d +2 .*flux-schnell'
    }

    It 'maps HTTP status <Status> to <Id>' -TestCases @(
        @{ Status = 401; Id = 'Authentication'; Category = 'AuthenticationError' }
        @{ Status = 403; Id = 'PermissionDenied'; Category = 'PermissionDenied' }
        @{ Status = 429; Id = 'RateLimited'; Category = 'LimitsExceeded' }
        @{ Status = 503; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable' }
    ) {
        $faulty = Start-TestEmulator -Rule @{ path = '/public/v1/model-usage'; reply = @{ status = $Status; body = @{ msg = 'message of the service' } } }
        $refused = New-TestSession $faulty @{ MaximumRetryCount = 0 }
        Assert-AtlasError (Get-ErrorOf { Get-AtlasUsage -Session $refused }) $Id $Category '*message of the service*'
    }

    It 'warns when the cursor repeats' {
        $body = @{ data = @(@{ date = [datetime]::UtcNow.ToString('yyyy-MM-dd'); results = @(@{ usage = @{ requests = 1 } }) }); has_more = $true; next_page = 'again' }
        $circle = Start-TestEmulator -Rule @{ path = '*/model-usage'; reply = @{ body = $body } }
        $rows = Get-AtlasUsage -Session (New-TestSession $circle) -WarningVariable warnings -WarningAction SilentlyContinue
        $rows | Should -HaveCount 2
        $warnings | Should -BeLike '*may be incomplete*'
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { Get-AtlasUsage -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
    }
}
