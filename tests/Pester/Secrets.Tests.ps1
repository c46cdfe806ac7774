BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $key = 'apikey-pester-0d9f8e7c6b5a4321-DO-NOT-SHOW'
    $secure = ConvertTo-SecureString $key -AsPlainText -Force

    function Invoke-Everything {
        # What a session does on a good and on a bad day, with all streams in one place.
        param([string] $Folder, $Emulator)
        $file = New-Picture "$Folder/frame.png"
        $all = @(
            & {
                Connect-Atlas -ApiKey $secure -BaseUri $Emulator.BaseUri -PassThru -Verbose -Debug
                Get-AtlasSession
                Get-AtlasBalance -Verbose -Debug
                Get-AtlasModel *nano* -Debug
                Send-AtlasMedia $file -Verbose -Debug
                'a cat' | New-AtlasImage -Model google/nano-banana-2/text-to-image -Verbose -Debug |
                    Wait-AtlasPrediction -PollInterval 00:00:00.05 -Verbose -Debug |
                    Save-AtlasOutput -Destination $Folder -Metadata -Verbose -Debug
                Invoke-AtlasChat "my key is $key" -Model moonshotai/kimi-k2.5 -Image $file -Verbose -Debug | Select-Object Model, Usage
                Invoke-AtlasChat 'hi' -Model deepseek-ai/deepseek-v3.2 -Stream -Verbose -Debug
                Get-AtlasPrediction -History -Debug
                Get-AtlasPrediction nobody -Debug
                New-AtlasImage "echo" -Model google/nano-banana-2/text-to-image -Verbose -Debug
                $wrong = New-AtlasSession -ApiKey (ConvertTo-SecureString "$key-wrong" -AsPlainText -Force) -BaseUri $Emulator.BaseUri
                try { Get-AtlasBalance -Session $wrong -Debug } catch { $_ }
            } *>&1
        )
        $all
    }
}

AfterAll { Exit-Test }

Describe 'The key' {
    BeforeAll {
        # A hostile service says the key back in its errors, with escapes for the terminal.
        $echo = @{ method = 'POST'; path = '/api/v1/model/generateImage'; skip = 1; reply = @{ status = 400; body = @{ code = 400; msg = "bad key $key`u{1b}[31m Bearer $key`u{202e}" } } }
        $emulator = Start-TestEmulator -Rule $echo -Option @{ ApiKey = $key }
        $folder = (New-Item "$TestDrive/everything" -ItemType Directory).FullName
        $transcript = "$TestDrive/transcript.txt"
        $Error.Clear()
        $ErrorActionPreference = 'Continue'
        $null = Start-Transcript $transcript
        try { $all = Invoke-Everything $folder $emulator -ErrorAction Continue } finally { $null = Stop-Transcript }
    }

    It 'did all that was to be done' {
        @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Count | Should -BeGreaterThan 3
        @($all | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }).Count | Should -BeGreaterThan 10
        @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be 3 -Because ($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Out-String)
        Get-ChildItem $folder -Filter *.json | Should -HaveCount 1
    }

    It 'is in no stream and no object' {
        # The question that held it is the user's own text; only the reply to it would repeat it.
        foreach ($item in $all) {
            ($item | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            ($item | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
        }
    }

    It 'is in no error, however closely one looks' {
        foreach ($record in @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })) {
            ($record | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            ($record.Exception | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            (Get-Error -InputObject $record | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            "$($record.Exception)" | Should -Not -Match 'DO-NOT-SHOW'
        }
    }

    It 'is in no request id, refusal of a chat, or failure of a prediction' {
        $hostile = Start-TestEmulator -Option @{ ApiKey = $key } -Rule @(
            @{ path = '/public/v1/balance'; reply = @{ status = 403; headers = @{ 'X-Request-ID' = "req-$key" }; body = "plain text about $key" } }
            @{ path = '*/chat/completions'; reply = @{ status = 401; body = @{ error = @{ message = "Incorrect API key provided: $key" } } } }
            @{ path = '*generateImage'; times = 1; task = @{ end = 'failed'; error = "Authorization: Bearer $key" } }
        )
        $session = New-AtlasSession -ApiKey $secure -BaseUri $hostile.BaseUri -PollInterval 00:00:00.05
        $found = @(
            Get-ErrorOf { Get-AtlasBalance -Session $session }
            Get-ErrorOf { Invoke-AtlasChat 'hi' -Model deepseek-ai/deepseek-v3.2 -Session $session }
            Get-ErrorOf { New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -Session $session | Wait-AtlasPrediction -Session $session }
        )
        $found | Should -HaveCount 3
        foreach ($record in $found) {
            ($record | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            ($record.Exception | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            ($record.TargetObject | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
        }
    }

    It 'is in no session that is turned into text' {
        $session = Get-AtlasSession
        ($session | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
        ($session | ConvertTo-Json -Depth 5 -WarningAction Ignore) | Should -Not -Match 'DO-NOT-SHOW'
        $session | Export-Clixml "$TestDrive/session.xml" -Depth 5
        Get-Content "$TestDrive/session.xml" -Raw | Should -Not -Match 'DO-NOT-SHOW'
    }

    It 'is in no file that was written, and not in the transcript' {
        foreach ($file in @(Get-ChildItem $folder -File) + @(Get-Item $transcript)) {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file.FullName)) | Should -Not -Match 'DO-NOT-SHOW' -Because $file.Name
        }
    }

    It 'is not among the arguments of this process' -Skip:(-not $IsLinux) {
        Get-Content "/proc/$PID/cmdline" -Raw | Should -Not -Match 'DO-NOT-SHOW'
    }

    It 'goes to the service only: downloads carry neither key nor Referer' {
        $downloads = $emulator.Ledger | Where-Object Path -Like '/outputs/*'
        $downloads | Should -Not -BeNullOrEmpty
        $downloads.AuthorizationPresent | Should -Not -Contain $true
        $downloads.HasReferer | Should -Not -Contain $true
    }

    It 'is taken as plain text only with a warning' {
        $null = New-AtlasSession -ApiKey $key -BaseUri $emulator.BaseUri -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*plain text*'
        "$warnings" | Should -Not -Match 'DO-NOT-SHOW'
    }
}

Describe 'Text of the service' {
    It 'cannot move the terminal' {
        $rule = @{ method = 'GET'; path = '/public/v1/balance'; reply = @{ status = 400; body = @{ error = @{ message = "evil`u{1b}]0;title`u{7}`u{1b}[2J`u{202e}text" } } } }
        $session = New-TestSession (Start-TestEmulator -Rule $rule)
        $found = Get-ErrorOf { Get-AtlasBalance -Session $session }
        $found[0].Exception.Message | Should -Not -Match '[\u0000-\u001f\u007f\u0080-\u009f\u202a-\u202e]'
        $found[0].Exception.Message | Should -BeLike '*evil*text*'
    }
}
