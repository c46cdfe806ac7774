BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
}

AfterAll { Exit-Test }

Describe 'A pipeline of submit, wait and save' {
    It 'saves 200 images of two seconds each concurrently, in less than 12 seconds' -Tag Slow {
        $emulator = Start-AtlasEmulator
        $session = New-AtlasSession -InputObject $emulator
        $null = Get-AtlasModel $model -Session $session
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $files = 1..200 |
            New-AtlasImage -Model $model -ThrottleLimit 50 -Session $session |
            Wait-AtlasPrediction -Session $session |
            Save-AtlasOutput -Destination "$TestDrive/timed" -ThrottleLimit 50 -Session $session

        # The predictions take 400 seconds in total; the limit allows for a busy machine.
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 12
        $files | Should -HaveCount 200
    }

    It 'saves 200 images and charges each once' {
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

    It 'returns predictions in the order of the input' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $labels = 1..40 | ForEach-Object { [pscustomobject]@{ prompt = "picture $_"; label = "row $_" } }
        $made = $labels | New-AtlasImage -Model $model -ThrottleLimit 16 -Session $session
        $made.Label | Should -Be $labels.label
        $made.Request.prompt | Should -Be $labels.prompt
    }

    It 'saves the first image while others are still submitted and polled' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $trace = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()

        # The input ends after the first image was saved, or after 2000 items, when saving must have waited for the end of the input.
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

    It 'stops submitting with Select-Object -First, and leaves no partial file' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $files = 1..5000 |
            New-AtlasImage -Model $model -ThrottleLimit 4 -Session $session |
            Wait-AtlasPrediction -Session $session |
            Save-AtlasOutput -Destination "$TestDrive/first" -Session $session |
            Select-Object -First 3
        $files | Should -HaveCount 3
        Assert-Quiet $emulator $session
        Get-SubmitCount $emulator | Should -BeLessThan 5000
        Wait-Download "$TestDrive/first"
    }

    It 'stops submitting when a downstream command throws' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        {
            1..5000 |
                New-AtlasImage -Model $model -ThrottleLimit 4 -Session $session |
                Wait-AtlasPrediction -Session $session |
                ForEach-Object { throw 'enough' }
        } | Should -Throw 'enough'
        Assert-Quiet $emulator $session
        Get-SubmitCount $emulator | Should -BeLessThan 5000
    }

    It 'continues after an input that fails, and stops immediately with -ErrorAction Stop' {
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ prompt = "p$_"; resolution = if ($_ -eq 5) { '1k' } else { '2k' }; seed = if ($_ -eq 5) { 'many' } } }
        $made = $rows | New-AtlasImage -Model $model -Session $session -ErrorVariable problems -ErrorAction SilentlyContinue
        $made | Should -HaveCount 19
        $problems | Should -HaveCount 1

        { $rows | New-AtlasImage -Model $model -Session $session -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,*'
    }

    It 'stops at Ctrl+C, and sends no request afterwards' {
        # More inputs than can be processed before the stop.
        $emulator = Start-TestEmulator
        $session = New-TestSession $emulator
        $run = Invoke-Stopped -With @{ session = $session; folder = "$TestDrive/stopped" } -When { (Get-SubmitCount $emulator) -ge 20 } -Script {
            1..100000 |
                New-AtlasImage -Model google/nano-banana-2/text-to-image -Session $session |
                Wait-AtlasPrediction -Session $session |
                Save-AtlasOutput -Destination $folder -Session $session
        }
        Assert-Stopped $run $emulator
    }

    It 'stops at a failed prediction with -ErrorAction Stop, and leaves only complete files' {
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
        Wait-Download $folder
        foreach ($file in Get-ChildItem $folder -Force -ErrorAction Ignore) {
            $file.Extension | Should -Be '.png'
            [Convert]::ToHexString([IO.File]::ReadAllBytes($file)[0..7]) | Should -Be '89504E470D0A1A0A'
        }
    }

    It 'leaves only complete files when a command after the last stage throws' {
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
        Wait-Download $folder
        $files = Get-ChildItem $folder -Force
        $files | Should -Not -BeNullOrEmpty
        $files.Extension | Sort-Object -Unique | Should -Be '.png'
    }

    It 'saves the other images when a submit is rejected and a prediction fails' {
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
