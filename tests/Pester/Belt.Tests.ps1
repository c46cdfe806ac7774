BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
}

AfterAll { Exit-Test }

Describe 'The belt of three stages' {
    It 'brings 200 pictures of two seconds each to disk in a small multiple of two seconds' -Tag Slow {
        $emulator = Start-AtlasEmulator
        $session = New-AtlasSession -InputObject $emulator
        $null = Get-AtlasModel $model -Session $session
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $files = 1..200 |
            New-AtlasImage -Model $model -ThrottleLimit 50 -Session $session |
            Wait-AtlasPrediction -Session $session |
            Save-AtlasOutput -Destination "$TestDrive/timed" -ThrottleLimit 50 -Session $session

        # The sum of the waits is 400 seconds; a busy machine gets some room.
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 12
        $files | Should -HaveCount 200
    }

    It 'brings 200 pictures to disk, each paid for once' {
        $emulator = Start-TestEmulator
        $session = New-AtlasSession -InputObject $emulator
        $files = 1..200 |
            New-AtlasImage -Model $model -ThrottleLimit 50 -Session $session |
            Wait-AtlasPrediction -Session $session |
            Save-AtlasOutput -Destination "$TestDrive/belt" -ThrottleLimit 50 -Session $session
        $files | Should -HaveCount 200
        @($files | Get-FileHash | Group-Object Hash) | Should -HaveCount 200
        $emulator.Charges | Should -HaveCount 200
        @($emulator.Charges.PredictionId | Sort-Object -Unique) | Should -HaveCount 200
        @($emulator.Charges | Where-Object { "$($_.State)" -ne 'Charged' }) | Should -BeNullOrEmpty
        $files[0] | Should -BeOfType System.IO.FileInfo
        Get-ChildItem "$TestDrive/belt" -Force -Filter *.partial | Should -BeNullOrEmpty
        Stop-AtlasEmulator $emulator
    }

    It 'gives predictions in the order of the input' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $labels = 1..40 | ForEach-Object { [pscustomobject]@{ prompt = "picture $_"; label = "row $_" } }
        $made = $labels | New-AtlasImage -Model $model -ThrottleLimit 16 -Session $session
        $made.Label | Should -Be $labels.label
        $made.Request.prompt | Should -Be $labels.prompt
    }

    It 'saves the first while others are still submitted and waited for' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $trace = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()

        # The input ends only after the first picture was saved, or after so many that saving must have waited for the end.
        & { for ($n = 1; $n -le 2000 -and $trace.ToArray() -notcontains 'saved'; $n++) { $n } } |
            New-AtlasImage -Model $model -Session $session |
            ForEach-Object { $trace.Enqueue('submitted'); $_ } |
            Wait-AtlasPrediction -Session $session |
            Save-AtlasOutput -Destination "$TestDrive/overlap" -Session $session |
            ForEach-Object { $trace.Enqueue('saved') }
        $order = $trace.ToArray()
        [array]::IndexOf($order, 'saved') | Should -BeLessThan ([array]::LastIndexOf($order, 'submitted'))
        @($order -eq 'saved') | Should -HaveCount @($order -eq 'submitted').Count
    }

    It 'ends with Select-Object -First, submits no more, and leaves no part of a file' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $files = 1..500 |
            New-AtlasImage -Model $model -ThrottleLimit 4 -Session $session |
            Wait-AtlasPrediction -Session $session |
            Save-AtlasOutput -Destination "$TestDrive/first" -Session $session |
            Select-Object -First 3
        $files | Should -HaveCount 3
        Assert-Quiet $emulator $session
        Get-SubmitCount $emulator | Should -BeLessThan 500
        Get-ChildItem "$TestDrive/first" -Force -Filter *.partial | Should -BeNullOrEmpty
    }

    It 'ends when a command downstream throws, and submits no more' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        {
            1..500 |
                New-AtlasImage -Model $model -ThrottleLimit 4 -Session $session |
                Wait-AtlasPrediction -Session $session |
                ForEach-Object { throw 'enough' }
        } | Should -Throw 'enough'
        Assert-Quiet $emulator $session
        Get-SubmitCount $emulator | Should -BeLessThan 500
    }

    It 'goes on with the others when one fails, and stops at once with -ErrorAction Stop' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ prompt = "p$_"; resolution = if ($_ -eq 5) { '1k' } else { '2k' }; image = if ($_ -eq 5) { "$TestDrive/none.png" } } }
        $made = $rows | New-AtlasImage -Model $model -Session $session -ErrorVariable problems -ErrorAction SilentlyContinue
        $made | Should -HaveCount 19
        $problems | Should -HaveCount 1

        { $rows | New-AtlasImage -Model $model -Session $session -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,*'
    }

    It 'ends on Ctrl+C, and asks for nothing afterwards' {
        $emulator = Start-AtlasEmulator
        $session = New-TestSession $emulator
        $run = Invoke-Stopped -With @{ session = $session; folder = "$TestDrive/stopped" } -When { (Get-SubmitCount $emulator) -ge 20 } -Script {
            1..200 |
                New-AtlasImage -Model google/nano-banana-2/text-to-image -Session $session |
                Wait-AtlasPrediction -Session $session |
                Save-AtlasOutput -Destination $folder -Session $session
        }
        Assert-Stopped $run $emulator
    }

    It 'ends with -ErrorAction Stop at a prediction that failed, and leaves whole files only' {
        $emulator = Start-TestEmulator -Rule @{ path = '*generateImage'; skip = 5; times = 1; task = @{ end = 'failed' } }
        $session = New-TestSession $emulator
        $folder = "$TestDrive/stop"
        {
            1..5000 |
                New-AtlasImage -Model $model -ThrottleLimit 4 -Session $session |
                Wait-AtlasPrediction -Session $session -ErrorAction Stop |
                Save-AtlasOutput -Destination $folder -Session $session
        } | Should -Throw -ErrorId 'PredictionFailed,*'
        Assert-Quiet $emulator $session
        foreach ($file in Get-ChildItem $folder -Force -ErrorAction Ignore) {
            $file.Extension | Should -Be '.png'
            [Convert]::ToHexString([IO.File]::ReadAllBytes($file)[0..7]) | Should -Be '89504E470D0A1A0A'
        }
    }

    It 'leaves whole files only when a command after the last stage throws' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $folder = "$TestDrive/throw"
        {
            1..5000 |
                New-AtlasImage -Model $model -ThrottleLimit 4 -Session $session |
                Wait-AtlasPrediction -Session $session |
                Save-AtlasOutput -Destination $folder -Session $session |
                ForEach-Object { throw 'enough' }
        } | Should -Throw 'enough'
        Get-SubmitCount $emulator | Should -BeLessThan 5000
        $files = Get-ChildItem $folder -Force
        $files | Should -Not -BeNullOrEmpty
        $files.Extension | Sort-Object -Unique | Should -Be '.png'
    }

    It 'brings the others to disk when a submit is refused and a prediction fails' {
        $emulator = Start-TestEmulator -Rule @{ path = '*generateImage'; skip = 2; times = 1; reply = @{ status = 402; body = @{ msg = 'no money' } } }, @{ path = '*generateImage'; skip = 3; times = 1; task = @{ end = 'failed' } }
        $session = New-TestSession $emulator
        $found = Get-ErrorOf {
            1..10 |
                New-AtlasImage -Model $model -ThrottleLimit 1 -Session $session |
                Wait-AtlasPrediction -Session $session |
                Save-AtlasOutput -Destination "$TestDrive/others" -Session $session
        }
        $found | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object | Should -Be @('InsufficientBalance', 'PredictionFailed')
        Get-ChildItem "$TestDrive/others" | Should -HaveCount 8
    }
}
