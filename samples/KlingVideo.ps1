<#
.SYNOPSIS
    Makes a video from text with Kling 2.0, by its documented id and by its current one.
.DESCRIPTION
    Official pages show the id kling-v2.0. The catalog of the service knows kwaivgi/kling-v2.0-t2v-master instead. The emulator
    knows both. Where an id is not known, the error is ModelNotFound, nothing is billed, and the other one goes on.
.EXAMPLE
    ./samples/KlingVideo.ps1
    Makes both, against an emulator.
.EXAMPLE
    ./samples/KlingVideo.ps1 -Id Current -Duration 10 -AspectRatio 9:16 -Real
#>
[CmdletBinding()]
param(
    # What shall happen.
    [Parameter(Position = 0)]
    [string] $Prompt = 'A paper boat sails down a rainy street, macro lens',

    # Which of the two ids to use.
    [ValidateSet('Documented', 'Current', 'Both')]
    [string] $Id = 'Both',

    # 5 or 10 seconds. The schema wants them as text; a number is turned into what it wants.
    [ValidateSet(5, 10)]
    [int] $Duration = 5,

    # The shape: 16:9, 9:16 or 1:1.
    [string] $AspectRatio = '16:9',

    # What to avoid.
    [string] $NegativePrompt = 'text, watermark',

    # Where the videos go.
    [string] $Destination = './output/kling',

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

$models = @(
    if ($Id -ne 'Current') { 'kling-v2.0' }
    if ($Id -ne 'Documented') { 'kwaivgi/kling-v2.0-t2v-master' }
)

# The property names of what is piped are parameters, so a list of models becomes a list of requests.
$models |
    ForEach-Object { [pscustomobject]@{ Model = $_ } } |
    New-AtlasVideo -Prompt $Prompt -Duration $Duration -AspectRatio $AspectRatio -NegativePrompt $NegativePrompt |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination
