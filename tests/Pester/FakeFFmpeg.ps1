<#
.SYNOPSIS
    Writes programs named ffmpeg and ffprobe, which record how they are called, to a folder.
.DESCRIPTION
    The fake ffprobe reports video, for names with "sound" audio, for names with "large" another size, and for names with "picture" an image. It fails for names with "broken".
    The fake ffmpeg copies the list of clips to list.txt and its arguments to arguments.txt, writes its target, and reports progress. If a
    file named fail or hang exists in the folder, it fails after a part of the target, or does not end.
#>
param([string] $Folder)

$null = New-Item $Folder -ItemType Directory -Force
Set-Content -LiteralPath (Join-Path $Folder ffprobe) -NoNewline -Value @'
#!/bin/sh
for last; do :; done
case "$last" in
*broken*) echo "$last: Invalid data found" >&2; exit 1 ;;
*sound*) echo 'stream|codec_name=pcm_s16le|codec_type=audio|sample_rate=8000|channels=1' ;;
*large*) echo 'stream|codec_name=h264|codec_type=video|width=640|height=360|r_frame_rate=25/1|time_base=1/12800' ;;
*) echo 'stream|codec_name=h264|codec_type=video|width=128|height=72|r_frame_rate=24/1|time_base=1/1000' ;;
esac
case "$last" in
*picture*) echo 'format|format_name=png_pipe|duration=N/A' ;;
*) echo 'format|format_name=mov,mp4|duration=5.000000' ;;
esac
'@
Set-Content -LiteralPath (Join-Path $Folder ffmpeg) -NoNewline -Value @'
#!/bin/sh
folder=$(dirname "$0")
: > "$folder/arguments.txt"
for last; do
    printf '%s\n' "$last" >> "$folder/arguments.txt"
    case "$last" in file:*.list) cp "${last#file:}" "$folder/list.txt" ;; esac
done
echo 'part of a film' > "${last#file:}"
echo out_time_us=5000000
if [ -e "$folder/fail" ]; then echo 'Unknown encoder' >&2; exit 1; fi
if [ -e "$folder/hang" ]; then echo $$ > "$folder/hang"; exec sleep 600; fi
echo 'film' > "${last#file:}"
'@
chmod +x (Join-Path $Folder ffprobe) (Join-Path $Folder ffmpeg)
