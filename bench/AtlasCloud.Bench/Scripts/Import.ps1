# Measures the import of a module.
param([string] $Module)
$clock = [Diagnostics.Stopwatch]::StartNew()
Import-Module $Module
$clock.Stop()
"{`"milliseconds`":$($clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))}"
