BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
    $emulator = Start-TestEmulator -TimeScale 100
    Connect-Atlas (New-TestSession $emulator)

    function Start-Cancellable {
        # A poll response contains the cancel address if the service supports canceling the prediction. The port has to be known before the rule is written.
        Use-FreePort {
            param($Port)
            $running = @{ id = 'abc'; model = $model; status = 'processing'; urls = @{ cancel = "http://127.0.0.1:$Port/api/v1/model/prediction/abc/cancel" } }
            Start-AtlasEmulator -Port $Port -ErrorAction Stop -Scenario (New-Scenario @(
                @{ method = 'POST'; path = '*/cancel'; reply = @{ status = 200; body = @{ code = 200; data = @{ id = 'abc'; status = 'canceled' } } } }
                @{ method = 'GET'; path = '*/prediction/abc'; times = 1; reply = @{ body = @{ code = 200; data = $running } } }
                @{ method = 'GET'; path = '*/prediction/abc'; reply = @{ body = @{ code = 200; data = @{ id = 'abc'; model = $model; status = 'canceled' } } } }
            ))
        }
    }
}

AfterAll { Exit-Test }

Describe 'Stop-AtlasPrediction' {
    It 'cancels a prediction when the poll response has a cancel address' {
        $offers = Start-Cancellable
        Stop-AtlasPrediction abc -Session (New-TestSession $offers) -Confirm:$false | Should -BeNullOrEmpty
        $offers.Ledger.Method | Should -Contain 'POST'
    }

    It 'returns the canceled prediction with -PassThru' {
        $offers = Start-Cancellable
        $after = [pscustomobject]@{ Id = 'abc' } | Stop-AtlasPrediction -Session (New-TestSession $offers) -PassThru
        $after.Status | Should -Be 'canceled'
        $after.IsFinished | Should -BeTrue
    }

    It 'reports that a prediction that cannot be canceled continues and is charged' {
        $made = New-AtlasImage x -Model $model
        $found = Get-ErrorOf { $made | Stop-AtlasPrediction }
        Assert-AtlasError $found 'NotCancellable' 'NotImplemented' "*$($made.Id)*charged*"
        $found[0].TargetObject.Id | Should -Be $made.Id
    }

    It 'reports that the prediction has already finished' {
        $quick = Start-TestEmulator
        $session = New-TestSession $quick
        $made = New-AtlasImage x -Model $model -Session $session | Wait-AtlasPrediction -Session $session
        Assert-AtlasError (Get-ErrorOf { $made | Stop-AtlasPrediction -Session $session }) 'NotCancellable' 'NotImplemented' '*completed*'
    }

    It 'sends no request with -WhatIf' {
        $emulator.ClearLedger()
        Stop-AtlasPrediction abc -WhatIf
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'accepts ids and predictions from the pipeline, and writes an error for each' {
        $made = 1..2 | New-AtlasImage -Model $model
        Get-ErrorOf { $made | Stop-AtlasPrediction } | Should -HaveCount 2
        Get-ErrorOf { $made.Id | Stop-AtlasPrediction } | Should -HaveCount 2
    }

    It 'fails with PredictionNotFound for an unknown id' {
        Assert-AtlasError (Get-ErrorOf { Stop-AtlasPrediction '00000000000000000000000000000000' }) 'PredictionNotFound' 'ObjectNotFound'
    }

    It 'rejects an invalid id without a request' {
        $emulator.ClearLedger()
        Assert-AtlasError (Get-ErrorOf { Stop-AtlasPrediction ../models }) 'InvalidParameter' 'InvalidArgument' -Nothing
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'fails with NoSession without a session' {
        $kept = Get-AtlasSession
        Disconnect-Atlas
        try { Assert-AtlasError (Get-ErrorOf { Stop-AtlasPrediction abc }) 'NoSession' 'AuthenticationError' -Nothing }
        finally { Connect-Atlas $kept }
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        Assert-Stopped (Invoke-Stopped { 'abc' | Stop-AtlasPrediction -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }) $slow
    }
}
