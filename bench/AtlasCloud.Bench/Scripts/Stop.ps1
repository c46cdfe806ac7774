# Measures how long a command takes to end after Ctrl+C, while it is busy.
param([string] $Module, [string] $Line, [double] $Seconds)
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Stopping.psm1')
$shell = New-BenchShell $Module
$running = $shell.AddScript($Line).BeginInvoke()
Start-Sleep -Seconds $Seconds
if ($running.IsCompleted) { throw "The command ended before it was stopped: $Line" }
[ordered]@{ milliseconds = Measure-Stop $shell $running } | ConvertTo-Json -Compress
