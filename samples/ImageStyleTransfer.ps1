<#
.SYNOPSIS
    Redraws a picture in other styles (image to image).
.DESCRIPTION
    The picture is uploaded once, whatever the number of styles: the same bytes are not sent twice in a session.
.EXAMPLE
    ./samples/ImageStyleTransfer.ps1
    Redraws a picture of the sample storyboard in two styles, against an emulator.
.EXAMPLE
    ./samples/ImageStyleTransfer.ps1 ./me.jpg -Style 'oil painting', 'low poly', 'charcoal' -Real
#>
[CmdletBinding()]
param(
    # The picture.
    [Parameter(Position = 0)]
    [string] $Path = "$PSScriptRoot/data/shore.png",

    # The styles; each makes one picture.
    [string[]] $Style = @('watercolour on rough paper', 'pixel art with 16 colours'),

    # The model. It has to take pictures.
    [string] $Model = 'google/nano-banana-2/edit',

    # Where the pictures go.
    [string] $Destination = './output/style-transfer',

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

# Text in the pipeline is the prompt, so each style is one request. The label gives the file its name.
$Style |
    ForEach-Object { [pscustomobject]@{ Prompt = "Redraw this picture as $_. Keep the composition."; Label = $_ } } |
    New-AtlasImage -Model $Model -Image $Path |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination -Name '{label}' -Force
