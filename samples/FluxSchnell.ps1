<#
.SYNOPSIS
    Makes a picture with Flux Schnell: by the names of its older page, and by the inputs that it has today.
.DESCRIPTION
    The older page of the model sets four things: width, height, steps and guidance. Its schema today has one for the first two,
    size, and none for the others. What a model does not know, the service drops without a word: the request is accepted and
    billed, and the picture has the model's own size. So the module refuses unknown names, unless -SkipValidation says otherwise.

    The sample asks three times and shows the size of what came back:

    documented   the four names of the older page, with -SkipValidation
    current      -Size, which every model understands that has a size, whatever it calls it
    flux-dev     its larger sibling, which does have steps and guidance
.EXAMPLE
    ./samples/FluxSchnell.ps1
    Runs against an emulator and costs nothing.
.EXAMPLE
    ./samples/FluxSchnell.ps1 -Prompt 'A harbour in fog' -Width 1024 -Height 576 -Real
#>
[CmdletBinding()]
param(
    # What to make.
    [Parameter(Position = 0)]
    [string] $Prompt = 'A beautiful landscape with mountains and lake',

    # Pixels from left to right.
    [int] $Width = 512,

    # Pixels from top to bottom.
    [int] $Height = 512,

    # How many steps to take from noise to picture.
    [int] $Steps = 20,

    # How closely to follow the prompt.
    [double] $Guidance = 7.5,

    # Where the pictures go.
    [string] $Destination = './output/flux-schnell',

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-PngSize {
    # Width and height stand at bytes 16 to 23 of every PNG, the high byte first.
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
