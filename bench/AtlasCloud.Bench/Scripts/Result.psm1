# Measures a script block after a first run warmed the shell up, and returns the result as the JSON line that the bench reads.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Measure-Bench {
    # Returns the time, and by how much the peak of the memory of this process grew.
    param([Parameter(Mandatory)] [scriptblock] $Script)
    [GC]::Collect()
    $process = [Diagnostics.Process]::GetCurrentProcess()
    $peak = $process.PeakWorkingSet64
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Script
    $clock.Stop()
    $process.Refresh()
    [ordered]@{ milliseconds = $clock.Elapsed.TotalMilliseconds; growth = ($process.PeakWorkingSet64 - $peak) / 1MB } | ConvertTo-Json -Compress
}

Export-ModuleMember -Function Measure-Bench
