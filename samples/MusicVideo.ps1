<#
.SYNOPSIS
    Makes the clips of a music video: one for each scene of a storyboard.
.DESCRIPTION
    The storyboard is a CSV file, or a JSON file with a list, whose entries say:

        image   the picture that the clip begins with, as seen from the folder of the storyboard
        text    the lyrics of the section
        start   when it starts: in seconds, or as 1:23.5
        end     when it ends
        mood    how it feels
        type    verse, chorus, bridge, rap or singing are sung; anything else is not

    Scenes that are sung go to Seedance 1.5 Pro, which makes voices; the rest goes to Wan 2.6. A clip lasts as long as its section, 15
    seconds at most, as far as the model can do that: the next longer length it offers, else its longest.

    The storyboard is checked as a whole before the first clip is submitted, because each one costs money. A clip that is there
    already is not made again, so after an interruption the same command makes what is missing; -Force makes all of them anew.
.OUTPUTS
    A row for each scene, which scenes.csv in the destination holds too.
.EXAMPLE
    ./samples/MusicVideo.ps1
    Makes the clips of the sample storyboard, against an emulator.
.EXAMPLE
    ./samples/MusicVideo.ps1 ./song/storyboard.json -Destination ./song/clips -Real
#>
[CmdletBinding()]
param(
    # The storyboard.
    [Parameter(Position = 0)]
    [string] $Path = "$PSScriptRoot/data/storyboard.csv",

    # Where the clips go.
    [string] $Destination = './output/music-video',

    # The types that are sung.
    [string[]] $SungType = @('verse', 'chorus', 'bridge', 'rap', 'singing'),

    # Make clips again that are there already.
    [switch] $Force,

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest

# The lengths in seconds are those of the models' schemas.
$seedance = @{ Model = 'bytedance/seedance-v1.5-pro/image-to-video'; Durations = 4..12; Parameters = @{ generate_audio = $true } }
$wan = @{ Model = 'alibaba/wan-2.6/image-to-video'; Durations = 5, 10, 15; Parameters = @{ generate_audio = $false } }
$longestScene = 15.0

function ConvertTo-Second {
    # 83.5 and 1:23.5 are the same moment.
    param([string] $Time)
    $seconds = 0.0
    foreach ($part in $Time.Split(':')) { $seconds = $seconds * 60 + [double] $part }
    $seconds
}

function Get-ClipLength {
    # The shortest length on offer that is not too short, else the longest.
    param([double] $Wanted, [int[]] $Offered)
    $enough = $Offered | Where-Object { $_ -ge $Wanted } | Sort-Object | Select-Object -First 1
    $enough ? $enough : ($Offered | Measure-Object -Maximum).Maximum
}

function ConvertTo-Scene {
    # One entry of the storyboard as a request. The property names are those of the parameters of New-AtlasVideo.
    param($Entry, [int] $Number, [string] $Folder, [string[]] $SungType)
    $what = "Scene $Number"
    foreach ($name in 'image', 'text', 'start', 'end', 'mood', 'type') {
        if ($name -notin $Entry.psobject.Properties.Name) { throw "$what does not say '$name'." }
    }

    try { $start = ConvertTo-Second $Entry.start; $end = ConvertTo-Second $Entry.end }
    catch { throw "$what starts at '$($Entry.start)' and ends at '$($Entry.end)'; these have to be times such as 83.5 or 1:23.5." }

    if ($end -le $start) { throw "$what ends at $($Entry.end), which is not after its start at $($Entry.start)." }
    $image = Join-Path $Folder $Entry.image
    if (-not (Test-Path -LiteralPath $image -PathType Leaf)) { throw "$what begins with $image, which is not there." }

    $sung = $Entry.type -in $SungType
    $model = $sung ? $seedance : $wan
    $wanted = [math]::Min($longestScene, $end - $start)
    $length = Get-ClipLength $wanted $model.Durations
    if ($length -ne $wanted) {
        Write-Host "$what lasts $wanted s; $($model.Model) takes $($model.Durations -join ', '), so the clip has $length s."
    }

    [pscustomobject]@{
        Label      = '{0:00}-{1}' -f $Number, $Entry.type
        Start      = $start
        End        = $end
        Wanted     = $wanted
        Duration   = $length
        Model      = $model.Model
        Image      = $image
        Prompt     = $sung ? "A singer performs to the camera, $($Entry.mood), singing: $($Entry.text)" : "$($Entry.mood) mood, no people speaking: $($Entry.text)"
        Resolution = '720p'
        Parameters = $model.Parameters
    }
}

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

$file = Get-Item -LiteralPath $Path -ErrorAction Stop
$entries = @(if ($file.Extension -eq '.json') { Get-Content -LiteralPath $file -Raw | ConvertFrom-Json } else { Import-Csv -LiteralPath $file })
$number = 0
$scenes = @(foreach ($entry in $entries) { $number++; ConvertTo-Scene -Entry $entry -Number $number -Folder $file.DirectoryName -SungType $SungType })

$wantedScenes = @($scenes | Where-Object { $Force -or -not (Test-Path -LiteralPath (Join-Path $Destination "$($_.Label).mp4")) })
Write-Host "$($scenes.Count) scenes, $($wantedScenes.Count) to be made."

$wantedScenes | Select-Object * -ExcludeProperty Start, End, Wanted | New-AtlasVideo | Wait-AtlasPrediction | Save-AtlasOutput $Destination -Name '{label}' -Force:$Force | Out-Null

$rows = foreach ($scene in $scenes) {
    $clip = Join-Path $Destination "$($scene.Label).mp4"
    $scene | Select-Object Label, Start, End, Wanted, Duration, Model, @{ Name = 'File'; Expression = { (Test-Path -LiteralPath $clip) ? (Resolve-Path -LiteralPath $clip).ProviderPath : $null } }
}

if (Test-Path -LiteralPath $Destination) { $rows | Export-Csv -LiteralPath (Join-Path $Destination 'scenes.csv') }
$rows
