BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $staged = Get-StagedModule

    function Invoke-Fresh {
        # Runs a script in a new process and returns its output and whether it succeeded.
        param([string] $Script)
        $file = Join-Path $TestDrive "fresh-$([guid]::NewGuid().ToString('N')).ps1"
        Set-Content $file "`$ErrorActionPreference = 'Stop'`n`$PSStyle.OutputRendering = 'PlainText'`n$Script"
        $text = Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File $file 2>&1 | Out-String
        [pscustomobject]@{ Text = $text.Trim(); Code = $LASTEXITCODE }
    }
}

AfterAll { Exit-Test }

Describe 'The module' {
    It 'has a valid manifest' {
        $manifest = Test-ModuleManifest $staged
        $manifest.Version | Should -Be (Import-PowerShellDataFile $staged).ModuleVersion
    }

    It 'exports exactly the commands that the manifest lists' {
        $listed = (Import-PowerShellDataFile $staged).CmdletsToExport
        (Get-Module AtlasCloud).ExportedCommands.Keys | Sort-Object | Should -Be ($listed | Sort-Object)
        (Get-Module AtlasCloud).ExportedCommands.Values.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
    }

    It 'uses approved verbs and one noun prefix' {
        $verbs = (Get-Verb).Verb
        foreach ($command in Get-Command -Module AtlasCloud) {
            $command.Verb | Should -BeIn $verbs
            $command.Noun | Should -BeLike 'Atlas*'
        }
    }

    It 'supports -WhatIf in every command that can bill, delete or overwrite' {
        foreach ($name in 'New-AtlasImage', 'New-AtlasVideo', 'New-AtlasAudio', 'Invoke-AtlasChat', 'Save-AtlasOutput', 'Stop-AtlasPrediction', 'Stop-AtlasEmulator') {
            (Get-Command $name).Parameters.Keys | Should -Contain 'WhatIf'
            (Get-Command $name).Parameters.Keys | Should -Contain 'Confirm'
        }
    }

    It 'ships six private assemblies, those of the MCP server in a folder of their own, and no assembly of PowerShell' {
        $folder = Split-Path $staged
        (Get-ChildItem "$folder/dependencies/mcp").BaseName | Sort-Object | Should -Be 'AtlasCloud.Mcp', 'Microsoft.Extensions.AI.Abstractions', 'Microsoft.Extensions.DependencyInjection.Abstractions', 'Microsoft.Extensions.Logging.Abstractions', 'ModelContextProtocol.Core', 'System.Diagnostics.DiagnosticSource', 'System.IO.Pipelines', 'System.Text.Encodings.Web', 'System.Text.Json'
        (Get-ChildItem "$folder/dependencies" -File).Name | Sort-Object | Should -Be 'AtlasCloud.dll', 'AtlasCloud.Emulator.dll', 'AtlasCloud.Pictures.dll', 'Polly.Core.dll', 'SixLabors.ImageSharp.dll', 'System.Net.ServerSentEvents.dll'
        Get-ChildItem $folder -Recurse -Filter 'System.Management.Automation*' | Should -BeNullOrEmpty
    }

    It 'loads two small assemblies, no script and no other module on import, so that the import is fast' {
        $run = Invoke-Fresh @"
`$engine = `$PSHOME, [IO.Path]::GetDirectoryName([object].Assembly.Location)
`$assemblies = [AppDomain]::CurrentDomain.GetAssemblies()
`$modules = (Get-Module).Name
Import-Module '$staged'
`$loaded = [AppDomain]::CurrentDomain.GetAssemblies().Where({ `$_ -notin `$assemblies -and [IO.Path]::GetDirectoryName(`$_.Location) -notin `$engine })
"assemblies: `$([string]::Join(', ', [string[]] `$loaded.ForEach({ `$_.GetName().Name })))"
"modules: `$([string]::Join(', ', (Get-Module).Name.Where({ `$_ -notin `$modules })))"
"nested: `$((Get-Module AtlasCloud).NestedModules.ModuleType)"
"@
        $run.Code | Should -Be 0 -Because $run.Text
        $lines = $run.Text -split '\r?\n'
        $lines[0] -replace '^assemblies: ' -split ', ' | Sort-Object | Should -Be 'AtlasCloud.PowerShell', "AtlasCloud.VersionGuard.$((Import-PowerShellDataFile $staged).ModuleVersion)"
        $lines[1] | Should -Be 'modules: AtlasCloud'
        $lines[2] | Should -Be 'nested: Binary Manifest'
        Get-ChildItem (Split-Path $staged) -Recurse -Include '*.ps1', '*.psm1' | Should -BeNullOrEmpty
    }

    It 'loads the core, Polly and its dependencies outside the default load context, when another Polly is loaded first' {
        $run = Invoke-Fresh @"
Add-Type -TypeDefinition '[assembly: System.Reflection.AssemblyVersion("1.2.3.4")] namespace Polly { public class ResiliencePipeline { public static string Who = "the other one"; } }' -OutputAssembly '$TestDrive/Polly.Core.dll'
`$other = [Reflection.Assembly]::LoadFrom('$TestDrive/Polly.Core.dll')
Import-Module '$staged'
`$emulator = Start-AtlasEmulator -TimeScale 0
`$emulator | Connect-Atlas
`$null = 'a cat' | New-AtlasImage -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction
`$null = 'hello' | Invoke-AtlasChat -Model deepseek-ai/deepseek-v3.2 -Stream
`$inside = [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { `$_.GetName().Name -in 'AtlasCloud', 'AtlasCloud.Emulator', 'System.Net.ServerSentEvents', 'Polly.Core' }
"default: `$((`$inside | ForEach-Object { `$_.GetName().Name + ' ' + `$_.GetName().Version }) -join ', ')"
`$private = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'AtlasCloud'
"private: `$((`$private.Assemblies | ForEach-Object { `$_.GetName().Name } | Sort-Object) -join ', ')"
`$mine = `$private.Assemblies | Where-Object { `$_.GetName().Name -eq 'Polly.Core' }
"other polly untouched: `$([Polly.ResiliencePipeline]::Who), mine is `$(`$mine.GetName().Version.Major)"
"@
        $run.Code | Should -Be 0 -Because $run.Text
        $lines = $run.Text -split '\r?\n'
        # LoadFrom loads the other Polly into the default context or a separate one; the module's Polly is in neither.
        $lines[0] | Should -Match '^default: (Polly\.Core 1\.2\.3\.4)?$'
        $lines[1] | Should -Be 'private: AtlasCloud, AtlasCloud.Emulator, Polly.Core, System.Net.ServerSentEvents'
        $lines[2] | Should -Be 'other polly untouched: the other one, mine is 8'
    }

    It 'completes model names from the copy on disk in a new process without loading Polly, so that the first Tab is fast' {
        $emulator = Start-TestEmulator
        $complete = @"
`$env:ATLASCLOUD_BASE_URL = '$($emulator.BaseUri)'
Import-Module '$staged'
`$line = 'New-AtlasImage -Model '
"models: `$((TabExpansion2 `$line `$line.Length).CompletionMatches.CompletionText -join ' ')"
"loaded: `$(([Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'AtlasCloud').Assemblies.ForEach({ `$_.GetName().Name }))"
"@
        $first = Invoke-Fresh ($complete -replace "Import-Module '.*'", "`$0; `$null = Get-AtlasModel")
        $second = Invoke-Fresh $complete
        Stop-AtlasEmulator $emulator
        $models, $loaded = $second.Text -split '\r?\n'
        $models | Should -BeLike 'models: *google/nano-banana-2/text-to-image*'
        $models | Should -Be ($first.Text -split '\r?\n')[0]
        $loaded | Should -Be 'loaded: AtlasCloud'
        # A request loads it, so its name is the right one to look for.
        $first.Text | Should -BeLike '*Polly.Core*'
    }

    It 'imports without output in a new process, by path and by name' {
        $manifest = Get-StagedModule
        Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -Command "Import-Module '$manifest'; (Get-Command -Module AtlasCloud).Count" 2>&1 | Should -Be "$((Import-PowerShellDataFile $staged).CmdletsToExport.Count)"
        $path = Split-Path (Split-Path (Split-Path $manifest))
        Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -Command "`$env:PSModulePath = '$path'; (New-AtlasSession -BaseUri http://127.0.0.1:1).GetType().FullName" 2>&1 | Should -Be 'AtlasCloud.Session'
    }

    It 'works after a second import' {
        $run = Invoke-Fresh @"
Import-Module '$staged'; Remove-Module AtlasCloud; Import-Module '$staged'; Import-Module '$staged' -Force
Start-AtlasEmulator -TimeScale 0 | Connect-Atlas
('a cat' | New-AtlasImage -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction).Status
"@
        $run.Code | Should -Be 0 -Because $run.Text
        $run.Text | Should -Be 'completed'
    }

    It 'stops its emulators and clears the default session when it is removed' {
        $run = Invoke-Fresh @"
Import-Module '$staged'
`$emulator = Start-AtlasEmulator; `$emulator | Connect-Atlas
Remove-Module AtlasCloud
"running: `$(`$emulator.IsRunning)"
Import-Module '$staged'
try { Get-AtlasSession; 'a session' } catch { `$_.FullyQualifiedErrorId }
"@
        $run.Text -split '\r?\n' | Should -Be 'running: False', 'NoSession,AtlasCloud.PowerShell.Commands.GetAtlasSessionCommand'
    }

    It 'forgets the key, the session and the emulators at each removal' {
        $run = Invoke-Fresh @"
`$env:ATLASCLOUD_API_KEY = `$null
foreach (`$round in 1..3) {
    Import-Module '$staged'
    try { Get-AtlasSession; 'a session' } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }
    `$emulator = Start-AtlasEmulator -TimeScale 0
    Connect-Atlas `$emulator
    (Get-AtlasBalance).Available -gt 0
    Remove-Module AtlasCloud
    "running: `$(`$emulator.IsRunning)"
}
"@
        $run.Text -split '\r?\n' | Should -Be @(@('NoSession', 'True', 'running: False') * 3)
    }

    It 'works in parallel runspaces with a session from the caller' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $made = 1..6 | ForEach-Object -Parallel {
            Import-Module $using:staged
            $_ | New-AtlasImage -Model google/nano-banana-2/text-to-image -Session $using:session | Wait-AtlasPrediction -Session $using:session
        } -ThrottleLimit 3
        $made | Should -HaveCount 6
        $made.Status | Sort-Object -Unique | Should -Be 'completed'
        $emulator.Charges | Should -HaveCount 6
    }

    It 'keeps a separate default session per runspace' {
        Connect-Atlas -InputObject (Start-TestEmulator)
        $seen = 1 | ForEach-Object -Parallel {
            Import-Module $using:staged
            try { Get-AtlasSession -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
        }
        $seen | Should -BeLike 'NoSession,*'
    }
}
