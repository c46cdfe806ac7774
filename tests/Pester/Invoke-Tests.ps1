<#
.SYNOPSIS
    Runs the Pester tests on the staged module and returns the number of passed, failed and skipped tests.
.DESCRIPTION
    Worker processes take the files from a queue and run each in its own runspace. By default, there are as many workers as processor
    cores. If a worker ends before its file does, the file counts as failed, and a new worker runs the files that remain.
.EXAMPLE
    ./tests/Pester/Invoke-Tests.ps1
    Runs all tests on the module that the last build staged.
.EXAMPLE
    ./tests/Pester/Invoke-Tests.ps1 -Name Belt
    Runs one file.
#>
[CmdletBinding()]
param(
    # Manifest of the module. Default: the one that the last build staged.
    [string] $ModulePath,

    # File to write the counters to, as JSON. Default: none.
    [string] $ReportPath,

    # Files to run, without .Tests.ps1. Wildcards are allowed. Default: all.
    [string[]] $Name = '*',

    # Number of worker processes. Default: the number of processor cores.
    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = [Environment]::ProcessorCount
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The files that take longest start first, so that no worker has to wait for one of them at the end.
$longest = 'Help', 'Killed'

$files = @($Name | ForEach-Object { Get-ChildItem $PSScriptRoot -Filter "$_.Tests.ps1" } | Sort-Object FullName -Unique |
        Sort-Object { $rank = $longest.IndexOf($_.BaseName -replace '\.Tests$'); if ($rank -lt 0) { $longest.Count } else { $rank } })
if ($files.Count -eq 0) { throw "No file in '$PSScriptRoot' matches $($Name -join ', ')." }

$tools = Join-Path $PSScriptRoot '..' '..' 'tools' 'ChildShell.psm1'
$worker = Join-Path $PSScriptRoot 'Invoke-TestWorker.ps1'
$queue = Join-Path ([IO.Path]::GetTempPath()) "atlas-pester-$([guid]::NewGuid().ToString('N'))"
$null = New-Item $queue -ItemType Directory
$files.FullName | Set-Content (Join-Path $queue 'files.txt')

$settings = @{
    # Processes of tests are short: collecting profiles for the compiler costs them more than it saves.
    DOTNET_TieredPGO              = '0'

    # PowerShell records what its processes load and compile, and the next ones repeat it in the background. Tests that look at the loaded
    # assemblies would see those of earlier processes. The runtime does so only from this number of processors (hexadecimal).
    DOTNET_MultiCoreJitMinNumCpus = '7FFF'

    POWERSHELL_TELEMETRY_OPTOUT   = '1'
    POWERSHELL_UPDATECHECK        = 'Off'
}
if ($ModulePath) { $settings.MODULE_UNDER_TEST = (Resolve-Path $ModulePath).ProviderPath }
$saved = @{}
foreach ($variable in $settings.Keys) {
    $saved[$variable] = [Environment]::GetEnvironmentVariable($variable)
    Set-Item "env:$variable" $settings[$variable]
}

try {
    1..[math]::Min($ThrottleLimit, $files.Count) | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
        Import-Module $using:tools
        $queue = $using:queue

        function Write-Result {
            # Without a report, the process ended before the tests of the file finished.
            param([string] $Name, [string] $Text)
            $report = Join-Path $queue "$Name.json"
            if (-not (Test-Path $report)) { @{ Passed = 0; Failed = 1; Skipped = 0; Seconds = 0 } | ConvertTo-Json | Set-Content $report }
            $run = Get-Content $report -Raw | ConvertFrom-Json
            if ($run.Failed -gt 0) { Write-Host $Text.Trim() }
            Write-Host ('{0,-28}{1,4} passed, {2} failed, {3} skipped, {4:n1} s' -f ($Name -replace '\.Tests$'), $run.Passed, $run.Failed, $run.Skipped, $run.Seconds)
        }

        do {
            $started = $running = $null
            $text = [Text.StringBuilder]::new()
            Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File $using:worker -QueuePath $queue 2>&1 | ForEach-Object {
                if ("$_" -match '<start (?<name>\S+)>$') { $started = $running = $Matches.name; $null = $text.Clear() }
                elseif ("$_" -match '<end (?<name>\S+)>$') { Write-Result $Matches.name $text; $running = $null; $null = $text.Clear() }
                else { $null = $text.AppendLine("$_") }
            }
            if ($running) { Write-Result $running "$text`nThe process ended with exit code $LASTEXITCODE." }
            elseif (-not $started -and $text.Length -gt 0) { Write-Host "$text" }

            # A worker leaves files in the queue if it ended early or if they require a process of their own.
            $remaining = @(Get-Content (Join-Path $queue 'files.txt') | Where-Object { -not (Test-Path (Join-Path $queue "$(Split-Path $_ -LeafBase).claim")) })
        } while ($started -and $remaining.Count -gt 0)
    }

    $runs = foreach ($file in $files) {
        $report = Join-Path $queue "$($file.BaseName).json"
        if (Test-Path $report) { Get-Content $report -Raw | ConvertFrom-Json }
        else {
            Write-Host "$($file.BaseName -replace '\.Tests$') was not run."
            [pscustomobject]@{ Passed = 0; Failed = 1; Skipped = 0 }
        }
    }
}
finally {
    foreach ($variable in $saved.Keys) { Set-Item "env:$variable" $saved[$variable] }
    Remove-Item $queue -Recurse -Force
}

$sum = [ordered]@{}
foreach ($what in 'Passed', 'Failed', 'Skipped') { $sum[$what] = [int]($runs | Measure-Object -Property $what -Sum).Sum }
$counts = [pscustomobject]$sum
if ($ReportPath) {
    $null = New-Item (Split-Path $ReportPath) -ItemType Directory -Force
    $counts | ConvertTo-Json | Set-Content $ReportPath
}

$counts
