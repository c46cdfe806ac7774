BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'moonshotai/kimi-k2.5'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $picture = New-Picture "$TestDrive/p.png" 1

    function Invoke-Shown {
        # Runs a script in a new process, and returns what it shows.
        param([string] $Script)
        $path = Join-Path $TestDrive "shown-$([guid]::NewGuid().ToString('N')).ps1"
        @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module '$(Get-StagedModule)'
Connect-Atlas -BaseUri $($emulator.BaseUri)
`$PSDefaultParameterValues = @{ 'Invoke-AtlasChat:Model' = '$model' }
'BEGIN'
$Script
'END'
"@ | Set-Content $path
        $env:ATLASCLOUD_API_KEY = $emulator.ApiKey
        try { (Invoke-ChildShell -NoLogo -NoProfile -File $path 2>&1 | Out-String) -replace '\r' }
        finally { Remove-Item env:ATLASCLOUD_API_KEY }
    }

    function Get-Question { $emulator.Ledger | Where-Object Path -like '*/chat/completions' | ForEach-Object { $_.Body | ConvertFrom-Json -AsHashtable } }
}

AfterAll { Exit-Test }

Describe 'Invoke-AtlasChat' {
    BeforeEach { $emulator.ClearLedger() }

    It 'returns a reply that converts to its text' {
        $reply = Invoke-AtlasChat 'Hello' -Model $model
        $reply.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.ChatReply'
        "$reply" | Should -Be 'You said: Hello'
        $reply.FinishReason | Should -Be 'stop'
        $reply.Usage.OutputTokens | Should -BeGreaterThan 0
        $reply.Conversation | Should -HaveCount 2
        $reply.Conversation[1].Text | Should -Be $reply.Text
    }

    It 'accepts messages from the pipeline, as text and as rows' {
        ('one', 'two' | Invoke-AtlasChat -Model $model).Text | Should -Be @('You said: one', 'You said: two')
        ([pscustomobject]@{ Message = 'from a row'; Model = $model } | Invoke-AtlasChat).Text | Should -Be 'You said: from a row'
        ([pscustomobject]@{ Prompt = 'from a prompt' } | Invoke-AtlasChat -Model $model).Text | Should -Be 'You said: from a prompt'
    }

    It 'sends piped text once, with the typed message' {
        Set-Content "$TestDrive/log.txt" 'first', 'second'
        (Get-Content "$TestDrive/log.txt" | Invoke-AtlasChat 'Summarize' -Model $model).Text | Should -Be "You said: Summarize`n`nfirst`nsecond"
        (Get-Content "$TestDrive/log.txt" | Invoke-AtlasChat 'Translate' -Model $model -ForEachInput).Text | Should -Be "You said: Translate`n`nfirst", "You said: Translate`n`nsecond"
        @(Get-Question) | Should -HaveCount 3
    }

    It 'shows the text once and as text if nothing receives the output: <Case>' -ForEach @(
        @{ Case = '-Stream'; Script = "Invoke-AtlasChat 'one two three' -Stream" }
        @{ Case = '-Live'; Script = "Invoke-AtlasChat 'one two three' -Live" }
        @{ Case = 'in a function'; Script = "function Send { Invoke-AtlasChat 'one two three' -Stream }; Send" }
    ) {
        $text = Invoke-Shown $Script
        ($text -split "`n" | Where-Object { $_ }) | Should -Be @('BEGIN', 'You said: one two three', 'END') -Because $text
    }

    It 'returns objects if anything receives the output: <Case>' -ForEach @(
        @{ Case = 'a variable'; Script = "`$chunks = Invoke-AtlasChat 'one two' -Stream; 'GOT: ' + `$chunks[-1].Reply.Text" }
        @{ Case = 'a variable, live'; Script = "`$reply = Invoke-AtlasChat 'one two' -Live; 'GOT: ' + `$reply.Text" }
        @{ Case = 'a command'; Script = "Invoke-AtlasChat 'one two' -Stream | ForEach-Object { if (`$_.Reply) { 'GOT: ' + `$_.Reply.Text } }" }
        @{ Case = 'an array'; Script = "'GOT: ' + (Invoke-AtlasChat 'one two' -Stream)[-1].Reply.Text" }
        @{ Case = '-OutVariable'; Script = "`$null = 1; Invoke-AtlasChat 'one two' -Stream -OutVariable chunks | Out-Null; 'GOT: ' + `$chunks[-1].Reply.Text" }
        @{ Case = '-OutVariable alone'; Script = "Invoke-AtlasChat 'one two' -Stream -OutVariable chunks; 'GOT: ' + `$chunks[-1].Reply.Text" }
    ) {
        Invoke-Shown $Script | Should -BeLike '*GOT: You said: one two*'
    }

    It 'continues the conversation of a reply from the pipeline' {
        $second = Invoke-AtlasChat one -Model $model -System 'Be brief.' | Invoke-AtlasChat two
        $second.Text | Should -Be 'You said: two'
        $second.Conversation.Role | Should -Be @('system', 'user', 'assistant', 'user', 'assistant')
        $body = @(Get-Question)[1]
        $body.messages.content | Should -Be @('Be brief.', 'one', 'You said: one', 'two')
    }

    It 'continues a -Conversation, including one that was imported from a file' {
        $first = Invoke-AtlasChat one -Model $model
        (Invoke-AtlasChat two -Conversation $first).Conversation | Should -HaveCount 4
        $first | Export-Clixml "$TestDrive/reply.xml"
        $back = Import-Clixml "$TestDrive/reply.xml"
        ($back | Invoke-AtlasChat two).Conversation | Should -HaveCount 4
        (Invoke-AtlasChat two -Conversation $back).Conversation | Should -HaveCount 4
    }

    It 'sends every parameter under the name of the protocol' {
        $null = Invoke-AtlasChat one -Model $model -System 'Be brief.' -Temperature 0.5 -TopP 0.9 -MaxTokens 50 -Stop END -Seed 3 -ReasoningEffort low -Parameters @{ presence_penalty = 0.1 }
        $body = Get-Question
        $body.temperature | Should -Be 0.5
        $body.top_p | Should -Be 0.9
        ($body.max_tokens ?? $body.max_completion_tokens) | Should -Be 50
        $body.stop | Should -Be 'END'
        $body.seed | Should -Be 3
        $body.reasoning_effort | Should -Be 'low'
        $body.presence_penalty | Should -Be 0.1
        $body.messages[0].role | Should -Be 'system'
    }

    It 'sends an image given as <Kind>' -TestCases @(@{ Kind = 'a file' }, @{ Kind = 'a path' }, @{ Kind = 'an upload' }, @{ Kind = 'an output' }, @{ Kind = 'a prediction' }, @{ Kind = 'an address' }) {
        $done = New-AtlasImage 'a cat' -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction
        $value = switch ($Kind) {
            'a file' { $picture }
            'a path' { $picture.FullName }
            'an upload' { Send-AtlasMedia $picture.FullName }
            'an output' { $done.Outputs[0] }
            'a prediction' { $done }
            'an address' { 'https://example.com/a.png' }
        }
        (Invoke-AtlasChat 'What is it?' -Model $model -Image $value).Text | Should -BeLike '*(1 image)'
        if ($Kind -notin 'a path', 'an address') { ($value | Invoke-AtlasChat 'What is it?' -Model $model).Text | Should -BeLike '*(1 image)' }
    }

    It 'does not use the model of a piped prediction as -Model' {
        $done = New-AtlasImage 'a cat' -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction
        Assert-AtlasError (Get-ErrorOf { $done | Invoke-AtlasChat 'What is it?' }) 'InvalidParameter' 'InvalidArgument' '*model*' -Nothing
    }

    It 'accepts numbers and text outputs as messages' {
        (1, 2 | Invoke-AtlasChat -Model $model).Text | Should -Be @('You said: 1', 'You said: 2')
        $spoken = New-AtlasAudio hello -Model elevenlabs/v3/text-to-speech | Wait-AtlasPrediction
        $written = $spoken | New-AtlasAudio -Model bytedance/seed-asr-2.0 | Wait-AtlasPrediction
        ($written.Outputs[0] | Invoke-AtlasChat -Model $model).Text | Should -Be "You said: $($written.Outputs[0].Text)"
    }

    It 'streams chunks, the last of which carries the reply' {
        $chunks = Invoke-AtlasChat 'one two three' -Model $model -Stream
        $chunks[0].PSObject.TypeNames[0] | Should -Be 'AtlasCloud.ChatChunk'
        -join $chunks.Text | Should -Be 'You said: one two three'
        $chunks[-1].Reply.Text | Should -Be 'You said: one two three'
        $chunks[-1].Reply.Conversation | Should -HaveCount 2
        @($chunks | Where-Object Reply) | Should -HaveCount 1
    }

    It 'writes each chunk as it arrives' {
        # The stream stalls after four events, so a chunk that is seen was written before the end.
        $stalled = Start-TestEmulator -Rule @{ path = '*/chat/completions'; fault = 'stall'; events = 4 }
        $seen = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $run = Invoke-Stopped { Invoke-AtlasChat 'one two three four five' -Model $model -Stream -Session $given | ForEach-Object { $seen.Enqueue($_.Text) } } @{ given = New-TestSession $stalled; model = $model; seen = $seen } -When { "$($seen.ToArray())" -like '*one*' }
        Assert-Stopped $run $stalled
    }

    It 'sends nothing with -WhatIf' {
        Invoke-AtlasChat one -Model $model -WhatIf | Should -BeNullOrEmpty
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'returns an incomplete reply and an error when the stream is interrupted' {
        $faulty = Start-TestEmulator -Rule @{ path = '*/chat/completions'; fault = 'truncate' }
        $session = New-TestSession $faulty
        $found = $null
        $chunks = Invoke-AtlasChat (1..50 -join ' ') -Model $model -Stream -Session $session -ErrorAction SilentlyContinue -ErrorVariable found
        Assert-AtlasError $found 'StreamInterrupted' 'ConnectionError'
        $chunks[-1].Reply.IsInterrupted | Should -BeTrue
        $chunks[-1].Reply.Text | Should -BeLike 'You said: *'
        $chunks[-1].Reply.Text | Should -Not -BeLike '* 50'
        @($faulty.Ledger | Where-Object Path -like '*chat*') | Should -HaveCount 1 -Because 'an interrupted stream is not retried'
    }

    It 'does not retry when the outcome is unknown' {
        $faulty = Start-TestEmulator -Rule @{ path = '*/chat/completions'; fault = 'drop-after' }
        $session = New-TestSession $faulty
        $found = Get-ErrorOf { Invoke-AtlasChat x -Model $model -Session $session }
        $found | Should -HaveCount 1
        @($faulty.Ledger | Where-Object Path -like '*chat*') | Should -HaveCount 1
    }

    It 'requires a model and a message' {
        Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat x }) 'InvalidParameter' 'InvalidArgument' '*model*' -Nothing
        Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat -Model $model }) 'InvalidParameter' 'InvalidArgument' '*message*' -Nothing
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'rejects an image file that does not exist' {
        Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat x -Model $model -Image "$TestDrive/none.png" }) 'InvalidParameter' 'InvalidArgument' '*none.png*' -Nothing
        $emulator.Ledger | Where-Object Path -like '*chat*' | Should -BeNullOrEmpty
    }

    It 'rejects a temperature out of range' {
        { Invoke-AtlasChat x -Model $model -Temperature 3 } | Should -Throw '*must be between 0 and 2*'
    }

    It 'reports a model that does not exist' {
        Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat x -Model no/such }) 'ModelNotFound' 'ObjectNotFound'
        $emulator.Charges.Model | Should -Not -Contain 'no/such'
    }

    It 'continues after a message that fails' {
        $faulty = Start-TestEmulator -Rule @{ path = '*/chat/completions'; skip = 1; times = 1; reply = @{ status = 402; body = @{ error = @{ message = 'no money' } } } }
        $session = New-TestSession $faulty
        $found = $null
        $replies = 1..3 | Invoke-AtlasChat -Model $model -Session $session -ErrorAction SilentlyContinue -ErrorVariable found
        $replies.Text | Should -Be @('You said: 1', 'You said: 3')
        Assert-AtlasError $found 'InsufficientBalance' 'QuotaExceeded' '*no money*'
    }

    It 'fails with NoSession without a session' {
        $kept = Get-AtlasSession
        Disconnect-Atlas
        try { Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat x -Model $model }) 'NoSession' 'AuthenticationError' -Nothing }
        finally { Connect-Atlas $kept }
    }

    It 'stops at Ctrl+C before the response' {
        $slow = Start-TestEmulator -Rule @{ path = '*/chat/completions'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { 'a', 'b' | Invoke-AtlasChat -Model $model -Session $given } @{ given = New-TestSession $slow; model = $model } -When { $slow.Ledger | Where-Object Path -Like '*chat*' }) $slow
    }

    It 'stops at Ctrl+C during a stream, and keeps the chunks that were written' {
        $slow = Start-TestEmulator -TimeScale 1 -Option @{ ChatDelay = [timespan]::FromMilliseconds(200) }
        $seen = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $run = Invoke-Stopped { Invoke-AtlasChat (1..500 -join ' ') -Model $model -Stream -Session $given | ForEach-Object { $seen.Enqueue($_.Text); $_ } } @{ given = New-TestSession $slow; model = $model; seen = $seen } -When { $seen.Count -ge 3 }
        Assert-Stopped $run $slow
        $run.Output.Count | Should -BeGreaterOrEqual 3
    }

    It 'closes the stream with Select-Object -First' {
        # The stream stalls after the first chunks, so only closing the stream ends the command.
        $stalled = Start-TestEmulator -Rule @{ path = '*/chat/completions'; fault = 'stall'; events = 5 }
        $session = New-TestSession $stalled
        Invoke-AtlasChat (1..500 -join ' ') -Model $model -Stream -Session $session | Select-Object -First 3 | Should -HaveCount 3
        Assert-Quiet $stalled $session
    }
}
