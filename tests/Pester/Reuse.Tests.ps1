# Scripts that run again, one after the other and at the same time. The ledger of the emulator shows what was paid.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'z-image/turbo'

    function Start-Script([string] $Line) {
        # Starts a process that runs a script, as a user or a scheduler does.
        $script = @"
`$ErrorActionPreference = 'Continue'
Import-Module '$(Get-StagedModule)'
Connect-Atlas (New-AtlasSession -BaseUri '$($emulator.BaseUri)' -JournalPath '$journal' -PollInterval 00:00:00.1)
$Line
"@
        $start = New-ChildShellStartInfo '-NoProfile', '-NonInteractive', '-EncodedCommand', ([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script)))
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.Environment['ATLASCLOUD_API_KEY'] = $emulator.ApiKey
        [Diagnostics.Process]::Start($start)
    }

    function Wait-Script([Diagnostics.Process] $Process) {
        # Returns what a process wrote to its output and to the error stream.
        $errorOutput = $Process.StandardError.ReadToEndAsync()
        $output = $Process.StandardOutput.ReadToEnd()
        $Process.WaitForExit()
        [pscustomobject]@{ Output = $output.Trim(); Error = $errorOutput.Result }
    }

    function Invoke-Run([scriptblock] $Script, [hashtable] $Variables = @{}) {
        # Runs a script in a new runspace, which is a run of its own. Returns its output, with the errors in -ErrorVariable runErrors.
        $shell = New-TestShell ([scriptblock]::Create("Connect-Atlas `$given`n$Script")) (@{ given = (New-TestSession $emulator @{ JournalPath = $journal }); model = $model; out = $out } + $Variables)
        try {
            $shell.Invoke()
            $script:runErrors = @($shell.Streams.Error)
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}

AfterAll { Exit-Test }

Describe 'A script with -Reuse' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $journal = Join-Path $folder 'journal.jsonl'
        $out = Join-Path $folder 'out'
    }

    It 'pays for each row once although it is killed at row 57 of 100 and run again three times' {
        # The response to row 57 does not arrive: the process is killed while that row is paid and its ID unknown.
        $scenario = Join-Path $folder 'scenario.json'
        Set-Content $scenario '{ "rules": [ { "path": "*/generateImage", "skip": 56, "times": 1, "delayMilliseconds": 600000, "reply": { "afterwards": true, "status": 200, "patch": {} } } ] }'
        $emulator = Start-AtlasEmulator -TimeScale 0 -Scenario $scenario
        $line = "1..100 | ForEach-Object { `"row `$_`" } | New-AtlasImage -Model $model -Reuse -ThrottleLimit 1 | Wait-AtlasPrediction | Save-AtlasOutput '$out' -Summary | ForEach-Object ToString"
        $first = Start-Script $line
        try {
            Wait-Until { $first.HasExited -or $emulator.Charges.Count -ge 57 } -Seconds 120
            $first.HasExited | Should -BeFalse -Because 'it has to be running when it is killed'
        }
        finally {
            $first.Kill()
            $first.WaitForExit()
        }

        $emulator.Charges.Count | Should -Be 57
        $runs = 1..3 | ForEach-Object { Wait-Script (Start-Script $line) }

        $emulator.Charges | Should -HaveCount 100 -Because ($runs.Error -join "`n")
        $runs[0].Output | Should -BeLike '100 rows: 57 reused, 43 paid, 0 failed; 100 files; *'
        $runs[1].Output | Should -BeLike '100 rows: 100 reused, 0 paid, 0 failed; 100 files; 0 usd; *'
        $runs[2].Output | Should -BeLike '100 rows: 100 reused, 0 paid, 0 failed; 100 files; 0 usd; *'
        Get-ChildItem $out -Filter *.png | Should -HaveCount 100
    }

    It 'pays for each of 200 rows once when two processes run it at the same time' {
        $emulator = Start-AtlasEmulator -TimeScale 0
        $line = "1..200 | ForEach-Object { `"row `$_`" } | New-AtlasImage -Model $model -Reuse | Wait-AtlasPrediction | Sort-Object { `$_.Request.prompt } | ForEach-Object Id"

        $both = 1..2 | ForEach-Object { Start-Script $line }
        $results = $both | ForEach-Object { Wait-Script $_ }

        $emulator.Charges | Should -HaveCount 200 -Because ($results.Error -join "`n")
        $results[0].Output -split '\s+' | Should -HaveCount 200
        $results[0].Output | Should -Be $results[1].Output
    }
}

