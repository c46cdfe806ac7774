BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator

    function Invoke-Talk {
        # A talk in a PowerShell of its own, with these lines at its prompt.
        param([string[]] $Line, [string] $With = '')
        $script = Join-Path $TestDrive "talk-$([guid]::NewGuid().ToString('N')).ps1"
        @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module '$(Get-StagedModule)'
Connect-Atlas -BaseUri $($emulator.BaseUri)
Set-Location '$TestDrive'
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
    It 'answers, remembers, and ends with /exit' {
        $text = Invoke-Talk 'hello there', 'and again', '/exit'
        $text | Should -BeLike '*You said: hello there*You said: and again*'
        $text | Should -BeLike '*END: You said: and again / 4 / deepseek-ai/deepseek-v3.2*'
    }

    It 'ends with the end of the input' {
        Invoke-Talk 'hello' | Should -BeLike '*END: You said: hello / 2*'
    }

    It 'takes many lines' {
        Invoke-Talk 'one`', 'two', '/exit' | Should -BeLike "*You said: one`ntwo*"
        Invoke-Talk '"""', 'three', 'four', '"""', '/exit' | Should -BeLike "*You said: three`nfour*"
    }

    It 'changes the model and the system prompt' {
        $emulator.ClearLedger()
        $text = Invoke-Talk '/model google/gemini-2.5-flash', '/system be brief', 'hi', '/exit'
        $text | Should -BeLike '*END: You said: hi / 3 / gemini-2.5-flash*' -Because $text
        ($emulator.Ledger | Where-Object Path -Like '*gemini*').Body | Should -BeLike '*be brief*'
    }

    It 'saves and loads, without the key' {
        $null = Invoke-Talk 'remember me', '/save talk.json', '/exit'
        $saved = Get-Content "$TestDrive/talk.json" -Raw
        $saved | Should -BeLike '*remember me*'
        $saved | Should -Not -Match ([regex]::Escape($emulator.ApiKey))
        Invoke-Talk '/load talk.json', 'and now?', '/exit' | Should -BeLike '*2 messages*END: You said: and now? / 4*'
    }

    It 'asks again, counts, and shows what was said' {
        $emulator.ClearLedger()
        $text = Invoke-Talk 'once', '/retry', '/usage', '/history', '/exit'
        @($emulator.Ledger | Where-Object Path -Like '*chat/completions*') | Should -HaveCount 2
        $text | Should -BeLike '*tokens read*about*usd*user: once*'
        $text | Should -BeLike '*END: You said: once / 2*'
    }

    It 'sends pictures' {
        $null = New-Picture "$TestDrive/talk.png"
        Invoke-Talk '/model moonshotai/kimi-k2.5', '/image talk.png', 'what is it?', '/exit' | Should -BeLike '*(1 image)*'
    }

    It 'goes on after a command that does not exist, a file that is missing, and a question that fails' {
        $text = Invoke-Talk '/nonsense', '/load none.json', '/model nobody/nothing', 'hi', '/model deepseek-ai/deepseek-v3.2', 'still here?', '/exit'
        $text | Should -BeLike "*no /nonsense*does not exist*no model 'nobody/nothing'*END: You said: still here? / 2*"
        $text | Should -Not -Match ([regex]::Escape($emulator.ApiKey))
    }

    It 'goes on with a reply from the pipeline' {
        $first = Invoke-AtlasChat 'a colour' -Model deepseek-ai/deepseek-v3.2 -Session (New-TestSession $emulator)
        $first | ConvertTo-Json -Depth 6 | Set-Content "$TestDrive/first.json"
        Invoke-Talk 'and?', '/exit' -With "-Conversation (Get-Content '$TestDrive/first.json' -Raw | ConvertFrom-Json)" | Should -BeLike '*END: You said: and? / 4*'
    }

    It 'does nothing with -WhatIf, and says what is missing' {
        Enter-AtlasChat deepseek-ai/deepseek-v3.2 -WhatIf -Session (New-TestSession $emulator)
        Assert-AtlasError (Get-ErrorOf { Enter-AtlasChat -Session (New-TestSession $emulator) }) -Id InvalidParameter -Category InvalidArgument -Nothing
    }
}
