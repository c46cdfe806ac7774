# Predictions can be collected from the journal after the process that submitted them has ended.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'

    function New-JournalSession($Emulator, [hashtable] $With = @{}) {
        # Creates a new client each time, like a new process.
        New-TestSession $Emulator (@{ JournalPath = $journal } + $With)
    }
}

AfterAll { Exit-Test }

Describe 'The journal' {
    BeforeEach {
        $journal = "$TestDrive/$([guid]::NewGuid().ToString('N'))/journal.jsonl"
        $emulator = Start-TestEmulator
        $session = New-JournalSession $emulator
    }

    It 'records each request with its label, without key and prompt' {
        $made = 'fog', 'rain' | New-AtlasImage -Model $model -Label weather -Session $session
        $entries = Get-AtlasPrediction -Journal -Session $session
        $entries | Should -HaveCount 2
        $entries.PredictionId | Sort-Object | Should -Be ($made.Id | Sort-Object)
        $entries.State | Should -Be @('InFlight', 'InFlight')
        $entries.Label | Should -Be @('weather', 'weather')
        $text = Get-Content -LiteralPath $journal -Raw
        $text | Should -Not -Match 'fog|rain'
        $text | Should -Not -Match ([regex]::Escape($emulator.ApiKey))
        if (-not $IsWindows) { [int] (Get-Item -LiteralPath $journal).UnixFileMode | Should -Be 384 }
    }

    It 'records the prompt with -JournalPrompt' {
        $null = New-AtlasImage 'fog' -Model $model -Session (New-JournalSession $emulator @{ JournalPrompt = $true })
        (Get-AtlasPrediction -Journal -Session $session).Prompt | Should -Be 'fog'
    }

    It 'collects the pending predictions of another session with one pipeline' {
        $null = 1..5 | New-AtlasImage -Model $model -Session $session
        $files = Get-AtlasPrediction -Pending -Session (New-JournalSession $emulator) |
            Wait-AtlasPrediction -Session $session | Save-AtlasOutput "$TestDrive/left" -Session $session
        $files | Should -HaveCount 5
        Get-AtlasPrediction -Pending -Session $session | Should -BeNullOrEmpty
        (Get-AtlasPrediction -Journal -Session $session).State | Sort-Object -Unique | Should -Be 'Saved'
        Get-SubmitCount $emulator | Should -Be 5
    }

    It 'does not download a saved file again' {
        $made = New-AtlasImage 'fog' -Model $model -Session $session | Wait-AtlasPrediction -Session $session
        $file = $made | Save-AtlasOutput "$TestDrive/once" -Session $session
        $emulator.ClearLedger()
        $again = Get-AtlasPrediction $made.Id -Session (New-JournalSession $emulator) | Save-AtlasOutput "$TestDrive/once" -Session (New-JournalSession $emulator)
        $again.FullName | Should -Be $file.FullName
        $emulator.Ledger | Where-Object Path -Like '*/download*' | Should -BeNullOrEmpty
        @($emulator.Ledger | Where-Object Path -Like '*.png*').Count | Should -Be 0

        Remove-Item -LiteralPath $file.FullName
        $back = Get-AtlasPrediction $made.Id -Session $session | Save-AtlasOutput "$TestDrive/once" -Session (New-JournalSession $emulator)
        $back.FullName | Should -Be $file.FullName
    }

    It 'saves outputs under the requested name although they were saved under other names' {
        $made = New-AtlasImage 'fog' -Model $model -Label mine -Session $session | Wait-AtlasPrediction -Session $session
        $folder = "$TestDrive/renamed"
        foreach ($name in 'first', 'second', 'third') { $null = $made | Save-AtlasOutput $folder -Name $name -Session $session }

        $fresh = New-JournalSession $emulator
        Get-AtlasPrediction $made.Id -Session $fresh | Save-AtlasOutput $folder -Name fourth -Session $fresh -WhatIf | Should -BeNullOrEmpty
        Test-Path "$folder/fourth.*" | Should -BeFalse
        (Get-AtlasPrediction $made.Id -Session $fresh | Save-AtlasOutput $folder -Name fourth -Metadata -Session $fresh).Name | Should -Be 'fourth.png'
        Test-Path "$folder/fourth.png.json" | Should -BeTrue
        (Get-AtlasPrediction $made.Id -Session $fresh | Save-AtlasOutput $folder -Name '{label}' -Session $fresh).Name | Should -Be 'mine.png'

        $emulator.ClearLedger()
        foreach ($name in 'second', 'fourth', '{label}') {
            $found = Get-AtlasPrediction $made.Id -Session $fresh | Save-AtlasOutput $folder -Name $name -Session $fresh
            $found.BaseName | Should -Be ($name -replace '{label}', 'mine')
            (Get-AtlasPrediction $made.Id -Session $fresh).Outputs | Save-AtlasOutput $folder -Name $name -Session $fresh | ForEach-Object FullName | Should -Be $found.FullName
        }

        @($emulator.Ledger | Where-Object Path -Like '/outputs/*').Count | Should -Be 0
    }

    It 'recognizes a saved file that a crash left unrecorded' {
        $made = New-AtlasImage 'fog' -Model $model -Session $session | Wait-AtlasPrediction -Session $session
        $other = New-TestSession $emulator @{ JournalPath = '' }
        $file = Get-AtlasPrediction $made.Id -Session $other | Save-AtlasOutput "$TestDrive/unnoted" -Session $other
        $fresh = New-JournalSession $emulator
        $again = Get-AtlasPrediction -Pending -Session $fresh | Wait-AtlasPrediction -Session $fresh | Save-AtlasOutput "$TestDrive/unnoted" -Session $fresh
        $again.FullName | Should -Be $file.FullName
        Get-AtlasPrediction -Pending -Session $fresh | Should -BeNullOrEmpty
    }

    It 'filters by label, model and age' {
        $null = 'one', 'two' | ForEach-Object { New-AtlasImage $_ -Model $model -Label $_ -Session $session }
        $null = New-AtlasImage 'three' -Model z-image/turbo -Session $session
        Get-AtlasPrediction -Pending -Label t* -Session $session | Should -HaveCount 1
        Get-AtlasPrediction -Pending -Model google/* -Session $session | Should -HaveCount 2
        Get-AtlasPrediction -Journal -Model z-image/turbo -Session $session | Should -HaveCount 1
        Get-AtlasPrediction -Journal -After (Get-Date).AddMinutes(-5) -Session $session | Should -HaveCount 3
        Get-AtlasPrediction -Journal -Before (Get-Date).AddMinutes(-5) -Session $session | Should -BeNullOrEmpty
    }

    It 'completes the ids of pending predictions' {
        $made = New-AtlasImage 'fog' -Model $model -Session $session
        Connect-Atlas (New-JournalSession $emulator)
        try { (TabExpansion2 'Wait-AtlasPrediction ' 21).CompletionMatches.CompletionText | Should -Contain $made.Id }
        finally { Disconnect-Atlas }
    }

    It 'is not written when it is disabled' {
        $off = New-TestSession $emulator @{ JournalPath = '' }
        $off.JournalPath | Should -BeNullOrEmpty
        $null = New-AtlasImage 'fog' -Model $model -Session $off
        Assert-AtlasError (Get-ErrorOf { Get-AtlasPrediction -Pending -Session $off }) InvalidParameter InvalidArgument
    }

    It 'does not stop submits when it cannot be written, and warns once' {
        $blocked = "$TestDrive/blocked"
        Set-Content $blocked 'a file where a folder would have to be'
        $session = New-TestSession $emulator @{ JournalPath = "$blocked/journal.jsonl" }
        $made = 1..3 | New-AtlasImage -Model $model -Session $session -WarningVariable warnings -WarningAction SilentlyContinue
        $made | Should -HaveCount 3
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*Cannot write the journal*'
    }

    It 'pipes its entries to Wait-AtlasPrediction' {
        $null = New-AtlasImage 'fog' -Model $model -Session $session
        Get-AtlasPrediction -Journal -Session $session | Wait-AtlasPrediction -Session $session |
            Save-AtlasOutput "$TestDrive/entries" -Session $session | Should -HaveCount 1
    }

    It 'is a separate file for emulators' {
        (New-AtlasSession -InputObject $emulator).JournalPath | Should -BeLike '*emulator.jsonl'
        (New-AtlasSession -BaseUri https://example.com).JournalPath | Should -BeLike '*journal.jsonl'
    }
}

Describe 'A lost submit response' {
    BeforeEach { $journal = "$TestDrive/$([guid]::NewGuid().ToString('N')).jsonl" }

    It 'is recovered from the history, without submitting again' {
        $emulator = Start-TestEmulator -Rule @{ path = '*generateImage'; times = 1; fault = 'drop-after' }
        $session = New-JournalSession $emulator
        $files = 'fog', 'rain', 'snow' | New-AtlasImage -Model $model -Session $session | Wait-AtlasPrediction -Session $session | Save-AtlasOutput "$TestDrive/lost" -Session $session
        $files | Should -HaveCount 3
        Get-SubmitCount $emulator | Should -Be 3
        @($emulator.Charges).Count | Should -Be 3
    }

    It 'stays unknown when no task is found, with the journal entry as the target of the error' {
        $emulator = Start-TestEmulator -Rule @{ path = '*generateImage'; times = 1; fault = 'drop-before' }
        $session = New-JournalSession $emulator
        $problem = Get-ErrorOf { New-AtlasImage 'fog' -Model $model -Session $session }
        Assert-AtlasError $problem SubmitOutcomeUnknown OperationStopped
        $entry = (Get-AtlasPrediction -Journal -Session $session)
        $entry.State | Should -Be 'Unknown'
        $problem.TargetObject.JournalId | Should -Be $entry.JournalId
        Assert-AtlasError (Get-ErrorOf { Get-AtlasPrediction -Pending -Session $session }) SubmitOutcomeUnknown OperationStopped
        Get-SubmitCount $emulator | Should -Be 1
    }
}
