# Publishes a module folder to a folder of packages. Runs in a shell of its own: Packaging.psm1.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModuleFolder,
    [Parameter(Mandatory)] [string] $Repository
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# On Windows the registration is the user's own, whatever the environment says: the name is unique, and it is removed again.
$name = "AtlasCloud-$PID"
Register-PSResourceRepository -Name $name -Uri $Repository -Trusted
try {
    Publish-PSResource -Path $ModuleFolder -Repository $name
}
finally {
    Unregister-PSResourceRepository -Name $name
}
