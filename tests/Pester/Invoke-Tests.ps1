<#
.SYNOPSIS
    Runs the Pester tests on the staged module and returns how many passed, failed and were skipped.
.EXAMPLE
    ./tests/Pester/Invoke-Tests.ps1
    Runs all of them on the module that the last build staged.
.EXAMPLE
    ./tests/Pester/Invoke-Tests.ps1 -Name Belt
    Runs one file.
#>
[CmdletBinding()]
param(
    # The manifest of the module; that of the last build where it is left out.
    [string] $ModulePath,

    # Where to write the counts as JSON.
    [string] $ReportPath,

    # The files to run, without .Tests.ps1; wildcards are fine.
    [string[]] $Name = '*'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot '..' '..' 'output' 'Pester' 'Pester.psd1')
if ($ModulePath) { $env:MODULE_UNDER_TEST = (Resolve-Path $ModulePath).ProviderPath }
try {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = @($Name | ForEach-Object { Get-ChildItem $PSScriptRoot -Filter "$_.Tests.ps1" } | ForEach-Object FullName)
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $configuration.Output.CIFormat = 'None'

    # What a test does after an error is its own affair; the preference of this file would reach into it.
    $ErrorActionPreference = 'Continue'
    $run = Invoke-Pester -Configuration $configuration
}
finally {
    $env:MODULE_UNDER_TEST = $null
}

$ErrorActionPreference = 'Stop'

# A file that cannot be read or whose BeforeAll fails is a failure too, though no test of it ran.
$counts = [pscustomobject]@{
    Passed  = $run.PassedCount
    Failed  = $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
    Skipped = $run.SkippedCount + $run.InconclusiveCount + $run.NotRunCount
}
if ($ReportPath) {
    $null = New-Item (Split-Path $ReportPath) -ItemType Directory -Force
    $counts | ConvertTo-Json | Set-Content $ReportPath
}

$counts
