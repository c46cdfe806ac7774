BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator

    function Invoke-Chat {
        # Runs Enter-AtlasChat in a new process with these lines of input.
        param([string[]] $Line, [string] $With = '', [string] $First = '')
        $script = Join-Path $TestDrive "chat-$([guid]::NewGuid().ToString('N')).ps1"
        @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module '$(Get-StagedModule)'
Connect-Atlas -BaseUri $($emulator.BaseUri)
Set-Location '$TestDrive'
$First
`$reply = Enter-AtlasChat deepseek-ai/deepseek-v3.2 -PassThru $With
"END: `$reply / `$(`$reply.Conversation.Count) / `$(`$reply.Model)"
"@ | Set-Content $script
        $env:ATLASCLOUD_API_KEY = $emulator.ApiKey
        try { ($Line | Invoke-ChildShell -NoLogo -NoProfile -File $script 2>&1 | Out-String) -replace '\r' }
        finally { Remove-Item env:ATLASCLOUD_API_KEY }
    }
}

AfterAll { Exit-Test }

Describe 'Enter-AtlasChat' {
    It 'replies, keeps the conversation, and exits with /exit' {
        $text = Invoke-Chat 'hello there', 'and again', '/exit'
        $text | Should -BeLike '*You said: hello there*You said: and again*'
        $text | Should -BeLike '*END: You said: and again / 4 / deepseek-ai/deepseek-v3.2*'
    }

    It 'exits at the end of the input' {
        Invoke-Chat 'hello' | Should -BeLike '*END: You said: hello / 2*'
    }

    It 'accepts multi-line messages' {
        $text = Invoke-Chat 'one`', 'two', '"""', 'three', 'four', '"""', '/exit'
        $text | Should -BeLike "*You said: one`ntwo*You said: three`nfour*"
        $text | Should -BeLike '*/ 4 / deepseek*'
    }

    It 'changes the model and the system prompt' {
        $emulator.ClearLedger()
        $text = Invoke-Chat '/model google/gemini-2.5-flash', '/system be brief', 'hi', '/exit'
        $text | Should -BeLike '*END: You said: hi / 3 / gemini-2.5-flash*' -Because $text
        ($emulator.Ledger | Where-Object Path -Like '*gemini*').Body | Should -BeLike '*be brief*'
    }

    It 'saves and loads, without the key' {
        $null = Invoke-Chat 'remember me', '/save chat.json', '/exit'
        $saved = Get-Content "$TestDrive/chat.json" -Raw
        $saved | Should -BeLike '*remember me*'
        $saved | Should -Not -Match ([regex]::Escape($emulator.ApiKey))
        Invoke-Chat '/load chat.json', 'and now?', '/exit' | Should -BeLike '*2 messages*END: You said: and now? / 4*'
    }

    It 'retries, counts tokens, and shows the history' {
        $emulator.ClearLedger()
        $text = Invoke-Chat 'once', '/retry', '/usage', '/history', '/exit'
        @($emulator.Ledger | Where-Object Path -Like '*chat/completions*') | Should -HaveCount 2
        $text | Should -BeLike '*input tokens*output tokens*about*USD*user: once*'
        $text | Should -BeLike '*END: You said: once / 2*'
    }

    It 'clears the conversation, and explains the commands' {
        $emulator.ClearLedger()
        $text = Invoke-Chat 'once', '/clear', 'again', '/help', '/exit'
        $text | Should -BeLike '*The conversation is cleared.*END: You said: again / 2*'
        $text | Should -BeLike '*/clear *Starts a new conversation*/exit *Ends the chat*'
        ($emulator.Ledger | Where-Object Path -Like '*chat/completions*')[-1].Body | Should -Not -BeLike '*once*'
    }

    It 'shows a line for each tool that runs' {
        Invoke-Chat 'Get-Weather {"City":"Oslo"}', '/exit' -With '-Tool Get-Weather' -First 'function global:Get-Weather { param([string] $City) "sunny in $City" }' |
            Should -BeLike '*`[*({"City":"Oslo"}) returned sunny in Oslo in *s`]*'
    }

    It 'sends images' {
        $null = New-Picture "$TestDrive/chat.png"
        Invoke-Chat '/model moonshotai/kimi-k2.5', '/image chat.png', 'what is it?', '/exit' | Should -BeLike '*(1 image)*'
    }

    It 'continues after an unknown command, a missing file, and a message that fails' {
        $text = Invoke-Chat '/nonsense', '/load none.json', '/model no/such-model', 'hi', '/model deepseek-ai/deepseek-v3.2', 'still here?', '/exit'
        # Errors are written to another stream than the chat, so their order is not defined.
        foreach ($part in '/nonsense is not a command', 'does not exist', "does not contain model 'no/such-model'", 'END: You said: still here? / 2') {
            $text | Should -BeLike "*$part*"
        }
        $text | Should -Not -Match ([regex]::Escape($emulator.ApiKey))
    }

    It 'continues a -Conversation that was imported from a file' {
        $first = Invoke-AtlasChat 'a colour' -Model deepseek-ai/deepseek-v3.2 -Session (New-TestSession $emulator)
        $first | ConvertTo-Json -Depth 6 | Set-Content "$TestDrive/first.json"
        Invoke-Chat 'and?', '/exit' -With "-Conversation (Get-Content '$TestDrive/first.json' -Raw | ConvertFrom-Json)" | Should -BeLike '*END: You said: and? / 4*'
    }

    It 'continues a piped reply, also one that was exported' {
        Invoke-Chat '/exit' -First "`$first = Invoke-AtlasChat one -Model deepseek-ai/deepseek-v3.2; `$null = `$first | Enter-AtlasChat; `$null = `$first | ConvertTo-Json -Depth 6 | ConvertFrom-Json | Enter-AtlasChat" |
            Should -Not -BeLike '*not a conversation*'
    }

    It 'rejects <Case> from the pipeline, of which it would use nothing or only a part' -ForEach @(
        @{ Case = 'a row'; Item = [pscustomobject]@{ System = 'be brief'; Message = 'hi'; Seed = 3 } }
        @{ Case = 'a row without a property of the command'; Item = [pscustomobject]@{ Message = 'hi' } }
        @{ Case = 'a hashtable'; Item = @{ System = 'be brief'; Message = 'hi' } }
        @{ Case = 'text'; Item = 'hi' }
        @{ Case = 'a file'; Item = Get-Item $PSCommandPath }
    ) {
        $emulator.ClearLedger()
        Get-ErrorOf { $Item | Enter-AtlasChat deepseek-ai/deepseek-v3.2 -Session (New-TestSession $emulator) } | Should -HaveCount 1
        @($emulator.Ledger | Where-Object Method -EQ POST) | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf, and requires a model' {
        Enter-AtlasChat deepseek-ai/deepseek-v3.2 -WhatIf -Session (New-TestSession $emulator)
        Assert-AtlasError (Get-ErrorOf { Enter-AtlasChat -Session (New-TestSession $emulator) }) -Id InvalidParameter -Category InvalidArgument -Nothing
    }
}
