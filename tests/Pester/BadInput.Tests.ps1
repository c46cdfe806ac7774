BeforeDiscovery {
    $image = 'google/nano-banana-2/text-to-image'
    $video = 'alibaba/wan-2.6/image-to-video'
    $cases = @(
        @{ Case = 'an unknown model'; Id = 'ModelNotFound'; Says = "*does not contain model 'google/nano-banana-9'*"; Script = { New-AtlasImage 'x' -Model google/nano-banana-9 } }
        @{ Case = 'a model of another type'; Id = 'InvalidParameter'; Says = '*of type Video, not Image*'; Script = { New-AtlasImage 'x' -Model alibaba/wan-2.6/text-to-video } }
        @{ Case = 'a language model'; Id = 'InvalidParameter'; Says = '*of type Text*'; Script = { New-AtlasImage 'x' -Model deepseek-ai/deepseek-v3.2 } }
        @{ Case = 'a missing file'; Id = 'InvalidParameter'; Says = '*does not exist*'; Script = { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video -Image "$TestDrive/none.png" } }
        @{ Case = 'a pattern without a match'; Id = 'InvalidParameter'; Says = '*does not exist*'; Script = { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video -Image "$TestDrive/none*.png" } }
        @{ Case = 'an empty file'; Id = 'InvalidParameter'; Says = '*is empty*'; Script = { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video -Image "$TestDrive/empty.png" } }
        @{ Case = 'a directory'; Id = 'InvalidParameter'; Says = '*is a folder*'; Script = { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video -Image "$TestDrive/folder" } }
        @{ Case = 'an address without a scheme'; Id = 'InvalidParameter'; Says = '*example.com?cat.png*does not exist*'; Script = { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video -Image 'www.example.com/cat.png' } }
        @{ Case = 'an unknown parameter'; Id = 'InvalidParameter'; Says = "*no input 'colour'*"; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -Parameters @{ colour = 'red' } } }
        @{ Case = 'two invalid inputs'; Id = 'InvalidParameter'; Says = "*no input 'colour'*no input for an image*"; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -Parameters @{ colour = 'red' } -Image https://example.com/a.png } }
        @{ Case = 'a missing prompt'; Id = 'InvalidParameter'; Says = "*'prompt' is required*"; Script = { New-AtlasImage -Model google/nano-banana-2/text-to-image } }
        @{ Case = 'a missing image'; Id = 'InvalidParameter'; Says = "*'image' is required*"; Script = { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video } }
        @{ Case = 'a webhook at a private address'; Id = 'InvalidParameter'; Says = '*cannot reach the webhook URL*'; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -WebhookUri http://192.168.1.7/hook } }
        @{ Case = 'an output lifetime above the limit'; Id = 'InvalidParameter'; Says = '*hours*'; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -OutputExpiration 400:00:00 } }
        @{ Case = 'an invalid id to wait for'; Id = 'InvalidParameter'; Says = '*is not a valid prediction ID*'; Script = { Wait-AtlasPrediction '../../etc' } }
        @{ Case = 'an invalid id to get'; Id = 'InvalidParameter'; Says = '*is not a valid prediction ID*'; Script = { Get-AtlasPrediction 'a b' } }
        @{ Case = 'an invalid id to save'; Id = 'InvalidParameter'; Says = '*is not a valid prediction ID*'; Script = { 'a/b' | Save-AtlasOutput -Destination "$TestDrive/out" } }
        @{ Case = 'an unknown id'; Id = 'PredictionNotFound'; Says = '*does not know prediction*'; Script = { Wait-AtlasPrediction abcdef } }
        @{ Case = 'a destination that is a file'; Id = 'InvalidParameter'; Says = '*is a file, not a folder*'; Script = { 'abc' | Save-AtlasOutput -Destination "$TestDrive/full.png" } }
        @{ Case = 'a destination outside the file system'; Id = 'InvalidParameter'; Says = '*file system*'; Script = { 'abc' | Save-AtlasOutput -Destination env:/pictures } }
        @{ Case = 'an aspect ratio that the model does not support'; Id = 'InvalidParameter'; Says = "*'aspect_ratio'*16:9*17:3*"; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -AspectRatio 17:3 } }
        @{ Case = 'a number out of range'; Id = 'InvalidParameter'; Says = "*'num_images'*1 to 4*99*"; Script = { New-AtlasImage 'x' -Model black-forest-labs/flux-schnell -Count 99 } }
        @{ Case = 'a value of another type'; Id = 'InvalidParameter'; Says = "*'seed'*integer*'many'*"; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -Parameters @{ seed = 'many' } } }
        @{ Case = 'a wrong value and an unknown parameter'; Id = 'InvalidParameter'; Says = "*colour*17:3*"; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -AspectRatio 17:3 -Parameters @{ colour = 'red' } } }
        @{ Case = 'a count of 0'; Id = 'InvalidParameter'; Says = '*0*'; Script = { New-AtlasImage 'x' -Model black-forest-labs/flux-schnell -Count 0 } }
        @{ Case = 'a hashtable that contains itself'; Id = 'InvalidParameter'; Says = '*contains itself*'; Script = { $loop = @{}; $loop.self = $loop; New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -Parameters $loop } }
        @{ Case = 'an unknown placeholder in a name'; Id = 'InvalidParameter'; Says = '*{colour} is not a placeholder*'; Script = { 'abc' | Save-AtlasOutput -Name '{colour}' } }
        @{ Case = 'a missing file to upload'; Id = 'InvalidParameter'; Says = '*does not exist*'; Script = { Send-AtlasMedia "$TestDrive/none.png" } }
        @{ Case = 'an empty file to upload'; Id = 'InvalidParameter'; Says = '*is empty*'; Script = { Send-AtlasMedia "$TestDrive/empty.png" } }
        @{ Case = 'a folder to upload'; Id = 'InvalidParameter'; Says = '*is a folder*'; Script = { Send-AtlasMedia "$TestDrive/folder" } }
        @{ Case = 'a path outside the file system'; Id = 'InvalidParameter'; Says = '*path of the provider Environment*'; Script = { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video -Image env:/full.png } }
        @{ Case = 'keys that differ in case only'; Id = 'InvalidParameter'; Says = "*'Seed' and 'seed'*"; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -Parameters ('{"seed":1,"Seed":2}' | ConvertFrom-Json -AsHashtable) } }
        @{ Case = 'JSON that contains a member twice'; Id = 'InvalidParameter'; Says = "*-Parameters contains 'seed' twice*"; Script = { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -Parameters '{"seed":1,"seed":2}' } }
        @{ Case = 'an image model for chat'; Id = 'InvalidParameter'; Says = '*not a language model*'; Script = { Invoke-AtlasChat 'hi' -Model google/nano-banana-2/text-to-image } }
        @{ Case = 'no message'; Id = 'InvalidParameter'; Says = '*no message*'; Script = { Invoke-AtlasChat -Model deepseek-ai/deepseek-v3.2 } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $null = New-Item "$TestDrive/empty.png" -ItemType File
    $null = New-Item "$TestDrive/folder" -ItemType Directory
    $null = New-Picture "$TestDrive/full.png"
}

