<#
.SYNOPSIS
    Redraws an image in other styles (image to image).
.DESCRIPTION
    The image is uploaded once for all styles, because the same bytes are uploaded once per session.
.EXAMPLE
    ./samples/ImageStyleTransfer.ps1
    Redraws an image of the sample storyboard in two styles, with an emulator.
.EXAMPLE
    ./samples/ImageStyleTransfer.ps1 ./me.jpg -Style 'oil painting', 'low poly', 'charcoal' -Real
#>
[CmdletBinding()]
param(
    # Path of the image.
    [Parameter(Position = 0)]
    [string] $Path = "$PSScriptRoot/data/shore.png",

    # Styles; the sample generates one image for each.
    [string[]] $Style = @('watercolour on rough paper', 'pixel art with 16 colours'),

    # ID of the model. It must accept images as input.
    [string] $Model = 'google/nano-banana-2/edit',

    # Folder for the images.
    [string] $Destination = './output/style-transfer',

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

# Each style is one request. Its properties are used as parameters, and the label as the file name.
$Style |
    ForEach-Object { [pscustomobject]@{ Prompt = "Redraw this picture as $_. Keep the composition."; Label = $_ } } |
    New-AtlasImage -Model $Model -Image $Path |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination -Name '{label}' -Force
