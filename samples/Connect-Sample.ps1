<#
.SYNOPSIS
    Imports the module and connects to an emulator on this machine or, with -Real, to the service.
.DESCRIPTION
    Every sample calls this script first. A script of your own needs two lines instead:

        Import-Module AtlasCloud
        Connect-Atlas                # uses the API key in $env:ATLASCLOUD_API_KEY

    Without -Real, nothing is charged, even if there is an API key. If the default session is already connected to an address of
    this machine, it is used. Otherwise the script starts an emulator, which runs until Stop-AtlasEmulator or the end of the process.
.OUTPUTS
    The emulator, if the script started one.
.EXAMPLE
    ./samples/Connect-Sample.ps1
    Connects to an emulator, so that you can try commands interactively.
#>
[CmdletBinding()]
param(
    # Use the service and the API key in ATLASCLOUD_API_KEY. Requests are charged.
    [switch] $Real,

    # Path of the module. Default: the loaded module, otherwise the built one, otherwise the installed one.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator: 1 is as slow as the service, 0 finishes them immediately.
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
    Write-Host "Connected to $((Get-AtlasSession).BaseUri). Requests are charged."
}
elseif ($session -and $session.BaseUri.IsLoopback -and (Test-Connection $session.BaseUri.Host -TcpPort $session.BaseUri.Port -TimeoutSeconds 2 -Quiet)) {
    Write-Host "Connected to $($session.BaseUri). Nothing is charged."
}
else {
    $emulator = Start-AtlasEmulator -TimeScale $TimeScale
    $emulator | Connect-Atlas -PollInterval ([timespan]::FromSeconds(0.2))
    Write-Host "Connected to an emulator at $($emulator.BaseUri). Nothing is charged."
    $emulator
}
