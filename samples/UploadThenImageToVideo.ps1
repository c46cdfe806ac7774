<#
.SYNOPSIS
    Uploads images and generates a video from each.
.EXAMPLE
    ./samples/UploadThenImageToVideo.ps1
    Generates videos from the images of the sample storyboard, with an emulator.
.EXAMPLE
    ./samples/UploadThenImageToVideo.ps1 ./holiday/*.jpg -Prompt 'gentle camera move' -Duration 10 -Real
#>
[CmdletBinding()]
param(
    # Paths of the images. Wildcards are allowed.
    [Parameter(Position = 0)]
    [string[]] $Path = "$PSScriptRoot/data/*.png",

    # Prompt: the description of the videos.
    [string] $Prompt = 'Gentle camera move, light breeze',

    # ID of the model.
    [string] $Model = 'alibaba/wan-2.6/image-to-video',

    # Duration in seconds; this model supports 5, 10 and 15.
    [int] $Duration = 5,

    # Folder for the videos.
    [string] $Destination = './output/image-to-video',

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

# Uploads, submits, polling and downloads run concurrently.
Get-Item $Path |
    Send-AtlasMedia |
    ForEach-Object { Write-Host "Uploaded $($_.Name): $($_.Uri)"; $_ } |
    New-AtlasVideo -Model $Model -Prompt $Prompt -Duration $Duration |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination
