<#
.SYNOPSIS
    Uploads pictures and makes a video of each.
.EXAMPLE
    ./samples/UploadThenImageToVideo.ps1
    Brings the pictures of the sample storyboard to life, against an emulator.
.EXAMPLE
    ./samples/UploadThenImageToVideo.ps1 ./holiday/*.jpg -Prompt 'gentle camera move' -Duration 10 -Real
#>
[CmdletBinding()]
param(
    # The pictures, with wildcards.
    [Parameter(Position = 0)]
    [string[]] $Path = "$PSScriptRoot/data/*.png",

    # What shall happen in the videos.
    [string] $Prompt = 'Gentle camera move, light breeze',

    # The model.
    [string] $Model = 'alibaba/wan-2.6/image-to-video',

    # The length in seconds; this model takes 5, 10 and 15.
    [int] $Duration = 5,

    # Where the videos go.
    [string] $Destination = './output/image-to-video',

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

# Uploads, submits, waits and downloads overlap: no picture waits for the one before it.
Get-Item $Path |
    Send-AtlasMedia |
    ForEach-Object { Write-Host "Uploaded $($_.Name): $($_.Uri)"; $_ } |
    New-AtlasVideo -Model $Model -Prompt $Prompt -Duration $Duration |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination
