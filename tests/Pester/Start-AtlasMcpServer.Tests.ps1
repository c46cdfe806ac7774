# Starts the server in a process of its own, as an MCP client does, and speaks the protocol over its standard streams.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $staged = Get-StagedModule
    $emulator = Start-TestEmulator

    function Start-Server {
        # Starts a process that runs the command, and initializes the server unless -Raw is specified.
        param([string] $Command, [switch] $Raw)
        $script = "Import-Module '$staged'; $Command"
        $start = New-ChildShellStartInfo '-NoProfile', '-NonInteractive', '-Command', $script
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.Environment['ATLASCLOUD_API_KEY'] = $emulator.ApiKey
        $start.Environment['ATLASCLOUD_BASE_URL'] = "$($emulator.BaseUri)"
        $process = [Diagnostics.Process]::Start($start)
        $server = @{ Process = $process; Errors = $process.StandardError.ReadToEndAsync(); Lines = [System.Collections.Generic.List[string]]::new() }
        if (-not $Raw) {
            $null = Invoke-Method $server 'initialize' @{ protocolVersion = '2025-06-18'; capabilities = @{}; clientInfo = @{ name = 'test'; version = '1' } }
            Send-Message $server @{ jsonrpc = '2.0'; method = 'notifications/initialized' }
        }

        $server
    }

    function Send-Message($Server, $Message) {
        $Server.Process.StandardInput.WriteLine((ConvertTo-Json $Message -Depth 10 -Compress))
        $Server.Process.StandardInput.Flush()
    }

    function Invoke-Method($Server, [string] $Method, $With = @{}) {
        # Sends a request and returns its result.
        $id = [guid]::NewGuid().ToString()
        Send-Message $Server @{ jsonrpc = '2.0'; id = $id; method = $Method; params = $With }
        while ($null -ne ($line = $Server.Process.StandardOutput.ReadLine())) {
            $Server.Lines.Add($line)
            $message = ConvertFrom-Json $line -AsHashtable -Depth 100
            if ($message.id -eq $id) { return $message.result }
        }

        throw "The server ended: $($Server.Errors.Result)"
    }

    function Invoke-Tool($Server, [string] $Name, $With = @{}) {
        Invoke-Method $Server 'tools/call' @{ name = $Name; arguments = $With }
    }

    function Complete-Server($Server) {
        # Closes standard input, and returns what the server wrote and its exit code.
        $Server.Process.StandardInput.Close()
        $rest = $Server.Process.StandardOutput.ReadToEnd()
        $ended = $Server.Process.WaitForExit(30000)
        if (-not $ended) { $Server.Process.Kill() }
        $ended | Should -BeTrue
        @{ Rest = $rest; Errors = $Server.Errors.Result; Code = $Server.Process.ExitCode }
    }
}

AfterAll { Exit-Test }

