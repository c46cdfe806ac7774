<#
.SYNOPSIS
    Generates an image for each row of a CSV file, and a report.
.DESCRIPTION
    Columns bind by name to the parameters of New-AtlasImage: prompt, label, aspect_ratio, size, seed, negative_prompt, image and so
    on. Empty cells are ignored. The label is the file name; rows without a label are numbered.

    If a row fails, the sample continues with the others; the report contains the error. Images that already exist are not generated
    again. After an interruption, run the same command again to generate the missing images. -Force generates all images again.
.OUTPUTS
    The rows of the report, which is also saved as report.csv in the destination folder. An unknown price is empty, not zero.
.EXAMPLE
    ./samples/CsvToPictures.ps1
    Generates the images of the sample CSV file with an emulator.
.EXAMPLE
    ./samples/CsvToPictures.ps1 ./prompts.csv -Model z-image/turbo -ThrottleLimit 32 -Real
#>
[CmdletBinding()]
param(
    # Path of the CSV file.
    [Parameter(Position = 0)]
    [string] $Path = "$PSScriptRoot/data/prompts.csv",

    # ID of the model.
    [string] $Model = 'google/nano-banana-2/text-to-image',

    # Folder for the images.
    [string] $Destination = './output/pictures',

    # Maximum number of requests in flight.
    [int] $ThrottleLimit = 16,

    # Generate images again that already exist.
    [switch] $Force,

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

function Get-Picture {
    # Returns the image of a label, if it exists. The model decides on the file type.
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
if ($twice) { throw "These labels occur in more than one row: $($twice.Name -join ', '). Nothing was submitted." }

$todo = @($rows | Where-Object { $Force -or -not (Get-Picture $_.label) })
Write-Host "$($rows.Count) rows, $($todo.Count) to generate."

# Collects the errors of all three stages. The TargetObject of an error is the row, the prediction or the output that failed.
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
        Status = $failure ? 'failed' : $prediction ? 'saved' : 'exists'
        Price  = $prediction ? $prediction.Price : $null
        File   = $picture ? $picture.FullName : $null
        Id     = $prediction ? $prediction.Id : $null
        Error  = $failure ? "$($failure.FullyQualifiedErrorId.Split(',')[0]): $($failure.Exception.Message)" : $null
    }
}

$null = New-Item $Destination -ItemType Directory -Force
$report | Export-Csv -LiteralPath (Join-Path $Destination 'report.csv')
$report
