BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    $session = New-TestSession $emulator

    function Start-Listener {
        # HttpListener cannot choose a free port: find one, and try the next if another process takes it first.
        foreach ($try in 1..10) {
            $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $probe.Start()
            $port = $probe.LocalEndpoint.Port
            $probe.Stop()
            $listener = [Net.HttpListener]::new()
            $listener.Prefixes.Add("http://127.0.0.1:$port/")
            try { $listener.Start(); return $listener } catch { $listener.Close() }
        }

        throw 'No free port was found.'
    }

    function Receive-Delivery {
        # Receives one delivery, answers with 200, and returns the headers of the listener and the bytes of the body.
        param($Listener)
        $waiting = $Listener.GetContextAsync()
        if (-not $waiting.Wait(60000)) { throw 'No delivery came.' }
        $context = $waiting.Result
        $bytes = [IO.MemoryStream]::new()
        $context.Request.InputStream.CopyTo($bytes)
        $headers = $context.Request.Headers
        $context.Response.Close()
        [pscustomobject]@{ Headers = $headers; RawBody = $bytes.ToArray() }
    }

    function New-Delivery {
        # Submits a request with a webhook and returns the delivery. Rules of the emulator are optional.
        param($Session)
        $listener = Start-Listener
        try {
            $null = New-AtlasImage 'fog' -Model z-image/turbo -WebhookUri @($listener.Prefixes)[0] -Session $Session
            Receive-Delivery $listener
        }
        finally { $listener.Close() }
    }

    $delivery = New-Delivery $session
}

AfterAll { Exit-Test }

Describe 'Confirm-AtlasWebhook' {
    It 'returns the prediction of a delivery, with the headers of HttpListener' {
        $found = Confirm-AtlasWebhook $delivery.Headers $delivery.RawBody -Session $session
        $found.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Prediction'
        $found.State | Should -Be 'Succeeded'
        $found.Id | Should -Be (Get-AtlasPrediction $found.Id -Session $session).Id
    }

    It 'returns a prediction that binds to Save-AtlasOutput' {
        $file = $delivery | Confirm-AtlasWebhook -Session $session | Save-AtlasOutput (Join-Path $TestDrive 'saved') -Session $session
        $file.Length | Should -BeGreaterThan 0
    }

    It 'accepts headers as a hashtable and the body as text' {
        $headers = @{}
        foreach ($name in $delivery.Headers.AllKeys) { $headers[$name.ToLowerInvariant()] = $delivery.Headers[$name] }
        (Confirm-AtlasWebhook -Headers $headers -Body ([Text.Encoding]::UTF8.GetString($delivery.RawBody)) -Session $session).State | Should -Be 'Succeeded'
    }

    It 'prefers RawBody to a parsed Body' {
        $text = [Text.Encoding]::UTF8.GetString($delivery.RawBody)
        $request = [pscustomobject]@{ Headers = $delivery.Headers; Body = $text | ConvertFrom-Json -AsHashtable; RawBody = $text }
        ($request | Confirm-AtlasWebhook -Session $session).State | Should -Be 'Succeeded'
    }

    It 'binds Body without RawBody' {
        $request = [pscustomobject]@{ Headers = $delivery.Headers; Body = [Text.Encoding]::UTF8.GetString($delivery.RawBody) }
        ($request | Confirm-AtlasWebhook -Session $session).State | Should -Be 'Succeeded'
    }

    It 'does not require a key' {
        $env:ATLASCLOUD_BASE_URL = $emulator.BaseUri
        try { ($delivery | Confirm-AtlasWebhook).State | Should -Be 'Succeeded' }
        finally { $env:ATLASCLOUD_BASE_URL = 'http://127.0.0.1:1/' }
    }

    It 'rejects a parsed body' {
        $parsed = [Text.Encoding]::UTF8.GetString($delivery.RawBody) | ConvertFrom-Json
        Assert-AtlasError (Get-ErrorOf { Confirm-AtlasWebhook $delivery.Headers $parsed -Session $session }) 'InvalidParameter' 'InvalidArgument' '*parsed*'
    }

    It 'rejects a changed body' {
        $changed = [byte[]]$delivery.RawBody.Clone()
        $changed[20] = $changed[20] -bxor 1
        Assert-AtlasError (Get-ErrorOf { Confirm-AtlasWebhook $delivery.Headers $changed -Session $session }) 'WebhookRejected' 'SecurityError' '*failed the signature check*'
    }

    It 'rejects a delivery without the signature headers' {
        Assert-AtlasError (Get-ErrorOf { Confirm-AtlasWebhook @{ Host = 'x' } '{}' -Session $session }) 'WebhookRejected' 'SecurityError' '*is missing*'
    }

    It 'rejects a delivery that is <Word>' -TestCases @(
        @{ Word = 'wrong-signature'; Says = '*failed the signature check*' }
        @{ Word = 'stale'; Says = '*failed the age check*' }
        @{ Word = 'unknown-key'; Says = '*failed the key check*' }
    ) {
        $hostile = New-TestSession (Start-TestEmulator -Rule @{ task = @{ webhook = $Word } })
        $forged = New-Delivery $hostile
        Assert-AtlasError (Get-ErrorOf { $forged | Confirm-AtlasWebhook -Session $hostile }) 'WebhookRejected' 'SecurityError' $Says
    }

    It 'accepts an old delivery with -MaximumAge' {
        $slow = New-TestSession (Start-TestEmulator -Rule @{ task = @{ webhook = 'stale' } })
        (New-Delivery $slow | Confirm-AtlasWebhook -MaximumAge 02:00:00 -Session $slow).State | Should -Be 'Succeeded'
    }

    It 'continues after a rejected delivery' {
        $bad = [pscustomobject]@{ Headers = $delivery.Headers; RawBody = '{}' }
        $found = @($bad, $delivery | Confirm-AtlasWebhook -Session $session -ErrorVariable rejected 2> $null)
        $found.Count | Should -Be 1
        $rejected[0].FullyQualifiedErrorId | Should -BeLike 'WebhookRejected,*'
    }

    It 'stops at Ctrl+C' {
        $slow = Start-TestEmulator -Rule @{ path = '*/jwks.json'; delayMilliseconds = 30000 }
        $run = Invoke-Stopped { $given | Confirm-AtlasWebhook -Session $session } @{ given = $delivery; session = New-TestSession $slow } -When { $slow.Ledger.Count -gt 0 }
        Assert-Stopped $run $slow
    }
}