Describe 'Start-AtlasMcpServer' {
    It 'generates, waits and saves within its limits, and ends with its client' {
        $emulator.ClearLedger()
        $server = Start-Server "Start-AtlasMcpServer -Budget 5 -MaxCost 0.50 -OutputRoot '$TestDrive/out'"

        (Invoke-Method $server 'tools/list').tools.name | Should -Contain 'generate_image'
        $submitted = Invoke-Tool $server 'generate_image' @{ model = 'z-image/turbo'; prompt = 'a boat' }
        $id = $submitted.structuredContent.prediction.prediction_id
        (Invoke-Tool $server 'wait_prediction' @{ prediction_id = $id }).structuredContent.prediction.state | Should -Be 'succeeded'
        $saved = Invoke-Tool $server 'save_output' @{ prediction_id = $id; name = 'boat' }
        (Invoke-Tool $server 'generate_video' @{ model = 'alibaba/wan-2.6/text-to-video'; prompt = 'a boat'; duration = 10 }).structuredContent.error.id | Should -Be 'BudgetExceeded'

        "$TestDrive/out/$($saved.structuredContent.files[0].path)" | Should -Exist
        $end = Complete-Server $server
        $end.Code | Should -Be 0 -Because $end.Errors
        $end.Rest | Should -BeNullOrEmpty
        Get-SubmitCount $emulator | Should -Be 1
    }

    It 'writes nothing but protocol to standard output, whatever is written to the host' {
        $noise = "Start-AtlasMcpServer -Budget 1 -Verbose -Debug"
        $server = Start-Server "`$WarningPreference = `$InformationPreference = 'Continue'; $noise"

        $null = Invoke-Tool $server 'chat' @{ model = 'deepseek-ai/deepseek-v3.2'; prompt = 'Hello' }
        $null = Invoke-Tool $server 'get_balance'
        $end = Complete-Server $server

        $server.Lines | ForEach-Object { (ConvertFrom-Json $_ -AsHashtable -Depth 100).jsonrpc | Should -Be '2.0' }
        $end.Rest | Should -BeNullOrEmpty
        $end.Errors | Should -Match 'MCP server has started'
        "$($server.Lines)$($end.Errors)" | Should -Not -Match ([regex]::Escape($emulator.ApiKey))
    }

    It 'serves with the session of a script, and loads its packages into a context of its own' {
        $contexts = '[Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $name = $_.Name; $_.Assemblies.ForEach({ "$name/$($_.GetName().Name)" }) }'
        $server = Start-Server "`$session = New-AtlasSession -Budget 0.02 -JournalPath '$TestDrive/journal.jsonl'; Start-AtlasMcpServer -Session `$session; [Console]::Error.WriteLine((($contexts) -join ' '))"

        $null = Invoke-Tool $server 'generate_image' @{ model = 'z-image/turbo'; prompt = 'a boat' }
        $balance = (Invoke-Tool $server 'get_balance').structuredContent
        $loaded = (Complete-Server $server).Errors

        $balance.budget.limit | Should -Be 0.02
        Get-Content "$TestDrive/journal.jsonl" -Raw | Should -Match '"mcp"'
        foreach ($name in 'AtlasCloud.Mcp', 'ModelContextProtocol.Core', 'System.Text.Json') { $loaded | Should -Match "\bAtlasCloud\.Mcp/$([regex]::Escape($name))\b" }
        $loaded | Should -Match '\bAtlasCloud/AtlasCloud\b'
        $loaded | Should -Not -Match 'Default/(ModelContextProtocol|AtlasCloud\.Mcp)'
        [Runtime.Loader.AssemblyLoadContext]::All.Name | Should -Not -Contain 'AtlasCloud.Mcp'
    }

    # On Windows, the server notices only the end of the input.
    It 'ends when the client closes the output' -Skip:$IsWindows {
        $server = Start-Server 'Start-AtlasMcpServer -Budget 1'
        $server.Process.StandardOutput.Close()

        # The server notices it when it writes the next message.
        Send-Message $server @{ jsonrpc = '2.0'; id = 1; method = 'tools/list'; params = @{} }
        $ended = $server.Process.WaitForExit(30000)
        if (-not $ended) { $server.Process.Kill() }
        $ended | Should -BeTrue
    }

    It 'ends with an error, and without output, if <Case>' -ForEach @(
        @{ Case = 'there is no budget'; Command = 'Start-AtlasMcpServer'; Says = 'needs a budget' }
        @{ Case = 'the session has a budget, too'; Command = 'Start-AtlasMcpServer -Budget 1 -Session (New-AtlasSession -Budget 2)'; Says = 'has a budget of its own' }
        @{ Case = 'the input folder is missing'; Command = "Start-AtlasMcpServer -ReadOnly -InputRoot ./none"; Says = "folder '.*none' does not exist" }
    ) {
        $server = Start-Server $Command -Raw
        $end = Complete-Server $server

        $end.Errors | Should -Match $Says
        $end.Rest | Should -BeNullOrEmpty
        $end.Code | Should -Be 1
    }

    # Needs Node.js 20, and downloads the SDK from the npm registry.
    It 'serves the client of the official TypeScript SDK' -Tag Slow -Skip:(-not (Get-Command node, npm -ErrorAction Ignore | Select-Object -Skip 1)) {
        $folder = (New-Item "$TestDrive/Node" -ItemType Directory).FullName
        Copy-Item (Join-Path $PSScriptRoot '..' 'Node' '*') $folder -Exclude 'node_modules'
        $log = npm ci --prefix $folder --no-audit --no-fund 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $log
        $shell = New-ChildShellStartInfo '-NoProfile'
        $before = $env:MODULE_UNDER_TEST
        $env:ATLASCLOUD_TEST_SHELL = ConvertTo-Json @($shell.FileName; $shell.ArgumentList) -Compress
        $env:MODULE_UNDER_TEST = $staged
        try { $log = node --test "$folder/" 2>&1 | Out-String } finally { $env:ATLASCLOUD_TEST_SHELL = $null; $env:MODULE_UNDER_TEST = $before }
        $LASTEXITCODE | Should -Be 0 -Because $log
    }
}
