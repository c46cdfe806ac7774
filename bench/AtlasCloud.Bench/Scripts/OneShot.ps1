# A scheduled script: one picture, from import to file.
param([string] $Module, [string] $Model, [string] $Destination)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$null = New-AtlasImage 'a boat' -Model $Model | Wait-AtlasPrediction | Save-AtlasOutput $Destination
