<#
.SYNOPSIS
    Compares image models: sends each prompt to each model, and shows prices and times.
.DESCRIPTION
    Gets the price of all requests first and submits nothing if it exceeds -MaxTotal. An input that one of the models lacks is a
    warning for that model, and the others get it. The images have the number of the prompt and the model in their names, and their
    requests next to them, so that Import-AtlasRequest can submit the best ones again.
.OUTPUTS
    One row per image. An unknown price or time is empty, not zero. The rows are also saved as compare.csv in the destination folder.
.EXAMPLE
    ./samples/Compare.ps1
    Compares five models on ten prompts with an emulator.
.EXAMPLE
    Get-Content prompts.txt | ./samples/Compare.ps1 -Model z-image/turbo, openai/gpt-image-2/text-to-image -Real | Sort-Object Price
#>
[CmdletBinding()]
param(
    # Prompts. Each goes to each model.
    [Parameter(Position = 0, ValueFromPipeline)]
    [string[]] $Prompt = @(
        'A lighthouse in fog, oil painting'
        'A neon sign that says OPEN, at night, in rain'
        'A fox in the snow, photographed from above'
        'The floor plan of a small library'
        'A bowl of cherries on a blue table, studio light'
        'A crowd at a train station, 1920s poster'
        'A glass of water with a straw, macro photograph'
        'Hands that knit a red scarf'
        'A map of an island that does not exist'
        'A robot that reads to a child, pencil drawing'
    ),

    # IDs of the models.
    [string[]] $Model = @(
        'google/nano-banana-2/text-to-image'
        'z-image/turbo'
        'black-forest-labs/flux-dev'
        'black-forest-labs/flux-schnell'
        'openai/gpt-image-2/text-to-image'
    ),

    # Maximum price of all requests, in US dollars.
    [decimal] $MaxTotal = 10,

    # Folder for the images.
    [string] $Destination = './output/compare',

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

begin {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'

    $null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale
    $prompts = [System.Collections.Generic.List[string]]::new()
}

process { $prompts.AddRange($Prompt) }

end {
    $total = $prompts | Measure-AtlasCost -Model $Model -Total
    Write-Host "$($prompts.Count) prompts, $($Model.Count) models: $total"
    if (-not $total.IsComplete) { throw 'Not every request has a price. Nothing was submitted.' }
    if ($total.Price -gt $MaxTotal) { throw "The price exceeds the limit of $MaxTotal US dollars. Nothing was submitted." }

    # A request that fails is an error, and the others continue.
    $done = $prompts |
        New-AtlasImage -Model $Model -ErrorAction Continue |
        Wait-AtlasPrediction -ErrorAction Continue
    $files = $done | Save-AtlasOutput $Destination -Name '{row:00}-{model}' -Metadata -Force -ErrorAction Continue

    $rows = foreach ($prediction in $done | Sort-Object Row, Model) {
        [pscustomobject]@{
            Row       = $prediction.Row
            Model     = $prediction.Model
            Price     = $prediction.Price
            PriceUnit = $prediction.PriceUnit
            QueueTime = $prediction.QueueTime
            RunTime   = $prediction.RunTime
            File      = ($files | Where-Object { $_.Prediction.Id -eq $prediction.Id } | Select-Object -First 1).FullName
        }
    }

    $rows | Export-Csv -LiteralPath (Join-Path $Destination 'compare.csv')
    $gallery = $files | Export-AtlasGallery (Join-Path $Destination 'gallery.html') -Title 'Comparison' -Force
    Write-Host "Gallery saved: $($gallery.FullName)"
    $rows
}
