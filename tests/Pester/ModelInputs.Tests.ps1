# Model-specific inputs as parameters of the commands that submit.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $seedance = 'bytedance/seedance-2.0/text-to-video'
    $wan = 'alibaba/wan-3.0/text-to-video'
    $flux = 'black-forest-labs/flux-schnell'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $file = New-Picture "$TestDrive/mask.png" 7

    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
}

AfterAll { Exit-Test }

Describe 'Model-specific inputs' {
    BeforeEach { $emulator.ClearLedger() }

    It 'are parameters even if the schema is not cached' {
        $null = New-AtlasVideo 'waves' -Model $seedance -BitrateMode high -GenerateAudio $false
        $body = Get-Submit $emulator
        $body.bitrate_mode | Should -Be 'high'
        $body.generate_audio | Should -BeFalse
    }

    It 'accept the service''s names as aliases' {
        $null = New-AtlasVideo 'waves' -Model $seedance -bitrate_mode high -return_last_frame $true
        (Get-Submit $emulator).return_last_frame | Should -BeTrue
    }

    It 'are not parameters for a model without them' {
        Get-ErrorOf { New-AtlasVideo 'waves' -Model $wan -BitrateMode high } | Select-Object -ExpandProperty FullyQualifiedErrorId |
            Should -BeLike 'NamedParameterNotFound,*'
        Get-SubmitCount $emulator | Should -Be 0
    }

    It 'do not replace a parameter with another meaning' {
        # The audio input of this model is a Boolean, and -Audio accepts audio files.
        $null = New-AtlasVideo 'waves' -Model $wan -ModelAudio $false
        (Get-Submit $emulator).audio | Should -BeFalse
    }

    It 'that accept several choices take a list, and Tab offers the rest' {
        $made = New-AtlasImage -Model atlascloud/studio/a-plus-content -VisualType hero, spec | Wait-AtlasPrediction
        (Get-Submit $emulator).visual_type | Should -BeExactly 'hero,spec'
        $made.Outputs | Should -HaveCount 2
        $offered = (Complete 'New-AtlasImage -Model atlascloud/studio/a-plus-content -VisualType hero,').CompletionText
        $offered | Should -Contain 'feature'
        $offered | Should -Not -Contain 'hero'
        (Complete 'New-AtlasImage -Model atlascloud/studio/a-plus-content -VisualType "hero,sp').CompletionText | Should -BeExactly '"hero,spec"'
        Assert-AtlasError (Get-ErrorOf { New-AtlasImage -Model atlascloud/studio/a-plus-content -VisualType hero, hero }) InvalidParameter InvalidArgument
        Get-SubmitCount $emulator | Should -Be 1
    }

    It 'of a studio model are found by the common parameters, and none is mandatory' {
        $null = New-AtlasVideo 'a shoe' -Model atlascloud/studio/trend-remix -Image https://example.com/a.png -Video https://example.com/v.mp4 -GenerateAudio $false -Count 1
        $body = Get-Submit $emulator
        $body.user_prompt | Should -Be 'a shoe'
        $body.product_image | Should -HaveCount 1
        $body.reference_video | Should -Be 'https://example.com/v.mp4'
        $body.generate_audio | Should -BeExactly 'no'
        $body.count | Should -Be 1
    }

    It 'are validated with all other inputs in one error' {
        $problem = Get-ErrorOf { New-AtlasVideo 'waves' -Model $seedance -BitrateMode loud -Duration 99 }
        Assert-AtlasError $problem InvalidParameter InvalidArgument
        "$problem" | Should -BeLike '*bitrate_mode*standard or high*loud*'
        "$problem" | Should -BeLike '*duration*15*'
        "$problem" | Should -BeLike '*Nothing was submitted.'
        Get-SubmitCount $emulator | Should -Be 0
    }

    It 'upload files' {
        $null = New-AtlasImage 'a cat' -Model $flux -MaskImage $file -Image $file.FullName
        $body = Get-Submit $emulator
        $body.mask_image | Should -BeLike 'http*'
        $body.mask_image | Should -Be $body.image
        Get-Upload $emulator | Should -HaveCount 1
    }

    It 'upload files in -Parameters' {
        $other = New-Picture "$TestDrive/mask2.png" 8
        $null = New-AtlasImage 'a cat' -Model $flux -Parameters @{ mask_image = $other }
        (Get-Submit $emulator).mask_image | Should -BeLike 'http*'
    }

    It 'are overridden by -Parameters' {
        $null = New-AtlasVideo 'waves' -Model $seedance -BitrateMode standard -Parameters @{ bitrate_mode = 'high' }
        (Get-Submit $emulator).bitrate_mode | Should -Be 'high'
    }

    It 'do not round a fraction to an integer' {
        $problem = Get-ErrorOf { New-AtlasImage 'a cat' -Model black-forest-labs/flux-dev -NumInferenceSteps 5.5 }
        "$problem" | Should -BeLike "*must be a whole number such as 7, not '5.5'*"
        Get-SubmitCount $emulator | Should -Be 0
    }
}

Describe 'The columns of a row' {
    BeforeEach { $emulator.ClearLedger() }

    It 'fill the inputs of the model in -Model' {
        $row = [pscustomobject]@{ Prompt = 'waves'; bitrate_mode = 'high'; GenerateAudio = 'false'; watermark = '' }
        $null = $row | New-AtlasVideo -Model $seedance
        $body = Get-Submit $emulator
        $body.bitrate_mode | Should -Be 'high'
        $body.generate_audio | Should -BeFalse
        $body.Keys | Should -Not -Contain 'watermark'
    }

    It 'fill the inputs of the model in the row' {
        @"
Model,Prompt,Duration,bitrate_mode,Generate Audio,shot_type
$seedance,one,5,high,false,
alibaba/wan-2.6/text-to-video,two,10,,,single
$seedance,three,,standard,,
"@ | Set-Content "$TestDrive/rows.csv"
        $null = Import-Csv "$TestDrive/rows.csv" | New-AtlasVideo -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        $bodies = @(Get-Submit $emulator) | Sort-Object prompt
        $bodies | Should -HaveCount 3
        $bodies[0].bitrate_mode | Should -Be 'high'
        $bodies[0].generate_audio | Should -BeFalse
        $bodies[0].duration | Should -Be 5
        $bodies[1].bitrate_mode | Should -Be 'standard'
        $bodies[1].Keys | Should -Not -Contain 'generate_audio'
        $bodies[2].shot_type | Should -Be 'single'
        $bodies[2].Keys | Should -Not -Contain 'bitrate_mode'
    }

    It 'are reported once if they match nothing, and never if they are empty' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Model = $seedance; Prompt = "$_"; dration = 5; Notes = '' } }
        $made = $rows | New-AtlasVideo -WarningVariable warnings -WarningAction SilentlyContinue
        $made | Should -HaveCount 3
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*'dration'*$seedance*"
    }

    It 'fill the model-specific input if the parameter of that name has another type' {
        $null = [pscustomobject]@{ Model = $wan; Prompt = 'waves'; audio = 'false' } | New-AtlasVideo
        (Get-Submit $emulator).audio | Should -BeFalse
    }

    It 'are rejected before submission if the model does not allow them' {
        $problem = Get-ErrorOf { [pscustomobject]@{ Model = $seedance; Prompt = 'waves'; bitrate_mode = 'loud' } | New-AtlasVideo }
        Assert-AtlasError $problem InvalidParameter InvalidArgument
        Get-SubmitCount $emulator | Should -Be 0
    }

    It 'are overridden by typed parameters' {
        $null = [pscustomobject]@{ Prompt = 'waves'; bitrate_mode = 'high' } | New-AtlasVideo -Model $seedance -BitrateMode standard
        (Get-Submit $emulator).bitrate_mode | Should -Be 'standard'
    }

    It 'upload files relative to the current location' {
        Push-Location $TestDrive
        try { $null = [pscustomobject]@{ Model = $flux; Prompt = 'a cat'; mask_image = 'mask.png' } | New-AtlasImage }
        finally { Pop-Location }
        (Get-Submit $emulator).mask_image | Should -BeLike 'http*'
    }
}

Describe 'Completion' {
    BeforeAll {
        $null = New-AtlasVideo 'waves' -Model $seedance
        $emulator.ClearLedger()
    }

    AfterAll { $emulator.Ledger | Should -HaveCount 0 -Because 'completion sends no request' }

    It 'completes parameter names: <Line>' -ForEach @(
        @{ Line = 'New-AtlasVideo -Model bytedance/seedance-2.0/text-to-video -Dur'; Is = '-Duration' }
        @{ Line = 'New-AtlasVideo -Model bytedance/seedance-2.0/text-to-video -Bit'; Is = '-BitrateMode' }
    ) {
        (Complete $Line).CompletionText | Should -Be $Is
    }

    It 'completes allowed values: <Line>' -ForEach @(
        @{ Line = 'New-AtlasVideo -Model bytedance/seedance-2.0/text-to-video -BitrateMode '; Is = 'standard', 'high' }
        @{ Line = 'New-AtlasVideo -Model bytedance/seedance-2.0/text-to-video -BitrateMode h'; Is = 'high' }
        @{ Line = 'New-AtlasVideo -Model bytedance/seedance-2.0/text-to-video -Resolution 1'; Is = '1080p', '1080p-SR', '1440p-SR' }
        @{ Line = 'New-AtlasVideo -Model bytedance/seedance-2.0/text-to-video -GenerateAudio '; Is = '$true', '$false' }
        @{ Line = 'New-AtlasVideo -Model bytedance/seedance-2.0/text-to-video -AspectRatio a'; Is = 'adaptive' }
        @{ Line = 'New-AtlasVideo -Model bytedance/seedance-2.0/text-to-video -Duration 1'; Is = '10', '11', '12', '13', '14', '15' }
    ) {
        (Complete $Line).CompletionText | Should -Be $Is
    }

    It 'completes -Parameters with valid values' {
        $offered = Complete "New-AtlasVideo -Model $seedance -Parameters "
        $offered.CompletionText | Should -Contain "@{ bitrate_mode = 'standard' }"
        $offered.CompletionText | ForEach-Object { [scriptblock]::Create($_).Invoke()[0] | Should -BeOfType hashtable }
        ($offered | Where-Object ListItemText -EQ bitrate_mode).ToolTip | Should -BeLike '*standard, high*'
    }

    It 'describes the input in the tooltip' {
        (Complete "New-AtlasVideo -Model $seedance -BitrateMode h").ToolTip | Should -BeLike '*standard, high*'
    }

    It 'completes nothing and does not fail for an unknown model' {
        Complete 'New-AtlasVideo -Model no/such-model -BitrateMode ' | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty
        (Complete 'New-AtlasVideo -Model no/such-model -Dur').CompletionText | Should -Be '-Duration'
    }
}
