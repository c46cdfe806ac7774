<#
.SYNOPSIS
    Turns a CSV of prompts into a folder of pictures, with a report.
.DESCRIPTION
    Columns are bound to the parameters of New-AtlasImage by their names: prompt, label, aspect_ratio, size, seed, negative_prompt,
    image and so on. An empty cell is nothing given. The label names the file; rows without one are numbered.

    A row that fails does not stop the others; the report says why it failed. A picture that is there already is not paid for again,
    so after an interruption the same command makes what is missing; -Force makes all of them anew.
.OUTPUTS
    The rows of the report, which report.csv in the destination holds too. A price that is not known stays empty; it is not zero.
.EXAMPLE
    ./samples/CsvToPictures.ps1
    Makes the pictures of the sample CSV, against an emulator.
.EXAMPLE
    ./samples/CsvToPictures.ps1 ./prompts.csv -Model z-image/turbo -ThrottleLimit 32 -Real
#>
[CmdletBinding()]
param(
    # The CSV file.
    [Parameter(Position = 0)]
    [string] $Path = "$PSScriptRoot/data/prompts.csv",

    # The model.
    [string] $Model = 'google/nano-banana-2/text-to-image',

    # Where the pictures go.
    [string] $Destination = './output/pictures',

    # How many requests may be under way together.
    [int] $ThrottleLimit = 16,

    # Make pictures again that are there already.
    [switch] $Force,

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

function Get-Picture {
    # The picture of a label, if there is one; the model decided whether it is a PNG or something else.
    param([string] $Label)
    Get-ChildItem -LiteralPath $Destination -File -ErrorAction Ignore | Where-Object { $_.BaseName -eq $Label -and $_.Extension -ne '.csv' } | Select-Object -First 1
}

$number = 0
$rows = @(Import-Csv -LiteralPath $Path -ErrorAction Stop | ForEach-Object {
        $number++
        if ('label' -notin $_.psobject.Properties.Name) { $_ | Add-Member label '' }
        if (-not $_.label) { $_.label = '{0:0000}' -f $number }
        $_
    })
$twice = @($rows | Group-Object label | Where-Object Count -GT 1)
if ($twice) { throw "These labels stand in more than one row: $($twice.Name -join ', '). Nothing was submitted." }

$todo = @($rows | Where-Object { $Force -or -not (Get-Picture $_.label) })
Write-Host "$($rows.Count) rows, $($todo.Count) to be made."

# Failures are collected from all three stages: the target of an error is the row, the prediction or the output it is about.
$predictions = @{}
$failures = @{}
$quietly = @{ ErrorAction = 'SilentlyContinue' }
$todo |
    New-AtlasImage -Model $Model -ThrottleLimit $ThrottleLimit @quietly -ErrorVariable refused |
    ForEach-Object { $predictions[$_.Id] = $_; $_ } |
    Wait-AtlasPrediction @quietly -ErrorVariable unfinished |
    ForEach-Object { $predictions[$_.Id] = $_; $_ } |
    Save-AtlasOutput $Destination -Name '{label}' -Force:$Force @quietly -ErrorVariable unsaved |
    ForEach-Object { Write-Host "Saved $($_.Name)" }

foreach ($failure in $refused) { $failures[$failure.TargetObject.label] = $failure }
foreach ($failure in $unfinished) { $failures[$failure.TargetObject.Label] = $failure }
foreach ($failure in $unsaved) { $failures[$predictions[$failure.TargetObject.PredictionId].Label] = $failure }

$made = @{}
foreach ($prediction in $predictions.Values) { $made[$prediction.Label] = $prediction }

$report = foreach ($row in $rows) {
    $failure = $failures[$row.label]
    $prediction = $made[$row.label]
    $picture = Get-Picture $row.label
    [pscustomobject]@{
        Label  = $row.label
        Status = $failure ? 'failed' : $prediction ? 'saved' : 'there already'
        Price  = $prediction ? $prediction.Price : $null
        File   = $picture ? $picture.FullName : $null
        Id     = $prediction ? $prediction.Id : $null
        Error  = $failure ? "$($failure.FullyQualifiedErrorId.Split(',')[0]): $($failure.Exception.Message)" : $null
    }
}

$null = New-Item $Destination -ItemType Directory -Force
$report | Export-Csv -LiteralPath (Join-Path $Destination 'report.csv')
$report
