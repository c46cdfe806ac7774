# The help of the staged module: what Get-Help shows, and whether the examples run and print what the pages show.
# ModulePath: the manifest of the staged module. Default: the module that was built in this repository.
param([string] $ModulePath)

BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $pages = foreach ($file in Get-ChildItem (Join-Path $root 'docs' 'en-US') -Filter '*.md') {
        $text = Get-Content $file.FullName -Raw
        $blocks = @([regex]::Matches($text, '(?ms)^```powershell(?<mark>[^\n]*)\n(?<code>.*?)\n```$(?:\n\n```output\n(?<output>.*?)\n```$)?'))
        $number = 0
        @{
            Name     = $file.BaseName
            IsTopic  = $file.BaseName -like 'about_*'
            Examples = @(foreach ($block in $blocks) {
                    $number++
                    @{ Page = $file.BaseName; Number = $number; Code = $block.Groups['code'].Value; Output = $block.Groups['output'].Value; IsRunnable = $block.Groups['mark'].Value.Trim() -eq 'runnable' }
                })
        }
    }

    $commands = @($pages | Where-Object { -not $_.IsTopic })
    $topics = @($pages | Where-Object { $_.IsTopic })
    $examples = @($pages.Examples)
    $runnable = @($examples | Where-Object { $_.IsRunnable })

    # Enter-AtlasChat reads from the terminal, which a test does not have. Enter-AtlasChat.Tests.ps1 covers it.
    $prepared = @($examples | Where-Object { -not $_.IsRunnable -and $_.Code -notmatch 'Enter-AtlasChat' })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' '..' 'tools' 'ChildShell.psm1')
    if (-not $ModulePath) { $ModulePath = $env:MODULE_UNDER_TEST }
    if (-not $ModulePath) {
        $root = Split-Path (Split-Path $PSScriptRoot)
        $version = (Import-PowerShellDataFile (Join-Path $root 'AtlasCloud.psd1')).ModuleVersion
        $ModulePath = Join-Path $root 'output' 'AtlasCloud' $version 'AtlasCloud.psd1'
    }

    Import-Module $ModulePath -Force -ErrorAction Stop
    $common = [System.Management.Automation.Cmdlet]::CommonParameters

    # Get-Command would search all modules for a command of another one.
    $exported = (Get-Module AtlasCloud).ExportedCommands

    function Get-TableHeader {
        # The lines above a line of dashes, without their column widths: these depend on the values.
        param([string] $Text)
        $lines = $Text -split '\r?\n'
        for ($i = 0; $i -lt $lines.Count - 1; $i++) {
            if ($lines[$i + 1] -match '^[- ]*-[- ]*$') { ($lines[$i] -split ' ' | Where-Object { $_ }) -join ' ' }
        }
    }

    function Get-Text {
        # Help objects contain their text as a list of paragraphs.
        param($Help)
        (@($Help) | ForEach-Object { if ($_.PSObject.Properties['Text']) { $_.Text } else { "$_" } }) -join "`n"
    }
}

Describe 'Get-Help <Name>' -ForEach $commands {
    BeforeAll { $help = Get-Help $Name -Full }

    It 'has a page for -Online' {
        @($help.relatedLinks.navigationLink.uri)[0] | Should -BeLike 'https://www.atlascloud.ai/docs/*'
    }

    It 'shows a synopsis and a description' {
        $help.Synopsis | Should -Match '^[A-Z].*\.$'
        (Get-Text $help.description).Length | Should -BeGreaterThan 60
    }

    It 'describes each parameter' {
        foreach ($parameter in (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common }) {
            # Get-Help -Parameter would read the whole help file again for each parameter.
            $entry = @($help.parameters.parameter) | Where-Object name -EQ $parameter
            Get-Text $entry.description | Should -Match '\.$' -Because "-$parameter is described"
        }
    }

    It 'shows each parameter set' {
        $known = (Get-Command $Name).ParameterSets | ForEach-Object {
            ($_.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object) -join ' '
        }
        $shown = @($help.syntax.syntaxItem) | ForEach-Object {
            $item = $_.PSObject.Properties['parameter']
            (@(if ($item) { $item.Value.name }) | Sort-Object) -join ' '
        }
        $shown | Sort-Object | Should -Be ($known | Sort-Object)
    }

    It 'shows the examples of its page' {
        $shown = @($help.examples.example)
        $shown.Count | Should -Be $Examples.Count
        for ($i = 0; $i -lt $shown.Count; $i++) {
            $shown[$i].code.ReplaceLineEndings("`n") | Should -BeExactly $Examples[$i].Code
        }
    }

    It 'shows inputs, outputs, notes and related links' {
        $text = $help | Out-String -Width 200
        $text | Should -Match '(?m)^INPUTS'
        $text | Should -Match '(?m)^OUTPUTS'
        $text | Should -Match '(?m)^NOTES'
        $help.relatedLinks.navigationLink.Count | Should -BeGreaterThan 0
    }
}

