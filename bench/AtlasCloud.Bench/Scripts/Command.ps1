# Measures the first call of a command in a process, without the import.
param([string] $Module, [string] $Line)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$script = [scriptblock]::Create($Line)
$clock = [Diagnostics.Stopwatch]::StartNew()
$null = & $script
$clock.Stop()
"{`"milliseconds`":$($clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))}"
