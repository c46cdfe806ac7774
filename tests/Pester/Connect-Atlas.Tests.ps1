BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
}

AfterAll { Exit-Test }

Describe 'Connect-Atlas' {
    AfterEach { Disconnect-Atlas }

    It 'sets the default session, and returns nothing' {
        Connect-Atlas -InputObject $emulator | Should -BeNullOrEmpty
        (Get-AtlasSession).BaseUri | Should -Be $emulator.BaseUri
        (Get-AtlasBalance).Available | Should -Be 100
    }

    It 'returns the session with -PassThru' {
        $session = Connect-Atlas -InputObject $emulator -PassThru
        $session | Should -Be (Get-AtlasSession)
    }

    It 'accepts an emulator or a session from the pipeline, and by position' {
        $emulator | Connect-Atlas
        (Get-AtlasSession).BaseUri | Should -Be $emulator.BaseUri
        $session = New-TestSession $emulator
        $session | Connect-Atlas
        Get-AtlasSession | Should -Be $session
        Disconnect-Atlas
        Connect-Atlas $emulator
        (Get-AtlasSession).BaseUri | Should -Be $emulator.BaseUri
        $other = New-TestSession $emulator
        Connect-Atlas $other
        Get-AtlasSession | Should -Be $other
    }

    It 'reads the key from the environment' {
        $env:ATLASCLOUD_API_KEY = $emulator.ApiKey
        try {
            Connect-Atlas -BaseUri $emulator.BaseUri
            (Get-AtlasSession).KeySource | Should -Be '$env:ATLASCLOUD_API_KEY'
            (Get-AtlasBalance).Available | Should -Be 100
        }
        finally {
            Remove-Item env:ATLASCLOUD_API_KEY
        }
    }

    It 'reaches an emulator on this machine without the proxy of the environment' {
        $script = @"
Import-Module '$(Get-StagedModule)'
Connect-Atlas -Emulator 6> `$null
(Get-AtlasBalance).Available
(Test-AtlasSession | Where-Object Name -eq Proxy).Detail
('a boat' | New-AtlasImage -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction | Save-AtlasOutput '$TestDrive/behind-proxy').Name -like '*.*'
"@
        $start = New-ChildShellStartInfo '-NoProfile', '-NonInteractive', '-EncodedCommand', ([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script)))
        $start.RedirectStandardOutput = $true
        foreach ($variable in 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY') { $start.Environment[$variable] = $env:ATLASCLOUD_BASE_URL }
        $process = [Diagnostics.Process]::Start($start)
        $lines = $process.StandardOutput.ReadToEnd().Trim() -split '\r?\n'
        [decimal] $lines[0] | Should -Be 100
        $lines[1] | Should -Be 'none'
        $lines[2] | Should -Be 'True'
    }

    It 'sends no key for an emulator to a proxy on another machine' {
        Connect-Atlas -InputObject $emulator -Proxy http://user:secret@proxy.example.com:3128
        $problem = Get-ErrorOf { Get-AtlasBalance }
        Assert-AtlasError $problem 'InvalidParameter' 'InvalidArgument' '*proxy.example.com:3128*clear text*' -Nothing
        "$problem" | Should -Not -BeLike '*secret*'
    }

    It 'fails with NoSession without a key' {
        Assert-AtlasError (Get-ErrorOf { Connect-Atlas }) 'NoSession' 'AuthenticationError' '*no API key*'
    }

    It 'recommends -Session $using:session in ForEach-Object -Parallel' {
        Connect-Atlas -InputObject $emulator
        $path = (Get-Module AtlasCloud).Path
        $advice = 1 | ForEach-Object -Parallel {
            Import-Module $using:path
            try { Get-AtlasBalance } catch { $_.ErrorDetails.RecommendedAction }
        }
        $advice | Should -BeLike '*-Session $using:session*'
    }

    It 'writes to the host which emulator it uses' {
        # In a runspace of its own, which has no emulator yet.
        $shell = New-TestShell {
            "$(Connect-Atlas -Emulator 6>&1)"
            "$(Connect-Atlas -Emulator 6>&1)"
            $other = Start-AtlasEmulator
            "$(Connect-Atlas -Emulator 6>&1)"
            "$($other | Connect-Atlas 6>&1)"
        }
        try { $lines = $shell.Invoke() }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
        $lines[0] | Should -BeLike 'Using the emulator at http://127.0.0.1:*, which was started now. Nothing is charged.'
        $lines[1] | Should -BeLike '*which was running already.*'
        $lines[2] | Should -BeLike '*the last started of 2 that are running.*'
        $lines[3] | Should -BeNullOrEmpty
    }

    It 'rejects an invalid address, and sets no session' {
        Assert-AtlasError (Get-ErrorOf { Connect-Atlas -ApiKey (ConvertTo-SecureString x1 -AsPlainText -Force) -BaseUri example.test }) 'InvalidParameter' 'InvalidArgument' -Nothing
        Assert-AtlasError (Get-ErrorOf { Get-AtlasSession }) 'NoSession' 'AuthenticationError'
    }

    It 'sets the default session of its own runspace only' {
        Connect-Atlas -InputObject $emulator
        $shell = New-TestShell { try { Get-AtlasSession } catch { $_.FullyQualifiedErrorId } }
        try { $shell.Invoke()[0] | Should -BeLike 'NoSession,*' }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'rejects -<Name> with an existing session, which it would not change' -ForEach @(
        @{ Name = 'PollInterval'; Value = 5 }
        @{ Name = 'PollTimeout'; Value = 5 }
        @{ Name = 'RequestTimeout'; Value = 5 }
        @{ Name = 'MaximumRetryCount'; Value = 5 }
        @{ Name = 'ThrottleLimit'; Value = 5 }
        @{ Name = 'Proxy'; Value = 'http://proxy.example.com:3128' }
        @{ Name = 'ProxyCredential'; Value = [pscredential]::new('user', (ConvertTo-SecureString 'x' -AsPlainText -Force)) }
        @{ Name = 'ProxyUseDefaultCredentials'; Value = $true }
        @{ Name = 'JournalPath'; Value = 'journal.jsonl' }
        @{ Name = 'Budget'; Value = 5 }
    ) {
        $settings = @{ $Name = $Value }
        { Connect-Atlas -Session (New-TestSession $emulator) @settings } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'keeps the previous session usable' {
        $session = New-TestSession $emulator
        Connect-Atlas $session
        Connect-Atlas -InputObject $emulator
        (Get-AtlasBalance -Session $session).Available | Should -Be 100
    }

    It 'writes one verbose line with the address' {
        $line = Connect-Atlas -InputObject $emulator -Verbose 4>&1
        $line | Should -HaveCount 1
        $line | Should -BeLike "*$($emulator.BaseUri.Authority)*"
    }

    It 'stops with Select-Object -First' {
        $emulator, $emulator | Connect-Atlas -PassThru | Select-Object -First 1 | Should -HaveCount 1
    }
}