Describe 'Get-Help <Name>' -ForEach $topics {
    It 'shows the topic' {
        $text = Get-Help $Name
        $text | Should -BeOfType string
        $text | Should -Match '(?m)^SHORT DESCRIPTION'
        $text | Should -Match $Name
    }
}

Describe 'Example <Number> of <Page>' -ForEach $examples {
    It 'parses as PowerShell' {
        $tokens = $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $tokens, [ref] $errors)
        $errors | Should -BeNullOrEmpty
    }

    It 'uses only commands and parameters that exist' {
        $tokens = $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $tokens, [ref] $errors)
        foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $command = $exported["$($call.GetCommandName())"]
            if (-not $command) {
                $call.GetCommandName() | Should -Not -Match '-Atlas' -Because 'the command does not exist'
                continue
            }

            foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                $command.ResolveParameter($parameter.ParameterName) | Should -Not -BeNullOrEmpty -Because "$command has to have $parameter"
            }
        }
    }
}

Describe 'Examples that can be run' {
    BeforeAll {
        # Examples must not change the folders of the user who runs the tests.
        $savedHome = $env:ATLASCLOUD_HOME
        $env:ATLASCLOUD_HOME = Join-Path $TestDrive 'home'

        # The files that examples use, generated by the module itself.
        $emulator = Start-AtlasEmulator -TimeScale 0
        $session = $emulator | New-AtlasSession -PollInterval 00:00:00.05
        $kit = New-Item (Join-Path $TestDrive 'kit') -ItemType Directory
        $null = New-Item (Join-Path $kit 'storyboard') -ItemType Directory
        $picture = New-AtlasImage 'fog' -Model google/nano-banana-2/text-to-image -Session $session |
            Wait-AtlasPrediction -Session $session | Save-AtlasOutput $kit -Session $session
        $speech = New-AtlasAudio 'fog' -Model xai/tts-v1 -Parameters @{ language = 'en' } -SkipValidation -Session $session |
            Wait-AtlasPrediction -Session $session | Save-AtlasOutput $kit -Session $session
        Move-Item $picture (Join-Path $kit 'frame.png')
        Move-Item $speech (Join-Path $kit 'speech.wav')
        1..2 | ForEach-Object { Copy-Item (Join-Path $kit 'frame.png') (Join-Path $kit 'storyboard' "$_.png") }
        'A long note about fog.' | Set-Content (Join-Path $kit 'notes.txt')
        'Prompt,Label', 'A lighthouse,one', 'A bicycle,two' | Set-Content (Join-Path $kit 'prompts.csv')

        # The examples run in a separate process, because they connect, disconnect and start emulators.
        $script = Join-Path $TestDrive 'examples.ps1'
        $results = Join-Path $TestDrive 'results.json'
        Set-Content $script @'
param($ModulePath, $Kit, $Folder, $Source, $Results, $Tools)
# Imported by name, like an installed module, so that runspaces of an example find it too.
$env:PSModulePath = (Split-Path (Split-Path (Split-Path $ModulePath))) + [IO.Path]::PathSeparator + $env:PSModulePath
Import-Module AtlasCloud
$PSStyle.OutputRendering = 'PlainText'
Import-Module (Join-Path $Tools 'ChildShell.psm1')
$defaults = Join-Path $env:ATLASCLOUD_HOME 'defaults.json'

# What the reader of an unmarked example has: an API key, secrets, a prediction, a webhook delivery and a listener.
function Get-Secret { param($Name, $Vault, [switch] $AsPlainText) $env:ATLASCLOUD_API_KEY }
function Set-Secret { [CmdletBinding()] param($Name, $Vault, $Secret) }
function Read-Host { param([switch] $AsSecureString) ConvertTo-SecureString $env:ATLASCLOUD_API_KEY -AsPlainText -Force }
function Update-PSResource { param($Name) }
function pwsh { }
function Start-Listener {
    foreach ($try in 1..10) {
        $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        try { $listener.Start(); return $listener } catch { $listener.Close() }
    }
}
function Start-Delivery {
    # Starts a listener to which the emulator delivers a finished prediction.
    $listener = Start-Listener
    $null = New-AtlasImage 'fog' -Model z-image/turbo -WebhookUri @($listener.Prefixes)[0]
    $listener
}
function Receive-Delivery {
    param($Listener)
    $context = $Listener.GetContext()
    $bytes = [IO.MemoryStream]::new()
    $context.Request.InputStream.CopyTo($bytes)
    $headers = @{}
    foreach ($name in $context.Request.Headers.AllKeys) { $headers[$name] = $context.Request.Headers[$name] }
    $context.Response.Close()
    $Listener.Close()
    [pscustomobject]@{ Headers = $headers; RawBody = [Text.Encoding]::UTF8.GetString($bytes.ToArray()) }
}
function Get-PreparedCode {
    # Replaces the values that only the reader has, and creates the files and variables that the example needs.
    param($Code, $Emulator)
    $env:ATLASCLOUD_API_KEY = $Emulator.ApiKey
    $env:ATLASCLOUD_BASE_URL = $Emulator.BaseUri
    $done = New-AtlasImage 'fog' -Model z-image/turbo | Wait-AtlasPrediction
    $done.Id | Set-Content ./ids.txt
    'Animal', 'fox', 'owl' | Set-Content ./animals.csv
    Copy-Item ./frame.png './frame[1].png'
    Copy-Item ./frame.png ./face.png
    if ($Code -match 'Join-AtlasVideo') {
        & (Join-Path $Tools '..' 'tests' 'Pester' 'FakeFFmpeg.ps1') (Join-Path $PWD tools)
        $env:PATH = (Join-Path $PWD tools) + [IO.Path]::PathSeparator + $env:PATH
        $null = New-Item clips -ItemType Directory -Force
        Copy-Item ./frame.png ./clips/1.mp4
        Copy-Item ./speech.wav ./song.mp3
        (Get-Content ./tools/ffprobe -Raw).Replace('*sound*', '*song*') | Set-Content ./tools/ffprobe -NoNewline
        'Path,Duration', './clips/1.mp4,2.5' | Set-Content ./cut.csv
    }
    if ($Code -match '-eq Saved') { $null = $done | Save-AtlasOutput ./saved }
    if ($Code -match 'ast_01\w+') {
        $asset = Register-AtlasAsset ./face.png
        if ($Code -match '^Restore-') { $asset | Remove-AtlasAsset }
        $Code = $Code -replace 'ast_01\w+', $asset.Id
    }
    if ($Code -match 'Import-AtlasRequest \./out/') { $null = New-AtlasImage 'a fox' -Model z-image/turbo | Wait-AtlasPrediction | Save-AtlasOutput ./out -Name fox -Metadata }
    if ($Code -match '\$Request') { $script:Request = Receive-Delivery (Start-Delivery) }
    if ($Code -match '\$listener') { $script:listener = Start-Delivery }
    if ($Code -match '-Project studio-north') { $null = New-AtlasProject studio-north }
    if ($Code -match 'deliveries') { Receive-Delivery (Start-Delivery) | ConvertTo-Json -Compress | Set-Content ./deliveries.jsonl }
    $Code.Replace('4f1c6c1c0d7b4d0e8a2d6d9e2b7c5a13', $done.Id).Replace('b072da7f39c24a5f89cfc5ddfcc01352', $done.Id).Replace('https://gateway.example.com', "$($Emulator.BaseUri)").Replace('https://example.com/hook', 'http://127.0.0.1:9/').Replace('param($Request, $TriggerMetadata)', '')
}
function Invoke-Example {
    param($Code)
    if ($Code -notmatch '(?m)^\s*(if .*)?exit\b|\{ exit ') { return & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'`n" + $Code)) }

    # It ends the process.
    Set-Content ./example.ps1 "Import-Module AtlasCloud`n$Code"
    Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File ./example.ps1
    if ($LASTEXITCODE -ne 0) { throw "The example ended with exit code $LASTEXITCODE." }
}

$found = foreach ($example in Get-Content $Source -Raw | ConvertFrom-Json) {
    $place = Join-Path $Folder "$($example.Page)-$($example.Number)"
    Copy-Item $Kit $place -Recurse
    Set-Location $place
    if (Test-Path $defaults) { Remove-Item $defaults }
    Stop-AtlasEmulator -Confirm:$false
    $current = Start-AtlasEmulator -TimeScale 0

    # Another example may leave a prediction that this emulator does not know.
    $current | Connect-Atlas -PollInterval 00:00:00.05 -JournalPath (Join-Path $place 'journal.jsonl')
    $Request = $listener = $null
    $code = if ($example.IsRunnable) { $example.Code } else { Get-PreparedCode $example.Code $current }
    $Error.Clear()
    $problem = $printed = $null
    try { $printed = Invoke-Example $code 6> $null 3> $null | Out-String -Width 100 }
    catch { $problem = "$($_.FullyQualifiedErrorId): $_" }
    [pscustomobject]@{ Key = "$($example.Page)-$($example.Number)"; IsRunnable = $example.IsRunnable; Problem = $problem; Shown = $example.Output; Printed = $printed }
}
$found | ConvertTo-Json | Set-Content $Results
'@
        $source = Join-Path $TestDrive 'examples.json'
        $null = New-Item (Join-Path $TestDrive 'runs') -ItemType Directory
        $run = @{ Found = @() }
    }

    AfterAll {
        $emulator | Stop-AtlasEmulator -Confirm:$false
        $env:ATLASCLOUD_HOME = $savedHome
    }

    # The programs that Join-AtlasVideo runs are scripts for Unix in the tests.
    It 'run without an error' -ForEach @{ AllRunnable = @(@($runnable) + @($prepared) | Where-Object { -not ($IsWindows -and $_.Code -match 'Join-AtlasVideo') }) } {
        ConvertTo-Json @($AllRunnable | ForEach-Object { [pscustomobject]$_ }) | Set-Content $source
        $log = Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File $script $ModulePath $kit (Join-Path $TestDrive 'runs') $source $results (Join-Path $PSScriptRoot '..' '..' 'tools') 2>&1
        Test-Path $results | Should -BeTrue -Because ($log -join "`n")
        $run.Found = @(Get-Content $results -Raw | ConvertFrom-Json)
        $run.Found.Count | Should -Be $AllRunnable.Count
        $run.Found | Where-Object Problem | ForEach-Object { "$($_.Key): $($_.Problem)" } | Should -BeNullOrEmpty
    }

    It 'print tables with the columns that their page shows' {
        # The table of files differs between operating systems, and a new emulator has no billing data: both are not compared. Neither are the
        # examples that need what a user has, whose pages show the addresses of the service.
        $compared = @($run.Found | Where-Object { $_.IsRunnable -and (Get-TableHeader $_.Shown) -and (Get-TableHeader $_.Printed) -and $_.Shown -notmatch 'Directory:' })
        $compared.Count | Should -BeGreaterThan 20
        foreach ($one in $compared) { Get-TableHeader $one.Printed | Should -Be (Get-TableHeader $one.Shown) -Because $one.Key }
    }
}
