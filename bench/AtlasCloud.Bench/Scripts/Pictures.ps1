# Measures many pictures from submit to file.
param([string] $Module, [string] $SmallModel, [string] $Model, [int] $Count, [int] $ThrottleLimit, [string] $Destination)
$ErrorActionPreference = 'Stop'
Import-Module $Module, (Join-Path $PSScriptRoot 'Result.psm1')
$null = New-AtlasImage 'small' -Model $SmallModel | Wait-AtlasPrediction | Save-AtlasOutput $Destination -Name '{id}'
$null = Get-AtlasModelParameter $Model
Measure-Bench {
    $files = 1..$Count |
        New-AtlasImage -Model $Model -ThrottleLimit $ThrottleLimit |
        Wait-AtlasPrediction |
        Save-AtlasOutput $Destination -Name '{id}' -ThrottleLimit $ThrottleLimit
    if (@($files).Count -ne $Count) { throw "$(@($files).Count) of $Count files were saved." }
}
