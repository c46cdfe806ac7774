# Measures the first completion in a process.
param([string] $Module, [string] $Line)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$clock = [Diagnostics.Stopwatch]::StartNew()
$found = TabExpansion2 $Line $Line.Length
$clock.Stop()
if ($found.CompletionMatches.Count -lt 400) { throw "There are $($found.CompletionMatches.Count) completions of: $Line" }
"{`"milliseconds`":$($clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))}"
