<#
.SYNOPSIS
    Publishes the package of a release to the PowerShell Gallery.
.DESCRIPTION
    Publishes the unchanged .nupkg file, which was tested and attested. The API key is read from $env:GALLERY_API_KEY, so that it
    appears in no command line and no log.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The folder that contains the package.
    [Parameter(Mandatory)] [string] $PackageFolder,

    # The repository to publish to. Default: PSGallery.
    [string] $Repository = 'PSGallery'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$package = @(Get-ChildItem $PackageFolder -Filter 'AtlasCloud.*.nupkg')
if ($package.Count -ne 1) { throw "'$PackageFolder' has $($package.Count) packages; one was expected." }
if (-not $env:GALLERY_API_KEY) { throw 'The environment variable GALLERY_API_KEY is not set.' }
if ($PSCmdlet.ShouldProcess("$($package.Name) to $Repository", 'Publish')) {
    Publish-PSResource -NupkgPath $package.FullName -Repository $Repository -ApiKey $env:GALLERY_API_KEY
}
