BeforeDiscovery {
    $models = @(
        @{ Protocol = 'openai.chat.completions'; Model = 'moonshotai/kimi-k2.5' }
        @{ Protocol = 'openai.responses'; Model = 'openai/gpt-5.4-nano' }
        @{ Protocol = 'claude.messages'; Model = 'anthropic/claude-haiku-4.5-20251001' }
        @{ Protocol = 'gemini.generate'; Model = 'google/gemini-2.5-flash' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator -Option @{ ChatDelay = [timespan]::Zero }
    Connect-Atlas (New-TestSession $emulator)
    $picture = New-Picture "$TestDrive/chat.png"
    $prompt = "line`nline 2 " + 'ünïcödé 漢字 🎬'

    function global:Get-TestWeather {
        <#
        .SYNOPSIS
            The weather of a city.
        .PARAMETER City
            Where.
        #>
        param([Parameter(Mandatory)] [string] $City, [ValidateSet('C', 'F')] [string] $Unit = 'C', [ValidateRange(1, 7)] [int] $Day = 1)
        $global:TestWeatherRuns++
        "sunny in $City ($Unit, $Day)"
    }
}

AfterAll {
    Remove-Item function:Get-TestWeather, variable:TestWeatherRuns -ErrorAction Ignore
    Exit-Test
}

Describe 'Chat over <Protocol>' -ForEach $models {
    It 'returns a reply' {
        $reply = Invoke-AtlasChat $prompt -Model $model -System 'be brief'
        "$reply" | Should -Be "You said: $prompt"
        $reply.Protocol | Should -Be $protocol
        $reply.FinishReason | Should -Be 'stop'
        $reply.Usage.InputTokens | Should -BeGreaterThan 0
        $reply.EstimatedCost | Should -BeGreaterThan 0
        $reply.Conversation.Role | Should -Be 'system', 'user', 'assistant'
    }

    It 'streams chunks, the last of which carries the same reply' {
        $chunks = @(Invoke-AtlasChat $prompt -Model $model -Stream)
        -join $chunks.Text | Should -Be "You said: $prompt"
        $chunks[-1].Reply.Text | Should -Be "You said: $prompt"
        $chunks[-1].Reply.Usage.OutputTokens | Should -BeGreaterThan 0
        $chunks[-1].Reply.TimeToFirstToken | Should -BeGreaterThan ([timespan]::Zero)
        @($chunks | Where-Object Reply) | Should -HaveCount 1
    }

    It 'accepts an image' {
        "$(Invoke-AtlasChat 'what is it?' -Model $model -Image $picture)" | Should -BeLike '*(1 image)'
    }

    It 'calls a tool, <_>' -ForEach 'plain', 'streamed' {
        $global:TestWeatherRuns = 0
        $arguments = @{ Message = 'Get-TestWeather {"City":"Oslo","Day":3}'; Model = $model; Tool = 'Get-TestWeather' }
        $reply = if ($_ -eq 'plain') { Invoke-AtlasChat @arguments } else { (Invoke-AtlasChat @arguments -Stream)[-1].Reply }
        $global:TestWeatherRuns | Should -Be 1
        $reply.ToolRuns | Should -HaveCount 1
        $reply.ToolRuns[0].Name | Should -Be 'Get-TestWeather'
        $reply.ToolRuns[0].Result | Should -Be 'sunny in Oslo (C, 3)'
        "$reply" | Should -BeLike '*sunny in Oslo (C, 3)*'
    }

    It 'returns a structured object' {
        $object = (Invoke-AtlasChat 'a film' -Model $model -As 'title:string, score:int, tags:string[]').Object
        $object.title | Should -BeOfType string
        $object.score | Should -BeOfType long
        , $object.tags | Should -BeOfType array
    }

    It 'continues a conversation, including one that was imported from a file' {
        $first = Invoke-AtlasChat 'a colour' -Model $model
        ($first | Invoke-AtlasChat 'and?').Conversation | Should -HaveCount 4
        ($first | ConvertTo-Json -Depth 6 | ConvertFrom-Json | Invoke-AtlasChat 'and?' -Model $model).Conversation | Should -HaveCount 4
        $first | Export-Clixml "$TestDrive/reply.xml"
        (Import-Clixml "$TestDrive/reply.xml" | Invoke-AtlasChat 'and?' -Model $model).Conversation | Should -HaveCount 4
    }
}

Describe 'Media in chat' {
    BeforeAll {
        # The first bytes of a file determine its type.
        $sound = "$TestDrive/sound.wav"
        [IO.File]::WriteAllBytes($sound, [Text.Encoding]::ASCII.GetBytes('RIFF____WAVEfmt ') + [byte[]]::new(64))
        $clip = "$TestDrive/clip.mp4"
        [IO.File]::WriteAllBytes($clip, [byte[]](0, 0, 0, 24) + [Text.Encoding]::ASCII.GetBytes('ftypisom') + [byte[]]::new(64))
        function Get-SentMedia {
            $body = ($emulator.Ledger | Where-Object Path -Like '*gemini*' | Select-Object -Last 1).Body | ConvertFrom-Json -AsHashtable -Depth 20
            $body.contents[0].parts | ForEach-Object { $_['inline_data'] } | Where-Object { $_ }
        }
    }

    It 'sends -Audio as Base64 data with its media type' {
        "$(Invoke-AtlasChat 'what is said?' -Model google/gemini-2.5-flash -Audio $sound)" | Should -BeLike 'You said: what is said?*'
        $data = Get-SentMedia
        $data.mime_type | Should -Be 'audio/wav'
        $data.data | Should -Be ([Convert]::ToBase64String([IO.File]::ReadAllBytes($sound)))
    }

    It 'sends -Video, and audio and video files from the pipeline' {
        "$(Invoke-AtlasChat 'what moves?' -Model google/gemini-2.5-flash -Video $clip)" | Should -BeLike 'You said: what moves?*'
        (Get-SentMedia).mime_type | Should -Be 'video/mp4'
        $null = Get-Item $sound, $clip | Invoke-AtlasChat 'and these?' -Model google/gemini-2.5-flash
        (Get-SentMedia).mime_type | Should -Be 'video/mp4'
    }

    It 'rejects media that the model does not accept, without a request' {
        $emulator.ClearLedger()
        $before = $emulator.Charges.Count
        Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat 'x' -Model deepseek-ai/deepseek-v3.2 -Image $picture }) -Id InvalidParameter -Category InvalidArgument -Nothing
        Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat 'x' -Model anthropic/claude-haiku-4.5-20251001 -Audio $sound }) -Id InvalidParameter -Category InvalidArgument -Nothing
        $emulator.Charges.Count | Should -Be $before
    }
}

