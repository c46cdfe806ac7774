<#
.SYNOPSIS
    Generates the clips of a music video: one for each scene of a storyboard, and on request the film with its song.
.DESCRIPTION
    The storyboard is a CSV file, or a JSON file with a list. Each entry has the following properties:

        image   path of the first frame, relative to the folder of the storyboard
        text    lyrics
        start   start time: in seconds, or as 1:23.5
        end     end time
        mood    mood
        type    verse, chorus, bridge, rap and singing are sung; all other types are not

    Sung scenes use Seedance 1.5 Pro, which generates voices; the others use Wan 2.6. A clip has the duration of its scene, at most
    15 seconds. If the model does not support that duration, the clip has the next longer one, otherwise the longest one.

    The sample validates the whole storyboard before it submits the first clip, because each clip is charged. Clips that already exist
    are not generated again. After an interruption, run the same command again to generate the missing clips. -Force generates all
    clips again.

    -Film also joins the clips to film.mp4, which needs ffmpeg. Each clip gets the length of its scene. The soundtrack is -Soundtrack, or
    a song that is generated from the lyrics of the sung scenes and saved as song.wav or song.mp3.
.OUTPUTS
    A row for each scene. The rows are also saved as scenes.csv in the destination folder.
.EXAMPLE
    ./samples/MusicVideo.ps1
    Generates the clips of the sample storyboard with an emulator.
.EXAMPLE
    ./samples/MusicVideo.ps1 -Film
    Also generates a song from the lyrics, and joins the clips to a film with that song.
.EXAMPLE
    ./samples/MusicVideo.ps1 ./song/storyboard.json -Destination ./song/clips -Real
#>
[CmdletBinding()]
param(
    # Path of the storyboard.
    [Parameter(Position = 0)]
    [string] $Path = "$PSScriptRoot/data/storyboard.csv",

    # Folder for the clips.
    [string] $Destination = './output/music-video',

    # Types of scenes that are sung.
    [string[]] $SungType = @('verse', 'chorus', 'bridge', 'rap', 'singing'),

    # Join the clips to a film. Needs ffmpeg.
    [switch] $Film,

    # Path of the song. Default: generated from the lyrics.
    [string] $Soundtrack,

    # Style of a generated song.
    [string] $Style = 'slow indie folk, acoustic guitar, warm voice',

    # Generate clips again that already exist.
    [switch] $Force,

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest

# The durations, in seconds, are the allowed values of the models.
$seedance = @{ Model = 'bytedance/seedance-v1.5-pro/image-to-video'; Durations = 4..12; Parameters = @{ generate_audio = $true } }
$wan = @{ Model = 'alibaba/wan-2.6/image-to-video'; Durations = 5, 10, 15; Parameters = @{ generate_audio = $false } }
$longestScene = 15.0

function ConvertTo-Second {
    # 83.5 and 1:23.5 are the same time.
    param([string] $Time)
    $seconds = 0.0
    foreach ($part in $Time.Split(':')) { $seconds = $seconds * 60 + [double] $part }
    $seconds
}

function Get-ClipLength {
    # Returns the shortest offered duration that is long enough, otherwise the longest one.
    param([double] $Wanted, [int[]] $Offered)
    $enough = $Offered | Where-Object { $_ -ge $Wanted } | Sort-Object | Select-Object -First 1
    $enough ? $enough : ($Offered | Measure-Object -Maximum).Maximum
}

function ConvertTo-Scene {
    # Converts a storyboard entry to a request. The property names are parameters of New-AtlasVideo.
    param($Entry, [int] $Number, [string] $Folder, [string[]] $SungType)
    $what = "Scene $Number"
    foreach ($name in 'image', 'text', 'start', 'end', 'mood', 'type') {
        if ($name -notin $Entry.psobject.Properties.Name) { throw "$what has no property '$name'." }
    }

    try { $start = ConvertTo-Second $Entry.start; $end = ConvertTo-Second $Entry.end }
    catch { throw "$what starts at '$($Entry.start)' and ends at '$($Entry.end)'; expected are times such as 83.5 or 1:23.5." }

    if ($end -le $start) { throw "$what ends at $($Entry.end), before or at its start at $($Entry.start)." }
    $image = Join-Path $Folder $Entry.image
    if (-not (Test-Path -LiteralPath $image -PathType Leaf)) { throw "$what has the image $image, which does not exist." }

    $sung = $Entry.type -in $SungType
    $model = $sung ? $seedance : $wan
    $wanted = [math]::Min($longestScene, $end - $start)
    $length = Get-ClipLength $wanted $model.Durations
    if ($length -ne $wanted) {
        Write-Host "$what lasts $wanted s. $($model.Model) supports $($model.Durations -join ', ') s, so the clip lasts $length s."
    }

    [pscustomobject]@{
        Label      = '{0:00}-{1}' -f $Number, $Entry.type
        Start      = $start
        End        = $end
        Wanted     = $wanted
        Duration   = $length
        Model      = $model.Model
        Image      = $image
        Text       = $sung ? $Entry.text : $null
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
Write-Host "$($scenes.Count) scenes, $($wantedScenes.Count) to generate."

$wantedScenes | Select-Object * -ExcludeProperty Start, End, Wanted, Text | New-AtlasVideo | Wait-AtlasPrediction | Save-AtlasOutput $Destination -Name '{label}' -Force:$Force | Out-Null

$rows = foreach ($scene in $scenes) {
    $clip = Join-Path $Destination "$($scene.Label).mp4"
    $scene | Select-Object Label, Start, End, Wanted, Duration, Model, @{ Name = 'File'; Expression = { (Test-Path -LiteralPath $clip) ? (Resolve-Path -LiteralPath $clip).ProviderPath : $null } }
}

if (Test-Path -LiteralPath $Destination) { $rows | Export-Csv -LiteralPath (Join-Path $Destination 'scenes.csv') }

if ($Film) {
    if ($rows | Where-Object { -not $_.File }) { throw 'Not every clip was generated. Run the same command again to generate the missing clips.' }
    $song = $Soundtrack ? $Soundtrack : (Get-Item (Join-Path $Destination 'song.*') -Include '*.wav', '*.mp3', '*.flac' | Select-Object -First 1 -ExpandProperty FullName)
    if (-not $song -or ($Force -and -not $Soundtrack)) {
        $lyrics = ($scenes.Text | Where-Object { $_ }) -join "`n"
        $song = (New-AtlasAudio $Style -Model minimax/music-2.6 -Parameters @{ lyrics = $lyrics } -ErrorAction Stop |
            Wait-AtlasPrediction -ErrorAction Stop |
            Save-AtlasOutput $Destination -Name song -Force:$Force -ErrorAction Stop).FullName
    }

    $clips = $rows | Select-Object @{ Name = 'Path'; Expression = { $_.File } }, @{ Name = 'Duration'; Expression = { $_.End - $_.Start } }
    $movie = $clips | Join-AtlasVideo (Join-Path $Destination 'film.mp4') -Audio $song -Force -ErrorAction Stop
    Write-Host "Film saved: $($movie.FullName)"
}

$rows
