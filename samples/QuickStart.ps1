<#
.SYNOPSIS
    Makes a picture, brings it to life and asks about it: generate, wait, save, upload, chat.
.EXAMPLE
    ./samples/QuickStart.ps1
    Runs against an emulator on this machine and costs nothing.
.EXAMPLE
    ./samples/QuickStart.ps1 -Real -Destination ./lighthouse
    Does the same with the service and the key in ATLASCLOUD_API_KEY. It costs about half a dollar.
#>
[CmdletBinding()]
param(
    # Where the files go.
    [string] $Destination = './output/demo',

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$emulator = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

# 1. A picture. New- returns at once, Wait- when it is finished, Save- once it lies on the disk.
$prompt = 'A lighthouse on a cliff at dusk, warm light, wide angle'
$picture = New-AtlasImage $prompt -Model google/nano-banana-2/text-to-image -AspectRatio 16:9 -Label lighthouse |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination -Name '{label}' -Force
Write-Host "Picture saved      $($picture.FullName)"

# 2. Upload. Here it is the picture just made; any file of yours goes the same way.
$media = Send-AtlasMedia $picture.FullName
Write-Host "Picture uploaded   $($media.Uri) ($($media.Length) bytes)"

# 3. A video that begins with the picture. -Image takes a file as well, and uploads it by itself.
$video = New-AtlasVideo 'Slow push in, waves below, the lamp turns' -Model alibaba/wan-2.6/image-to-video -Image $media -Duration 5 -Resolution 720p -Label lighthouse |
    Wait-AtlasPrediction |
    Save-AtlasOutput $Destination -Name '{label}' -Force
Write-Host "Video saved        $($video.FullName)"

# 4. Chat, in one piece.
$title = Invoke-AtlasChat 'One title for a five second clip of a lighthouse at dusk.' -Model deepseek-ai/deepseek-v3.2
Write-Host "Chat               $title"

# 5. Chat, word by word. A reply that is piped on takes its conversation along.
Write-Host 'Chat, streamed     ' -NoNewline
$title | Invoke-AtlasChat 'And a sentence to go with it.' -Stream | ForEach-Object { Write-Host $_.Text -NoNewline }
Write-Host ''

# 6. What it cost.
$balance = Get-AtlasBalance
if ($emulator) {
    $spent = ($emulator.Charges | Measure-Object Amount -Sum).Sum
    Write-Host "Ledger             $($emulator.Ledger.Count) requests, $($emulator.Charges.Count) charges of $([math]::Round($spent, 4)) USD (not real)"
}

Write-Host "Balance            $([math]::Round($balance.Available, 4)) $($balance.Currency)"

Get-Item $picture.FullName, $video.FullName
