BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test

    function Start-PastEmulator {
        # Starts an emulator with billing data of the past.
        param([hashtable] $Scenario)
        $file = Join-Path $TestDrive "past-$([guid]::NewGuid().ToString('N')).json"
        ConvertTo-Json $Scenario -Depth 10 | Set-Content $file
        Start-AtlasEmulator -TimeScale 0 -Scenario $file
    }
}

AfterAll { Exit-Test }

Describe 'Get-AtlasCost' {
    It 'returns the exact costs' {
        $emulator = Start-TestEmulator
        Connect-Atlas (New-TestSession $emulator)
        $today = [datetime]::UtcNow.Date
        $null = 1..3 | New-AtlasImage -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction
        $null = New-AtlasImage x -Model black-forest-labs/flux-schnell | Wait-AtlasPrediction
        $rows = @(Get-AtlasCost)
        $rows[0].PSObject.TypeNames[0] | Should -Be 'AtlasCloud.CostRow'
        $rows[0].Amount | Should -BeOfType [decimal]
        ($rows | ForEach-Object { $sum = [decimal] 0 } { $sum += $_.Amount } { $sum }) | Should -Be 0.243
        $rows[-1].IsPartial | Should -BeTrue
        $rows[-1].Date.Date | Should -BeIn $today, ([datetime]::UtcNow.Date) -Because 'midnight can pass meanwhile'
        $rows[-1].Model | Should -BeNullOrEmpty
    }

    It 'groups by model and accepts wildcards' {
        $emulator = Start-TestEmulator
        Connect-Atlas (New-TestSession $emulator)
        $null = New-AtlasImage x -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction
        $null = New-AtlasImage x -Model black-forest-labs/flux-schnell | Wait-AtlasPrediction
        @(Get-AtlasCost -GroupBy Model).Model | Should -Be 'black-forest-labs/flux-schnell', 'google/nano-banana-2/text-to-image'
        (Get-AtlasCost -Model GOOGLE/*).Amount | Should -Be 0.08
        (Get-AtlasCost -Model *schnell, *banana*).Amount | Should -Be 0.083
        (Get-AtlasCost -Model google/* -GroupBy ApiKey).ApiKeyId | Should -BeLike 'ak_*'
        (Get-AtlasCost -Model google/* -GroupBy ModelType).ModelType | Should -Be 'image'
        Get-AtlasCost -Model nothing/* | Should -BeNullOrEmpty
    }

    It 'includes the first and the last day' {
        Connect-Atlas (New-TestSession (Start-PastEmulator @{ history = @{ days = 40; models = 1 } }))
        $to = [datetime]::UtcNow.Date.AddDays(-5)
        $rows = @(Get-AtlasCost -From $to.AddDays(-9) -To $to.AddHours(13) -Scope Account)
        $rows | Should -HaveCount 10
        $rows[0].Date | Should -Be $to.AddDays(-9)
        $rows[-1].Date | Should -Be $to
        @(Get-AtlasCost $to $to -Scope Account) | Should -HaveCount 1
        @(Get-AtlasCost -To $to -Scope Account) | Should -HaveCount 30
    }

    It 'returns every day of several years exactly once' {
        $emulator = Start-PastEmulator @{ history = @{ days = 500; models = 6 } }
        Connect-Atlas (New-TestSession $emulator)
        $rows = @(Get-AtlasCost -From ([datetime]::UtcNow.AddDays(-510)) -GroupBy Model, ApiKey -Scope Account)
        $rows | Should -HaveCount 3000
        @($rows | Group-Object Date) | Should -HaveCount 500
        @($rows | Group-Object { "$($_.Date) $($_.Model) $($_.ApiKeyId)" }) | Should -HaveCount 3000
        @($emulator.Ledger | Where-Object Path -Like '*page=*').Count | Should -BeGreaterThan 0
    }

    It 'recommends -Scope Self when the key may not read the account' {
        Connect-Atlas (New-TestSession (Start-PastEmulator @{ restrictedKey = $true }))
        $found = Get-ErrorOf { Get-AtlasCost -Scope Account }
        Assert-AtlasError $found 'PermissionDenied' 'PermissionDenied' '*account-level billing read permission required*'
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike '*Use -Scope Self*'
        Get-ErrorOf { Get-AtlasCost } | Should -BeNullOrEmpty
    }

    It 'recommends -GroupBy Model when ModelType is rejected' {
        Connect-Atlas (New-TestSession (Start-TestEmulator))
        $found = Get-ErrorOf { Get-AtlasCost -GroupBy ModelType }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*model_type*'
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike '*-GroupBy Model*'
    }

    It 'rejects a period that ends before it starts' {
        $emulator = Start-TestEmulator
        Connect-Atlas (New-TestSession $emulator)
        Assert-AtlasError (Get-ErrorOf { Get-AtlasCost -From 2026-09-02 -To 2026-09-01 }) 'InvalidParameter' 'InvalidArgument' '*2026-09-02*'
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'accepts days at the ends of the calendar' {
        Connect-Atlas (New-TestSession (Start-TestEmulator))
        Get-ErrorOf { Get-AtlasCost -From 9999-12-31 -To 9999-12-31 } | Should -Not -BeLike '*UnexpectedError*'
        Get-ErrorOf { Get-AtlasCost -From ([datetime]::UtcNow) -To 9999-12-31 } | Should -BeNullOrEmpty
    }

    It 'shows the day, its coverage and the amount' {
        $yesterday = [datetime]::UtcNow.AddDays(-1).ToString('yyyy-MM-dd')
        Connect-Atlas (New-TestSession (Start-PastEmulator @{ history = @{ days = 2; models = 1 } }))
        $shown = Get-AtlasCost -Scope Account | Out-String
        $shown | Should -Match "$yesterday +24:00"
        "$(@(Get-AtlasCost -Scope Account)[0])" | Should -Match '^\d{4}-\d\d-\d\d: [\d.]+ usd$'
    }

    It 'fails with NoSession without a session' {
        Disconnect-Atlas
        Assert-AtlasError (Get-ErrorOf { Get-AtlasCost }) 'NoSession' 'AuthenticationError' -Nothing
    }

    It 'stops with Select-Object -First' {
        $emulator = Start-PastEmulator @{ history = @{ days = 500; models = 1 } }
        Get-AtlasCost -From ([datetime]::UtcNow.AddDays(-500)) -Scope Account -Session (New-TestSession $emulator) | Select-Object -First 2 | Should -HaveCount 2
        $emulator.Ledger | Should -HaveCount 1
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { Get-AtlasCost -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
    }
}
