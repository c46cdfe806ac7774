<#
.SYNOPSIS
    Generates images from text with Nano Banana 2.
.EXAMPLE
    ./samples/NanoBanana.ps1
    Generates two images with an emulator.
.EXAMPLE
    Get-Content prompts.txt | ./samples/NanoBanana.ps1 -AspectRatio 1:1 -Resolution 2k -Real
#>
[CmdletBinding()]
param(
    # Prompts; the sample generates one image for each.
    [Parameter(Position = 0, ValueFromPipeline)]
    [string[]] $Prompt = @('A banana split on a space station, studio light', 'The same banana split, drawn by a child'),

    # Aspect ratio.
    [string] $AspectRatio = '16:9',

    # Resolution: 1k, 2k or 4k. 1k and 2k have the same price, 4k costs twice as much.
    [string] $Resolution = '1k',

    # Folder for the images.
    [string] $Destination = './output/nano-banana',

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

begin {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'

    $null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale
    $prompts = [System.Collections.Generic.List[string]]::new()
}

process { $prompts.AddRange($Prompt) }

end {
    # The model generates one image per request. By default, 16 requests are in flight; -ThrottleLimit changes that.
    $prompts |
        New-AtlasImage -Model google/nano-banana-2/text-to-image -AspectRatio $AspectRatio -Resolution $Resolution |
        Wait-AtlasPrediction |
        Save-AtlasOutput $Destination
}
