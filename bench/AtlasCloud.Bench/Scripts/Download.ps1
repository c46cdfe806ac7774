# Measures downloads after a small one.
param([string] $Module, [string] $SmallModel, [string] $Model, [int] $Count, [string] $Destination)
$ErrorActionPreference = 'Stop'
Import-Module $Module, (Join-Path $PSScriptRoot 'Result.psm1')
$null = New-AtlasImage 'small' -Model $SmallModel | Wait-AtlasPrediction | Save-AtlasOutput $Destination -Name '{id}'
$predictions = 1..$Count | New-AtlasImage -Model $Model | Wait-AtlasPrediction
Measure-Bench {
    $files = $predictions | Save-AtlasOutput $Destination -Name '{id}' -ThrottleLimit $Count
    if (@($files).Count -ne $Count) { throw "$(@($files).Count) of $Count files were saved." }
}