AfterAll { Exit-Test }

Describe 'Bad input' {
    BeforeEach { $emulator.ClearLedger() }

    It 'reports <Case> with one error, and submits nothing' -ForEach $cases {
        $found = Get-ErrorOf $Script
        @($found) | Should -HaveCount 1 -Because ($found | Out-String)
        $found[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $found[0].Exception.Message | Should -BeLike $Says
        $found[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $emulator.Charges | Should -BeNullOrEmpty
        Get-SubmitCount $emulator | Should -Be 0
        Get-Upload $emulator | Should -BeNullOrEmpty
    }

    It 'recommends https:// when an address has no scheme' {
        $found = Get-ErrorOf { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video -Image 'www.example.com/cat.png' }
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike '*https://*'
    }

    It 'rejects a throttle limit of 0 for <_>' -ForEach 'New-AtlasImage', 'New-AtlasVideo', 'New-AtlasAudio', 'Save-AtlasOutput', 'Send-AtlasMedia', 'New-AtlasSession' {
        { & $_ -ThrottleLimit 0 -ErrorAction Stop } | Should -Throw -ErrorId "ParameterArgumentValidationError,*"
        Get-SubmitCount $emulator | Should -Be 0
    }

    It 'reports a missing key, for <_>' -ForEach 'New-AtlasImage', 'Send-AtlasMedia', 'Register-AtlasAsset', 'Measure-AtlasCost', 'Get-AtlasBalance', 'Get-AtlasPrediction', 'Invoke-AtlasChat', 'Enter-AtlasChat' {
        $subject = $_
        $arguments = switch ($subject) {
            { $_ -in 'New-AtlasImage', 'Measure-AtlasCost' } { @{ Prompt = 'x'; Model = 'google/nano-banana-2/text-to-image' } }
            'Enter-AtlasChat' { @{ Model = 'deepseek-ai/deepseek-v3.2' } }
            'Register-AtlasAsset' { @{ Source = 'https://example.com/a.png' } }
            'Send-AtlasMedia' { @{ Path = "$TestDrive/full.png" } }
            'Get-AtlasPrediction' { @{ Id = 'abc' } }
            'Invoke-AtlasChat' { @{ Message = 'x'; Model = 'deepseek-ai/deepseek-v3.2' } }
            default { @{} }
        }
        $found = Get-ErrorOf { & $subject @arguments -Session (New-AtlasSession -BaseUri $emulator.BaseUri) }
        Assert-AtlasError $found -Id NoSession -Category AuthenticationError -Nothing
        "$($found[0])" | Should -BeLike 'The specified session has no API key*'
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike '*ATLASCLOUD_API_KEY*'
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'reports <Case> before a missing key' -ForEach @(
        @{ Case = 'an unknown model of an image'; Id = 'ModelNotFound'; Script = { New-AtlasImage x -Model google/nano-banana-9 -Session $none } }
        @{ Case = 'a missing file for a video'; Id = 'InvalidParameter'; Script = { New-AtlasVideo x -Model alibaba/wan-2.6/image-to-video -Image "$TestDrive/none.png" -Session $none } }
        @{ Case = 'a value that the model does not accept'; Id = 'InvalidParameter'; Script = { New-AtlasImage x -Model google/nano-banana-2/text-to-image -AspectRatio 17:3 -Session $none } }
        @{ Case = 'an unknown model to measure'; Id = 'ModelNotFound'; Script = { Measure-AtlasCost x -Model google/nano-banana-9 -Session $none } }
        @{ Case = 'a missing file to measure'; Id = 'InvalidParameter'; Script = { Measure-AtlasCost x -Model alibaba/wan-2.6/image-to-video -Image "$TestDrive/none.png" -Session $none } }
        @{ Case = 'an unknown model for chat'; Id = 'ModelNotFound'; Script = { Invoke-AtlasChat x -Model deepseek-ai/deepseek-v9 -Session $none } }
        @{ Case = 'a missing file for chat'; Id = 'InvalidParameter'; Script = { Invoke-AtlasChat x -Model moonshotai/kimi-k2.5 -Image "$TestDrive/none.png" -Session $none } }
        @{ Case = 'an unknown model for a conversation'; Id = 'ModelNotFound'; Script = { Enter-AtlasChat deepseek-ai/deepseek-v9 -Session $none } }
        @{ Case = 'a missing file to upload'; Id = 'InvalidParameter'; Script = { Send-AtlasMedia "$TestDrive/none.png" -Session $none } }
        @{ Case = 'a missing file to register'; Id = 'InvalidParameter'; Script = { Register-AtlasAsset "$TestDrive/none.png" -Session $none } }
    ) {
        $none = New-AtlasSession -BaseUri $emulator.BaseUri
        $found = Get-ErrorOf $Script
        @($found) | Should -HaveCount 1 -Because ($found | Out-String)
        $found[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        @($emulator.Ledger | Where-Object Method -EQ POST) | Should -BeNullOrEmpty
    }

    It 'rejects the base address <_>' -ForEach 'api.atlascloud.ai', 'http://api.atlascloud.ai', 'ftp://x', 'https://user:pw@api.atlascloud.ai', 'https://api.atlascloud.ai/some/path' {
        $address = $_
        $found = Get-ErrorOf { New-AtlasSession -BaseUri $address }
        Assert-AtlasError $found -Id InvalidParameter -Category InvalidArgument -Nothing
    }

    It 'rejects a named pipe without opening it' -Skip:$IsWindows {
        mkfifo "$TestDrive/pipe.png"
        $null = New-Item "$TestDrive/link.png" -ItemType SymbolicLink -Target "$TestDrive/pipe.png"
        foreach ($path in "$TestDrive/pipe.png", "$TestDrive/link.png") {
            Assert-AtlasError (Get-ErrorOf { Send-AtlasMedia $path }) -Id InvalidParameter -Category InvalidArgument -Message '*not a regular file*' -Nothing
        }
    }

    It 'rejects a file without read permission' -Skip:$IsWindows {
        # A user who can read every file, such as root, gets a device instead.
        $path = "$TestDrive/locked.png"
        $null = New-Picture $path
        chmod 000 $path
        $mayRead = try { $null = [IO.File]::ReadAllBytes($path); $true } catch { $false }
        if ($mayRead) { $path = '/dev/null' }
        $found = Get-ErrorOf { New-AtlasVideo 'x' -Model alibaba/wan-2.6/image-to-video -Image $path }
        Assert-AtlasError $found -Id InvalidParameter -Category InvalidArgument -Nothing
        $emulator.Charges | Should -BeNullOrEmpty
    }
}
