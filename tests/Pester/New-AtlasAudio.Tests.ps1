BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $speech = 'elevenlabs/v3/text-to-speech'
    $transcription = 'bytedance/seed-asr-2.0'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
}

AfterAll { Exit-Test }

Describe 'New-AtlasAudio' {
    BeforeEach { $emulator.ClearLedger() }

    It 'generates speech from a text' {
        $prediction = New-AtlasAudio 'Hello there' -Model $speech
        $prediction.Kind | Should -Be 'Speech'
        (Get-Submit $emulator).text | Should -Be 'Hello there'
        ($emulator.Ledger | Where-Object Method -EQ POST).Path | Should -Be '/api/v1/model/generateAudio'
        ($prediction | Wait-AtlasPrediction).Outputs[0].Kind | Should -Be 'Audio'
    }

    It 'accepts texts from the pipeline, in order' {
        $made = 'one', 'two', 'three' | New-AtlasAudio -Model $speech
        $made.Request.text | Should -Be @('one', 'two', 'three')
    }

    It 'accepts a column named text' {
        $null = [pscustomobject]@{ Text = 'from a row'; label = 'l' } | New-AtlasAudio -Model $speech
        (Get-Submit $emulator).text | Should -Be 'from a row'
    }

    It 'generates music' {
        (New-AtlasAudio 'a slow waltz' -Model minimax/music-2.6).Kind | Should -Be 'Music'
    }

    It 'saves both tracks of one Suno call, <Form>' -ForEach @(
        @{ Form = 'with file extensions in the URLs'; Option = @{} }
        @{ Form = 'with signed URLs without file extensions'; Option = @{ OutputsWithoutExtension = $true } }
    ) {
        $studio = Start-TestEmulator -Option $Option
        $session = New-TestSession $studio
        $song = New-AtlasAudio 'a paper boat goes down the street' -Model suno/chirp-v5 -Session $session | Wait-AtlasPrediction -Session $session
        $song.Outputs | Where-Object Role -EQ Result | Should -HaveCount 2
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $files = @($song | Save-AtlasOutput -Destination $folder -Session $session)
        $files | Should -HaveCount 2
        $files.Extension | Should -Be '.wav', '.wav'
        Get-ChildItem $folder -File | Should -HaveCount 2
        ($files | Get-FileHash).Hash | Select-Object -Unique | Should -HaveCount 2
        Get-SubmitCount $studio | Should -Be 1
        $studio.Charges | Should -HaveCount 1
    }

    It 'transcribes speech, and accepts the transcript as a prompt' {
        $spoken = New-AtlasAudio 'Hello there' -Model $speech | Wait-AtlasPrediction
        $written = $spoken | New-AtlasAudio -Model $transcription | Wait-AtlasPrediction
        $written.Kind | Should -Be 'Transcription'
        $written.Outputs[0].Text | Should -Not -BeNullOrEmpty
        $emulator.ClearLedger()
        $null = $written.Outputs[0] | New-AtlasImage -Model google/nano-banana-2/text-to-image
        (Get-Submit $emulator).prompt | Should -Be $written.Outputs[0].Text
    }

    It 'uploads an audio file for a transcription' {
        New-AtlasAudio 'Hello there' -Model $speech | Wait-AtlasPrediction | Save-AtlasOutput $TestDrive | Tee-Object -Variable sound | New-AtlasAudio -Model $transcription | Should -HaveCount 1
        $sound | Should -HaveCount 1
        Get-Upload $emulator | Should -HaveCount 1
    }

    It 'recommends the command for a model of another type' {
        $found = Get-ErrorOf { New-AtlasAudio x -Model alibaba/wan-2.6/text-to-video }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' -Nothing
        "$($found[0].Exception.Message) $($found[0].ErrorDetails.RecommendedAction)" | Should -BeLike '*New-AtlasVideo*'
    }

    It 'requires a text' {
        Assert-AtlasError (Get-ErrorOf { New-AtlasAudio -Model $speech }) 'InvalidParameter' 'InvalidArgument' '*text*required*' -Nothing
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*generateAudio'; delayMilliseconds = 30000 }
        $run = Invoke-Stopped { 'x' | New-AtlasAudio -Model $model -Session $given } @{ given = New-TestSession $slow; model = $speech } -When { (Get-SubmitCount $slow) -eq 1 }
        Assert-Stopped $run $slow
    }
}
