# Measures what waiting for many predictions costs: the processor time of some seconds, and the memory. Then stops the wait.
param([string] $Module, [string] $Model, [int] $Count, [double] $Seconds)
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Stopping.psm1')
$shell = New-BenchShell $Module
$predictions = $shell.AddScript('param($count, $model) 1..$count | New-AtlasImage -Model $model -ThrottleLimit 64').AddArgument($Count).AddArgument($Model).Invoke()
if ($predictions.Count -ne $Count) { throw "$($predictions.Count) of $Count requests were submitted." }
$shell.Commands.Clear()

# Meanwhile the runtime replaces the code of the submits by optimized code.
Start-Sleep -Seconds ([Math]::Min(15, $Seconds))
[GC]::Collect()
$process = [Diagnostics.Process]::GetCurrentProcess()
$running = $shell.AddScript('param($predictions) $predictions | Wait-AtlasPrediction').AddArgument($predictions).BeginInvoke()
Start-Sleep -Seconds 2
$process.Refresh()
$before = $process.TotalProcessorTime
$clock = [Diagnostics.Stopwatch]::StartNew()
Start-Sleep -Seconds $Seconds
$process.Refresh()
$used = $process.TotalProcessorTime - $before
$share = 100 * $used.TotalSeconds / $clock.Elapsed.TotalSeconds
$memory = $process.WorkingSet64 / 1MB
$stop = Measure-Stop $shell $running
[ordered]@{ milliseconds = $used.TotalMilliseconds; processor = $share; memory = $memory; stop = $stop } | ConvertTo-Json -Compress
