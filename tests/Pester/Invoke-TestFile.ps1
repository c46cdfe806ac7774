<#
.SYNOPSIS
    Runs one Pester file and writes its counters to a report. Invoke-Tests.ps1 starts it in a new PowerShell.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,

    # The JSON file to write.
    [Parameter(Mandatory)] [string] $ReportPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot '..' '..' 'output' 'Pester' 'Pester.psd1')
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true

# Tests that measure time run only in the long form.
if ($env:ATLASCLOUD_TEST_LONG -ne '1') { $configuration.Filter.ExcludeTag = 'Slow' }
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'

# Tests see the preference of this script unless it is reset.
$ErrorActionPreference = 'Continue'
$run = Invoke-Pester -Configuration $configuration
$ErrorActionPreference = 'Stop'

# A file that cannot be read or whose BeforeAll fails counts as a failure, although none of its tests ran.
@{
    Passed  = $run.PassedCount
    Failed  = $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
    Skipped = $run.SkippedCount + $run.InconclusiveCount
    Seconds = [math]::Round($run.Duration.TotalSeconds, 1)
} | ConvertTo-Json | Set-Content $ReportPath
