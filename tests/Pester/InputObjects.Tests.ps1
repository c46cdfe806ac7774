# Rows of tables and other objects as requests. tests/Unit/AtlasCloud.PowerShell.Tests/Hosted has the cases in detail.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $image = 'google/nano-banana-2/text-to-image'
}

AfterAll { Exit-Test }

Describe 'Rows' {
    BeforeEach { $emulator.ClearLedger() }

    It 'submits the valid rows of a file, and reports each invalid one with the row as its target' {
        @'
Prompt,Seed,Aspect Ratio,Notes,Max Cost
one,7,16:9,for Anna,0.50
two,"7,5",16:9,,
three,,,,"0,50"
'@ | Set-Content "$TestDrive/rows.csv"
        $made = Import-Csv "$TestDrive/rows.csv" |
            New-AtlasImage -Model $image -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        $made | Should -HaveCount 1
        (Get-Submit $emulator).aspect_ratio | Should -Be '16:9'
        $problems | Should -HaveCount 2
        $problems.TargetObject.Prompt | Should -Be 'two', 'three'
        $problems[0] | Should -BeLike "*'Seed' must be a whole number such as 7, not '7,5'*Nothing was submitted.*"
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problems[1] | Should -BeLike "*'Max Cost'*'0,50'*"
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*'Notes'*"
    }

    It 'accepts hashtables, JSON and DataRows' {
        $table = [Data.DataTable]::new()
        $null = $table.Columns.Add('Prompt')
        $null = $table.Rows.Add('c')
        $null = @{ Prompt = 'a' }, ('{"prompt":"b"}' | ConvertFrom-Json), $table.Rows[0] | New-AtlasImage -Model $image
        (Get-Submit $emulator).prompt | Sort-Object | Should -Be 'a', 'b', 'c'
    }

    It 'sets the parameters of a chat message' {
        $reply = [pscustomobject]@{ Message = 'hi'; System = 'be brief'; Temperature = 0.5 } | Invoke-AtlasChat -Model deepseek-ai/deepseek-v3.2
        $reply.Conversation[0].Role | Should -Be 'system'
    }

    It 'rejects <Case>' -ForEach @(
        @{ Case = 'an empty variable'; Script = { New-AtlasImage 'x' -Model $image -Seed $null }; Says = '*-Seed is specified without a value*' }
        @{ Case = 'a date'; Script = { Get-Date | New-AtlasImage -Model $image }; Says = '*type DateTime*' }
        @{ Case = 'a number with a comma'; Script = { New-AtlasImage 'x' -Model $image -MaxCost '0,50' }; Says = "*must be a number such as 1.5, not '0,50'*" }
        @{ Case = 'a missing model'; Script = { 'x' | New-AtlasImage }; Says = '*No model is specified*' }
        @{ Case = 'a time without a known unit'; Script = { New-AtlasImage 'x' -Model $image | Wait-AtlasPrediction -Timeout 5x }; Says = '*must be a time such as 90 (seconds)*' }
    ) {
        $found = Get-ErrorOf $Script
        @($found) | Should -HaveCount 1
        "$found" | Should -BeLike $Says
        Get-SubmitCount $emulator | Should -Be 0
    }

    It 'counts seconds for a time without a unit' {
        $session = New-AtlasSession -BaseUri $emulator.BaseUri -RequestTimeout 8 -PollInterval 2m
        $session.RequestTimeout | Should -Be ([timespan]'00:00:08')
        $session | Out-String | Should -Match '8 s +120 s'
    }
}
