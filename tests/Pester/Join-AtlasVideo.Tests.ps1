BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $savedPath = $env:PATH
    $tools = Join-Path $TestDrive 'tools'
    if (-not $IsWindows) { & (Join-Path $PSScriptRoot 'FakeFFmpeg.ps1') $tools }
    $clips = Join-Path $TestDrive 'clips'
    $null = New-Item $clips -ItemType Directory
    foreach ($name in '1.mp4', '2.mp4', "it's.mp4", 'large.mp4', 'broken.mp4', 'sound.wav', 'picture.png') { Set-Content (Join-Path $clips $name) x }
    function Get-Argument { Get-Content (Join-Path $tools arguments.txt) }
    function Get-Leftover { Get-ChildItem $clips -Force -Name | Where-Object { $_ -like '.*' } }
}

AfterAll {
    $env:PATH = $savedPath
    Exit-Test
}

Describe 'Join-AtlasVideo with ffmpeg' -Skip:$IsWindows {
    BeforeEach {
        $env:PATH = $tools + [IO.Path]::PathSeparator + $savedPath
        $film = Join-Path $clips "film-$([guid]::NewGuid().ToString('N')).mp4"
        Remove-Item (Join-Path $tools fail), (Join-Path $tools hang), (Join-Path $tools list.txt) -ErrorAction Ignore
    }

    It 'copies clips of one format, in the order of the input, whatever their names contain' {
        $made = Get-Item "$clips/2.mp4", "$clips/it's.mp4", "$clips/1.mp4" | Join-AtlasVideo $film
        $made | Should -BeOfType [IO.FileInfo]
        $made.FullName | Should -Be $film
        Get-Content $film | Should -Be 'film'
        Get-Content (Join-Path $tools list.txt) | Should -Be @('ffconcat version 1.0', "file 'file:$clips/2.mp4'", "file 'file:$clips/it'\''s.mp4'", "file 'file:$clips/1.mp4'")
        Get-Argument | Should -Contain 'copy'
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'encodes clips of different formats to the size of the largest' {
        $null = Join-AtlasVideo $film -Path "$clips/1.mp4", "$clips/large.mp4"
        $filter = Get-Argument | Where-Object { $_ -like '*concat=n=2:v=1*' }
        $filter | Should -BeLike '*scale=640:360:*fps=25/1*'
        Get-Argument | Should -Contain 'libx264'
        Join-Path $tools list.txt | Should -Not -Exist
    }

    It 'fits clips to the lengths of objects, and ends with the soundtrack at the length of the film' {
        [pscustomobject]@{ Path = "$clips/1.mp4"; Duration = 7.5 }, [pscustomobject]@{ Path = "$clips/2.mp4"; Duration = 2 } | Join-AtlasVideo $film -Audio "$clips/sound.wav" | Should -HaveCount 1
        $arguments = Get-Argument
        $arguments -join ' ' | Should -BeLike "*-i file:$clips/sound.wav *trim=duration=7.5*trim=duration=2*-map 2:a:0 -af apad*-t 9.5 *"
    }

    It 'writes nothing with -WhatIf' {
        Join-AtlasVideo $film -Path "$clips/?.mp4" -WhatIf
        $film | Should -Not -Exist
    }

    It 'does not overwrite a film unless -Force is specified' {
        Set-Content $film 'old'
        Assert-AtlasError (Get-ErrorOf { Join-AtlasVideo $film -Path "$clips/1.mp4" }) -Id FileExists -Category ResourceExists
        Get-Content $film | Should -Be 'old'
        $null = Join-AtlasVideo $film -Path "$clips/1.mp4" -Force
        Get-Content $film | Should -Be 'film'
    }

    It 'reports the message of ffmpeg if it fails, and keeps the old film' {
        Set-Content $film 'old'
        Set-Content (Join-Path $tools fail) x
        Assert-AtlasError (Get-ErrorOf { Join-AtlasVideo $film -Path "$clips/1.mp4" -Force }) -Id FFmpegFailed -Category InvalidResult -Message '*exit code 1: Unknown encoder'
        Get-Content $film | Should -Be 'old'
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'ends ffmpeg and removes the partial film when it is stopped' {
        Set-Content (Join-Path $tools hang) ''
        $shell = New-TestShell { Join-AtlasVideo $film -Path $clip } @{ film = $film; clip = "$clips/1.mp4" }
        try {
            $run = $shell.BeginInvoke()
            Wait-Until { Get-Content (Join-Path $tools hang) }
            $id = [int] (Get-Content (Join-Path $tools hang))
            $shell.Stop()
            $run.AsyncWaitHandle.WaitOne(60000) | Should -BeTrue
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }

        Wait-Until { -not (Get-Process -Id $id -ErrorAction Ignore) }
        $film | Should -Not -Exist
        Wait-Until { -not (Get-Leftover) }
    }

    It 'reports <What>' -TestCases @(
        @{ What = 'a clip without video'; Path = 'sound.wav'; Id = 'InvalidParameter'; Category = 'InvalidArgument'; Message = '*contains no video*' }
        @{ What = 'an image'; Path = 'picture.png'; Id = 'InvalidParameter'; Category = 'InvalidArgument'; Message = '*is an image, not a video*' }
        @{ What = 'a clip that cannot be read'; Path = 'broken.mp4'; Id = 'FFmpegFailed'; Category = 'InvalidResult'; Message = '*Invalid data found*' }
        @{ What = 'a missing clip'; Path = 'missing.mp4'; Id = 'InvalidParameter'; Category = 'InvalidArgument'; Message = '*does not exist*' }
    ) {
        Assert-AtlasError (Get-ErrorOf { Join-AtlasVideo $film -LiteralPath "$clips/1.mp4", "$clips/$Path" }) -Id $Id -Category $Category -Message $Message
        $film | Should -Not -Exist
    }
}

Describe 'Join-AtlasVideo' {
    It 'reports <What> before it starts a program' -TestCases @(
        @{ What = 'another format'; Join = { Join-AtlasVideo "$clips/film.avi" -Path "$clips/1.mp4" }; Message = '*.mp4, .mov or .mkv*' }
        @{ What = 'a film that is one of its clips'; Join = { Join-AtlasVideo "$clips/1.mp4" -Path "$clips/?.mp4" -Force }; Message = '*is both a clip and the film*' }
        @{ What = 'a length of zero'; Join = { Join-AtlasVideo "$clips/film.mp4" -Path "$clips/1.mp4" -Duration 0 }; Message = '*greater than zero*' }
        @{ What = 'a pattern without a match'; Join = { Join-AtlasVideo "$clips/film.mp4" -Path "$clips/nope*.mp4" }; Message = '*No file matches*nope*' }
        @{ What = 'a pattern without a match next to a clip'; Join = { Join-AtlasVideo "$clips/film.mp4" -Path "$clips/1.mp4", "$clips/nope*.mp4" }; Message = '*No file matches*nope*' }
        @{ What = 'a piped pattern without a match next to a clip'; Join = { "$clips/1.mp4", "$clips/nope*.mp4", "$clips/2.mp4" | Join-AtlasVideo "$clips/film.mp4" }; Message = '*No file matches*nope*' }
        @{ What = 'an empty pipeline'; Join = { @() | Join-AtlasVideo "$clips/film.mp4" }; Message = '*There are no clips*' }
        @{ What = 'an empty file, such as a named pipe'; Join = { $null = New-Item "$clips/empty.mp4" -Force; Join-AtlasVideo "$clips/film.mp4" -LiteralPath "$clips/1.mp4", "$clips/empty.mp4" }; Message = '*is empty or not a regular file*' }
        @{ What = 'an object that is not a clip'; Join = { 5 | Join-AtlasVideo "$clips/film.mp4" }; Message = '*of type Int32*' }
    ) {
        Assert-AtlasError (Get-ErrorOf $Join) -Id InvalidParameter -Category InvalidArgument -Message $Message
    }

    It 'says how to get ffmpeg if it is not on the PATH, and does not search the current folder' {
        $env:PATH = Join-Path $TestDrive 'none'
        $location = (New-Item (Join-Path $TestDrive 'here') -ItemType Directory).FullName
        Set-Content (Join-Path $location ffmpeg), (Join-Path $location ffmpeg.exe) x
        Push-Location $location
        try { $found = Get-ErrorOf { Join-AtlasVideo "$clips/film.mp4" -Path "$clips/1.mp4" } }
        finally {
            Pop-Location
            $env:PATH = $savedPath
        }

        Assert-AtlasError $found -Id FFmpegNotFound -Category ObjectNotFound -Message 'The program ffmpeg*not on the PATH*'
        $found.ErrorDetails.RecommendedAction | Should -BeLike '*winget install*'
    }
}

Describe 'The last frame of a clip' {
    It 'is an output that becomes the first image of the next clip' {
        $emulator = Start-TestEmulator
        Connect-Atlas (New-TestSession $emulator)
        $first = New-AtlasVideo waves -Model bytedance/seedance-2.0/text-to-video -Parameters @{ return_last_frame = $true } | Wait-AtlasPrediction
        $frame = $first.Outputs | Where-Object Role -EQ LastFrame
        $frame | Should -HaveCount 1
        $null = New-AtlasVideo 'the storm begins' -Model bytedance/seedance-2.0/image-to-video -Image $frame | Wait-AtlasPrediction
        $null = $frame | New-AtlasVideo 'the storm ends' -Model bytedance/seedance-2.0/image-to-video | Wait-AtlasPrediction
        @(Get-Submit $emulator)[1, 2].image | Should -Be $frame.Uri.OriginalString, $frame.Uri.OriginalString
    }
}
