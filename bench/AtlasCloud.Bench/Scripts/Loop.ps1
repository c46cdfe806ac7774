# The loop of the service's documentation: submit, sleep, poll, download, one picture after the other.
param([string] $BaseUri, [string] $Model, [int] $Count, [string] $Destination)
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Result.psm1')
$headers = @{ Authorization = "Bearer $env:ATLASCLOUD_API_KEY" }
Measure-Bench {
    foreach ($number in 1..$Count) {
        $body = @{ model = $Model; prompt = "picture $number" } | ConvertTo-Json
        $task = Invoke-RestMethod "$BaseUri/api/v1/model/generateImage" -Method Post -Headers $headers -ContentType application/json -Body $body
        do {
            Start-Sleep -Seconds 2
            $state = Invoke-RestMethod "$BaseUri/api/v1/model/prediction/$($task.data.id)" -Headers $headers
        } until ($state.data.status -eq 'completed')

        Invoke-WebRequest $state.data.outputs[0] -OutFile (Join-Path $Destination "$($task.data.id).png")
    }
}
