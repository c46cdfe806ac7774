BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $made = 1..5 | New-AtlasImage -Model $model
    $made += New-AtlasVideo waves -Model alibaba/wan-2.6/text-to-video
}

AfterAll { Exit-Test }

Describe 'Get-AtlasPrediction' {
    It 'returns the current state of a prediction' {
        $now = Get-AtlasPrediction $made[0].Id
        $now.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Prediction'
        $now.Id | Should -Be $made[0].Id
        $now.IsFinished | Should -BeTrue
        $now.Outputs | Should -HaveCount 1
        $now.Price | Should -Be 0.08
        $now.Charge | Should -Be 'Charged'
    }

    It 'accepts ids and predictions from the pipeline, in order' {
        ($made.Id | Get-AtlasPrediction).Id | Should -Be $made.Id
        ($made | Get-AtlasPrediction).Id | Should -Be $made.Id
        ([pscustomobject]@{ Id = $made[1].Id } | Get-AtlasPrediction).Id | Should -Be $made[1].Id
        $made[0] | Export-Clixml "$TestDrive/p.xml"
        (Import-Clixml "$TestDrive/p.xml" | Get-AtlasPrediction).Id | Should -Be $made[0].Id
    }

    It 'lists the history, newest first' {
        $history = Get-AtlasPrediction -History
        $history | Should -HaveCount 6
        $history[0].Id | Should -Be $made[-1].Id
    }

    It 'sorts the journal and the pending predictions like the history, newest first' {
        $own = New-TestSession (Start-TestEmulator)
        $order = foreach ($prompt in 1..3) { New-AtlasImage $prompt -Model $model -Session $own }
        $expected = $order[2].Id, $order[1].Id, $order[0].Id
        (Get-AtlasPrediction -History -Session $own).Id | Should -Be $expected
        (Get-AtlasPrediction -Journal -Session $own).Id | Should -Be $expected
        (Get-AtlasPrediction -Pending -Session $own).Id | Should -Be $expected
    }

    It 'names states alike in the journal, the history and the pending predictions' {
        $own = New-TestSession (Start-TestEmulator)
        $some = foreach ($prompt in 1..3) { New-AtlasImage $prompt -Model $model -Session $own }
        $null = $some[0] | Wait-AtlasPrediction -Session $own
        (Get-AtlasPrediction -Journal -State running -Session $own).State | Should -Be @('InFlight', 'InFlight')
        (Get-AtlasPrediction -Pending -State InFlight -Session $own).State | Should -Be @('InFlight', 'InFlight')
        (Get-AtlasPrediction -Journal -State succeeded -Session $own).State | Should -Be 'Succeeded'
        (Get-AtlasPrediction -History -State succeeded -Session $own).State | Sort-Object -Unique | Should -Be 'Succeeded'
        Get-AtlasPrediction -Journal -State Saved -Session $own | Should -BeNullOrEmpty
        Assert-AtlasError (Get-ErrorOf { Get-AtlasPrediction -History -State Saved -Session $own }) 'InvalidParameter' 'InvalidArgument' '*InFlight, Succeeded and Failed*'
    }

    It 'filters the history by model, model wildcard and state' {
        Get-AtlasPrediction -History -Model $model | Should -HaveCount 5
        Get-AtlasPrediction -History -Model 'alibaba/*' | Should -HaveCount 1
        Get-AtlasPrediction -History -State succeeded | Should -HaveCount 6
        Get-AtlasPrediction -History -State failed | Should -BeNullOrEmpty
        Get-AtlasPrediction -History -State running | Should -BeNullOrEmpty
        Get-AtlasPrediction -History -Status completed | Should -HaveCount 6
        Get-AtlasPrediction -History -Status timeout | Should -BeNullOrEmpty
    }

    It 'stops the history with Select-Object -First' {
        Get-AtlasPrediction -History | Select-Object -First 2 | Should -HaveCount 2
    }

    It 'returns a failed prediction without an error' {
        $faulty = Start-TestEmulator -Rule @{ path = '*generateImage'; task = @{ end = 'failed'; error = 'out of memory' } }
        $session = New-TestSession $faulty
        $failed = New-AtlasImage x -Model $model -Session $session
        $now = Get-AtlasPrediction $failed.Id -Session $session
        $now.State | Should -Be 'Failed'
        $now.Error | Should -BeLike '*out of memory*'
    }

    It 'fails with PredictionNotFound for an unknown id' {
        $found = Get-ErrorOf { Get-AtlasPrediction '00000000000000000000000000000000' }
        Assert-AtlasError $found 'PredictionNotFound' 'ObjectNotFound' '*0000*'
        $found[0].TargetObject | Should -Be '00000000000000000000000000000000'
    }

    It 'rejects the invalid id <Id> without a request' -TestCases @(@{ Id = '../models' }, @{ Id = 'a b' }, @{ Id = 'a?b=c' }, @{ Id = '..' }) {
        $emulator.ClearLedger()
        Assert-AtlasError (Get-ErrorOf { Get-AtlasPrediction $Id }) 'InvalidParameter' 'InvalidArgument' -Nothing
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'continues after an unknown id' {
        $found = $null
        $now = $made[0].Id, '00000000000000000000000000000000', $made[1].Id | Get-AtlasPrediction -ErrorAction SilentlyContinue -ErrorVariable found
        $now.Id | Should -Be @($made[0].Id, $made[1].Id)
        $found | Should -HaveCount 1
    }

    It 'fails with NoSession without a session' {
        $kept = Get-AtlasSession
        Disconnect-Atlas
        try { Assert-AtlasError (Get-ErrorOf { Get-AtlasPrediction abc }) 'NoSession' 'AuthenticationError' -Nothing }
        finally { Connect-Atlas $kept }
    }

    It 'stops at Ctrl+C, by id and in the history' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { 'abc', 'def' | Get-AtlasPrediction -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
        $slow.ClearLedger()
        Assert-Stopped (Invoke-Stopped { Get-AtlasPrediction -History -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
    }
}
