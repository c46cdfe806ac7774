# Kills a process under injected faults, and collects what it was charged for from the journal. The soak test does the same with the core.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $scenario = "$TestDrive/scenario.json"
    Set-Content $scenario @'
{
  "chaos": {
    "seed": 11,
    "faults": [
      { "fault": "drop-after", "on": [ "submit" ], "rate": 0.1 },
      { "fault": "errors/504-sync-wait.json", "on": [ "submit" ], "afterwards": true, "rate": 0.05 },
      { "fault": "errors/502-cloudflare.html", "on": [ "poll" ], "rate": 0.1 },
      { "fault": "reset", "on": [ "poll" ], "rate": 0.05 },
      { "fault": "incident-401", "on": [ "poll" ], "rate": 0.05 },
      { "fault": "truncate", "on": [ "download" ], "rate": 0.1 }
    ]
  }
}
'@

    function Start-Shell([string] $Line) {
        # Starts a process with the module, the emulator and the shared journal. A download may be cut many times in a row, and each must end complete.
        $script = @"
`$ErrorActionPreference = 'Continue'
`$WarningPreference = 'SilentlyContinue'
Import-Module '$(Get-StagedModule)'
Connect-Atlas (New-AtlasSession -BaseUri '$($emulator.BaseUri)' -JournalPath '$journal' -PollInterval 00:00:00.1 -MaximumRetryCount 8)
$Line
"@
        $start = New-ChildShellStartInfo '-NoProfile', '-NonInteractive', '-EncodedCommand', ([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script)))
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.Environment['ATLASCLOUD_API_KEY'] = $emulator.ApiKey
        [Diagnostics.Process]::Start($start)
    }
}

AfterAll { Exit-Test }

Describe 'A process that is killed during a pipeline' {
    It 'leaves a journal from which one pipeline collects everything that was charged' {
        $emulator = Start-AtlasEmulator -TimeScale 0.5 -Scenario $scenario
        $journal = "$TestDrive/journal.jsonl"
        $folder = "$TestDrive/results"

        # The input has no end, so the process cannot end before it is killed.
        $first = Start-Shell "& { for (`$row = 1; ; `$row++) { `"row `$row`"; Start-Sleep -Milliseconds 20 } } | New-AtlasImage -Model z-image/turbo | Wait-AtlasPrediction | Save-AtlasOutput '$folder'"
        try {
            Wait-Until { $first.HasExited -or (Test-Path "$folder/*.png") }
            $first.HasExited | Should -BeFalse -Because 'it has to be running when it is killed'
        }
        finally {
            $first.Kill()
            $first.WaitForExit()
        }

        $savedBefore = @(Get-ChildItem $folder -Filter *.png).Count
        $second = Start-Shell "Get-AtlasPrediction -Pending | Wait-AtlasPrediction | Save-AtlasOutput '$folder' | Out-Null"
        $errorOutput = $second.StandardError.ReadToEnd()
        $second.WaitForExit()

        # Each prompt is charged once.
        $charges = @($emulator.Charges)
        $prompts = $charges | ForEach-Object { ($_.Body | ConvertFrom-Json).prompt }
        $prompts | Sort-Object -Unique | Should -HaveCount $charges.Count
        $charges.State | Sort-Object -Unique | Should -Be 'Charged'

        # Each charged prediction is saved once, as a complete file.
        $entries = Get-AtlasPrediction -Journal -Session (New-TestSession $emulator @{ JournalPath = $journal })
        $saved = $entries | Where-Object State -EQ Saved
        $saved.PredictionId | Sort-Object | Should -Be ($charges.PredictionId | Sort-Object) -Because $errorOutput
        $charges.Count | Should -BeGreaterThan $savedBefore
        $files = Get-ChildItem $folder -Force
        $files.FullName | Sort-Object | Should -Be ($saved.Files.Path | Sort-Object)
        foreach ($file in $saved.Files) { (Get-FileHash $file.Path).Hash | Should -Be $file.Sha256 }
        @($emulator.Ledger | Where-Object Fault).Count | Should -BeGreaterThan 0
    }
}
