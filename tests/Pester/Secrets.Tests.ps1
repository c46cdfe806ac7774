BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $key = 'apikey-pester-0d9f8e7c6b5a4321-DO-NOT-SHOW'
    $secure = ConvertTo-SecureString $key -AsPlainText -Force

    function Invoke-AllCommands {
        # Runs successful and failing commands, and returns the output of all streams.
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
                Get-AtlasPrediction unknownid -Debug
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
        # A hostile service returns the key in its errors, with terminal escape sequences.
        $echo = @{ method = 'POST'; path = '/api/v1/model/generateImage'; skip = 1; reply = @{ status = 400; body = @{ code = 400; msg = "bad key $key`u{1b}[31m Bearer $key`u{202e}" } } }
        $emulator = Start-TestEmulator -Rule $echo -Option @{ ApiKey = $key }
        $folder = (New-Item "$TestDrive/everything" -ItemType Directory).FullName
        $transcript = "$TestDrive/transcript.txt"
        $Error.Clear()
        $ErrorActionPreference = 'Continue'
        $null = Start-Transcript $transcript
        try { $all = Invoke-AllCommands $folder $emulator -ErrorAction Continue } finally { $null = Stop-Transcript }
    }

    It 'is used by commands that write to all streams' {
        @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Count | Should -BeGreaterThan 3
        @($all | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }).Count | Should -BeGreaterThan 10
        @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be 3 -Because ($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Out-String)
        Get-ChildItem $folder -Filter *.json | Should -HaveCount 1
    }

    It 'does not appear in a stream or an object' {
        # The prompt that contains the key is the user's text and is not in the output; only the reply would repeat it.
        foreach ($item in $all) {
            ($item | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            ($item | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
        }
    }

    It 'does not appear in any view of an error' {
        foreach ($record in @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })) {
            ($record | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            ($record.Exception | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            (Get-Error -InputObject $record | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            "$($record.Exception)" | Should -Not -Match 'DO-NOT-SHOW'
        }
    }

    It 'does not appear in a request id, a rejected chat or a failed prediction' {
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

    It 'does not appear in a session that is formatted or serialized' {
        $session = Get-AtlasSession
        ($session | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
        ($session | ConvertTo-Json -Depth 5 -WarningAction Ignore) | Should -Not -Match 'DO-NOT-SHOW'
        $session | Export-Clixml "$TestDrive/session.xml" -Depth 5
        Get-Content "$TestDrive/session.xml" -Raw | Should -Not -Match 'DO-NOT-SHOW'
    }

    It 'does not appear in a saved file or the transcript' {
        foreach ($file in @(Get-ChildItem $folder -File) + @(Get-Item $transcript)) {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file.FullName)) | Should -Not -Match 'DO-NOT-SHOW' -Because $file.Name
        }
    }

    It 'does not appear in the journal, the catalog cache or other state of the module' {
        $kept = Get-ChildItem $env:ATLASCLOUD_HOME -Recurse -File -Force
        @($kept | Where-Object Name -Like '*.jsonl').Count | Should -BeGreaterThan 0 -Because 'the test needs a journal'
        @($kept | Where-Object Name -Like '*.json').Count | Should -BeGreaterThan 0 -Because 'the test needs a catalog cache'
        foreach ($file in $kept) {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file.FullName)) | Should -Not -Match 'DO-NOT-SHOW' -Because $file.FullName
            $file.FullName | Should -Not -Match 'DO-NOT-SHOW'
        }
    }

    It 'does not appear in an object of any type that is formatted or serialized' {
        $normal = Start-TestEmulator -Option @{ ApiKey = $key }
        $session = Connect-Atlas -ApiKey $secure -BaseUri $normal.BaseUri -PassThru
        $made = New-AtlasImage 'a dog' -Model google/nano-banana-2/edit -Image "$folder/frame.png" -MaxCost 5
        $done = $made | Wait-AtlasPrediction -PollInterval 00:00:00.05
        $objects = @{
            session    = $session
            check      = Test-AtlasSession
            balance    = Get-AtlasBalance
            usage      = Get-AtlasUsage
            cost       = Get-AtlasCost
            model      = Get-AtlasModel google/nano-banana-2/edit
            parameter  = Get-AtlasModelParameter google/nano-banana-2/edit
            quote      = Measure-AtlasCost 'a dog' -Model google/nano-banana-2/text-to-image
            media      = Send-AtlasMedia "$folder/frame.png"
            prediction = $done
            output     = $done.Outputs
            history    = Get-AtlasPrediction -History | Select-Object -First 2
            pending    = Get-AtlasPrediction -Pending
            journal    = Get-AtlasPrediction -Journal
            file       = $done | Save-AtlasOutput -Destination $folder -Name again -Metadata
            reply      = Invoke-AtlasChat 'hi' -Model deepseek-ai/deepseek-v3.2
            chunk      = Invoke-AtlasChat 'hi' -Model deepseek-ai/deepseek-v3.2 -Stream
            ledger     = $normal.Ledger
        }
        foreach ($name in $objects.Keys) {
            $object = $objects[$name]
            $object | Should -Not -BeNullOrEmpty -Because "the test needs a $name"
            ($object | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW' -Because $name
            ($object | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW' -Because $name
            ($object | Format-Custom -Depth 4 | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW' -Because $name
            (@($object) -join "`n") | Should -Not -Match 'DO-NOT-SHOW' -Because $name
            ($object | ConvertTo-Json -Depth 5 -WarningAction Ignore) | Should -Not -Match 'DO-NOT-SHOW' -Because $name
            ($object | ConvertTo-Csv) -join "`n" | Should -Not -Match 'DO-NOT-SHOW' -Because $name
            $object | Export-Clixml "$TestDrive/object.xml" -Depth 4
            Get-Content "$TestDrive/object.xml" -Raw | Should -Not -Match 'DO-NOT-SHOW' -Because $name
        }
    }

    It 'does not appear in an error of any type, its data or its inner exceptions' {
        $statuses = 400, 401, 402, 403, 404, 413, 422, 429, 451, 500, 503
        $rules = foreach ($status in $statuses) {
            @{ path = '/public/v1/balance'; times = 1; reply = @{ status = $status; headers = @{ 'X-Request-ID' = $key }; body = @{ error = @{ type = $key; code = $key; message = "Authorization: Bearer $key" }; request_id = $key } } }
        }
        $hostile = Start-TestEmulator -Option @{ ApiKey = $key } -Rule (@($rules) + @(
                @{ path = '/public/v1/balance'; times = 1; reply = @{ status = 200; body = "no json, but $key" } }
                @{ path = '/public/v1/balance'; times = 1; fault = 'drop-before' }
            ))
        $session = New-AtlasSession -ApiKey $secure -BaseUri $hostile.BaseUri -MaximumRetryCount 0
        $unreachable = New-AtlasSession -ApiKey $secure -BaseUri http://127.0.0.1:1 -MaximumRetryCount 0
        $Error.Clear()
        $found = @(
            1..($statuses.Count + 2) | ForEach-Object { Get-ErrorOf { Get-AtlasBalance -Session $session } }
            Get-ErrorOf { Get-AtlasBalance -Session $unreachable }
            Get-ErrorOf { New-AtlasImage 'x' -Model no/such-model -Session $session }
            Get-ErrorOf { Save-AtlasOutput "$TestDrive" -Prediction unknownid -Session $unreachable }
        )
        $found.Count | Should -BeGreaterOrEqual ($statuses.Count + 4)
        @($found.FullyQualifiedErrorId | Sort-Object -Unique).Count | Should -BeGreaterThan 8
        # Most records are in both lists.
        foreach ($record in [System.Collections.Generic.HashSet[object]]::new([object[]] (@($found) + @($Error)))) {
            ($record | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            (Get-Error -InputObject $record | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            ($record.TargetObject | ConvertTo-Json -Depth 4 -WarningAction Ignore) | Should -Not -Match 'DO-NOT-SHOW'
            for ($exception = $record.Exception; $exception; $exception = $exception.InnerException) {
                "$exception" | Should -Not -Match 'DO-NOT-SHOW'
                ($exception | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
                ($exception.Data | Out-String -Width 4000) | Should -Not -Match 'DO-NOT-SHOW'
            }
        }
    }

    It 'does not appear in a variable of the caller or the module, or in the history' {
        $shell = New-TestShell -With @{ secret = $secure; address = $emulator.BaseUri } {
            Connect-Atlas -ApiKey $secret -BaseUri $address
            $session = Get-AtlasSession
            $balance = Get-AtlasBalance
            $all = @(Get-Variable) + @(& (Get-Module AtlasCloud) { Get-Variable }) + @(Get-ChildItem env:, function:, alias:) + @(Get-History)
            $all | ForEach-Object { $_ | Format-List * -Force | Out-String -Width 4000 }
            $all | ForEach-Object { $_.Value | Format-List * -Force | Out-String -Width 4000 } -ErrorAction Ignore
        }
        try { $text = $shell.Invoke() -join "`n" }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
        $text | Should -Match 'session' -Because 'the output contains the variables'
        $text | Should -Match ([regex]::Escape($emulator.BaseUri.Authority))
        $text | Should -Not -Match 'DO-NOT-SHOW'
    }

    It 'does not appear in the output of a process that ends with an unhandled error' {
        $script = "$TestDrive/crash.ps1"
        Set-Content $script "
            Import-Module '$(Get-StagedModule)'
            `$ErrorActionPreference = 'Stop'
            Connect-Atlas -BaseUri '$($emulator.BaseUri)'
            New-AtlasImage 'x' -Model google/nano-banana-2/text-to-image -Verbose -Debug
            throw 'It was not refused.'"
        $env:ATLASCLOUD_API_KEY = $key
        try { $output = Invoke-ChildShell -NoProfile -NonInteractive -File $script *>&1 | Out-String -Width 4000 }
        finally { Remove-Item env:ATLASCLOUD_API_KEY }
        $LASTEXITCODE | Should -Not -Be 0
        $output | Should -Match 'bad key' -Because 'the service returned the key'
        $output | Should -Not -Match 'DO-NOT-SHOW'
    }

    It 'does not appear in the arguments of a process' -Skip:(-not $IsLinux) {
        Get-Content "/proc/$PID/cmdline" -Raw | Should -Not -Match 'DO-NOT-SHOW'
        foreach ($process in Get-ChildItem /proc -Directory | Where-Object Name -Match '^\d+$') {
            # A process may have ended by now.
            Get-Content "$process/cmdline" -Raw -ErrorAction Ignore | Should -Not -Match 'DO-NOT-SHOW'
        }
    }

    It 'is sent to the service only: downloads have neither key nor Referer' {
        $downloads = $emulator.Ledger | Where-Object Path -Like '/outputs/*'
        $downloads | Should -Not -BeNullOrEmpty
        $downloads.AuthorizationPresent | Should -Not -Contain $true
        $downloads.HasReferer | Should -Not -Contain $true
    }

    It 'is accepted as plain text with a warning' {
        $null = New-AtlasSession -ApiKey $key -BaseUri $emulator.BaseUri -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*plain text*'
        "$warnings" | Should -Not -Match 'DO-NOT-SHOW'
    }
}

Describe 'Messages of the service' {
    It 'contain no terminal control characters' {
        $rule = @{ method = 'GET'; path = '/public/v1/balance'; reply = @{ status = 400; body = @{ error = @{ message = "evil`u{1b}]0;title`u{7}`u{1b}[2J`u{202e}text" } } } }
        $session = New-TestSession (Start-TestEmulator -Rule $rule)
        $found = Get-ErrorOf { Get-AtlasBalance -Session $session }
        $found[0].Exception.Message | Should -Not -Match '[\u0000-\u001f\u007f\u0080-\u009f\u202a-\u202e]'
        $found[0].Exception.Message | Should -BeLike '*evil*text*'
    }
}
