BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $model = 'google/nano-banana-2/text-to-image'
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $picture = 'https://example.com/a.png'
}

AfterAll { Exit-Test }

Describe 'Measure-AtlasCost' {
    BeforeEach { $emulator.ClearLedger() }

    It 'returns <Price> for <Name>, unrounded' -ForEach @(
        # Quotes that were recorded from the service.
        @{ Name = 'veo fast 720p 4 s'; Model = 'google/veo3.1-fast/image-to-video'; With = @{ Resolution = '720p'; Duration = 4 }; Price = '0.32'; List = '0.32'; Percent = 100; Tokens = $null }
        @{ Name = 'veo fast 720p 8 s with sound'; Model = 'google/veo3.1-fast/image-to-video'; With = @{ Resolution = '720p'; Duration = 8; Parameters = @{ generate_audio = $true } }; Price = '0.768'; List = '0.768'; Percent = 100; Tokens = $null }
        @{ Name = 'veo fast 1080p 8 s'; Model = 'google/veo3.1-fast/image-to-video'; With = @{ Resolution = '1080p'; Duration = 8 }; Price = '0.8'; List = '0.8'; Percent = 100; Tokens = $null }
        @{ Name = 'veo fast 1080p 8 s with sound'; Model = 'google/veo3.1-fast/image-to-video'; With = @{ Resolution = '1080p'; Duration = 8; Parameters = @{ generate_audio = $true } }; Price = '0.96'; List = '0.96'; Percent = 100; Tokens = $null }
        @{ Name = 'veo fast 4k 8 s with sound'; Model = 'google/veo3.1-fast/image-to-video'; With = @{ Resolution = '4k'; Duration = 8; Parameters = @{ generate_audio = $true } }; Price = '2.4'; List = '2.4'; Percent = 100; Tokens = $null }
        @{ Name = 'veo 720p 8 s with sound'; Model = 'google/veo3.1/image-to-video'; With = @{ Resolution = '720p'; Duration = 8; Parameters = @{ generate_audio = $true } }; Price = '3.2'; List = '3.2'; Percent = 100; Tokens = $null }
        @{ Name = 'kling 2.6 5 s with sound'; Model = 'kwaivgi/kling-v2.6-pro/image-to-video'; With = @{ Duration = 5; Parameters = @{ sound = $true } }; Price = '0.595'; List = '0.7'; Percent = 85; Tokens = $null }
        @{ Name = 'kling 2.6 5 s silent'; Model = 'kwaivgi/kling-v2.6-pro/image-to-video'; With = @{ Duration = 5; Parameters = @{ sound = $false } }; Price = '0.2975'; List = '0.35'; Percent = 85; Tokens = $null }
        @{ Name = 'kling 1.6 5 s'; Model = 'kwaivgi/kling-v1.6-i2v-standard'; With = @{ Duration = 5 }; Price = '0.238'; List = '0.28'; Percent = 85; Tokens = $null }
        @{ Name = 'kling motion control'; Model = 'kwaivgi/kling-v3.0-pro/motion-control'; With = @{ Parameters = @{ duration = 6.509 } }; Price = '0.929485'; List = '1.093512'; Percent = 85; Tokens = $null }
        @{ Name = 'seedance 480p 5 s'; Model = 'bytedance/seedance-2.0/image-to-video'; With = @{ Resolution = '480p'; Duration = 5 }; Price = '0.453716'; List = '0.567146'; Percent = 80; Tokens = 50638 }
        @{ Name = 'seedance 720p 5 s'; Model = 'bytedance/seedance-2.0/image-to-video'; With = @{ Resolution = '720p'; Duration = 5 }; Price = '0.975744'; List = '1.21968'; Percent = 80; Tokens = 108900 }
        @{ Name = 'seedance 720p 10 s'; Model = 'bytedance/seedance-2.0/image-to-video'; With = @{ Resolution = '720p'; Duration = 10 }; Price = '1.943424'; List = '2.42928'; Percent = 80; Tokens = 216900 }
        @{ Name = 'seedance 720p-SR 5 s'; Model = 'bytedance/seedance-2.0/image-to-video'; With = @{ Resolution = '720p-SR'; Duration = 5 }; Price = '0.81669'; List = '1.020862'; Percent = 80; Tokens = 50638 }
        @{ Name = 'grok 480p 1 s'; Model = 'xai/grok-imagine-video/text-to-video'; With = @{ Resolution = '480p'; Duration = 1 }; Price = '0.05'; List = '0.05'; Percent = 100; Tokens = $null }
        @{ Name = 'grok 720p 1 s'; Model = 'xai/grok-imagine-video/text-to-video'; With = @{ Resolution = '720p'; Duration = 1 }; Price = '0.07'; List = '0.07'; Percent = 100; Tokens = $null }
    ) {
        # Some of these models were removed from the catalog: this emulator lists only the model, without its inputs.
        $priced = Start-TestEmulator -Rule @{ path = '/api/v1/models'; reply = @{ body = @{ code = 200; data = @(@{ model = $Model; type = 'Video' }) } } }
        $image = if ($Model -notlike '*text-to-video') { @{ Image = $picture } } else { @{} }
        $quote = Measure-AtlasCost 'waves' -Model $Model -SkipValidation @image @With -Session (New-TestSession $priced)
        $quote.Price | Should -BeOfType decimal
        $quote.Price.ToString([cultureinfo]::InvariantCulture) | Should -Be $Price
        $quote.ListPrice.ToString([cultureinfo]::InvariantCulture) | Should -Be $List
        $quote.PercentOfList | Should -Be $Percent
        $quote.EstimatedTokens | Should -Be $Tokens
        $quote.IsPartial | Should -BeFalse
        $quote | Format-Table | Out-String -Width 200 | Should -Match ([regex]::Escape($Price))
        $quote | Format-List | Out-String -Width 200 | Should -Match ([regex]::Escape($Price))
        $priced.Charges | Should -BeNullOrEmpty
    }

    It 'submits nothing' {
        $null = Measure-AtlasCost 'a cat' -Model $model
        Get-SubmitCount $emulator | Should -Be 0
    }

    It 'returns quotes in the order of the input' {
        $quotes = 1..30 | ForEach-Object { [pscustomobject]@{ Prompt = "$_"; Label = "$_" } } | Measure-AtlasCost -Model $model
        $quotes.Label | Should -Be (1..30)
    }

    It 'accepts rows with models of all types' {
        $quotes = @'
Prompt,Model,Duration
a cat,google/nano-banana-2/text-to-image,
waves,alibaba/wan-2.6/text-to-video,5
'@ | ConvertFrom-Csv | Measure-AtlasCost
        $quotes.Model | Should -Be 'google/nano-banana-2/text-to-image', 'alibaba/wan-2.6/text-to-video'
    }

    It 'accepts the same parameters as the commands that submit' {
        $request = @{ Prompt = 'a cat'; Model = $model; Label = 'mine'; WebhookUri = 'https://example.com/hook'; OutputExpiration = '02:00:00'; ThrottleLimit = 2 }
        (Measure-AtlasCost @request).Label | Should -Be 'mine'
    }

    It 'uploads a file for its price, and the submit reuses the upload' {
        $file = New-Picture "$TestDrive/frame.png" 77
        $null = Measure-AtlasCost 'move' -Model alibaba/wan-2.6/image-to-video -Image $file -Duration 5
        $null = New-AtlasVideo 'move' -Model alibaba/wan-2.6/image-to-video -Image $file -Duration 5
        Get-Upload $emulator | Should -HaveCount 1
    }

    It 'marks a partial price' {
        $quote = Measure-AtlasCost x -Model bytedance/seedance-2.0/reference-to-video -Resolution 480p -Duration 5 -Parameters @{ reference_videos = @('https://example.com/a.mp4') }
        $quote.IsPartial | Should -BeTrue
        "$quote" | Should -BeLike '* or more'
    }

    It 'reports invalid inputs as a submit does' {
        Assert-AtlasError (Get-ErrorOf { Measure-AtlasCost x -Model $model -Parameters @{ nonsense = 1 } }) 'InvalidParameter' 'InvalidArgument'
        Get-ErrorOf { Measure-AtlasCost x -Model no/such } | ForEach-Object { $_.FullyQualifiedErrorId } | Should -BeLike 'ModelNotFound,*'
    }

    It 'rejects a language model, because it has no price per request' {
        $found = Get-ErrorOf { Measure-AtlasCost x -Model deepseek-ai/deepseek-v3.2 }
        Assert-AtlasError $found 'InvalidParameter' 'InvalidArgument' '*tokens*' -Nothing
        $found[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-AtlasModel*'
    }

    Context '-Total' {
        It 'returns one exact total' {
            $total = 1..50 | Measure-AtlasCost -Model $model -Total
            $total | Should -HaveCount 1
            $total.Count | Should -Be 50
            $total.Price | Should -BeOfType decimal
            $total.Price | Should -Be 4.00
            $total.Currency | Should -Be 'usd'
            $total.Sums['usd'] | Should -Be 4.00
            $total.IsComplete | Should -BeTrue
            $total | Format-Table | Out-String | Should -Match '4.00'
        }

        It 'counts the requests without a price, and does not add them as zero' {
            $rows = @(
                @{ Prompt = 'a cat'; Model = $model }
                @{ Prompt = 'a cat'; Model = 'no/such' }
                @{ Prompt = 'a cat'; Model = $model; Seed = 'abc' }
            ) | ForEach-Object { [pscustomobject]$_ }
            $total = $rows | Measure-AtlasCost -Total -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed | Should -HaveCount 2
            $total.Count | Should -Be 3
            $total.NotQuoted | Should -Be 2
            $total.Price | Should -Be 0.08
            $total.IsComplete | Should -BeFalse
            "$total" | Should -BeLike '*2 of them not in the sum*'
        }

        It 'returns no price when no request has one' {
            $total = 'a' | Measure-AtlasCost -Model no/such -Total -ErrorAction SilentlyContinue
            $total.Price | Should -BeNullOrEmpty
            $total.IsComplete | Should -BeFalse
        }
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*calculate'; delayMilliseconds = 60000 }
        $run = Invoke-Stopped { 1..100 | Measure-AtlasCost -Model $model -Session $session } `
            @{ session = (New-TestSession $slow); model = $model } -When { @($slow.Ledger | Where-Object Path -Like '*calculate').Count -gt 0 }
        Assert-Stopped $run $slow
    }
}