Describe 'New-AtlasImage -Reuse' {
    BeforeAll { $emulator = Start-TestEmulator }

    BeforeEach {
        $emulator.ClearLedger()
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $journal = Join-Path $folder 'journal.jsonl'
        $out = Join-Path $folder 'out'
    }

    It 'returns saved predictions with their files, without a request for them' {
        $files = Invoke-Run { 'a', 'b' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out -Name '{row}' }
        $emulator.ClearLedger()
        $again = Invoke-Run { 'a', 'b' | New-AtlasImage -Model $model -Reuse }
        $again.IsReused | Should -Be $true, $true
        "$($again.State)" | Should -Be 'Succeeded Succeeded'
        # Files are saved in the order in which predictions finish.
        $again.Files.Path | Should -Be ($files.FullName | Sort-Object)
        $saved = Invoke-Run { 'a', 'b' | New-AtlasImage -Model $model -Reuse | Wait-AtlasPrediction | Save-AtlasOutput $out -Name '{row}' }
        $runErrors | Should -BeNullOrEmpty
        $saved.FullName | Should -Be ($files.FullName | Sort-Object)
        @($emulator.Ledger | Where-Object Path -Like '*/model/[gp][er][ne]*') | Should -BeNullOrEmpty
    }

    It 'counts the occurrences of a request in a whole script' {
        $first = Invoke-Run { foreach ($i in 1..3) { New-AtlasImage 'a boat' -Model $model -Reuse } }
        $second = Invoke-Run { function New-Boat { New-AtlasImage 'a boat' -Model $model -Reuse }; New-Boat; New-Boat; New-Boat; New-Boat }
        $first.Id | Sort-Object -Unique | Should -HaveCount 3
        $second[0..2].Id | Should -Be $first.Id
        $second[3].IsReused | Should -BeFalse
        Get-SubmitCount $emulator | Should -Be 4
    }

    It 'counts each line at the prompt as a run of its own' {
        $shell = New-TestShell { Connect-Atlas $given } @{ given = (New-TestSession $emulator @{ JournalPath = $journal }); model = $model }
        try {
            $null = $shell.Invoke()
            $ids = 1..2 | ForEach-Object {
                $shell.Commands.Clear()
                $shell.AddScript('New-AtlasImage "a boat" -Model $model -Reuse').Invoke().Id
            }
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }

        $ids[1] | Should -Be $ids[0]
    }

    It 'chains: an image that is reused gives a video that is reused' {
        $script = {
            'a boat' | New-AtlasImage -Model $model -Reuse | Wait-AtlasPrediction |
                New-AtlasVideo 'waves' -Model alibaba/wan-2.6/image-to-video -Reuse | Wait-AtlasPrediction | Save-AtlasOutput $out
        }
        $first = Invoke-Run $script
        $second = Invoke-Run $script
        $second.FullName | Should -Be $first.FullName
        Get-SubmitCount $emulator | Should -Be 2
    }

    It 'shows for each row with -WhatIf whether it is reused, resumed or paid, and the sum' {
        $null = Invoke-Run { New-AtlasImage 'saved' -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out; New-AtlasImage 'in flight' -Model $model }
        $emulator.ClearLedger()
        $shell = Wait-Script (Start-Script "'saved', 'in flight', 'new' | New-AtlasImage -Model $model -Reuse -WhatIf")
        Get-SubmitCount $emulator | Should -Be 0
        $shown = $shell.Output -replace '\s+', ' '
        $shown | Should -BeLike '*Reusing prediction * for the image request to z-image/turbo, "saved", would cost nothing: saved in *'
        $shown | Should -BeLike '*Resuming prediction * for the image request to z-image/turbo, "in flight", would cost nothing: it is in flight.*'
        $shown | Should -BeLike '*Submitting the image request to z-image/turbo, "new", would cost 0.01 usd*'
        $shown | Should -BeLike '*Total for 1 request: 0.01 usd; 2 were paid before*'
    }

    It 'counts requests that are paid, of unknown outcome, or rejected apart in the total of -WhatIf' {
        $null = Invoke-Run { 'a', 'b' | New-AtlasImage -Model $model }
        $lost = (Get-Content $journal | Where-Object { $_ -like '*"event":"intent"*' })[1] -replace '"process":\d+', '"process":2147483646'
        $first = ($lost | ConvertFrom-Json).entry
        (Get-Content $journal | Where-Object { $_ -notlike "*$first*" }) + $lost | Set-Content $journal
        $line = "[pscustomobject]@{ Prompt = 'a' }, [pscustomobject]@{ Prompt = 'b' }, [pscustomobject]@{ Prompt = 'c'; Seed = 'x' } |
            New-AtlasImage -Model $model -Reuse -WhatIf"
        $shown = (Wait-Script (Start-Script $line)).Output -replace '\s+', ' '
        $shown | Should -BeLike '*Total for 0 requests: nothing to pay; 1 was paid before, 1 has an unknown outcome and is looked up first; 1 was rejected*'
    }

    It 'warns once per command that a loop in a script pays again, also with -WhatIf' {
        $script = { foreach ($try in 1..2) { 'a', 'b' | New-AtlasImage -Model $model -Reuse -WhatIf:$preview -WarningAction SilentlyContinue -WarningVariable +warned }; $warned }
        foreach ($preview in $true, $false) {
            $emulator.ClearLedger()
            $warned = @(Invoke-Run $script @{ preview = $preview } | Where-Object { $_ -is [Management.Automation.WarningRecord] })
            $warned | Should -HaveCount 1
            "$warned" | Should -BeLike '*submitted again, and charged*To repeat only failed requests, run the whole script again*'
        }

        Get-SubmitCount $emulator | Should -Be 4
        $again = Invoke-Run $script @{ preview = $false }
        $again.IsReused | Should -Be $true, $true, $true, $true
        Get-SubmitCount $emulator | Should -Be 4
    }

    It 'does not prompt for requests that are not paid' {
        $null = Invoke-Run { New-AtlasImage 'a boat' -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out }
        $reused = Invoke-Run { New-AtlasImage 'a boat' -Model $model -Reuse -Confirm }
        $runErrors | Should -BeNullOrEmpty
        $reused.IsReused | Should -BeTrue
    }

    It 'reports a result that is gone, and pays for it again with -Force' {
        $null = Invoke-Run { New-AtlasImage 'a boat' -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out }
        Remove-Item "$out/*"
        (Get-Content $journal) -replace '"event":"saved"', '"event":"expired"' | Add-Content $journal
        Invoke-Run { New-AtlasImage 'a boat' -Model $model -Reuse } | Should -BeNullOrEmpty
        $runErrors.FullyQualifiedErrorId | Should -BeLike 'DownloadIncomplete,*'
        $runErrors.TargetObject.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.JournalEntry'
        $runErrors.ErrorDetails.RecommendedAction | Should -BeLike '*-Force*'
        (Invoke-Run { New-AtlasImage 'a boat' -Model $model -Reuse -Force }).IsReused | Should -BeFalse
        (Invoke-Run { New-AtlasImage 'a boat' -Model $model -Reuse }).IsReused | Should -BeTrue
        Get-SubmitCount $emulator | Should -Be 2
    }

    It 'limits the age with -ReuseWithin, which implies -Reuse' {
        $null = Invoke-Run { New-AtlasImage 'a boat' -Model $model }
        (Invoke-Run { New-AtlasImage 'a boat' -Model $model -ReuseWithin 1h }).IsReused | Should -BeTrue
        (Get-Content $journal) -replace '"at":"\d{4}', '"at":"2020' -replace '"sent":"\d{4}', '"sent":"2020' | Set-Content $journal
        (Invoke-Run { New-AtlasImage 'a boat' -Model $model -ReuseWithin 1h }).IsReused | Should -BeFalse
    }

    It 'fails without a journal before anything is paid' {
        $session = New-TestSession $emulator @{ JournalPath = '' }
        $failure = Get-ErrorOf { New-AtlasImage 'a boat' -Model $model -Reuse -Session $session }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidParameter,*'
        Get-SubmitCount $emulator | Should -Be 0
    }

    It 'warns that -Force has no effect without it' {
        $null = New-AtlasImage 'a boat' -Model $model -Force -Session (New-TestSession $emulator @{ JournalPath = $journal }) -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*-Force has no effect without -Reuse*'
    }

    It 'submits rows again that failed, from -ErrorVariable' {
        $rows = [pscustomobject]@{ Prompt = 'good'; Seed = 1 }, [pscustomobject]@{ Prompt = 'bad'; Seed = 'x' }
        $session = New-TestSession $emulator @{ JournalPath = $journal }
        $null = $rows | New-AtlasImage -Model $model -Reuse -Session $session -ErrorVariable rejected -ErrorAction SilentlyContinue
        $rejected.TargetObject.Prompt | Should -Be 'bad'
        $rejected.TargetObject.Seed = 2
        ($rejected.TargetObject | New-AtlasImage -Model $model -Reuse -Session $session).Request.prompt | Should -Be 'bad'
        Get-SubmitCount $emulator | Should -Be 2
    }
}

