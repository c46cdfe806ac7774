BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
}

AfterAll { Exit-Test }

Describe 'Get-AtlasModel' {
    It 'lists the catalog and requests it once' {
        $emulator.ClearLedger()
        $all = Get-AtlasModel -Refresh
        $all.Count | Should -BeGreaterThan 50
        $all[0].PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Model'
        $null = Get-AtlasModel
        $emulator.Ledger | Should -HaveCount 1
        $null = Get-AtlasModel -Refresh
        $emulator.Ledger | Should -HaveCount 2
    }

    It 'returns with -Changed what differs from the last refresh' {
        $scenario = '{ "catalog": [ { "model": "xai/tts-v1", "gone": true, "afterRequests": 1 }, { "model": "z-image/turbo", "price": { "base_price": "0.5" }, "afterRequests": 1 } ] }'
        Set-Content "$TestDrive/changes.json" $scenario
        $moving = Start-AtlasEmulator -TimeScale 0 -Scenario "$TestDrive/changes.json"
        $session = New-TestSession $moving
        $null = Get-AtlasModel -Refresh -Session $session
        $changes = Get-AtlasModel -Changed -Session $session
        ($changes | Sort-Object Id).Change | Should -Be 'Removed', 'PriceChanged'
        ($changes | Where-Object Id -EQ z-image/turbo).After | Should -Be 'from 0.5/image'
        Get-AtlasModel -Changed -Session $session | Should -BeNullOrEmpty
        ($changes | Out-String) | Should -Match 'xai/tts-v1 +Removed'
        Stop-AtlasEmulator $moving
    }

    It 'finds a model by its ID in any case' {
        (Get-AtlasModel GOOGLE/nano-banana-2/text-to-image).Id | Should -BeExactly 'google/nano-banana-2/text-to-image'
    }

    It 'accepts wildcards, several IDs and pipeline input' {
        (Get-AtlasModel 'google/*').Provider | Sort-Object -Unique | Should -Be 'google'
        Get-AtlasModel google/nano-banana-2/edit, xai/tts-v1 | Should -HaveCount 2
        'google/nano-banana-2/edit', 'xai/tts-v1' | Get-AtlasModel | Should -HaveCount 2
        [pscustomobject]@{ Model = 'xai/tts-v1' } | Get-AtlasModel | Should -HaveCount 1
        Get-AtlasModel xai/tts-v1 | Get-AtlasModel | Should -HaveCount 1
    }

    It 'filters by type <Type>' -TestCases @(@{ Type = 'Video' }, @{ Type = 'Text' }, @{ Type = 'ThreeD' }, @{ Type = 'Speech' }) {
        $found = Get-AtlasModel -Type $Type
        $found | Should -Not -BeNullOrEmpty
        $found | ForEach-Object { $_.Type -eq $Type -or $_.Kind -eq $Type | Should -BeTrue }
    }

    It 'accepts the alias <Word> for a type' -TestCases @(
        @{ Word = '3D'; Kind = 'ThreeD' }, @{ Word = 'speech'; Kind = 'Speech' }, @{ Word = 'music'; Kind = 'Music' }, @{ Word = 'transcription'; Kind = 'Transcription' }, @{ Word = 'LLM'; Kind = 'Chat' }
    ) {
        (Get-AtlasModel -Type $Word).Kind | Sort-Object -Unique | Should -Be $Kind
        (Get-AtlasModel -Kind $Word).Kind | Sort-Object -Unique | Should -Be $Kind
    }

    It 'accepts 3D in a list, which PowerShell reads as the number 3' {
        (Get-AtlasModel -Type Music, 3D).Kind | Sort-Object -Unique | Should -Be 'ThreeD', 'Music'
        (Get-AtlasModel -Tag MUSIC, 3D).Kind | Should -Contain 'ThreeD'
    }

    It 'filters by tag with any separator' {
        (Get-AtlasModel -Tag text-to-music).Id | Should -Be (Get-AtlasModel -Tag TEXT_TO_MUSIC).Id
        Get-AtlasModel -Tag text* | Should -Not -BeNullOrEmpty
    }

    It 'sorts by type, kind and the service''s order' {
        $all = Get-AtlasModel
        $all.Type | Get-Unique | Should -Be 'Image', 'Video', 'Audio', 'Text'
        $image = $all | Where-Object Kind -EQ 'Image'
        $image.Priority | Should -Be ($image.Priority | Sort-Object -Descending)
    }

    It 'omits hidden models unless -Force is used or they are named' {
        Get-AtlasModel | Where-Object IsHidden | Should -BeNullOrEmpty
        Get-AtlasModel -Force | Where-Object IsHidden | Should -Not -BeNullOrEmpty
        (Get-AtlasModel seedream-3.0).IsHidden | Should -BeTrue
    }

    It 'finds a model by its display name' {
        (Get-AtlasModel 'Nano Banana 2 Text-to-Image').Id | Should -Be 'google/nano-banana-2/text-to-image'
    }

    It 'shows the price per unit in the table' {
        Get-AtlasModel google/nano-banana-2/text-to-image | Format-Table | Out-String -Width 160 | Should -Match '0\.08 +image'
    }

    It 'combines provider, category and search words' {
        $found = Get-AtlasModel -Provider alibaba -Category *to-video -Search 'wan 2.6'
        $found | Should -Not -BeNullOrEmpty
        $found.Provider | Sort-Object -Unique | Should -Be 'alibaba'
    }

    It 'returns nothing for a pattern without a match' {
        Get-ErrorOf { Get-AtlasModel 'nothing-like-that*' } | Should -BeNullOrEmpty
    }

    It 'returns an error with the existing values for <Filter> <Value>' -TestCases @(
        @{ Filter = 'Type'; Value = 'nonsense'; Expected = '*Image, Video, Audio, Text, 3D, Chat*' }
        @{ Filter = 'Provider'; Value = 'gogle'; Expected = '*google*' }
        @{ Filter = 'Category'; Value = 'text-to-vdeo'; Expected = '*TEXT-TO-VIDEO*' }
        @{ Filter = 'Tag'; Value = 'HOTT'; Expected = '*HOT*' }
    ) {
        $given = @{ $Filter = $Value }
        $found = Get-ErrorOf { Get-AtlasModel @given }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' $Expected
        $found[0].Exception.Message | Should -BeLike "*'$Value'*"
    }

    It 'returns one error for a misspelled filter with several inputs' {
        Get-ErrorOf { 'xai/tts-v1', 'z-image/turbo' | Get-AtlasModel -Type nonsense } | Should -HaveCount 1
    }

    It 'returns nothing for valid filters that no model combines' {
        Get-ErrorOf { Get-AtlasModel -Type Audio -Provider google } | Should -BeNullOrEmpty
        Get-AtlasModel -Type Audio -Provider google | Should -BeNullOrEmpty
        Get-ErrorOf { Get-AtlasModel -Provider 'gogle*' } | Should -BeNullOrEmpty
    }

    It 'reports an unknown name and continues with the next one' {
        $found = $null
        $models = 'google/nano-banana', 'xai/tts-v1' | Get-AtlasModel -ErrorAction SilentlyContinue -ErrorVariable found
        $models.Id | Should -Be 'xai/tts-v1'
        Assert-AtlasError $found 'ModelNotFound' 'ObjectNotFound' '*google/nano-banana-2*'
        $found[0].TargetObject | Should -Be 'google/nano-banana'
    }

    It 'does not require a key' {
        $session = New-AtlasSession -BaseUri $emulator.BaseUri
        (Get-AtlasModel xai/tts-v1 -Session $session -Refresh).Id | Should -Be 'xai/tts-v1'
        ($emulator.Ledger | Select-Object -Last 1).AuthorizationPresent | Should -BeFalse
    }

    It 'returns the price as a number' {
        (Get-AtlasModel google/nano-banana-2/text-to-image).Price | Should -BeOfType [decimal]
    }

    It 'fails with ConnectionFailed when the service is unreachable' {
        $session = New-AtlasSession -BaseUri http://127.0.0.1:1 -MaximumRetryCount 0
        Assert-AtlasError (Get-ErrorOf { Get-AtlasModel -Session $session }) 'ConnectionFailed' 'ConnectionError'
    }

    It 'fails with UnexpectedReply when another server answers' {
        $other = Start-TestEmulator -Rule @{ path = '/api/v1/models'; reply = @{ headers = @{ 'Content-Type' = 'text/html' }; body = '<html><title>Welcome to the hotel</title></html>' } }
        $session = New-TestSession $other
        Assert-AtlasError (Get-ErrorOf { Get-AtlasModel -Session $session }) 'UnexpectedReply' 'ProtocolError'
    }

    It 'retries on 503' {
        $flaky = Start-TestEmulator -Rule @{ path = '/api/v1/models'; times = 1; reply = @{ status = 503 } }
        Get-AtlasModel xai/tts-v1 -Session (New-TestSession $flaky) | Should -HaveCount 1
        ($flaky.Ledger | Where-Object Path -Like '*/models').Status | Should -Be @(503, 200) -Because 'the inputs of the model are requested too'
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { Get-AtlasModel -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
    }

    It 'stops at Ctrl+C between two retries' {
        $flaky = Start-TestEmulator -Rule @{ path = '*'; reply = @{ status = 503; headers = @{ 'Retry-After' = '30' } } }
        Assert-Stopped (Invoke-Stopped { Get-AtlasModel -Session $given } @{ given = New-TestSession $flaky } -When { $flaky.Ledger.Count -gt 0 }) $flaky
    }

    It 'stops with Select-Object -First' {
        Get-AtlasModel | Select-Object -First 3 | Should -HaveCount 3
    }

    It 'completes -Model from the cached catalog for the type of the command' {
        $null = Get-AtlasModel
        $line = 'New-AtlasVideo -Model wan-2.6'
        $found = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
        $found | Should -Contain 'alibaba/wan-2.6/image-to-video'
        $found | Should -Not -Contain 'google/nano-banana-2/edit'
        $line = 'Invoke-AtlasChat -Model deepseek'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'deepseek-ai/deepseek-v3.2'
    }

    It 'completes types, providers, categories and tags' -TestCases @(
        @{ Line = 'Get-AtlasModel -Type 3'; Expected = "'3D'" }, @{ Line = 'Get-AtlasModel -Provider ali'; Expected = 'alibaba' },
        @{ Line = 'Get-AtlasModel -Category text-to-v'; Expected = 'TEXT-TO-VIDEO' }, @{ Line = 'Get-AtlasModel -Tag mus'; Expected = 'MUSIC' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Contain $Expected
    }

    It 'completes the IDs of recent predictions' {
        $made = New-AtlasImage 'a lighthouse' -Model z-image/turbo
        foreach ($command in 'Get-AtlasPrediction ', 'Wait-AtlasPrediction ', 'Stop-AtlasPrediction ', 'Save-AtlasOutput -Id ') {
            (TabExpansion2 $command $command.Length).CompletionMatches.CompletionText | Should -Contain $made.Id -Because $command
        }
    }

    It 'completes without a request' {
        $emulator.ClearLedger()
        $line = 'New-AtlasImage -Model goo'
        $null = TabExpansion2 $line $line.Length
        $emulator.Ledger | Should -BeNullOrEmpty
    }
}
