<#
.SYNOPSIS
    Shows all methods of the published Python video client, with the model IDs of its documentation and the current ones.
.DESCRIPTION
    For users who migrate from that client: each method is an entry of the table below, with its documented and its current request.
    The sample submits all requests first and then waits for all of them.

    An unknown ID returns the error ModelNotFound and nothing is charged for it; the other requests continue. The catalog has no
    successors of Wan 2.2 text-to-video and image-to-video, so these methods have only a documented ID.

    By default, the sample generates 18 videos. With -Real, use -Method and -Id to select some of them.
.EXAMPLE
    ./samples/VideoClient.ps1
    Runs all methods with an emulator.
.EXAMPLE
    ./samples/VideoClient.ps1 -Method Wan26ImageToVideo* -Id Current -Image ./storyboard.png -Real
#>
[CmdletBinding()]
param(
    # Methods to run. Wildcards are allowed.
    [Parameter(Position = 0)]
    [SupportsWildcards()]
    [string[]] $Method = '*',

    # Model IDs to use.
    [ValidateSet('Documented', 'Current', 'Both')]
    [string] $Id = 'Both',

    # Prompt: the description of the videos.
    [string] $Prompt = 'She turns to the camera and smiles, gentle camera move',

    # Image for methods that need one.
    [string] $Image = "$PSScriptRoot/data/singer.png",

    # Video for methods that need one. Default: the sample generates a short one first.
    [string] $Video,

    # Folder for the videos.
    [string] $Destination = './output/video-client',

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest

# Needs: the source media of the method. The requests contain parameters of New-AtlasVideo; -Parameters is for inputs of one model.
$methods = @(
    @{
        Name       = 'Wan26TextToVideo'
        Needs      = @()
        Documented = @{ Model = 'alibaba/wan-2.6/t2v-720p'; Duration = 10; Seed = -1; Parameters = @{ audio = $true } }
        Current    = @{ Model = 'alibaba/wan-2.6/text-to-video'; Duration = 10; Seed = -1; Size = '1280x720' }
    }
    @{
        Name       = 'Wan26ImageToVideo'
        Needs      = @('Image')
        Documented = @{ Model = 'alibaba/wan-2.6/i2v-720p'; Duration = 10; Seed = -1; Parameters = @{ audio = $true } }
        Current    = @{ Model = 'alibaba/wan-2.6/image-to-video'; Duration = 10; Seed = -1; Resolution = '720p'; Parameters = @{ generate_audio = $true } }
    }
    @{
        Name       = 'Wan26ImageToVideoFast'
        Needs      = @('Image')
        Documented = @{ Model = 'alibaba/wan-2.6/i2v-720p-fast'; Duration = 5; Parameters = @{ audio = $true } }
        Current    = @{ Model = 'alibaba/wan-2.6/image-to-video-flash'; Duration = 5; Resolution = '720p'; Parameters = @{ generate_audio = $true } }
    }
    @{
        Name       = 'Wan26VideoToVideo'
        Needs      = @('Video')
        Documented = @{ Model = 'alibaba/wan-2.6/v2v-720p-fast'; Duration = 5 }
        Current    = @{ Model = 'alibaba/wan-2.6/video-to-video'; Duration = 5; Size = '1280x720' }
    }
    @{
        Name       = 'SeedanceTextToVideo'
        Needs      = @()
        Documented = @{ Model = 'bytedance/seedance-v1.5-pro-t2v-720p'; Duration = 8; Parameters = @{ width = 1280; height = 720; fps = 24; generate_audio = $true } }
        Current    = @{ Model = 'bytedance/seedance-v1.5-pro/text-to-video'; Duration = 8; AspectRatio = '16:9'; Resolution = '720p'; Parameters = @{ generate_audio = $true } }
    }
    @{
        Name       = 'SeedanceImageToVideo'
        Needs      = @('Image')
        Documented = @{ Model = 'bytedance/seedance-v1.5-pro-i2v-720p'; Duration = 8; Parameters = @{ fps = 24; fixed_lens = $false; generate_audio = $true } }
        Current    = @{ Model = 'bytedance/seedance-v1.5-pro/image-to-video'; Duration = 8; Resolution = '720p'; Parameters = @{ camera_fixed = $false; generate_audio = $true } }
    }
    @{
        Name       = 'Wan22TextToVideo'
        Needs      = @()
        Documented = @{ Model = 'alibaba/wan-2.2/t2v-720p-ultra-fast'; Duration = 5 }
        Current    = $null
    }
    @{
        Name       = 'Wan22ImageToVideo'
        Needs      = @('Image')
        Documented = @{ Model = 'alibaba/wan-2.2/i2v-720p-ultra-fast'; Duration = 5 }
        Current    = $null
    }
    @{
        # Animates the person in the image with the movements in the video.
        Name       = 'Wan22Animate'
        Needs      = @('Image', 'Video')
        Documented = @{ Model = 'alibaba/wan-2.2/animate'; Resolution = '720p'; Parameters = @{ mode = 'animate' } }
        Current    = @{ Model = 'alibaba/wan-2.2/animate-move'; Parameters = @{ mode = 'wan-std' } }
    }
    @{
        # Replaces the person in the video with the person in the image.
        Name       = 'Wan22AnimateReplace'
        Needs      = @('Image', 'Video')
        Documented = @{ Model = 'alibaba/wan-2.2/animate'; Resolution = '720p'; Parameters = @{ mode = 'replace' } }
        Current    = @{ Model = 'alibaba/wan-2.2/animate-mix'; Parameters = @{ mode = 'wan-std' } }
    }
)

# These models have no prompt.
$withoutPrompt = 'alibaba/wan-2.2/animate-move', 'alibaba/wan-2.2/animate-mix'

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

$chosen = @($methods | Where-Object { $name = $_.Name; $Method | Where-Object { $name -like $_ } })
if ($chosen.Count -eq 0) { throw "No method matches $($Method -join ', '). Methods: $($methods.Name -join ', ')." }

# The source media are uploaded once and used by all methods.
$media = @{}
if ($chosen.Needs -contains 'Image') { $media.Image = Send-AtlasMedia $Image -ErrorAction Stop }
if ($chosen.Needs -contains 'Video') {
    if (-not $Video) {
        $source = New-AtlasVideo 'A woman walks towards the camera' -Model alibaba/wan-2.6/text-to-video -Duration 5 -Label source -ErrorAction Stop |
            Wait-AtlasPrediction -ErrorAction Stop |
            Save-AtlasOutput $Destination -Name '{label}' -Force -ErrorAction Stop
        $Video = $source.FullName
        Write-Host "Generated a source video: $Video"
    }

    $media.Video = Send-AtlasMedia $Video -ErrorAction Stop
}

$predictions = foreach ($one in $chosen) {
    foreach ($which in 'Documented', 'Current') {
        if ($Id -notin $which, 'Both') { continue }
        if (-not $one.$which) {
            Write-Host "$($one.Name) has no current ID, because the catalog contains no successor."
            continue
        }

        $request = $one.$which.Clone()
        foreach ($need in $one.Needs) { $request.$need = $media.$need }
        # Some documented IDs publish no schema, and requests without validation have to be allowed explicitly.
        if ($which -eq 'Documented') { $request.SkipValidation = $true }
        if ($request.Model -notin $withoutPrompt) { $request.Prompt = $Prompt }
        New-AtlasVideo @request -Label "$($one.Name)-$which"
    }
}

$predictions | Wait-AtlasPrediction | Save-AtlasOutput $Destination -Name '{label}' -Force
