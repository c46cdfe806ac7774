BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Import-Module (Join-Path $PSScriptRoot '..' '..' 'tools' 'ChildShell.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
    $emulator = Start-TestEmulator
    $session = New-TestSession $emulator
    $picture = New-Picture "$TestDrive/p.png" 1

    function Invoke-Script {
        # Runs a script as a scheduler does, and returns the exit code and both streams as text.
        param([string] $Path, [string[]] $Argument = @())
        $start = New-ChildShellStartInfo -Arguments (@('-NoLogo', '-NoProfile', '-NonInteractive', '-File', $Path) + $Argument)
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        $problems = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output; Errors = $problems.Result }
    }

    function Get-Progress {
        # Returns the progress records of a script, as a host receives them.
        param([scriptblock] $Script, [hashtable] $With)
        $shell = New-TestShell $Script $With
        try {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $null = $shell.Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            [pscustomobject]@{ Records = @($shell.Streams.Progress); Seconds = $clock.Elapsed.TotalSeconds }
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}

AfterAll { Exit-Test }

Describe '-Verbose' {
    It 'writes verbose messages, and none without the switch' {
        $lines = Send-AtlasMedia $picture.FullName -Session $session -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$lines" | Should -BeLike '*p.png*'
        New-AtlasImage x -Model $model -Session $session 4>&1 5>&1 | Should -HaveCount 1
    }

    It 'reports a retry and its reason' {
        $flaky = Start-TestEmulator -Rule @{ path = '/public/v1/balance'; times = 1; reply = @{ status = 503 } }
        $lines = Get-AtlasBalance -Session (New-TestSession $flaky) -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$lines" | Should -Match '503|again|retry'
    }

    It 'reports that a file was already uploaded' {
        $null = Send-AtlasMedia $picture.FullName -Session $session
        $lines = Send-AtlasMedia $picture.FullName -Session $session -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$lines" | Should -BeLike '*not sent again*'
    }
}

Describe '-Debug' {
    It 'shows requests and responses' {
        $lines = New-AtlasImage 'a cat in the debug stream' -Model $model -Session $session -Debug 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
        "$lines" | Should -BeLike '*POST*generateImage*'
        "$lines" | Should -BeLike '*a cat in the debug stream*'
        "$lines" | Should -Not -BeLike "*$($emulator.ApiKey)*"
    }

    It 'shows data URIs by their length' {
        $data = 'data:image/png;base64,' + [Convert]::ToBase64String([byte[]]::new(3000))
        $lines = New-AtlasImage blue -Model google/nano-banana-2/edit -Image $data -Session $session -Debug 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
        (Get-Submit $emulator)[-1].images | Should -Be $data
        "$lines" | Should -BeLike '*data:image/png;base64,(*'
        "$lines" | Should -Not -BeLike '*AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA*'
    }

    It 'writes nothing with -Debug:$false' {
        $DebugPreference = 'Continue'
        $null = $DebugPreference
        Get-AtlasBalance -Session $session -Debug:$false 5>&1 | Should -HaveCount 1
    }
}

Describe 'Progress' {
    It 'is updated a few times per second while waiting, and completes at the end' -Tag Slow {
        $slow = Start-AtlasEmulator -TimeScale 1.2
        $seen = Get-Progress { 1..10 | New-AtlasImage -Model $model -Session $given | Wait-AtlasPrediction -Session $given } @{ given = New-TestSession $slow; model = $model }
        $records = @($seen.Records | Where-Object Activity -EQ 'Waiting for predictions')
        $records.Count | Should -BeGreaterThan 0
        $records[0].StatusDescription | Should -BeLike '*of 10*'
        $records.Count | Should -BeLessThan (5 * $seen.Seconds + 2)
        $last = @($seen.Records | Where-Object ActivityId -EQ $records[0].ActivityId)[-1]
        $last.RecordType | Should -Be 'Completed'
    }

    It 'shows each file that is being saved, and completes each bar' {
        $slow = Start-TestEmulator -Rule @{ path = '/outputs/*'; fault = 'slow-drip'; delayMilliseconds = 100 }
        $given = New-TestSession $slow
        $done = New-AtlasImage x -Model $model -Session $given | Wait-AtlasPrediction -Session $given
        $seen = Get-Progress { $done | Save-AtlasOutput $folder -Session $given } @{ given = $given; done = $done; folder = "$TestDrive/slow" }
        $bars = @($seen.Records | Where-Object Activity -Like 'Saving*')
        $bars.Count | Should -BeGreaterThan 0
        $bars[0].PercentComplete | Should -BeIn (0..100)
        foreach ($id in $seen.Records.ActivityId | Sort-Object -Unique) {
            @($seen.Records | Where-Object ActivityId -EQ $id)[-1].RecordType | Should -Be 'Completed'
        }
    }

    It 'is not shown for short operations' {
        # An operation that takes half a second on a busy machine may show its progress. An attempt without that ends the test.
        foreach ($try in 1..10) {
            $seen = Get-Progress { Get-AtlasBalance -Session $given; New-AtlasImage x -Model $model -Session $given } @{ given = $session; model = $model }
            if ($seen.Seconds -lt 0.5) { break }
        }
        if ($seen.Seconds -lt 0.5) { $seen.Records | Should -BeNullOrEmpty }
    }

    It 'does not delay Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*generateImage'; task = @{ end = 'stuck' } }
        $given = New-TestSession $slow
        $shell = New-TestShell { 1..3 | New-AtlasImage -Model $model -Session $given | Wait-AtlasPrediction -Session $given | Out-Null } @{ given = $given; model = $model }
        try {
            $running = $shell.BeginInvoke()
            Wait-Until { $shell.Streams.Progress.Count -gt 0 }
            $running.IsCompleted | Should -BeFalse
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}

Describe 'Repeated errors' {
    It 'shows the first error in full and counts the others, and shows each when it is inspected' {
        $script = Join-Path $TestDrive 'refused.ps1'
        Set-Content $script @'
param($Module)
Import-Module $Module
$PSStyle.OutputRendering = 'PlainText'
$limited = Start-AtlasEmulator -TimeScale 0 | New-AtlasSession -Budget 0.000001 -JournalPath ''
1..20 | New-AtlasImage -Model google/nano-banana-2/text-to-image -Session $limited -ErrorVariable refused
'INSPECTED'
$refused[19]
'@
        $run = Invoke-Script $script (Get-StagedModule)
        [regex]::Matches($run.Errors, 'would cost').Count | Should -Be 1
        [regex]::Matches(($run.Output -split 'INSPECTED')[1], 'would cost').Count | Should -Be 1
        $shown = $run.Output -replace '\s+', ' '
        $shown | Should -BeLike '*19 more inputs failed with the same error (BudgetExceeded)*'
    }
}

Describe 'Exit code of the script in about_AtlasCloud_Errors' {
    BeforeAll {
        # The example with the exit code, as the page shows it.
        $page = Get-Content (Join-Path $PSScriptRoot '..' '..' 'docs' 'en-US' 'about_AtlasCloud_Errors.md') -Raw
        $code = [regex]::Match($page, '(?ms)^```powershell\n(?<code>try \{(?:(?!```).)*exit 0)\n```$').Groups['code'].Value
        $script = Join-Path $TestDrive 'job.ps1'
    }

    It 'is <Expected> if <Case>' -ForEach @(
        @{ Expected = 0; Case = 'all files are saved'; Rows = 'Prompt', 'a', 'b'; Key = $true }
        @{ Expected = 1; Case = 'an input failed'; Rows = 'Prompt,Seed', 'a,1', 'b,nonsense'; Key = $true }
        @{ Expected = 2; Case = 'the script cannot run'; Rows = 'Prompt', 'a'; Key = $false }
    ) {
        $code | Should -Not -BeNullOrEmpty
        $folder = New-Item (Join-Path $TestDrive "job-$Expected") -ItemType Directory
        $Rows | Set-Content (Join-Path $folder 'prompts.csv')
        $connect = if ($Key) { 'Start-AtlasEmulator -TimeScale 0 | Connect-Atlas -JournalPath ""' } else { '$env:ATLASCLOUD_API_KEY = $env:ATLAS_CLOUD_API_KEY = $env:ATLAS_API_KEY = $null; $env:ATLASCLOUD_BASE_URL = "http://127.0.0.1:9/"' }
        Set-Content $script "Import-Module '$(Get-StagedModule)'`nSet-Location '$folder'`n$connect`n$code"
        $run = Invoke-Script $script
        $run.ExitCode | Should -Be $Expected -Because ($run.Output + $run.Errors)
    }
}
