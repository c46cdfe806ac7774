# Publishes a module to a local repository. Packaging.psm1 runs it in a new shell.
[CmdletBinding()]
param(
    # The manifest, because the folder has a second one, of the default properties.
    [Parameter(Mandatory)] [string] $ManifestPath,
    [Parameter(Mandatory)] [string] $Repository
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# On Windows, the environment cannot redirect the user's list of repositories, so the name is unique and is removed afterwards.
$name = "AtlasCloud-$PID"
Register-PSResourceRepository -Name $name -Uri $Repository -Trusted
try {
    Publish-PSResource -Path $ManifestPath -Repository $name
}
finally {
    Unregister-PSResourceRepository -Name $name
}
