BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
}

AfterAll { Exit-Test }

Describe 'Get-AtlasModelParameter' {
    It 'returns the inputs of a model in the service''s display order' {
        $found = Get-AtlasModelParameter alibaba/wan-2.6/text-to-video
        $found[0].PSObject.TypeNames[0] | Should -Be 'AtlasCloud.ModelParameter'
        $found.Name | Select-Object -First 4 | Should -Be 'prompt', 'negative_prompt', 'audio', 'size'
        $found.Where({ $_.IsRequired }).Name | Should -Be 'prompt'
        $found.Where({ $_.Name -eq 'duration' }).AllowedValues | Should -Be 5, 10, 15
        $found.Model | Sort-Object -Unique | Should -Be 'alibaba/wan-2.6/text-to-video'
    }

    It 'lists the inputs of every model that publishes them' {
        $quiet = Get-AtlasModel -Type Image, Video, Audio | Get-AtlasModelParameter -WarningAction SilentlyContinue
        ($quiet.Model | Sort-Object -Unique).Count | Should -BeGreaterThan 30
        $quiet | Where-Object Name -EQ 'model' | Should -BeNullOrEmpty
    }

    It 'accepts models, IDs and properties from the pipeline' {
        Get-AtlasModel google/nano-banana-2/edit | Get-AtlasModelParameter | Should -Not -BeNullOrEmpty
        'google/nano-banana-2/edit' | Get-AtlasModelParameter | Should -Not -BeNullOrEmpty
        [pscustomobject]@{ Model = 'google/nano-banana-2/edit' } | Get-AtlasModelParameter | Should -Not -BeNullOrEmpty
        [pscustomobject]@{ Id = 'google/nano-banana-2/edit' } | Get-AtlasModelParameter | Should -Not -BeNullOrEmpty
    }

    It 'filters by name with wildcards' {
        (Get-AtlasModelParameter alibaba/wan-2.6/text-to-video -Name *prompt).Name | Should -Be 'prompt', 'negative_prompt'
        (Get-AtlasModelParameter alibaba/wan-2.6/text-to-video SEED).Name | Should -Be 'seed'
        Get-AtlasModelParameter alibaba/wan-2.6/text-to-video -Name nothing* | Should -BeNullOrEmpty
    }

    It 'names the inputs of the model in the error about an unknown input' {
        Assert-AtlasError (Get-ErrorOf { Get-AtlasModelParameter alibaba/wan-2.6/text-to-video -Name colour }) 'InvalidParameter' 'InvalidArgument' '*prompt, negative_prompt*'
    }

    It 'continues after an unknown model' {
        $found = $null
        $inputs = 'no/such-model', 'google/nano-banana-2/edit' | Get-AtlasModelParameter -ErrorAction SilentlyContinue -ErrorVariable found
        $inputs | Should -Not -BeNullOrEmpty
        Assert-AtlasError $found 'ModelNotFound' 'ObjectNotFound'
    }

    It 'names Invoke-AtlasChat in the warning about a language model' {
        $warnings = $null
        Get-AtlasModelParameter deepseek-ai/deepseek-v3.2 -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*Invoke-AtlasChat*'
    }

    It 'warns about a model that publishes no inputs' {
        $other = Start-TestEmulator -Rule @{ path = '*google-nano-banana-2-edit.json'; reply = @{ status = 404 } }
        $warnings = $null
        Get-AtlasModelParameter google/nano-banana-2/edit -Session (New-TestSession $other) -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*publishes no list of its inputs*'
    }

    It 'does not require a key' {
        $session = New-AtlasSession -BaseUri $emulator.BaseUri
        Get-AtlasModelParameter google/nano-banana-2/edit -Session $session -Refresh | Should -Not -BeNullOrEmpty
        ($emulator.Ledger | Select-Object -Last 1).AuthorizationPresent | Should -BeFalse
    }

    It 'shows the allowed values, truncated in the table and complete in the list' {
        $table = Get-AtlasModelParameter alibaba/wan-2.6/text-to-video | Format-Table | Out-String -Width 200
        $table | Should -Match 'duration +integer +5 +5, 10, 15'
        $table | Should -Match '1280\*720, 1920\*1080.*…'
        $list = Get-AtlasModelParameter alibaba/wan-2.6/text-to-video -Name size | Format-List | Out-String -Width 400
        $list | Should -Match '1248\*1632'
    }

    It 'fails with ConnectionFailed when the service is unreachable' {
        $session = New-AtlasSession -BaseUri http://127.0.0.1:1
        Assert-AtlasError (Get-ErrorOf { Get-AtlasModelParameter google/nano-banana-2/edit -Session $session }) 'ConnectionFailed' 'ConnectionError'
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { Get-AtlasModelParameter a/b -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
    }
}
