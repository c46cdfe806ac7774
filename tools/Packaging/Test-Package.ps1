# Installs, uses or uninstalls the package. Packaging.psm1 runs each step in a new shell.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet('Install', 'Use', 'Uninstall')] [string] $Step,
    [Parameter(Mandatory)] [string] $Repository,
    [Parameter(Mandatory)] [string] $Version
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$installed = @{ Name = 'AtlasCloud'; Version = $Version; Scope = 'CurrentUser' }

switch ($Step) {
    'Install' {
        # On Windows, the environment cannot redirect the user's module folder.
        if (Get-InstalledPSResource @installed -ErrorAction Ignore) {
            throw "AtlasCloud $Version is already installed for this user, and this check would remove it. Uninstall it first."
        }

        $name = "AtlasCloud-$PID"
        Register-PSResourceRepository -Name $name -Uri $Repository -Trusted
        try {
            $found = Find-PSResource -CommandName New-AtlasImage -Repository $name
            if ($found.ParentResource.Name -ne 'AtlasCloud') { throw 'Find-PSResource -CommandName New-AtlasImage does not find the package.' }
            Install-PSResource @installed -Repository $name
        }
        finally {
            Unregister-PSResourceRepository -Name $name
        }
    }
    'Use' {
        $expected = (Get-InstalledPSResource @installed).InstalledLocation
        Import-Module AtlasCloud -RequiredVersion $Version
        $module = Get-Module AtlasCloud
        if (-not $module.ModuleBase.StartsWith($expected)) { throw "The module was imported from '$($module.ModuleBase)', not from '$expected'." }

        Start-AtlasEmulator -TimeScale 0 | Connect-Atlas
        $folder = Join-Path ([IO.Path]::GetTempPath()) "atlascloud-use-$([guid]::NewGuid().ToString('N'))"
        try {
            $file = 'a lighthouse' | New-AtlasImage -Model google/nano-banana-2/text-to-image | Wait-AtlasPrediction | Save-AtlasOutput $folder
            if ($file.Length -lt 1KB -or [Convert]::ToHexString([IO.File]::ReadAllBytes($file.FullName)[0..3]) -ne '89504E47') { throw "'$file' is not a PNG file." }
            # Without a help file, the engine returns the syntax as the synopsis.
            if ((Get-Help New-AtlasImage).Synopsis -match '^\s*New-AtlasImage') { throw 'The help of New-AtlasImage is missing.' }
            Write-Host "AtlasCloud $Version from the package saved $($file.Name) ($($file.Length) bytes)."
        }
        finally {
            Stop-AtlasEmulator
            Remove-Item $folder -Recurse -Force -ErrorAction Ignore
        }
    }
    'Uninstall' {
        Uninstall-PSResource @installed
        if (Get-Module AtlasCloud -ListAvailable | Where-Object Version -EQ $Version) { throw "AtlasCloud $Version is still installed after Uninstall-PSResource." }
    }
}
