# Measures an upload after a small one.
param([string] $Module, [string] $SmallFile, [string] $File)
$ErrorActionPreference = 'Stop'
Import-Module $Module, (Join-Path $PSScriptRoot 'Result.psm1')
$null = Send-AtlasMedia $SmallFile
$length = (Get-Item -LiteralPath $File).Length
Measure-Bench {
    $media = Send-AtlasMedia $File -WarningAction Ignore
    if ($media.Length -ne $length) { throw "$($media.Length) of $length bytes were sent." }
}
