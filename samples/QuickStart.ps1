<#
.SYNOPSIS
    Generates an image and a video, and chats with a language model: generate, wait, save, upload, chat, gallery.
.EXAMPLE
    ./samples/QuickStart.ps1
    Uses an emulator on this machine. Nothing is charged.
.EXAMPLE
    ./samples/QuickStart.ps1 -Real -Destination ./lighthouse
    Uses the service and the API key in ATLASCLOUD_API_KEY. The cost is about half a dollar.
#>
[CmdletBinding()]
param(
    # Folder for the files.
    [string] $Destination = './output/demo',

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$emulator = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

# 1. Generate an image. New- returns immediately, Wait- when the task has finished, Save- when the file is complete.
$prompt = 'A lighthouse on a cliff at dusk, warm light, wide angle'
$picture = New-AtlasImage $prompt -Model google/nano-banana-2/text-to-image -AspectRatio 16:9 -Label lighthouse |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination -Name '{label}' -Metadata -Force
Write-Host "Image saved        $($picture.FullName)"

# 2. Upload a file: here the generated image.
$media = Send-AtlasMedia $picture.FullName
Write-Host "Image uploaded     $($media.Uri) ($($media.Length) bytes)"

# 3. Generate a video from the image. -Image also accepts a local file and uploads it automatically.
$video = New-AtlasVideo 'Slow push in, waves below, the lamp turns' -Model alibaba/wan-2.6/image-to-video -Image $media -Duration 5 -Resolution 720p -Label lighthouse |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination -Name '{label}' -Metadata -Force
Write-Host "Video saved        $($video.FullName)"

# 4. Chat without streaming.
$title = Invoke-AtlasChat 'One title for a five second clip of a lighthouse at dusk.' -Model deepseek-ai/deepseek-v3.2
Write-Host "Chat               $title"

# 5. Chat with streaming. A reply in the pipeline continues its conversation.
Write-Host 'Chat, streamed     ' -NoNewline
$title | Invoke-AtlasChat 'And a sentence to go with it.' -Stream | ForEach-Object { Write-Host $_.Text -NoNewline }
Write-Host ''

# 6. Write a page with all results of the folder.
$gallery = Export-AtlasGallery -LiteralPath $Destination -Title 'Quick start' -Force
Write-Host "Gallery saved      $($gallery.FullName)"

# 7. Show the charges.
$balance = Get-AtlasBalance
if ($emulator) {
    $spent = ($emulator.Charges | Measure-Object Amount -Sum).Sum
    Write-Host "Ledger             $($emulator.Ledger.Count) requests, $($emulator.Charges.Count) charges of $([math]::Round($spent, 4)) USD (not real)"
}

Write-Host "Balance            $([math]::Round($balance.Available, 4)) $($balance.Currency)"

Get-Item $picture.FullName, $video.FullName, $gallery.FullName
