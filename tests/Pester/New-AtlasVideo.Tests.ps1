BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $text = 'alibaba/wan-2.6/text-to-video'
    $image = 'alibaba/wan-2.6/image-to-video'
    $video = 'alibaba/wan-2.6/video-to-video'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $file = New-Picture "$TestDrive/frame.png" 1
}

AfterAll { Exit-Test }

Describe 'New-AtlasVideo' {
    BeforeEach { $emulator.ClearLedger() }

    It 'returns the prediction without waiting for it' {
        $prediction = New-AtlasVideo 'waves' -Model $text -Duration 5 -Size 1280x720 -NegativePrompt 'people' -Seed 3
        $prediction.Kind | Should -Be 'Video'
        $body = Get-Submit $emulator
        $body.prompt | Should -Be 'waves'
        $body.duration | Should -Be 5
        $body.size | Should -Be '1280*720'
        $body.negative_prompt | Should -Be 'people'
        $body.seed | Should -Be 3
        ($emulator.Ledger | Where-Object Method -EQ POST).Path | Should -Be '/api/v1/model/generateVideo'
    }

    It 'accepts files from Get-ChildItem as first frames' {
        $folder = New-Item "$TestDrive/storyboard" -ItemType Directory
        1..3 | ForEach-Object { New-Picture "$folder/$_.png" (100 + $_) } | Out-Null
        $made = Get-ChildItem "$folder/*.png" | New-AtlasVideo -Model $image -Prompt 'gentle camera move' -Duration 10
        $made | Should -HaveCount 3
        $body = Get-Submit $emulator
        $body.image | Sort-Object -Unique | Should -HaveCount 3
        $body.duration | Should -Be @(10, 10, 10)
        Get-Upload $emulator | Should -HaveCount 3
    }

    It 'uploads a file once when it is used several times' {
        $made = 1..3 | ForEach-Object { $file } | New-AtlasVideo 'move' -Model $image
        $made | Should -HaveCount 3
        @(Get-Upload $emulator).Count | Should -BeLessOrEqual 1
    }

    It 'accepts uploads, outputs and predictions as first frames' {
        $picture = New-AtlasImage 'a cat' -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction
        $emulator.ClearLedger()
        $media = Send-AtlasMedia $file.FullName
        $null = $media, $picture.Outputs[0], $picture | New-AtlasVideo 'move' -Model $image
        (Get-Submit $emulator).image | Sort-Object | Should -Be ("$media", $picture.Outputs[0].Value, $picture.Outputs[0].Value | Sort-Object)
    }

    It 'accepts a video prediction as the video' {
        $clip = New-AtlasVideo 'waves' -Model $text | Wait-AtlasPrediction
        $emulator.ClearLedger()
        $null = $clip | New-AtlasVideo 'at night' -Model $video
        (Get-Submit $emulator).videos | Should -Be $clip.Outputs[0].Value
    }

    It 'accepts a deserialized prediction from a job' {
        $picture = New-AtlasImage 'a cat' -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction
        $emulator.ClearLedger()
        $shell = [powershell]::Create([runspacefactory]::CreateOutOfProcessRunspace([Management.Automation.Runspaces.TypeTable]::LoadDefaultTypeFiles()))
        try {
            $shell.Runspace.Open()
            $back = $shell.AddScript('param($given) $given').AddArgument($picture).Invoke()
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }

        $back[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.AtlasCloud.Prediction'
        $null = $back | New-AtlasVideo 'move' -Model $image
        (Get-Submit $emulator).image | Should -Be $picture.Outputs[0].Value
    }

    It 'accepts rows with an image column' {
        "prompt,image,duration,resolution,label`nmove,$($file.FullName),5,720p,a`nturn,https://example.com/b.png,,,b" | Set-Content "$TestDrive/rows.csv"
        $made = Import-Csv "$TestDrive/rows.csv" | New-AtlasVideo -Model $image
        $made.Label | Should -Be @('a', 'b')
        $body = Get-Submit $emulator | Sort-Object { $_.prompt }
        $body[0].image | Should -BeLike "$($emulator.BaseUri)media/*"
        $body[1].image | Should -Be 'https://example.com/b.png'
        $body[0].duration | Should -Be 5
        $body[1].Contains('duration') | Should -BeFalse
    }

    It 'accepts image_url as the name of the column' {
        $null = [pscustomobject]@{ prompt = 'move'; image_url = 'https://example.com/b.png' } | New-AtlasVideo -Model $image
        (Get-Submit $emulator).image | Should -Be 'https://example.com/b.png'
    }

    It 'reports all invalid inputs in one error' {
        $found = Get-ErrorOf { New-AtlasVideo -Model $image -Duration 7 -Resolution 9000p -Parameters @{ wobble = 1 } }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' -Nothing
        $message = $found[0].Exception.Message
        $message | Should -BeLike '*duration*'
        $message | Should -BeLike '*resolution*'
        $message | Should -BeLike '*wobble*'
        $message | Should -BeLike '*image*required*'
        Get-Submit $emulator | Should -BeNullOrEmpty
        Get-Upload $emulator | Should -BeNullOrEmpty
    }

    It 'uploads nothing when an input is invalid' {
        $found = Get-ErrorOf { New-AtlasVideo 'move' -Model $image -Image (New-Picture "$TestDrive/never.png" 77) -Duration 7 }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*duration*' -Nothing
        Get-Upload $emulator | Should -BeNullOrEmpty
    }

    It 'sends unknown inputs with -SkipValidation' {
        $null = New-AtlasVideo 'move' -Model $image -Image https://example.com/b.png -Parameters @{ wobble = 1 } -SkipValidation
        (Get-Submit $emulator).wobble | Should -Be 1
    }

    It 'recommends the command for a model of another type' {
        $found = Get-ErrorOf { New-AtlasVideo x -Model google/nano-banana-2/text-to-image }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' -Nothing
        "$($found[0].Exception.Message) $($found[0].ErrorDetails.RecommendedAction)" | Should -BeLike '*New-AtlasImage*'
    }

    It 'stops at Ctrl+C while a file is uploaded, and submits nothing' {
        $slow = Start-TestEmulator -Rule @{ path = '*uploadMedia'; delayMilliseconds = 30000 }
        $run = Invoke-Stopped { Get-Item $file | New-AtlasVideo 'move' -Model $image -Session $given } @{ given = New-TestSession $slow; image = $image; file = $file.FullName } -When { @(Get-Upload $slow).Count -eq 1 }
        Assert-Stopped $run $slow
        Get-SubmitCount $slow | Should -Be 0
        $slow.Charges | Should -BeNullOrEmpty
    }
}
