# Prices and limits before a submit: -WhatIf, -Confirm, -MaxCost, -Budget; and the settled price afterwards.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
    $emulator = Start-TestEmulator

    function Invoke-Shell {
        # Runs a script in a new process that uses the emulator, with answers on its standard input, and returns its console output.
        param([string] $Script, $Emulator, [string[]] $Answer = @())
        $file = Join-Path $TestDrive "shell-$([guid]::NewGuid().ToString('N')).ps1"
        Set-Content $file "Import-Module '$(Get-StagedModule)'`n`$PSStyle.OutputRendering = 'PlainText'`n$Script"
        $saved = $env:ATLASCLOUD_BASE_URL
        try {
            $env:ATLASCLOUD_API_KEY = $Emulator.ApiKey
            $env:ATLASCLOUD_BASE_URL = $Emulator.BaseUri
            $lines = $Answer | Invoke-ChildShell -NoLogo -NoProfile -File $file 2>&1
            $lines | ForEach-Object { "$_" }
        }
        finally {
            Remove-Item env:ATLASCLOUD_API_KEY
            $env:ATLASCLOUD_BASE_URL = $saved
        }
    }
}

AfterAll { Exit-Test }

Describe '-WhatIf of the commands that generate' {
    BeforeEach { $emulator.ClearLedger() }

    It 'shows each price in the order of the input, and the total in the last line' {
        $shown = @(Invoke-Shell "1..40 | New-AtlasImage -Model $model -WhatIf" $emulator)
        $shown.Count | Should -Be 41
        $shown[0] | Should -Be "What if: Submitting the image request to $model, `"1`", would cost 0.08 usd"
        $shown[0..39] | ForEach-Object { [int]($_ -replace '.*"(\d+)".*', '$1') } | Should -Be (1..40)
        $shown[40] | Should -Be 'What if: Total for 40 requests: 3.20 usd'
        Get-SubmitCount $emulator | Should -Be 0
        $emulator.Charges | Should -BeNullOrEmpty
    }

    It 'shows the price with $WhatIfPreference' {
        Invoke-Shell "`$WhatIfPreference = `$true; New-AtlasImage 'a cat' -Model $model" $emulator | Should -BeLike 'What if: * would cost 0.08 usd'
        Get-SubmitCount $emulator | Should -Be 0
    }

    It 'uploads no file' {
        $file = New-Picture "$TestDrive/frame.png" 5
        $shown = Invoke-Shell "New-AtlasVideo move -Model bytedance/seedance-2.0/image-to-video -Resolution 480p -Duration 5 -Image '$($file.FullName)' -WhatIf" $emulator
        $shown | Should -BeLike 'What if: * would cost 0.453716 usd'
        Get-Upload $emulator | Should -BeNullOrEmpty
        ($emulator.Ledger | Where-Object Path -Like '*calculate').Body | Should -Not -BeLike '*frame.png*'
    }

    It 'reports invalid inputs as errors, and does not count them in the total' {
        $shown = Invoke-Shell "
            'a cat', 'a dog' | ForEach-Object { [pscustomobject]@{ Prompt = `$_; AspectRatio = `$(if (`$_ -eq 'a dog') { '1:77' }) } } |
                New-AtlasImage -Model $model -WhatIf -ErrorVariable failed -ErrorAction SilentlyContinue
            `$failed.FullyQualifiedErrorId" $emulator
        $shown | Should -HaveCount 3
        $shown[1] | Should -BeLike '*Total for 1 request: 0.08 usd; 1 was rejected'
        $shown[2] | Should -BeLike 'InvalidParameter,*'
    }

    It 'shows that a price is unknown, with the reason' {
        $faulty = Start-TestEmulator -Rule @{ path = '*calculate'; reply = @{ status = 400; body = @{ code = 400; msg = 'failed to evaluate price: expression compile failed' } } }
        Invoke-Shell "New-AtlasImage 'a cat' -Model $model -WhatIf" $faulty | Should -BeLike 'What if: * would cost an unknown amount:*failed to evaluate price*'
    }

    It 'fails with BudgetExceeded above a limit, in the order of the input' {
        $session = New-TestSession $emulator @{ Budget = 0.2 }
        $failed = Get-ErrorOf { 1..3 | New-AtlasImage -Model $model -WhatIf -Session $session }
        Assert-AtlasError $failed 'BudgetExceeded' 'LimitsExceeded'
        $failed[0].TargetObject | Should -Be 3
        $session.Reserved | Should -Be 0
        Assert-AtlasError (Get-ErrorOf { New-AtlasImage 'a cat' -Model $model -MaxCost 0.01 -WhatIf -Session $session }) 'BudgetExceeded' 'LimitsExceeded' -Nothing
    }
}

Describe '-Confirm of the commands that generate' {
    BeforeEach { $emulator.ClearLedger() }

    It 'shows the price in the prompt, and submits what is confirmed' {
        $shown = Invoke-Shell "'one', 'two' | New-AtlasImage -Model $model -Confirm | ForEach-Object { `"made `$(`$_.Request.prompt)`" }" $emulator -Answer 'y', 'n'
        $text = ($shown -join ' ') -replace '\s+', ' '
        $text | Should -Match '"one", which would cost 0\.08 usd\?'
        $text | Should -Match '"two", which would cost 0\.08 usd\?'
        $text | Should -Match 'made one'
        $text | Should -Not -Match 'made two'
        (Get-Submit $emulator).prompt | Should -Be 'one'
    }
}

