<#
.SYNOPSIS
    Loads the module and connects: to an emulator on this machine, or with -Real to the service.
.DESCRIPTION
    Every sample begins with it. A script of your own needs two lines in its place:

        Import-Module AtlasCloud
        Connect-Atlas                # the key is in $env:ATLASCLOUD_API_KEY

    Without -Real nothing can be billed, whether there is a key or not. What is connected to an address of this machine stays
    connected; else an emulator is started, which lives until Stop-AtlasEmulator or the end of the session.
.OUTPUTS
    The emulator, where this started one.
.EXAMPLE
    ./samples/Connect-Sample.ps1
    Connects to an emulator, to try commands out by hand.
#>
[CmdletBinding()]
param(
    # Use the service and the key in ATLASCLOUD_API_KEY. It costs money.
    [switch] $Real,

    # The module; where it is left out, the one that is loaded, else the one that was built here, else the one that is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs: 1 is as slow as the service, 0 finishes everything at once.
    [ValidateRange(0.0, 1000.0)]
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if ($ModulePath) {
    Import-Module $ModulePath
}
elseif (-not (Get-Module AtlasCloud)) {
    $built = Get-Item "$PSScriptRoot/../output/AtlasCloud/*/AtlasCloud.psd1" -ErrorAction Ignore | Select-Object -Last 1
    Import-Module ($built ? $built.FullName : 'AtlasCloud')
}

$session = try { Get-AtlasSession } catch { $null }

if ($Real) {
    Connect-Atlas
    Write-Host "Talking to $((Get-AtlasSession).BaseUri): this costs money."
}
elseif ($session -and $session.BaseUri.IsLoopback -and (Test-Connection $session.BaseUri.Host -TcpPort $session.BaseUri.Port -TimeoutSeconds 2 -Quiet)) {
    Write-Host "Talking to $($session.BaseUri), as before: nothing is billed."
}
else {
    $emulator = Start-AtlasEmulator -TimeScale $TimeScale
    $emulator | Connect-Atlas -PollInterval ([timespan]::FromSeconds(0.2))
    Write-Host "Talking to an emulator at $($emulator.BaseUri): nothing is billed."
    $emulator
}
