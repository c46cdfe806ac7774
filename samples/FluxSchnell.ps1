<#
.SYNOPSIS
    Generates an image with Flux Schnell, with the inputs of older documentation and with the current inputs.
.DESCRIPTION
    Older documentation of the model has four inputs: width, height, steps and guidance. The current schema has size instead of width
    and height, and no steps or guidance. The service silently ignores unknown inputs: it accepts and charges the request, and the
    image has the default size of the model. Therefore the module rejects unknown inputs unless -SkipValidation is specified.

    The sample submits three requests and shows the size of each image:

    documented   the four inputs of the older documentation, with -SkipValidation
    current      -Size, which the module maps to the input of the model
    flux-dev     the larger model of the family, which has steps and guidance
.EXAMPLE
    ./samples/FluxSchnell.ps1
    Uses an emulator. Nothing is charged.
.EXAMPLE
    ./samples/FluxSchnell.ps1 -Prompt 'A harbour in fog' -Width 1024 -Height 576 -Real
#>
[CmdletBinding()]
param(
    # Prompt: the description of the image.
    [Parameter(Position = 0)]
    [string] $Prompt = 'A beautiful landscape with mountains and lake',

    # Width in pixels.
    [int] $Width = 512,

    # Height in pixels.
    [int] $Height = 512,

    # Number of inference steps.
    [int] $Steps = 20,

    # Guidance scale: how closely the image follows the prompt.
    [double] $Guidance = 7.5,

    # Folder for the images.
    [string] $Destination = './output/flux-schnell',

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-PngSize {
    # A PNG file contains width and height in bytes 16 to 23, in big-endian order.
    param([string] $Path)
    $head = Get-Content -LiteralPath $Path -AsByteStream -TotalCount 24
    $width = [System.Buffers.Binary.BinaryPrimitives]::ReadInt32BigEndian([byte[]] $head[16..19])
    $height = [System.Buffers.Binary.BinaryPrimitives]::ReadInt32BigEndian([byte[]] $head[20..23])
    "${width}x$height"
}

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

$predictions = @(
    New-AtlasImage $Prompt -Model black-forest-labs/flux-schnell -Label documented -SkipValidation -Parameters @{
        width          = $Width
        height         = $Height
        steps          = $Steps
        guidance_scale = $Guidance
    }

    New-AtlasImage $Prompt -Model black-forest-labs/flux-schnell -Label current -Size "${Width}x$Height"

    New-AtlasImage $Prompt -Model black-forest-labs/flux-dev -Label flux-dev -Size "${Width}x$Height" -Parameters @{
        num_inference_steps = $Steps
        guidance_scale      = $Guidance
    }
)

$predictions | Wait-AtlasPrediction | Save-AtlasOutput $Destination -Name '{label}' -Force | ForEach-Object {
    [pscustomobject]@{
        Way   = $_.BaseName
        Asked = "${Width}x$Height"
        Came  = Get-PngSize $_.FullName
        File  = $_.FullName
    }
}