Describe 'Tool rounds' {
    BeforeAll {
        $city = { param([string] $Name) @{ name = 'Get-TestWeather'; arguments = @{ City = $Name } } }
        $rounds = @(
            , @((& $city 'A'), (& $city 'B'))
            , @((& $city 'C'), (& $city 'D'))
            , @((& $city 'E'), (& $city 'F'))
        )
        $rule = @{ method = 'POST'; path = '/v1/*'; chat = @{ toolRounds = $rounds; text = 'all done' } }
    }

    It 'run three rounds of two calls each, <_>' -ForEach 'plain', 'streamed' {
        $session = New-TestSession (Start-TestEmulator -Rule $rule)
        $reply = if ($_ -eq 'plain') { Invoke-AtlasChat 'go' -Model zai-org/glm-5 -Tool Get-TestWeather -Session $session }
        else { (Invoke-AtlasChat 'go' -Model zai-org/glm-5 -Tool Get-TestWeather -Stream -Session $session)[-1].Reply }
        "$reply" | Should -Be 'all done'
        $reply.ToolRuns | Should -HaveCount 6
        $reply.ToolRuns.Result | Should -Be @('A', 'B', 'C', 'D', 'E', 'F' | ForEach-Object { "sunny in $_ (C, 1)" })
        @($reply.ToolRuns.Id | Sort-Object -Unique) | Should -HaveCount 6
        $reply.Rounds | Should -Be 4
    }

    It 'stop at the round limit' {
        $session = New-TestSession (Start-TestEmulator -Rule $rule)
        $reply = Invoke-AtlasChat 'go' -Model zai-org/glm-5 -Tool Get-TestWeather -MaximumToolRound 1 -Session $session -WarningVariable warnings -WarningAction SilentlyContinue
        $reply.FinishReason | Should -Be 'tool_calls'
        "$warnings" | Should -BeLike '*the limit of 1 round is reached*'
    }

    It 'call no tool with -WhatIf' {
        $global:TestWeatherRuns = 0
        $target = Start-TestEmulator -Rule $rule
        Invoke-AtlasChat 'go' -Model zai-org/glm-5 -Tool Get-TestWeather -Session (New-TestSession $target) -WhatIf
        $global:TestWeatherRuns | Should -Be 0
        $target.Charges | Should -BeNullOrEmpty
    }

    It 'prompt for each call with -Confirm: <Case>' -ForEach @(
        @{ Case = 'allowed'; Answer = 'Y', 'Y'; Runs = 1; Says = '*sunny in Oslo*' }
        @{ Case = 'not allowed'; Answer = 'Y', 'N'; Runs = 0; Says = '*did not allow this call*' }
    ) {
        $script = Join-Path $TestDrive "confirm-$Runs.ps1"
        @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module '$(Get-StagedModule)'
Connect-Atlas -BaseUri $($emulator.BaseUri)
`$runs = 0
function Get-Weather { param([Parameter(Mandatory)] [string] `$City) `$script:runs++; "sunny in `$City" }
`$reply = Invoke-AtlasChat 'Get-Weather {"City":"Oslo"}' -Model zai-org/glm-5 -Tool Get-Weather -Confirm
"END: `$reply / `$runs"
"@ | Set-Content $script
        $env:ATLASCLOUD_API_KEY = $emulator.ApiKey
        try { $text = $Answer | Invoke-ChildShell -NoLogo -NoProfile -File $script 2>&1 | Out-String }
        finally { Remove-Item env:ATLASCLOUD_API_KEY }
        $text | Should -BeLike "*END:$Says / $Runs*"
    }

    It 'send the error of a tool to the model, and continue' {
        $reply = Invoke-AtlasChat 'tool_1 {"Number":7}' -Model zai-org/glm-5 -Tool { param([Parameter(Mandatory)] [int] $Number) throw "no $Number" }
        $reply.ToolRuns[0].IsError | Should -BeTrue
        "$reply" | Should -BeLike '*no 7*'
    }

    It 'describe a function by its parameters and its help' {
        $emulator.ClearLedger()
        $null = Invoke-AtlasChat 'hi' -Model zai-org/glm-5 -Tool Get-TestWeather
        $tool = (($emulator.Ledger | Where-Object Path -Like '*chat/completions').Body | ConvertFrom-Json).tools[0].function
        $tool.description | Should -Be 'The weather of a city.'
        $tool.parameters.required | Should -Be 'City'
        $tool.parameters.properties.Unit.enum | Should -Be 'C', 'F'
        $tool.parameters.properties.Day.minimum, $tool.parameters.properties.Day.maximum | Should -Be 1, 7
        $tool.parameters.properties.City.description | Should -Be 'Where.'
    }

    It 'accept a hashtable with a name' {
        $reply = Invoke-AtlasChat 'double {"Number":21}' -Model zai-org/glm-5 -Tool @{ Name = 'double'; Description = 'Doubles.'; ScriptBlock = { param([int] $Number) $Number * 2 } }
        $reply.ToolRuns[0].Result | Should -Be '42'
    }

    It 'reject a command that does not exist, without a request' {
        $emulator.ClearLedger()
        Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat 'hi' -Model zai-org/glm-5 -Tool No-SuchThing }) -Id InvalidParameter -Category InvalidArgument -Nothing
        $emulator.Ledger | Should -BeNullOrEmpty
    }
}

Describe 'Structured output' {
    It 'converts to a class of the script' {
        class TestFilm { [string] $title; [int] $score }
        $reply = Invoke-AtlasChat 'a film' -Model deepseek-ai/deepseek-v3.2 -As ([TestFilm])
        $reply.Object.GetType().Name | Should -Be 'TestFilm'
        $reply.Object.score | Should -BeOfType int
    }

    It 'accepts a schema as hashtable, text and file' {
        $schema = @{ type = 'object'; properties = @{ word = @{ type = 'string' } }; required = @('word') }
        (Invoke-AtlasChat 'x' -Model deepseek-ai/deepseek-v3.2 -JsonSchema $schema).Object.word | Should -Not -BeNullOrEmpty
        $text = $schema | ConvertTo-Json -Depth 5
        (Invoke-AtlasChat 'x' -Model deepseek-ai/deepseek-v3.2 -JsonSchema $text).Object.word | Should -Not -BeNullOrEmpty
        Set-Content "$TestDrive/schema.json" $text
        (Invoke-AtlasChat 'x' -Model deepseek-ai/deepseek-v3.2 -JsonSchema "$TestDrive/schema.json").Object.word | Should -Not -BeNullOrEmpty
    }

    It 'is requested again once when it does not match the schema, then fails with an error that has the text' {
        $right = '{"title":"t"}'
        $session = New-TestSession (Start-TestEmulator -Rule @{ method = 'POST'; path = '/v1/*'; chat = @{ texts = @('not json', $right) } })
        $reply = Invoke-AtlasChat 'x' -Model deepseek-ai/deepseek-v3.2 -As 'title:string' -Session $session
        $reply.Object.title | Should -Be 't'
        $reply.Rounds | Should -Be 2
        $session = New-TestSession (Start-TestEmulator -Rule @{ method = 'POST'; path = '/v1/*'; chat = @{ text = 'never json' } })
        $found = Get-ErrorOf { Invoke-AtlasChat 'x' -Model deepseek-ai/deepseek-v3.2 -As 'title:string' -Session $session }
        Assert-AtlasError $found -Id UnexpectedReply -Category ProtocolError
        $found[0].TargetObject | Should -Be 'never json'
    }
}

Describe 'Streaming' {
    It 'returns 100,000 chunks in order' {
        $session = New-TestSession (Start-TestEmulator -Rule @{ method = 'POST'; path = '/v1/*'; chat = @{ chunks = 100000; delayMilliseconds = 0 } } -Option @{ ChatDelay = [timespan]::Zero })
        $count = 0
        $last = $null
        Invoke-AtlasChat 'go' -Model deepseek-ai/deepseek-v3.2 -Stream -Session $session | ForEach-Object { $count++; $last = $_ }
        $count | Should -BeGreaterThan 100000
        $words = $last.Reply.Text.Trim() -split '\s+'
        $words | Should -HaveCount 100000
        $numbers = $words | ForEach-Object { [int]($_ -replace '\D') }
        ($numbers[1] - $numbers[0]) | Should -Be 1
        ($numbers[-1] - $numbers[0]) | Should -Be 99999
    }

    It 'decodes characters that are split between reads' {
        $session = New-TestSession (Start-TestEmulator -Rule @{ method = 'POST'; path = '/v1/*'; fault = 'split-characters' })
        (Invoke-AtlasChat $prompt -Model deepseek-ai/deepseek-v3.2 -Stream -Session $session)[-1].Reply.Text | Should -Be "You said: $prompt"
    }

    It 'stops a stalled stream at Ctrl+C' {
        $target = Start-TestEmulator -Rule @{ method = 'POST'; path = '/v1/*'; fault = 'stall' }
        $run = Invoke-Stopped -With @{ session = (New-TestSession $target) } -When { $target.Ledger | Where-Object Path -Like '*chat/completions' } -Script {
            Invoke-AtlasChat 'tell me a long story about it' -Model deepseek-ai/deepseek-v3.2 -Stream -Session $session
        }
        Assert-Stopped $run $target
    }

    It 'closes the connection with Select-Object -First' {
        $target = Start-TestEmulator -Rule @{ method = 'POST'; path = '/v1/*'; chat = @{ chunks = 100000; delayMilliseconds = 1 } }
        $first = Invoke-AtlasChat 'go' -Model deepseek-ai/deepseek-v3.2 -Stream -Session (New-TestSession $target) | Select-Object -First 5
        $first | Should -HaveCount 5
        Wait-Until { ($target.Ledger | Where-Object Path -Like '*chat/completions').IsAnswered -eq $false -and $target.OpenConnections -le 1 }
    }

    It 'writes the text to the host with -Live, and returns the reply' {
        $shell = New-TestShell -With @{ session = (New-TestSession $emulator) } { Invoke-AtlasChat 'live words' -Model google/gemini-2.5-flash -Live -Session $session }
        try { "$($shell.Invoke()[0])" | Should -Be 'You said: live words' } finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'returns an incomplete reply and one error when the stream is interrupted' {
        $session = New-TestSession (Start-TestEmulator -Rule @{ method = 'POST'; path = '/v1/*'; fault = 'truncate' })
        $chunks = Invoke-AtlasChat 'tell me a long story about it' -Model deepseek-ai/deepseek-v3.2 -Stream -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue
        $chunks[-1].Reply.IsInterrupted | Should -BeTrue
        $chunks[-1].Reply.Text | Should -Not -BeNullOrEmpty
        Assert-AtlasError $problem -Id StreamInterrupted -Category ConnectionError
    }
}

Describe 'Protocols' {
    It 'are rejected with a recommended action when the model does not support them' {
        $found = Get-ErrorOf { Invoke-AtlasChat 'x' -Model google/gemini-2.5-flash -Protocol claude.messages }
        Assert-AtlasError $found -Id InvalidParameter -Category InvalidArgument -Nothing
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike '*gemini.generate*'
    }

    It 'can be selected' {
        (Invoke-AtlasChat 'x' -Model google/gemini-2.5-flash -Protocol openai.chat.completions).Protocol | Should -Be 'openai.chat.completions'
    }

    It 'fall back to the v1beta path of Gemini' {
        $target = Start-TestEmulator -Option @{ GeminiVersion = 'v1beta' }
        "$(Invoke-AtlasChat 'x' -Model google/gemini-2.5-flash -Session (New-TestSession $target))" | Should -Be 'You said: x'
        $target.Charges | Should -HaveCount 1
    }
}
