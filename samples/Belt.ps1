<#
.SYNOPSIS
    Measures how well the three stages of a pipeline overlap.
.DESCRIPTION
    Submits pictures to an emulator on this machine whose pictures take two seconds each, waits for them and saves them, all in
    one pipeline, and says how long that took against the sum of the waits. Costs nothing.
.EXAMPLE
    ./samples/Belt.ps1 -Count 200 -ThrottleLimit 50
#>
[CmdletBinding()]
param(
    # How many pictures.
    [ValidateRange(1, 10000)]
    [int] $Count = 200,

    # How many submits and downloads may be under way together.
    [ValidateRange(1, 256)]
    [int] $ThrottleLimit = 50,

    # The module; that of this repository, built, where it is left out.
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
