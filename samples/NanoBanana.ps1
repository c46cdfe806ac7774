<#
.SYNOPSIS
    Makes pictures from text with Nano Banana 2.
.EXAMPLE
    ./samples/NanoBanana.ps1
    Makes two pictures, against an emulator.
.EXAMPLE
    Get-Content prompts.txt | ./samples/NanoBanana.ps1 -AspectRatio 1:1 -Resolution 2k -Real
#>
[CmdletBinding()]
param(
    # What to make; each prompt makes one picture.
    [Parameter(Position = 0, ValueFromPipeline)]
    [string[]] $Prompt = @('A banana split on a space station, studio light', 'The same banana split, drawn by a child'),

    # The shape.
    [string] $AspectRatio = '16:9',

    # 1k, 2k or 4k. The price of 1k and 2k is the same, 4k costs double.
    [string] $Resolution = '1k',

    # Where the pictures go.
    [string] $Destination = './output/nano-banana',

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
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
    # The model makes one picture per request. Sixteen requests are under way together; -ThrottleLimit changes that.
    $prompts |
        New-AtlasImage -Model google/nano-banana-2/text-to-image -AspectRatio $AspectRatio -Resolution $Resolution |
        Wait-AtlasPrediction |
        Save-AtlasOutput $Destination
}
