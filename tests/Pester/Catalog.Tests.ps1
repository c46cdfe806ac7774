# The catalog cache on disk, shared by processes.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    $address = [string] $emulator.BaseUri
    $null = Get-AtlasModel -Session (New-TestSession $emulator)
    $null = Get-AtlasModelParameter google/nano-banana-2/edit -Session (New-TestSession $emulator)

    function Get-CatalogFile {
        Get-ChildItem $env:ATLASCLOUD_HOME -Recurse -Filter models.json | Where-Object FullName -Like "*_$(([uri] $address).Port)*"
    }

    function Set-CatalogAge {
        param([timespan] $Age)
        $file = Get-CatalogFile
        $text = [IO.File]::ReadAllText($file)
        [IO.File]::WriteAllText($file, ($text -replace '"read":"[^"]+"', "`"read`":`"$([DateTimeOffset]::UtcNow.Subtract($Age).ToString('O'))`""))
    }

    function Invoke-FreshShell {
        # Runs a script in a new process that is given only the address, and returns the object that the script writes as JSON.
        param([Parameter(Mandatory)] [string] $Script, [string] $BaseUri = $address)
        $whole = "`$ErrorActionPreference = 'Stop'; `$env:ATLASCLOUD_BASE_URL = '$BaseUri'; Import-Module '$(Get-StagedModule)'; & { $Script } | ConvertTo-Json -Compress -Depth 4"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($whole))
        $output = Invoke-ChildShell -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded 2>&1
        $output | Select-Object -Last 1 | ConvertFrom-Json
    }

    $completion = '$line = ''New-AtlasImage -Model goo''
        $found = (TabExpansion2 $line $line.Length).CompletionMatches; @{ Found = @($found.CompletionText); Tip = "$($found[0].ToolTip)" }'
}

AfterAll { Exit-Test }

Describe 'The catalog cache' {
    It 'is used by another process without a request' {
        $emulator.ClearLedger()
        $answer = Invoke-FreshShell "`$found = & { $completion }
            @{ Found = `$found.Found; Models = @(Get-AtlasModel).Count; Inputs = @(Get-AtlasModelParameter google/nano-banana-2/edit).Count }"
        $answer.Found | Should -Contain 'google/nano-banana-2/edit'
        $answer.Models | Should -BeGreaterThan 50
        $answer.Inputs | Should -BeGreaterThan 3
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'is replaced atomically while several processes write it' {
        $script = "`$env:ATLASCLOUD_BASE_URL = '$address'; Import-Module '$(Get-StagedModule)'; 1..8 | ForEach-Object { (Get-AtlasModel -Refresh).Count; (Get-AtlasModel).Count }"
        $start = New-ChildShellStartInfo '-NoProfile', '-NonInteractive', '-Command', $script
        $start.RedirectStandardOutput = $true
        $processes = 1..4 | ForEach-Object { [Diagnostics.Process]::Start($start) }
        $counts = $processes | ForEach-Object { $_.StandardOutput.ReadToEnd() -split '\r?\n' | Where-Object { $_ } }
        $counts | Should -HaveCount 64
        $counts | Sort-Object -Unique | Should -HaveCount 1
        Get-ChildItem (Get-CatalogFile).DirectoryName -Filter *.tmp | Should -BeNullOrEmpty
        { Get-Content (Get-CatalogFile) -Raw | ConvertFrom-Json -AsHashtable } | Should -Not -Throw
    }

    It 'is replaced when it is damaged' {
        [IO.File]::WriteAllText((Get-CatalogFile), '{"format":1,"sour')
        (Invoke-FreshShell 'Get-AtlasModel | Measure-Object').Count | Should -BeGreaterThan 50
        (Get-CatalogFile).Length | Should -BeGreaterThan 10000
    }

    It 'is skipped when the folder is not writable' {
        $file = Join-Path $TestDrive 'taken'
        Set-Content $file ''
        (Invoke-FreshShell "`$env:ATLASCLOUD_HOME = '$file'; Get-AtlasModel | Measure-Object").Count | Should -BeGreaterThan 50
    }

    Context 'when the service is unreachable' {
        BeforeAll { Stop-AtlasEmulator $emulator }

        It 'completes and lists from a stale cache without a warning' {
            Set-CatalogAge '03:00:00'
            $completed = Invoke-FreshShell $completion
            $completed.Found | Should -Contain 'google/nano-banana-2/edit'
            $completed.Tip | Should -BeLike '*from 0.08/image*'
            $answer = Invoke-FreshShell '$models = Get-AtlasModel -WarningVariable warnings -WarningAction SilentlyContinue; @{ Count = $models.Count; WarningText = "$warnings" }'
            $answer.Count | Should -BeGreaterThan 50
            $answer.WarningText | Should -BeNullOrEmpty
        }

        It 'lists from an expired cache after one attempt, with a warning about its age' {
            Set-CatalogAge '3.00:00:00'
            $answer = Invoke-FreshShell '$all = Get-AtlasModel -WarningVariable warnings -WarningAction SilentlyContinue -Verbose 4>&1
                $verbose, $models = $all.Where({ $_ -is [System.Management.Automation.VerboseRecord] }, ''Split'')
                @{ Count = $models.Count; WarningText = "$warnings"; Warnings = $warnings.Count; Attempts = @("$($verbose -join "`n")" -split "`n" -match "^GET /api/v1/models").Count }'
            $answer.Count | Should -BeGreaterThan 50
            $answer.WarningText | Should -BeLike '*The cached copy (3 days old) is used*'
            $answer.Warnings | Should -Be 1
            $answer.Attempts | Should -Be 1 -Because 'the request is not retried when there is a cache'
        }

        It 'fails with ConnectionFailed with -Refresh' {
            (Invoke-FreshShell 'try { Get-AtlasModel -Refresh } catch { @{ Id = $_.FullyQualifiedErrorId } }').Id | Should -BeLike 'ConnectionFailed,*'
        }

        It 'fails after one attempt without a cache' {
            $answer = Invoke-FreshShell -BaseUri 'http://127.0.0.1:1/' '$verbose = [System.Collections.Generic.List[string]]::new()
                try { Get-AtlasModel -Verbose 4>&1 | ForEach-Object { $verbose.Add("$_") } } catch { @{ Id = $_.FullyQualifiedErrorId; Text = $_.Exception.Message; Attempts = @($verbose -match "^GET /api/v1/models").Count } }'
            $answer.Id | Should -BeLike 'ConnectionFailed,*'
            $answer.Text | Should -BeLike '*127.0.0.1:1*'
            $answer.Attempts | Should -Be 1 -Because 'the request is not retried when nothing listens'
        }

        It 'completes nothing and does not fail without a cache' {
            (Invoke-FreshShell -BaseUri 'http://127.0.0.1:1/' $completion).Found | Where-Object { $_ -like 'google*' } | Should -BeNullOrEmpty
        }
    }
}