Describe '-MaxCost' {
    BeforeAll { $session = New-TestSession $emulator }
    BeforeEach { $emulator.ClearLedger() }

    It 'submits a request at the limit, and returns its quote' {
        $made = New-AtlasImage 'a cat' -Model $model -MaxCost 0.08 -Session $session
        $made.Quote.Price | Should -Be 0.08
        (Wait-AtlasPrediction $made -Session $session).Quote.Price | Should -Be 0.08
    }

    It 'does not submit a request above the limit, and continues with the others' {
        $made = @(
            [pscustomobject]@{ Prompt = 'small'; Resolution = '1k' }
            [pscustomobject]@{ Prompt = 'large'; Resolution = '4k' }
        ) | New-AtlasImage -Model $model -MaxCost 0.10 -Session $session -ErrorVariable failed -ErrorAction SilentlyContinue
        $made.Request.prompt | Should -Be 'small'
        Assert-AtlasError $failed 'BudgetExceeded' 'LimitsExceeded' '*0.16 usd*0.1*' -Nothing
        Get-SubmitCount $emulator | Should -Be 1
    }

    It 'rejects <Name> as unknown cost, except with -AllowUnknownCost' -ForEach @(
        @{ Name = 'a partial price'; Body = @{ price = '0.01'; estimate_partial = $true } }
        @{ Name = 'a price that is not a number'; Body = @{ price = 'soon' } }
        @{ Name = 'no price'; Body = @{ discount = '100' } }
        @{ Name = 'another currency'; Body = @{ price = '0.01'; currency = 'EUR' } }
    ) {
        $faulty = Start-TestEmulator -Rule @{ path = '*calculate'; reply = @{ body = @{ code = 200; data = $Body } } }
        $faultySession = New-TestSession $faulty
        Assert-AtlasError (Get-ErrorOf { New-AtlasImage x -Model $model -MaxCost 100 -Session $faultySession }) 'BudgetExceeded' 'LimitsExceeded' -Nothing
        Get-SubmitCount $faulty | Should -Be 0
        New-AtlasImage x -Model $model -MaxCost 100 -AllowUnknownCost -Session $faultySession | Should -HaveCount 1
    }

    It 'requests no price without a limit' {
        $null = New-AtlasImage 'a cat' -Model $model -Session $session
        $emulator.Ledger | Where-Object Path -Like '*calculate' | Should -BeNullOrEmpty
    }

    It 'rejects a negative limit' {
        { New-AtlasImage x -Model $model -MaxCost -0.01 -Session $session } | Should -Throw '*must be between 0 and*'
    }
}

