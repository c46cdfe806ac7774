<#
.SYNOPSIS
    Creates a project with a budget and an API key with an allowance, generates with that key, and shows what it used.
.DESCRIPTION
    Disables the key and archives the project at the end. Needs a management key: with -Real, in ATLASCLOUD_MANAGEMENT_API_KEY.
.EXAMPLE
    ./samples/Project.ps1
#>
[CmdletBinding()]
param(
    # Name of the project and of its key. An archived project keeps its name. Default: a name with the current time.
    [string] $Name = "sample-$([datetime]::UtcNow.ToString('yyyyMMdd-HHmmss-fff'))",
    # Folder for the images.
    [string] $Destination = './output/project',
    # Use the service instead of an emulator.
    [switch] $Real,
    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,
    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale
$project = New-AtlasProject $Name -DailyLimit 1 -TotalLimit 5 -ErrorAction Stop
$key = New-AtlasApiKey $Name -Project $project -Allowance 0.5 -Period Day -ErrorAction Stop
$session = New-AtlasSession -ApiKey $key.Secret -BaseUri (Get-AtlasSession).BaseUri
'a lighthouse at dusk', 'a lighthouse at dawn' |
    New-AtlasImage -Model google/nano-banana-2/text-to-image -Session $session |
    Wait-AtlasPrediction -Session $session |
    Save-AtlasOutput $Destination -Force -Session $session
Get-AtlasUsage -ApiKeyId $key
Get-AtlasUsage -Project $project
Disable-AtlasApiKey $key -Confirm:$false -PassThru
Close-AtlasProject $project -Confirm:$false -PassThru