Describe 'Save-AtlasOutput -Summary' {
    BeforeAll { $emulator = Start-TestEmulator }

    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $journal = Join-Path $folder 'journal.jsonl'
        $out = Join-Path $folder 'out'
    }

    It 'counts rows, reused, paid and failed requests, and sums the cost' {
        $null = Invoke-Run { 'a' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out -Name '{row}' }
        $summary = Invoke-Run {
            [pscustomobject]@{ Prompt = 'a' }, [pscustomobject]@{ Prompt = 'b' }, [pscustomobject]@{ Prompt = 'c'; Seed = 'x' } |
                New-AtlasImage -Model $model -Reuse | Wait-AtlasPrediction | Save-AtlasOutput $out -Name "n{row}" -Summary
        }
        @($summary) | Should -HaveCount 1
        $summary.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.RunSummary'
        $summary.Rows, $summary.Reused, $summary.Paid, $summary.Failed | Should -Be 3, 1, 1, 1
        $summary.Files | Should -HaveCount 2
        $summary.Cost | Should -Be 0.01
        $summary.NotPriced | Should -Be 0
        $summary.Time | Should -BeGreaterThan ([timespan]::Zero)
    }

    It 'counts no cost for predictions that were counted before or found again' {
        $first = Invoke-Run { 'a' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out -Summary }
        $first.Paid, $first.Cost | Should -Be 1, 0.01
        $ids = @(Invoke-Run { (Get-AtlasPrediction -Journal).Id })
        foreach ($find in 'Get-AtlasPrediction -Journal', 'Get-AtlasPrediction -History | Where-Object Id -In $ids', '$ids') {
            $again = Invoke-Run ([scriptblock]::Create("$find | Save-AtlasOutput `$out -Force -Summary")) @{ ids = $ids }
            $again.Rows, $again.Reused, $again.Paid, $again.Cost, $again.Files.Count | Should -Be 1, 1, 0, 0, 1
        }
    }

    It 'recognizes reused predictions of a job or a file' {
        $null = Invoke-Run { 'a' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out }
        foreach ($copy in '[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($done, 2))', '$done | ConvertTo-Json -Depth 3 | ConvertFrom-Json') {
            $summary = Invoke-Run ([scriptblock]::Create("`$done = 'a' | New-AtlasImage -Model `$model -Reuse | Wait-AtlasPrediction; $copy | Save-AtlasOutput `$out -Summary"))
            $runErrors | Should -BeNullOrEmpty
            $summary.Rows, $summary.Reused, $summary.Paid, $summary.Failed, $summary.Cost, $summary.Files.Count | Should -Be 1, 1, 0, 0, 0, 1
        }
    }

    It 'warns once with -Metadata if the requests of files that are saved already are not known' {
        $files = Invoke-Run { 'a', 'b' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out }
        $warned = Invoke-Run { $null = Save-AtlasOutput -Prediction $ids -Destination $out -Metadata -WarningVariable warned -WarningAction SilentlyContinue; $warned } @{ ids = $files.Prediction.Id }
        @($warned) | Should -HaveCount 1
        "$warned" | Should -BeLike '*no metadata was written*'
        Get-ChildItem $out -Filter *.json | Should -BeNullOrEmpty
    }

    It 'writes metadata for files that are saved already' {
        $file = Invoke-Run { 'a' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out }
        "$($file.FullName).json" | Should -Not -Exist
        $null = Invoke-Run { 'a' | New-AtlasImage -Model $model -Reuse | Wait-AtlasPrediction | Save-AtlasOutput $out -Metadata -WhatIf }
        "$($file.FullName).json" | Should -Not -Exist
        $null = Invoke-Run { 'a' | New-AtlasImage -Model $model -Reuse | Wait-AtlasPrediction | Save-AtlasOutput $out -Metadata }
        $runErrors | Should -BeNullOrEmpty
        $written = Get-Content "$($file.FullName).json" -Raw | ConvertFrom-Json
        $written.file, $written.request.prompt | Should -Be $file.Name, 'a'
    }

    It 'does not count rows as failed that -WhatIf does not save' {
        $summary = Invoke-Run { 'a', 'b' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out -WhatIf -Summary }
        $summary.Rows, $summary.Failed, $summary.Files.Count | Should -Be 2, 0, 0
        $summary = Invoke-Run { 'a', 'b' | New-AtlasImage -Model $model -Reuse -WhatIf | Wait-AtlasPrediction | Save-AtlasOutput $out -WhatIf -Summary }
        $summary.Rows, $summary.Failed, $summary.Files.Count | Should -Be 0, 0, 0
    }

    It 'counts a row whose file exists already as failed' {
        $null = New-Item -ItemType Directory $out
        Set-Content "$out/taken.png" 'x'
        $summary = Invoke-Run { 'a' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $out -Name taken -Summary }
        $summary.Failed | Should -Be 1
        $runErrors.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
    }
}

Describe 'Get-AtlasPrediction -Journal' {
    It 'filters by -Last, -Since, -Label and -Model' {
        $emulator = Start-TestEmulator
        $journal = Join-Path $TestDrive 'filters.jsonl'
        $session = New-TestSession $emulator @{ JournalPath = $journal }
        $before = [DateTimeOffset]::Now
        $null = 1..3 | ForEach-Object { New-AtlasImage "row $_" -Model $model -Label "l$_" -Session $session }
        $null = New-AtlasImage 'other' -Model google/nano-banana-2/text-to-image -Label l4 -Session $session
        (Get-AtlasPrediction -Journal -Last 2 -Session $session).Label | Should -Be 'l4', 'l3'
        (Get-AtlasPrediction -Journal -Last 1 -Model 'z-image*' -Session $session).Label | Should -Be 'l3'
        (Get-AtlasPrediction -Journal -Label 'l[12]' -Session $session).Label | Should -Be 'l2', 'l1'
        Get-AtlasPrediction -Journal -Since $before -Session $session | Should -HaveCount 4
        Get-AtlasPrediction -Journal -Since $before.AddHours(1) -Session $session | Should -BeNullOrEmpty
    }
}
