<#
.SYNOPSIS
    All methods of the published Python video client, by the ids of its documentation and by today's.
.DESCRIPTION
    For whoever moves from that client: each method is one entry of the table below, with the request as it was and as it is now.
    All requests are submitted first and waited for together.

    Where an id is not known any more, the error is ModelNotFound, nothing is billed for it, and the others go on. The catalog has
    no successors of Wan 2.2 text-to-video and image-to-video, so these have their documented ids only.

    Everything together is 18 videos. With -Real, choose with -Method and -Id.
.EXAMPLE
    ./samples/VideoClient.ps1
    Runs all of them against an emulator.
.EXAMPLE
    ./samples/VideoClient.ps1 -Method Wan26ImageToVideo* -Id Current -Image ./storyboard.png -Real
#>
[CmdletBinding()]
param(
    # Which methods; wildcards are fine.
    [Parameter(Position = 0)]
    [SupportsWildcards()]
    [string[]] $Method = '*',

    # By which ids.
    [ValidateSet('Documented', 'Current', 'Both')]
    [string] $Id = 'Both',

    # What shall happen in the videos.
    [string] $Prompt = 'She turns to the camera and smiles, gentle camera move',

    # The picture for methods that begin with one.
    [string] $Image = "$PSScriptRoot/data/singer.png",

    # The video for methods that begin with one; where it is left out, a short one is made first.
    [string] $Video,

    # Where the videos go.
    [string] $Destination = './output/video-client',

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest

# Needs: what the method begins with. The rest are parameters of New-AtlasVideo; -Parameters takes what only one model has.
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
        # The picture moves as the person in the video does.
        Name       = 'Wan22Animate'
        Needs      = @('Image', 'Video')
        Documented = @{ Model = 'alibaba/wan-2.2/animate'; Resolution = '720p'; Parameters = @{ mode = 'animate' } }
        Current    = @{ Model = 'alibaba/wan-2.2/animate-move'; Parameters = @{ mode = 'wan-std' } }
    }
    @{
        # The person in the video is replaced by the one in the picture.
        Name       = 'Wan22AnimateReplace'
        Needs      = @('Image', 'Video')
        Documented = @{ Model = 'alibaba/wan-2.2/animate'; Resolution = '720p'; Parameters = @{ mode = 'replace' } }
        Current    = @{ Model = 'alibaba/wan-2.2/animate-mix'; Parameters = @{ mode = 'wan-std' } }
    }
)

# These take no prompt.
$withoutPrompt = 'alibaba/wan-2.2/animate-move', 'alibaba/wan-2.2/animate-mix'

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

$chosen = @($methods | Where-Object { $name = $_.Name; $Method | Where-Object { $name -like $_ } })
if ($chosen.Count -eq 0) { throw "There is no method like $($Method -join ', '). There are $($methods.Name -join ', ')." }

# What the methods begin with is uploaded once, and used by all of them.
$media = @{}
if ($chosen.Needs -contains 'Image') { $media.Image = Send-AtlasMedia $Image -ErrorAction Stop }
if ($chosen.Needs -contains 'Video') {
    if (-not $Video) {
        $source = New-AtlasVideo 'A woman walks towards the camera' -Model alibaba/wan-2.6/text-to-video -Duration 5 -Label source -ErrorAction Stop |
            Wait-AtlasPrediction -ErrorAction Stop |
            Save-AtlasOutput $Destination -Name '{label}' -Force -ErrorAction Stop
        $Video = $source.FullName
        Write-Host "Made a video to begin with: $Video"
    }

    $media.Video = Send-AtlasMedia $Video -ErrorAction Stop
}

$predictions = foreach ($one in $chosen) {
    foreach ($which in 'Documented', 'Current') {
        if ($Id -notin $which, 'Both') { continue }
        if (-not $one.$which) {
            Write-Host "$($one.Name) has no current id: the catalog names no successor."
            continue
        }

        $request = $one.$which.Clone()
        foreach ($need in $one.Needs) { $request.$need = $media.$need }
        if ($request.Model -notin $withoutPrompt) { $request.Prompt = $Prompt }
        New-AtlasVideo @request -Label "$($one.Name)-$which"
    }
}

$predictions | Wait-AtlasPrediction | Save-AtlasOutput $Destination -Name '{label}' -Force
