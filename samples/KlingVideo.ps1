<#
.SYNOPSIS
    Generates a video from text with Kling 2.0, with the documented model ID and with the current one.
.DESCRIPTION
    The documentation of the service contains the ID kling-v2.0. The catalog contains kwaivgi/kling-v2.0-t2v-master instead. The
    emulator accepts both. An unknown ID returns the error ModelNotFound and nothing is charged for it; the other request continues.
.EXAMPLE
    ./samples/KlingVideo.ps1
    Generates both videos with an emulator.
.EXAMPLE
    ./samples/KlingVideo.ps1 -Id Current -Duration 10 -AspectRatio 9:16 -Real
#>
[CmdletBinding()]
param(
    # Prompt: the description of the video.
    [Parameter(Position = 0)]
    [string] $Prompt = 'A paper boat sails down a rainy street, macro lens',

    # Model ID to use.
    [ValidateSet('Documented', 'Current', 'Both')]
    [string] $Id = 'Both',

    # Duration: 5 or 10 seconds. The schema requires a string; the module converts the number.
    [ValidateSet(5, 10)]
    [int] $Duration = 5,

    # Aspect ratio: 16:9, 9:16 or 1:1.
    [string] $AspectRatio = '16:9',

    # Description of what the video must not contain.
    [string] $NegativePrompt = 'text, watermark',

    # Folder for the videos.
    [string] $Destination = './output/kling',

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

$models = @(
    if ($Id -ne 'Current') { 'kling-v2.0' }
    if ($Id -ne 'Documented') { 'kwaivgi/kling-v2.0-t2v-master' }
)

# The property names of pipeline objects are parameters: each model becomes a request. The documented ID publishes no schema, and requests
# without validation have to be allowed explicitly.
$models |
    ForEach-Object { [pscustomobject]@{ Model = $_ } } |
    New-AtlasVideo -Prompt $Prompt -Duration $Duration -AspectRatio $AspectRatio -NegativePrompt $NegativePrompt -SkipValidation:($Id -ne 'Current') |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination
