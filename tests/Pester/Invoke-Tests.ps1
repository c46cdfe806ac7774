<#
.SYNOPSIS
    Runs the Pester tests on the staged module and returns the number of passed, failed and skipped tests.
.DESCRIPTION
    Each file runs in its own PowerShell process. By default, as many files run concurrently as there are processor cores.
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

    # Maximum number of files that run concurrently. Default: the number of processor cores.
    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = [Environment]::ProcessorCount
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$files = @($Name | ForEach-Object { Get-ChildItem $PSScriptRoot -Filter "$_.Tests.ps1" })
if ($files.Count -eq 0) { throw "No file in '$PSScriptRoot' matches $($Name -join ', ')." }

$tools = Join-Path $PSScriptRoot '..' '..' 'tools' 'ChildShell.psm1'
$runner = Join-Path $PSScriptRoot 'Invoke-TestFile.ps1'
$reports = Join-Path ([IO.Path]::GetTempPath()) "atlas-pester-$([guid]::NewGuid().ToString('N'))"
$null = New-Item $reports -ItemType Directory
if ($ModulePath) { $env:MODULE_UNDER_TEST = (Resolve-Path $ModulePath).ProviderPath }
try {
    $runs = $files | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
        Import-Module $using:tools
        $report = Join-Path $using:reports "$($_.BaseName).json"
        $text = Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File $using:runner -Path $_.FullName -ReportPath $report 2>&1 | Out-String

        # Without a report, the process ended before its tests finished.
        $run = if (Test-Path $report) { Get-Content $report -Raw | ConvertFrom-Json } else { [pscustomobject]@{ Passed = 0; Failed = 1; Skipped = 0; Seconds = 0 } }
        if ($run.Failed -gt 0) { Write-Host $text.Trim() }
        Write-Host ('{0,-28}{1,4} passed, {2} failed, {3} skipped, {4:n1} s' -f ($_.BaseName -replace '\.Tests$'), $run.Passed, $run.Failed, $run.Skipped, $run.Seconds)
        $run
    }
}
finally {
    $env:MODULE_UNDER_TEST = $null
    Remove-Item $reports -Recurse -Force
}

$sum = [ordered]@{}
foreach ($what in 'Passed', 'Failed', 'Skipped') { $sum[$what] = [int]($runs | Measure-Object -Property $what -Sum).Sum }
$counts = [pscustomobject]$sum
if ($ReportPath) {
    $null = New-Item (Split-Path $ReportPath) -ItemType Directory -Force
    $counts | ConvertTo-Json | Set-Content $ReportPath
}

$counts
