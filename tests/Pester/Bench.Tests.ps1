BeforeDiscovery {
    # A run of a package builds no bench, and its programs are not those of Wine.
    $program = Get-ChildItem (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'bench/AtlasCloud.Bench/bin') -Filter AtlasCloud.Bench.dll -Recurse -ErrorAction Ignore
    $canRun = [bool] $program -and -not $IsWindows
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    $root = Split-Path (Split-Path $PSScriptRoot)

    function Invoke-SmallBench {
        # Runs comparisons with tiny sizes and returns the results by name.
        param([string[]] $Only)
        $folder = Join-Path $TestDrive "bench-$([guid]::NewGuid().ToString('N'))"
        $configuration = if (Test-Path (Join-Path $root 'bench/AtlasCloud.Bench/bin/Release')) { 'Release' } else { 'Debug' }
        $null = & (Join-Path $root 'bench' 'Invoke-Bench.ps1') -ModulePath (Get-StagedModule) -Destination $folder -Configuration $configuration -Small -Only $Only
        $results = Get-Content (Join-Path $folder 'results.json') -Raw | ConvertFrom-Json -AsHashtable
        $results.failures | Should -BeNullOrEmpty
        Test-Path (Join-Path $folder 'scratch') | Should -BeFalse
        $found = @{}
        foreach ($comparison in $results.comparisons) { $found[$comparison.id] = $comparison }
        $found
    }
}

Describe 'The bench' -Skip:(-not $canRun) {
    It 'measures imports, uploads, polls and the journal with tiny sizes' {
        $found = Invoke-SmallBench import, upload, polls, append
        $found.Keys | Sort-Object | Should -Be append, import, polls, upload
        $found.import.samples['AtlasCloud'][0].milliseconds | Should -BeGreaterThan 0
        $found.import.goals[0].value | Should -BeGreaterThan 0
        $found.upload.samples['AtlasCloud'] | Should -HaveCount 1
        $found.polls.goals.value | Should -HaveCount 4
        $found.append.samples['50 writers'][0].value | Should -BeIn (1..200) -Because 'no line is flushed twice'
    }

    It 'measures everything with tiny sizes' -Tag Slow {
        $all = 'import', 'one-shot', 'first-tab', 'first-call', 'upload', 'download', 'download-8', 'stream', 'pictures', 'polls', 'append', 'list', 'waiting', 'stop'
        $found = Invoke-SmallBench $all
        $found.Keys | Sort-Object | Should -Be ($all | Sort-Object)
        foreach ($comparison in $found.Values) {
            foreach ($name in $comparison.samples.Keys) {
                if ($name -notmatch 'curl|Node') { $comparison.samples[$name] | Should -HaveCount 1 -Because "$name is measured once" }
            }
        }
    }
}