Describe '-Budget' {
    It 'is not exceeded by ten concurrent runspaces that share a session' {
        $busy = Start-TestEmulator
        $session = New-TestSession $busy @{ Budget = 2 }
        $shells = 1..10 | ForEach-Object {
            New-TestShell { 1..10 | New-AtlasImage -Model $model -Session $session } @{ session = $session; model = $model }
        }
        try {
            $running = $shells | ForEach-Object { [pscustomobject]@{ Shell = $_; Handle = $_.BeginInvoke() } }
            $made = $running | ForEach-Object { $_.Shell.EndInvoke($_.Handle) }
            $failed = $shells | ForEach-Object { $_.Streams.Error }
        }
        finally {
            $shells | ForEach-Object { $_.Runspace.Dispose(); $_.Dispose() }
        }

        $charged = [decimal] 0
        foreach ($charge in $busy.Charges) { $charged += $charge.Amount }
        $charged | Should -BeLessOrEqual 2
        $made | Should -HaveCount 25
        $failed | Should -HaveCount 75
        $failed | ForEach-Object { $_.FullyQualifiedErrorId } | Should -BeLike 'BudgetExceeded,*'
        $session.Spent | Should -Be 2
        $session.Reserved | Should -Be 0
        $session.Remaining | Should -Be 0
    }

    It 'reports the request, its price, and the state of the budget' {
        $session = New-TestSession $emulator @{ Budget = 0.1 }
        $null = New-AtlasImage 'a cat' -Model $model -Session $session
        $found = Get-ErrorOf { New-AtlasImage 'a dog' -Model $model -Session $session }
        Assert-AtlasError $found 'BudgetExceeded' 'LimitsExceeded' "*$model*0.08 usd*budget of 0.1 usd*0.08 is spent*is reserved*0.02 is left*" -Nothing
        $found[0].TargetObject | Should -Be 'a dog'
    }

    It 'releases the reservation of a rejected submit' {
        $poor = Start-TestEmulator -Option @{ Balance = [decimal] 0.01 }
        $session = New-TestSession $poor @{ Budget = 1 }
        Assert-AtlasError (Get-ErrorOf { New-AtlasImage x -Model $model -Session $session }) 'InsufficientBalance' 'QuotaExceeded'
        $session.Remaining | Should -Be 1
    }

    It 'keeps the reservation when the outcome of a submit is unknown' {
        $faulty = Start-TestEmulator -Rule @{ path = '*generateImage'; fault = 'drop-after' }, @{ path = '*history*'; reply = @{ status = 500 } }
        $session = New-TestSession $faulty @{ Budget = 1; MaximumRetryCount = 0 }
        Assert-AtlasError (Get-ErrorOf { New-AtlasImage x -Model $model -Session $session }) 'SubmitOutcomeUnknown' 'OperationStopped'
        $session.Spent | Should -Be 0
        $session.Reserved | Should -Be 0.08
    }

    It 'refunds a failed prediction that was not charged, once it was polled' {
        $failing = Start-TestEmulator -Rule @{ path = '*generateImage'; task = @{ end = 'failed' } }
        $session = New-TestSession $failing @{ Budget = 1 }
        $made = New-AtlasImage x -Model $model -Session $session
        $session.Spent | Should -Be 0.08
        $made | Wait-AtlasPrediction -Session $session -ErrorAction SilentlyContinue
        $session.Spent | Should -Be 0
    }

    It 'is shared by all uses of the session, including Connect-Atlas' {
        $session = New-TestSession $emulator @{ Budget = 0.1 }
        Connect-Atlas $session
        $null = New-AtlasImage 'a cat' -Model $model
        (Get-AtlasSession).Remaining | Should -Be 0.02
        $session.Remaining | Should -Be 0.02
    }

    It 'cannot be set on an existing session' {
        { Connect-Atlas -Session (New-TestSession $emulator) -Budget 5 } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
    }

    It 'includes chat, and rejects a chat request when the budget is spent' {
        $session = New-TestSession $emulator @{ Budget = 0.000001 }
        $reply = Invoke-AtlasChat 'hello' -Model deepseek-ai/deepseek-v3.2 -Session $session
        $session.Spent | Should -Be $reply.EstimatedCost
        Assert-AtlasError (Get-ErrorOf { Invoke-AtlasChat 'hello' -Model deepseek-ai/deepseek-v3.2 -Session $session }) 'BudgetExceeded' 'LimitsExceeded' -Nothing
    }

    It 'releases the reservation of a submit that was canceled before it was sent' {
        $slow = Start-TestEmulator -Rule @{ path = '*calculate'; delayMilliseconds = 60000 }
        $session = New-TestSession $slow @{ Budget = 1 }
        $run = Invoke-Stopped { 1..3 | New-AtlasImage -Model $model -Session $session } @{ session = $session; model = $model } -When { @($slow.Ledger | Where-Object Path -Like '*calculate').Count -gt 0 }
        Assert-Stopped $run $slow
        Wait-Until { $session.Remaining -eq 1 }
    }
}

Describe 'A settled price that is published late' {
    It 'is polled for when the request was quoted, and not otherwise' {
        $late = Start-TestEmulator -Option @{ PublishPriceLate = [timespan]::FromSeconds(0.8) }
        $session = New-TestSession $late @{ Budget = 1 }
        $unpublished = Start-TestEmulator -Option @{ PublishPriceLate = [timespan]::FromHours(1) }
        $free = New-TestSession $unpublished
        (New-AtlasImage 'a cat' -Model $model -Session $session | Wait-AtlasPrediction -Session $session).Price | Should -Be 0.08
        $unpriced = New-AtlasImage 'a cat' -Model $model -Session $free | Wait-AtlasPrediction -Session $free
        $unpriced.Price | Should -BeNullOrEmpty
        $unpriced.Charge | Should -Be 'Unknown'

        # Without a limit, Wait-AtlasPrediction does not poll for the price; it can be read later.
        $free = New-TestSession $late
        $made = New-AtlasImage 'a cat' -Model $model -Session $free
        Wait-Until { ($made.Id | Get-AtlasPrediction -Session $free).Price -eq 0.08 }
    }

    It 'is polled for up to -PriceTimeout' {
        $late = Start-TestEmulator -Option @{ PublishPriceLate = [timespan]::FromSeconds(0.3) }
        $session = New-TestSession $late
        (New-AtlasImage 'a cat' -Model $model -Session $session | Wait-AtlasPrediction -PriceTimeout 00:00:10 -Session $session).Price | Should -Be 0.08
    }
}
