<#
.SYNOPSIS
    Measures how well the three stages of a pipeline run concurrently.
.DESCRIPTION
    Generates, waits for and saves images in one pipeline. An emulator on this machine needs two seconds for each image. The sample
    returns the elapsed time and the sum of all durations. Nothing is charged.
.EXAMPLE
    ./samples/Belt.ps1 -Count 200 -ThrottleLimit 50
#>
[CmdletBinding()]
param(
    # Number of images.
    [ValidateRange(1, 10000)]
    [int] $Count = 200,

    # Maximum number of submits and downloads in flight.
    [ValidateRange(1, 256)]
    [int] $ThrottleLimit = 50,

    # Path of the module. Default: the module that was built in this repository.
    [string] $ModulePath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if (-not $ModulePath) {
    $ModulePath = Get-Item "$PSScriptRoot/../output/AtlasCloud/*/AtlasCloud.psd1" | Select-Object -Last 1
}

Import-Module $ModulePath
$emulator = Start-AtlasEmulator
$folder = Join-Path ([IO.Path]::GetTempPath()) "atlas-belt-$([guid]::NewGuid().ToString('N'))"
try {
    $session = New-AtlasSession -InputObject $emulator
    $model = 'google/nano-banana-2/text-to-image'
    $null = Get-AtlasModel $model -Session $session
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $files = 1..$Count |
        New-AtlasImage -Model $model -ThrottleLimit $ThrottleLimit -Session $session |
        Wait-AtlasPrediction -Session $session |
        Save-AtlasOutput -Destination $folder -ThrottleLimit $ThrottleLimit -Session $session
    $watch.Stop()
    $polls = @($emulator.Ledger | Where-Object Path -Like '/api/v1/model/prediction/*').Count
    [pscustomobject]@{
        Pictures           = @($files).Count
        Different          = @($files | Get-FileHash | Group-Object Hash).Count
        Charges            = $emulator.Charges.Count
        PollsPerPrediction = [math]::Round($polls / $Count, 2)
        Seconds            = [math]::Round($watch.Elapsed.TotalSeconds, 1)
        SumOfWaits         = $Count * 2
    }
}
finally {
    Stop-AtlasEmulator $emulator
    Remove-Item $folder -Recurse -ErrorAction Ignore
}
