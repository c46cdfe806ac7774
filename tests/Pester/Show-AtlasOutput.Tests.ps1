BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $picture = (New-AtlasImage 'a fox' -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction | Save-AtlasOutput $TestDrive -Name fox).FullName

    # One new process writes to standard output what the tests read, each part behind its name.
    $script = Join-Path $TestDrive 'show.ps1'
    Set-Content $script @'
param($Module, $Emulator, $Key, $Picture, $Folder)
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
New-AtlasSession -BaseUri $Emulator -ApiKey (ConvertTo-SecureString $Key -AsPlainText -Force) -PollInterval 0.05 | Connect-Atlas
function Get-Decoder { [Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $context = $_; $_.Assemblies | Where-Object { $_.GetName().Name -eq 'SixLabors.ImageSharp' } | ForEach-Object { $context.Name } } }
function Write-Part($Name) { [Console]::Out.WriteLine("part $Name") }
Write-Part before; [Console]::Out.WriteLine("$(Get-Decoder)")
Write-Part redirected; Show-AtlasOutput $Picture
Write-Part after; [Console]::Out.WriteLine("$(Get-Decoder)")
foreach ($protocol in 'Blocks', 'Sixel', 'Kitty', 'ITerm2') { Write-Part $protocol; Show-AtlasOutput $Picture -Protocol $protocol -Width 20 -Height 5 }
Write-Part inputs
$done = New-AtlasImage 'a fox' -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction
$done | Show-AtlasOutput
$done.Outputs[0] | Show-AtlasOutput
Get-Item $Picture | Show-AtlasOutput
$Picture | Show-AtlasOutput
Show-AtlasOutput -LiteralPath $Picture
Show-AtlasOutput "$(Split-Path $Picture)/f*.png"
Write-Part covers
$video = New-AtlasVideo waves -Model bytedance/seedance-2.0/text-to-video -Parameters @{ return_last_frame = $true } | Wait-AtlasPrediction
$video | Show-AtlasOutput
$video | Save-AtlasOutput $Folder | Show-AtlasOutput
New-AtlasImage -Model bytedance/seed3d-v2.0/image-to-3d -Image $Picture | Wait-AtlasPrediction | Show-AtlasOutput
'@
    $text = Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File $script (Get-StagedModule) $emulator.BaseUri $emulator.ApiKey $picture "$TestDrive/clips" 2>&1 | Out-String -Width 1000000
    $LASTEXITCODE | Should -Be 0 -Because $text
    $parts = @{}
    foreach ($part in $text -split '(?m)^part ' | Select-Object -Skip 1) {
        $name, $rest = $part -split '\r?\n', 2
        $parts[$name] = $rest
    }
}

AfterAll { Exit-Test }

Describe 'Show-AtlasOutput' {
    It 'writes the picture with the protocol that is specified, within the size that is specified' {
        $lines = $parts.Blocks.Trim() -replace '\e\[[0-9;]*m' -split '\r?\n'
        $lines | Should -HaveCount 5
        $lines | ForEach-Object { $_.Length | Should -Be 10 }
        $parts.Sixel | Should -Match '\eP0;1;0q"1;1;100;100#'
        $parts.Kitty | Should -Match '\e_Ga=T,f=100,q=2,m=[01];iVBOR'
        $parts.ITerm2 | Should -Match '\e\]1337;File=inline=1;width=100px;height=100px'
    }

    It 'writes a line of text instead of a picture, and asks nothing, if the output is redirected' {
        $parts.redirected.Trim() | Should -Be 'fox.png (1024 x 1024)'
    }

    It 'accepts predictions, outputs, files and paths' {
        @($parts.inputs -split '\r?\n' -like '*(1024 x 1024)') | Should -HaveCount 6
    }

    It 'shows the last frame of a video, also of a saved one, and the preview of a 3D model' {
        @($parts.covers -split '\r?\n' -match '^output 2 of prediction \w+ \(\d+ x \d+\)') | Should -HaveCount 3
    }

    It 'loads the decoder outside the default load context, and only when it shows a picture' {
        $parts.before.Trim() | Should -BeNullOrEmpty
        $parts.after.Trim() | Should -Be 'AtlasCloud'
    }

    It 'reports <What> and continues' -TestCases @(
        @{ What = 'a truncated picture'; Make = { [IO.File]::WriteAllBytes("$TestDrive/cut.png", [IO.File]::ReadAllBytes($picture)[0..30]); "$TestDrive/cut.png" }; Message = '*damaged or incomplete*' }
        @{ What = 'a picture that claims a huge size'; Make = {
                $bytes = [IO.File]::ReadAllBytes($picture)
                0..7 | ForEach-Object { $bytes[16 + $_] = 0x00, 0x00, 0xEA, 0x60, 0x00, 0x00, 0xEA, 0x60 | Select-Object -Index $_ }
                [IO.File]::WriteAllBytes("$TestDrive/bomb.png", $bytes)
                "$TestDrive/bomb.png"
            }; Message = '*'
        }
        @{ What = 'text'; Make = { Set-Content "$TestDrive/text.png" 'no picture at all'; "$TestDrive/text.png" }; Message = '*is not a PNG, JPEG, GIF, WebP or BMP image*' }
        @{ What = 'a missing file'; Make = { "$TestDrive/missing.png" }; Message = '*does not exist*' }
        @{ What = 'an empty file'; Make = { $null = New-Item "$TestDrive/empty.png"; "$TestDrive/empty.png" }; Message = '*is empty, or is a pipe*' }
        @{ What = 'a folder'; Make = { "$TestDrive" }; Message = '*is a folder*' }
        @{ What = 'a video file'; Make = { Set-Content "$TestDrive/clip.mp4" x; "$TestDrive/clip.mp4" }; Message = '*is a video*' }
        @{ What = 'audio of a prediction'; Make = { New-AtlasAudio hello -Model xai/tts-v1 | Wait-AtlasPrediction }; Message = '*has no image*' }
        @{ What = 'an audio output'; Make = { (New-AtlasAudio hello -Model xai/tts-v1 | Wait-AtlasPrediction).Outputs[0] }; Message = '*kind Audio*' }
        @{ What = 'an object that is not an output'; Make = { 5 }; Message = '*of type Int32*' }
    ) {
        $bad = & $Make
        Assert-AtlasError (Get-ErrorOf { $bad | Show-AtlasOutput -Protocol Blocks -Width 1 }) -Id InvalidParameter -Category InvalidArgument -Message $Message
    }

    It 'advises to check the path of a missing file, and says nothing about formats' {
        (Get-ErrorOf { Show-AtlasOutput "$TestDrive/missing.png" }).ErrorDetails.RecommendedAction | Should -BeLike 'Check the path*'
    }

    It 'reports a prediction that has not finished' {
        $slow = Start-TestEmulator -TimeScale 100
        $session = New-TestSession $slow
        $running = New-AtlasImage 'a fox' -Model google/nano-banana-2/text-to-image -Session $session
        Assert-AtlasError (Get-ErrorOf { $running | Show-AtlasOutput -Session $session }) -Id InvalidParameter -Category InvalidArgument -Message '*has not finished*'
    }
}
