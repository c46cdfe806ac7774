#!/usr/bin/env pwsh
# Measures a staged module and its peers with AtlasCloud.Bench, then the hot paths with AtlasCloud.MicroBench. Called by build.ps1 bench.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,

    # Folder for the results.
    [Parameter(Mandatory)] [string] $Destination,

    [string] $Configuration = 'Release',

    # Tiny sizes, to check that all measurements work.
    [switch] $Small,

    # The comparisons to run. Default: all, with the micro benchmarks.
    [string[]] $Only = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
Import-Module (Join-Path $root 'tools' 'ChildShell.psm1')
$shell = (New-ChildShellStartInfo @('-NoLogo'))
$arguments = [System.Collections.Generic.List[string]]@('--shell', $shell.FileName)
foreach ($argument in $shell.ArgumentList | Where-Object { $_ -ne '-NoLogo' }) { $arguments.AddRange([string[]]('--shell', $argument)) }
$arguments.AddRange([string[]]('--module', $ModulePath, '--output', $Destination))
if ($Small) { $arguments.Add('--small') }
if ($Only) { $arguments.AddRange([string[]]('--only', ($Only -join ','))) }

# A partial or small run has no complete table.
if (-not $Small -and -not $Only) {
    foreach ($file in 'docs/Performance.md', 'README.md') { $arguments.AddRange([string[]]('--table', (Join-Path $root $file))) }
}

$null = New-Item $Destination -ItemType Directory -Force
dotnet (Join-Path $PSScriptRoot 'AtlasCloud.Bench' 'bin' $Configuration 'net10.0' 'AtlasCloud.Bench.dll') @arguments
if ($LASTEXITCODE -ne 0) { throw "The bench failed with exit code $LASTEXITCODE." }

if (-not $Only) {
    $project = Join-Path $PSScriptRoot 'AtlasCloud.MicroBench'
    dotnet build $project --configuration $Configuration --verbosity quiet | Out-Host
    if ($LASTEXITCODE -ne 0) { throw 'The micro benchmarks were not built.' }
    $sizes = if ($Small) { '--small' }
    dotnet (Join-Path $project 'bin' $Configuration 'net10.0' 'AtlasCloud.MicroBench.dll') @sizes (Join-Path $Destination 'micro')
    if ($LASTEXITCODE -ne 0) { throw 'The micro benchmarks failed.' }
}
