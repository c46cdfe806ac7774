# Measures a chat stream into the pipeline, after a short one.
param([string] $Module, [string] $Model, [int] $Count)
$ErrorActionPreference = 'Stop'
Import-Module $Module, (Join-Path $PSScriptRoot 'Result.psm1')
$null = Invoke-AtlasChat hello -Model $Model -MaxTokens 100 -Stream | Measure-Object
Measure-Bench {
    $chunks = Invoke-AtlasChat hello -Model $Model -MaxTokens $Count -Stream | Measure-Object
    if ($chunks.Count -lt $Count) { throw "$($chunks.Count) of $Count events were received." }
}
