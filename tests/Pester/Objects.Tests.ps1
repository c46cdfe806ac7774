# What scripts do with the objects of the module: export, compare, show, and send to another process.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    $session = New-TestSession $emulator
    Connect-Atlas $session
    $model = 'google/nano-banana-2/text-to-image'
    $prediction = New-AtlasImage 'fog' -Model $model -Label 'lighthouse' | Wait-AtlasPrediction
    $reply = Invoke-AtlasChat 'hello' -Model deepseek-ai/deepseek-v3.2
    $quote = Measure-AtlasCost 'fog' -Model $model -Label 'lighthouse'
    $entry = @(Get-AtlasPrediction -Journal)[0]

    function Get-Header([object] $Table) {
        # The header of a table in a window of 80 columns. A header that breaks has more than one line above the dashes.
        $lines = @(($Table | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() })
        $dashes = [array]::FindIndex([string[]] $lines, [Predicate[string]] { $args[0] -match '^[- ]+$' })
        $dashes | Should -Be 1 -Because ($Table | Out-String -Width 80)
        $lines[0]
    }
}

AfterAll { Exit-Test }

Describe 'Objects for automation' {
    It 'export a prediction to CSV with its URL, price and currency' {
        $row = $prediction | ConvertTo-Csv | ConvertFrom-Csv
        $row.Outputs | Should -Be $prediction.Outputs[0].Uri.AbsoluteUri
        [decimal] $row.Price | Should -Be 0.08
        $row.Currency | Should -Be 'usd'
        $row.State | Should -Be 'Succeeded'
        $row.Kind | Should -Be 'Image'
    }

    It 'export two outputs to CSV, joined by a semicolon' {
        $several = New-AtlasImage 'fog' -Model black-forest-labs/flux-schnell -Count 2 | Wait-AtlasPrediction
        ($several | ConvertTo-Csv | ConvertFrom-Csv).Outputs -split '; ' | Should -Be $several.Outputs.Uri.AbsoluteUri
    }

    It 'export a prediction to JSON with words for states, and URLs as text' {
        $json = $prediction | ConvertTo-Json -Depth 3 -WarningVariable warned | ConvertFrom-Json
        $warned | Should -BeNullOrEmpty
        $json.State | Should -BeExactly 'Succeeded'
        $json.Charge | Should -BeExactly 'Charged'
        $json.Kind | Should -BeExactly 'Image'
        $json.Outputs[0].Role | Should -BeExactly 'Result'
        $json.Outputs[0].Uri | Should -BeOfType [string]
        $json.Price | Should -BeOfType [double]
        $json.Currency | Should -Be 'usd'
    }

    It 'export a journal entry with the ID of its prediction as Id' {
        $entry.Id | Should -Be $prediction.Id
        $row = $entry | ConvertTo-Csv | ConvertFrom-Csv
        $row.Id | Should -Be $prediction.Id
        $row.State | Should -Be 'Succeeded'
        $file = $prediction | Save-AtlasOutput "$TestDrive/entry"
        (Get-AtlasPrediction -Journal | Where-Object Id -EQ $prediction.Id | ConvertTo-Csv | ConvertFrom-Csv).Files | Should -Be $file.FullName
        $json = $entry | ConvertTo-Json -Depth 3 | ConvertFrom-Json
        $json.Id | Should -Be $prediction.Id
        $json.State | Should -BeExactly 'Succeeded'
    }

    It 'export a quote and a reply with amount and currency' {
        ($quote | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Price | Should -BeOfType [double]
        ($quote | ConvertTo-Csv | ConvertFrom-Csv).Currency | Should -Be 'usd'
        $json = $reply | ConvertTo-Json -Depth 3 -WarningVariable warned | ConvertFrom-Json
        $warned | Should -BeNullOrEmpty
        $json.EstimatedCost | Should -BeOfType [double]
        $json.Currency | Should -Be 'usd'
        ($reply | ConvertTo-Csv | ConvertFrom-Csv).Conversation | Should -BeLike 'user: hello; assistant: *'
    }

    It 'export a model with its price as a number, and its lists as text' {
        $row = Get-AtlasModel $model | ConvertTo-Csv | ConvertFrom-Csv
        [decimal] $row.Price | Should -Be 0.08
        $row.PriceUnit | Should -Be 'image'
        $row.Currency | Should -Be 'usd'
        $row.Categories | Should -Not -BeLike 'System.*'
        $row.SchemaUri | Should -BeLike 'http*'
        (Get-AtlasModel $model | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Price | Should -BeOfType [double]
    }

    It 'export dictionaries to CSV as JSON, and empty ones as blank cells' {
        $row = $prediction | ConvertTo-Csv | ConvertFrom-Csv
        ($row.Request | ConvertFrom-Json).prompt | Should -Be 'fog'
        $prediction.Request.prompt | Should -Be 'fog'
        $prediction.Request | Should -BeOfType [System.Collections.IDictionary]
        { $prediction.Request.Add('x', 1) } | Should -Throw
        ($quote | ConvertTo-Csv | ConvertFrom-Csv).AdditionalProperties | Should -Not -BeLike 'System.*'
        $objects = @($prediction; $entry; $reply; $quote; Get-AtlasModel $model; Get-AtlasModelParameter $model; Get-AtlasBalance; Get-AtlasUsage)
        foreach ($object in $objects) {
            foreach ($cell in ($object | ConvertTo-Csv | ConvertFrom-Csv).PSObject.Properties) {
                $cell.Value | Should -Not -BeLike 'System.*' -Because "$object, $($cell.Name)"
            }
        }
    }

    It 'compare, sort and measure the prices of models' {
        $images = Get-AtlasModel -Type Image
        $cheap = @($images | Where-Object Price -LT 0.02)
        $cheap.Count | Should -BeGreaterThan 0
        $cheap.Count | Should -BeLessThan $images.Count
        $cheap | ForEach-Object { $_.Price -lt 0.02 | Should -BeTrue }
        $prices = ($images | Sort-Object Price).Price
        $prices[0] | Should -BeLessThan $prices[-1]
        ($images | Measure-Object Price -Average).Average | Should -BeGreaterThan 0
        (Get-AtlasModel deepseek-ai/deepseek-v3.2).PriceUnit | Should -Be '1m_tokens'
    }

    It 'know their prediction, label and price as saved files' {
        $file = New-AtlasImage 'rain' -Model $model -Label 'wet' | Wait-AtlasPrediction | Save-AtlasOutput "$TestDrive/known"
        $file | Should -BeOfType [System.IO.FileInfo]
        $file.Prediction.Request.prompt | Should -Be 'rain'
        $file.Label | Should -Be 'wet'
        $file.Price | Should -Be 0.08
        $file.Currency | Should -Be 'usd'
        $other = New-TestSession $emulator
        $again = Get-AtlasPrediction $file.Prediction.Id -Session $other | Save-AtlasOutput "$TestDrive/known" -Session $other
        $again.FullName | Should -Be $file.FullName
        $again.Price | Should -Be 0.08
    }

    It 'do not turn the properties of a saved file into inputs of the next request' {
        $file = New-AtlasImage 'rain' -Model $model -Label 'wet' | Wait-AtlasPrediction | Save-AtlasOutput "$TestDrive/next"
        $made = $file | New-AtlasVideo 'waves' -Model alibaba/wan-2.6/image-to-video -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        $made.Id | Should -Not -BeNullOrEmpty
    }

    It 'keep the index in a long file name' {
        $made = New-AtlasImage 'fog' -Model black-forest-labs/flux-schnell -Count 2 -Label ('x' * 300) | Wait-AtlasPrediction
        ($made | Save-AtlasOutput "$TestDrive/long" -Name '{label}-{index}').Name | Sort-Object | ForEach-Object { $_ -match '-(\d)\.\w+$' | Should -BeTrue; $Matches[1] } | Should -Be '1', '2'
    }
}

Describe 'Views' {
    It 'keep price and label of <Name> at 80 columns' -TestCases @(
        @{ Name = 'predictions'; Get = { $prediction } }, @{ Name = 'journal entries'; Get = { $entry } }, @{ Name = 'quotes'; Get = { $quote } }
    ) {
        $objects = & $Get
        Get-Header $objects | Should -Match 'Price .*Label'
        $objects | Out-String -Width 80 | Should -Match '0\.08 .*lighthouse'
    }

    It 'keep price and label of a prediction with a long label' {
        $long = New-AtlasImage 'fog' -Model $model -Label 'a very long label of the scene-0001'
        Get-Header $long | Should -Match 'Price .*Label'
        $long | Out-String -Width 80 | Should -Match 'scene-0001'
    }

    It 'keep the price of all models at 80 columns' {
        Get-Header (Get-AtlasModel -Force) | Should -Match 'Price'
        Get-Header (Get-AtlasModel $model) | Should -Match 'Price +Unit +Kind'
    }

    It 'do not break the header of <Name>' -TestCases @(
        @{ Name = 'a quote of a model with a long ID'; Get = { Measure-AtlasCost fog -Model bytedance/seedance-v1.5-pro/text-to-video-fast } }
        @{ Name = 'a total'; Get = { 'fog', 'rain' | Measure-AtlasCost -Model $model -Total } }
        @{ Name = 'a session'; Get = { New-AtlasSession -Emulator -Budget 20 } }
        @{ Name = 'the usage'; Get = { Get-AtlasUsage -GroupBy Model } }
        @{ Name = 'the balance'; Get = { Get-AtlasBalance } }
        @{ Name = 'outputs'; Get = { $prediction.Outputs } }
    ) {
        Get-Header (& $Get) | Should -Not -BeNullOrEmpty
    }

    It 'call 3D models 3D, with a price per model' {
        $mesh = @(Get-AtlasModel -Type 3D)[0]
        $mesh | Out-String -Width 80 | Should -Match "model +3D"
        $mesh | Format-List | Out-String -Width 80 | Should -Match 'Kind +: 3D'
        $mesh.PriceUnit | Should -Be 'model'
        $found = Get-ErrorOf { New-AtlasVideo 'fog' -Model $mesh.Id }
        $found[0].Exception.Message | Should -BeLike '*of type 3D*'
        $found[0].Exception.Message | Should -Not -BeLike '*of type Image*'
    }

    It 'show an object after one of another type in a few lines' {
        $shown = Get-AtlasModel $model; $text = & { $shown; $prediction; $entry; $quote; $reply } | Out-String -Width 80
        $blocks = @($text.Trim() -split '(?:\r?\n){2,}')
        foreach ($block in $blocks) { @($block -split '\r?\n').Count | Should -BeLessOrEqual 10 -Because $block }
        $text | Should -Not -Match 'AdditionalProperties'
    }

    It 'have default properties for each type that a command returns' {
        foreach ($type in (Get-Command -Module AtlasCloud).OutputType.Name | Where-Object { $_ -like 'AtlasCloud.*' } | Sort-Object -Unique) {
            $set = (Get-TypeData $type).DefaultDisplayPropertySet.ReferencedProperties
            $set | Should -Not -BeNullOrEmpty -Because $type
            $set.Count | Should -BeLessOrEqual 8 -Because $type
        }
    }

    It 'name existing properties in the default properties' {
        foreach ($object in $prediction, $entry, $quote, $reply, $prediction.Outputs[0], (Get-AtlasModel $model), $session, $emulator, (Get-AtlasBalance), (Get-AtlasModelParameter $model prompt)) {
            $set = (Get-TypeData $object.GetType().FullName).DefaultDisplayPropertySet.ReferencedProperties
            $set | ForEach-Object { $object.PSObject.Properties.Name | Should -Contain $_ -Because $object.GetType().Name }
        }
    }
}

Describe 'Sessions in Start-Job' {
    BeforeAll {
        $staged = Get-StagedModule

        function Invoke-Job($Session, [scriptblock] $Script) {
            # Runs a script with the session in another process. Returns its output, or the message of its error.
            Start-Job {
                Import-Module $using:staged
                $given = $using:Session
                try { & ([scriptblock]::Create($using:Script)) } catch { "$_" }
            } | Receive-Job -Wait -AutoRemoveJob
        }
    }

    It 'work with the settings of the session' {
        $limited = New-TestSession $emulator @{ Budget = 1; MaximumRetryCount = 2; ThrottleLimit = 3 }
        $null = New-AtlasImage 'fog' -Model $model -Session $limited
        $seen = Invoke-Job $limited {
            $made = 'fog', 'rain' | New-AtlasImage -Model google/nano-banana-2/text-to-image -Session $given | Wait-AtlasPrediction -Session $given
            Connect-Atlas $given
            $now = Get-AtlasSession
            "$($made.Count) $($made.State -join ',') $($now.MaximumRetryCount) $($now.ThrottleLimit) $($now.Budget) $($now.Remaining) $($now.PollInterval.TotalMilliseconds)"
        }
        $seen | Should -Be '2 Succeeded,Succeeded 2 3 0.92 0.76 50'
    }

    It 'read the key from the environment' {
        $env:ATLASCLOUD_API_KEY = $emulator.ApiKey
        try {
            Invoke-Job (New-AtlasSession -BaseUri $emulator.BaseUri) { (Get-AtlasBalance -Session $given).Currency } | Should -Be 'usd'
        }
        finally { $env:ATLASCLOUD_API_KEY = $null }
    }

    It 'say that a key from -ApiKey is not sent' {
        $typed = New-AtlasSession -ApiKey (ConvertTo-SecureString $emulator.ApiKey -AsPlainText -Force) -BaseUri $emulator.BaseUri
        $text = Invoke-Job $typed { Get-AtlasBalance -Session $given }
        $text | Should -BeLike '*API key (-ApiKey) is not sent*ATLASCLOUD_API_KEY*-SecretName*'
        [Management.Automation.PSSerializer]::Serialize($typed, 4) | Should -Not -Match ([regex]::Escape($emulator.ApiKey))
    }

    It 'read the management key of the emulator' {
        Invoke-Job (New-TestSession $emulator) { (Get-AtlasProject -Session $given).Name } | Should -Be 'Default'
    }

    It 'read the management key from the environment' {
        $env:ATLASCLOUD_MANAGEMENT_API_KEY = $emulator.ManagementKey
        try {
            Invoke-Job (New-AtlasSession -BaseUri $emulator.BaseUri) { (Get-AtlasProject -Session $given).Name } | Should -Be 'Default'
        }
        finally { $env:ATLASCLOUD_MANAGEMENT_API_KEY = $null }
    }

    It 'read the management key from the vault' {
        function global:Get-Secret($Name, $Vault) { if ("$Vault/$Name" -eq 'test/atlas-mgmt') { $env:TEST_SECRET } }
        $env:TEST_SECRET = $emulator.ManagementKey
        try {
            $vaulted = New-AtlasSession -ManagementSecretName atlas-mgmt -Vault test -BaseUri $emulator.BaseUri
            Invoke-Job $vaulted {
                function global:Get-Secret($Name, $Vault) { if ("$Vault/$Name" -eq 'test/atlas-mgmt') { $env:TEST_SECRET } }
                (Get-AtlasProject -Session $given).Name
            } | Should -Be 'Default'
        }
        finally {
            $env:TEST_SECRET = $null
            Remove-Item function:Get-Secret
        }
        [Management.Automation.PSSerializer]::Serialize($vaulted, 4) | Should -Not -Match ([regex]::Escape($emulator.ManagementKey))
    }

    It 'say that a key from -ManagementKey is not sent, and work for other commands' {
        $env:ATLASCLOUD_API_KEY = $emulator.ApiKey
        try {
            $typed = New-AtlasSession -ManagementKey (ConvertTo-SecureString $emulator.ManagementKey -AsPlainText -Force) -BaseUri $emulator.BaseUri
            $seen = Invoke-Job $typed {
                (Get-AtlasBalance -Session $given).Currency
                try { Get-AtlasProject -Session $given } catch { "$_ $($_.ErrorDetails.RecommendedAction)" }
            }
        }
        finally { $env:ATLASCLOUD_API_KEY = $null }
        $seen[0] | Should -Be 'usd'
        $seen[1] | Should -BeLike '*management key (-ManagementKey) is not sent*'
        [Management.Automation.PSSerializer]::Serialize($typed, 4) | Should -Not -Match ([regex]::Escape($emulator.ManagementKey))
    }
}
