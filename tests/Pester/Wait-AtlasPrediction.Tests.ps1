BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)

    function New-TestPrediction {
        # Returns a session and a prediction with a given outcome.
        param([hashtable] $Task, [string] $Name = $model)
        $faulty = Start-TestEmulator -Rule @{ path = '*generate*'; task = $Task }
        $session = New-TestSession $faulty
        [pscustomobject]@{ Emulator = $faulty; Session = $session; Prediction = New-AtlasImage x -Model $Name -Session $session }
    }
}

AfterAll { Exit-Test }

Describe 'Wait-AtlasPrediction' {
    It 'returns the finished prediction, with the label and the request of the input' {
        $made = New-AtlasImage 'a cat' -Model $model -Label mine
        $done = Wait-AtlasPrediction $made
        $done.Id | Should -Be $made.Id
        $done.IsFinished | Should -BeTrue
        $done.State | Should -Be 'Succeeded'
        $done.Outputs[0].Kind | Should -Be 'Image'
        $done.Outputs[0].Uri | Should -BeOfType [uri]
        $done.Label | Should -Be 'mine'
        $done.Request.prompt | Should -Be 'a cat'
    }

    It 'accepts predictions, ids, rows and deserialized predictions' {
        $made = 1..2 | New-AtlasImage -Model $model
        ($made | Wait-AtlasPrediction).Id | Sort-Object | Should -Be ($made.Id | Sort-Object)
        ($made.Id | Wait-AtlasPrediction).Id | Sort-Object | Should -Be ($made.Id | Sort-Object)
        (Wait-AtlasPrediction -Id $made[0].Id).Id | Should -Be $made[0].Id
        ([pscustomobject]@{ id = $made[0].Id; label = 'row' } | Wait-AtlasPrediction).Label | Should -Be 'row'
        $made[0] | Export-Clixml "$TestDrive/p.xml"
        (Import-Clixml "$TestDrive/p.xml" | Wait-AtlasPrediction).State | Should -Be 'Succeeded'
        ($made[0] | ConvertTo-Json -Depth 4 | ConvertFrom-Json | Wait-AtlasPrediction).State | Should -Be 'Succeeded'
    }

    It 'waits for all predictions concurrently, and returns each as it finishes' {
        # The first prediction never finishes, so the others are returned only if they do not wait for it.
        $mixed = Start-TestEmulator -Rule @{ path = '*generateImage'; times = 1; task = @{ end = 'stuck' } }, @{ path = '*generateImage'; task = @{ durationMilliseconds = 0 } }
        $session = New-TestSession $mixed
        $made = 1..4 | New-AtlasImage -Model $model -Session $session -ThrottleLimit 1
        $done = $made | Wait-AtlasPrediction -Session $session | Select-Object -First 3
        $done.Id | Sort-Object | Should -Be ($made[1..3].Id | Sort-Object)
    }

    It 'does not poll a finished prediction' {
        $done = New-AtlasImage x -Model $model | Wait-AtlasPrediction
        $emulator.ClearLedger()
        $done | Wait-AtlasPrediction | Should -HaveCount 1
        $emulator.Ledger | Should -BeNullOrEmpty
    }

    It 'fails with <Id> when the prediction ends as <End>' -TestCases @(
        @{ End = 'failed'; Id = 'PredictionFailed'; Category = 'InvalidResult' }
        @{ End = 'canceled'; Id = 'PredictionFailed'; Category = 'InvalidResult' }
        @{ End = 'expired'; Id = 'PredictionFailed'; Category = 'InvalidResult' }
        @{ End = 'timeout'; Id = 'PredictionFailed'; Category = 'InvalidResult' }
        @{ End = 'failed500'; Id = 'PredictionFailed'; Category = 'InvalidResult' }
        @{ End = 'nsfw'; Id = 'ContentBlocked'; Category = 'InvalidData' }
    ) {
        $ended = New-TestPrediction @{ end = $End; error = 'message of the service' }
        $found = Get-ErrorOf { $ended.Prediction | Wait-AtlasPrediction -Session $ended.Session }
        Assert-AtlasError $found $Id $Category
        $found[0].TargetObject.Id | Should -Be $ended.Prediction.Id
        $found[0].Exception.Message | Should -BeLike "*$($ended.Prediction.Id)*"
    }

    It 'reports a canceled prediction with a reason of its own' {
        $ended = New-TestPrediction @{ end = 'canceled' }
        $found = Get-ErrorOf { $ended.Prediction | Wait-AtlasPrediction -Session $ended.Session }
        Assert-AtlasError $found 'PredictionFailed' 'InvalidResult' '*was canceled on the service. It was not charged.'
        $found[0].Exception.Reason | Should -Be 'PredictionCanceled'
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike '*not canceled on purpose*'
    }

    It 'fails with PredictionTimedOut after -Timeout when the prediction is <End>, and recommends how to resume' -TestCases @(@{ End = 'stuck' }, @{ End = 'unknown' }) {
        $ended = New-TestPrediction @{ end = $End }
        $found = Get-ErrorOf { $ended.Prediction | Wait-AtlasPrediction -Session $ended.Session -Timeout 00:00:00.4 }
        Assert-AtlasError $found 'PredictionTimedOut' 'OperationTimeout'
        $found[0].TargetObject.Id | Should -Be $ended.Prediction.Id
        "$($found[0].Exception.Message) $($found[0].ErrorDetails.RecommendedAction)" | Should -BeLike "*$($ended.Prediction.Id)*Wait-AtlasPrediction*"
    }

    It 'returns the other predictions when one fails' {
        $faulty = Start-TestEmulator -Rule @{ path = '*generateImage'; skip = 1; times = 1; task = @{ end = 'failed' } }
        $session = New-TestSession $faulty
        $found = $null
        $done = 1..3 | New-AtlasImage -Model $model -Session $session | Wait-AtlasPrediction -Session $session -ErrorAction SilentlyContinue -ErrorVariable found
        $done | Should -HaveCount 2
        $found | Should -HaveCount 1
    }

    It 'retries a failed poll' {
        $flaky = Start-TestEmulator -Rule @{ path = '*/prediction/*'; times = 4; reply = @{ status = 502; headers = @{ 'Content-Type' = 'text/html' }; body = '<html>bad gateway</html>' } }
        $session = New-TestSession $flaky
        (New-AtlasImage x -Model $model -Session $session | Wait-AtlasPrediction -Session $session).State | Should -Be 'Succeeded'
    }

    It 'polls once more when its process was suspended past the timeout' -Tag Slow -Skip:$IsWindows {
        # Suspended as by Ctrl+Z: the clock continues, no poll is sent, and the prediction finishes meanwhile.
        $late = Start-TestEmulator -Rule @{ path = '*generate*'; task = @{ durationMilliseconds = 3000 } }
        $script = "$TestDrive/stopped.ps1"
        Set-Content $script "
            Import-Module '$(Get-StagedModule)'
            `$session = New-AtlasSession -BaseUri '$($late.BaseUri)' -PollInterval 00:00:00.05 -JournalPath ''
            `$null = Get-AtlasBalance -Session `$session
            (Wait-AtlasPrediction ([Console]::ReadLine()) -Timeout 00:00:02.5 -Session `$session).State"
        $start = New-ChildShellStartInfo '-NoProfile', '-NonInteractive', '-File', $script
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.Environment['ATLASCLOUD_API_KEY'] = $late.ApiKey
        $process = [Diagnostics.Process]::Start($start)
        try {
            Wait-Until { $late.Ledger | Where-Object Path -Like '*/balance' } -Seconds 60
            $made = New-AtlasImage x -Model $model -Session (New-TestSession $late)
            $process.StandardInput.WriteLine($made.Id)
            Wait-Until { $late.Ledger | Where-Object Path -Like "*/prediction/$($made.Id)" }
            kill -STOP $process.Id
            Start-Sleep -Seconds 4
            kill -CONT $process.Id
            $process.WaitForExit(30000) | Should -BeTrue
            $process.StandardOutput.ReadToEnd().Trim() | Should -Be 'Succeeded' -Because $process.StandardError.ReadToEnd()
        }
        finally { if (-not $process.HasExited) { $process.Kill() } }
    }

    It 'retries while the service does not know the id yet' {
        $late = New-TestPrediction @{ notFoundMilliseconds = 500 }
        ($late.Prediction | Wait-AtlasPrediction -Session $late.Session).State | Should -Be 'Succeeded'
    }

    It 'fails with PredictionNotFound for an unknown id' {
        $found = Get-ErrorOf { Wait-AtlasPrediction '00000000000000000000000000000000' }
        Assert-AtlasError $found 'PredictionNotFound' 'ObjectNotFound'
    }

    It 'rejects the id ''<Value>''' -TestCases @(@{ Value = 'a/b' }, @{ Value = '' }, @{ Value = ' ' }) {
        $found = Get-ErrorOf { Wait-AtlasPrediction $Value }
        $found | Should -HaveCount 1
        $found[0].CategoryInfo.Category | Should -BeIn 'InvalidArgument', 'InvalidData'
    }

    It 'rejects an object that is not a prediction' {
        $found = Get-ErrorOf { Get-Item $TestDrive | Wait-AtlasPrediction }
        $found | Should -HaveCount 1
        $found[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'rejects a -Timeout or -PollInterval of zero' {
        Assert-AtlasError (Get-ErrorOf { Wait-AtlasPrediction abc -Timeout 0 }) 'InvalidParameter' 'InvalidArgument' '*Timeout*'
        Assert-AtlasError (Get-ErrorOf { Wait-AtlasPrediction abc -PollInterval 0 }) 'InvalidParameter' 'InvalidArgument' '*PollInterval*'
    }

    It 'fails with NoSession without a session' {
        $kept = Get-AtlasSession
        Disconnect-Atlas
        try { Assert-AtlasError (Get-ErrorOf { Wait-AtlasPrediction abc }) 'NoSession' 'AuthenticationError' -Nothing }
        finally { Connect-Atlas $kept }
    }

    It 'stops at Ctrl+C, during a poll and between polls' {
        $ended = New-TestPrediction @{ end = 'stuck' }
        $ended.Emulator.ClearLedger()
        $run = Invoke-Stopped { $id | Wait-AtlasPrediction -Session $given -PollInterval 0:5 } @{ given = $ended.Session; id = $ended.Prediction.Id } -When { $ended.Emulator.Ledger.Count -gt 0 }
        Assert-Stopped $run $ended.Emulator
        $slow = Start-TestEmulator -Rule @{ path = '*'; delayMilliseconds = 30000 }
        $run = Invoke-Stopped { 'abc' | Wait-AtlasPrediction -Session $given } @{ given = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }
        Assert-Stopped $run $slow
    }

    It 'stops polling with Select-Object -First' {
        $mixed = Start-TestEmulator -Rule @{ path = '*generateImage'; times = 2; task = @{ durationMilliseconds = 0 } }, @{ path = '*generateImage'; task = @{ end = 'stuck' } }
        $session = New-TestSession $mixed
        1..6 | New-AtlasImage -Model $model -Session $session | Wait-AtlasPrediction -Session $session | Select-Object -First 2 | Should -HaveCount 2
        Assert-Quiet $mixed $session
    }

    It 'stops at the first failed prediction with -ErrorAction Stop' {
        $faulty = Start-TestEmulator -Rule @{ path = '*generateImage'; times = 1; task = @{ end = 'failed' } }, @{ path = '*generateImage'; task = @{ end = 'stuck' } }
        $session = New-TestSession $faulty
        { 1..4 | New-AtlasImage -Model $model -Session $session | Wait-AtlasPrediction -Session $session -ErrorAction Stop } | Should -Throw -ErrorId 'PredictionFailed,*'
    }
}
