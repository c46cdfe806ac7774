# The server of the tests: an emulator as the service, and the folders of the arguments.
param([Parameter(Mandatory)] [string] $Folder, [decimal] $Budget = 5)

$ErrorActionPreference = 'Stop'
$env:ATLASCLOUD_HOME = "$Folder/home"
$module = $env:MODULE_UNDER_TEST
if (-not $module) {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $module = "$root/output/AtlasCloud/$((Import-PowerShellDataFile "$root/AtlasCloud.psd1").ModuleVersion)/AtlasCloud.psd1"
}

Import-Module $module
$session = New-AtlasSession -InputObject (Start-AtlasEmulator -TimeScale 0.2) -PollInterval 0.05 -Budget $Budget
Start-AtlasMcpServer -Session $session -MaxCost 2 -InputRoot "$Folder/in" -OutputRoot "$Folder/out"
