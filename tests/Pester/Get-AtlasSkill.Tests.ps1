# Runs every command of the skill against the emulator, with the module as installed.

BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $files = @(Get-ChildItem "$root/skills/atlascloud-powershell" -Recurse -Filter '*.md' | ForEach-Object {
            $blocks = [regex]::Matches((Get-Content $_.FullName -Raw), '(?ms)^```powershell\n(?<code>.*?)\n```$')
            @{ File = $_.Name; Code = @($blocks.ForEach({ $_.Groups['code'].Value })) }
        })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $folder = Get-AtlasSkill -Path
}

AfterAll { Exit-Test }

Describe 'Get-AtlasSkill' {
    It 'returns the name, the description and the folder of the skill' {
        $skill = Get-AtlasSkill
        $skill.Name | Should -Be 'atlascloud-powershell'
        Split-Path $skill.Path -Leaf | Should -Be $skill.Name
        $skill.Description.Length | Should -BeLessThan 1024
        $skill.Description | Should -Match 'Use it when'
    }

    It 'returns the folder that ships with the module with -Path' {
        $folder | Should -BeOfType string
        $folder | Should -BeLike "$(Split-Path (Get-StagedModule))*"
        (Get-Content "$folder/SKILL.md" -TotalCount 2) | Should -Be '---', 'name: atlascloud-powershell'
    }

    It 'is short, and every link in it leads to a file of the skill' {
        (Get-Item "$folder/SKILL.md").Length | Should -BeLessThan 6kb
        $links = [regex]::Matches((Get-Content "$folder/SKILL.md" -Raw), '\]\((?<target>[^)]+)\)').ForEach({ $_.Groups['target'].Value })
        $links | Should -Not -BeNullOrEmpty
        $links | ForEach-Object { "$folder/$_" | Should -Exist }
    }

    It 'names only error IDs that exist' {
        $known = Get-Content (Join-Path $PSScriptRoot '../../docs/en-US/about_AtlasCloud_Errors.md') -Raw
        $ids = Get-Content "$folder/references/errors.md" | Where-Object { $_ -match '^\| [A-Z]\w' -and $_ -notlike '| ID*' } | ForEach-Object { ($_ -split '\|')[1] -split ',' | ForEach-Object Trim }
        $ids.Count | Should -BeGreaterThan 10
        $ids | ForEach-Object { $known | Should -Match "\b$_\b" }
    }
}

Describe 'The commands in <File>' -ForEach $files {
    It 'run without an error' {
        $Code | Should -Not -BeNullOrEmpty
        $emulator = Start-TestEmulator
        $place = (New-Item "$TestDrive/$File" -ItemType Directory).FullName
        $null = New-Picture "$place/frame.png"
        'Prompt,Label', 'A lighthouse,one', 'A bicycle,two' | Set-Content "$place/prompts.csv"
        $lines = @(
            "`$ErrorActionPreference = 'Stop'"
            "`$env:PSModulePath = '$(Split-Path (Split-Path (Split-Path (Get-StagedModule))))' + [IO.Path]::PathSeparator + `$env:PSModulePath"
            "`$env:ATLASCLOUD_API_KEY = '$($emulator.ApiKey)'"
            "`$env:ATLASCLOUD_BASE_URL = '$($emulator.BaseUri)'"
            "Set-Location '$place'"
            $Code
            'if ($failed) { throw "$failed" }'
            '"done"'
        )
        Set-Content "$place/run.ps1" $lines
        $log = Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File "$place/run.ps1" 2>&1 | Out-String

        $LASTEXITCODE | Should -Be 0 -Because $log
        $log.TrimEnd() | Should -BeLike '*done'
        Get-ChildItem "$place/out" | Should -Not -BeNullOrEmpty
        Get-SubmitCount $emulator | Should -BeGreaterThan 0
    }
}
