# Creates the package for the PowerShell Gallery and verifies that it installs and works.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path (Split-Path $PSScriptRoot) 'ChildShell.psm1')
$script:Root = Split-Path (Split-Path $PSScriptRoot)

function Assert-ReleaseTag {
    # Fails unless the tag names the version of the manifest.
    param([Parameter(Mandatory)] [string] $Tag, [Parameter(Mandatory)] [string] $Version)
    if ($Tag -cne "v$Version") { throw "The tag '$Tag' does not match ModuleVersion '$Version' in AtlasCloud.psd1; 'v$Version' was expected." }
}

function Publish-ModulePackage {
    # Publishes the staged module to a folder and returns the .nupkg file.
    param([Parameter(Mandatory)] [string] $ManifestPath, [Parameter(Mandatory)] [string] $Destination)
    $null = New-Item $Destination -ItemType Directory -Force
    Invoke-Isolated {
        Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'Publish-Package.ps1') -ManifestPath $ManifestPath -Repository $Destination | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "Publishing to '$Destination' failed with exit code $LASTEXITCODE." }
    }

    Get-ChildItem $Destination -Filter '*.nupkg'
}

function Assert-PackageContent {
    # Fails unless the package contains the staged files, byte for byte, and no others.
    param([Parameter(Mandatory)] [string] $PackagePath, [Parameter(Mandatory)] [string] $ManifestPath)
    $folder = Split-Path $ManifestPath
    $staged = @{}
    foreach ($file in Get-ChildItem $folder -Recurse -File -Force) {
        $staged[[IO.Path]::GetRelativePath($folder, $file.FullName).Replace('\', '/')] = (Get-FileHash -LiteralPath $file.FullName).Hash
    }

    $packed = @{}
    $archive = [IO.Compression.ZipFile]::OpenRead($PackagePath)
    try {
        foreach ($entry in $archive.Entries) {
            # Added by the package format.
            if ($entry.FullName -match '^(_rels/|package/services/|\[Content_Types\]\.xml$|[^/]+\.nuspec$)') { continue }
            $stream = $entry.Open()
            try { $packed[[uri]::UnescapeDataString($entry.FullName)] = (Get-FileHash -InputStream $stream).Hash } finally { $stream.Dispose() }
        }
    }
    finally { $archive.Dispose() }

    $different = @($staged.Keys + $packed.Keys | Sort-Object -Unique | Where-Object { $staged[$_] -ne $packed[$_] })
    if ($different) { throw "These files differ between '$folder' and '$PackagePath': $($different -join ', ')." }
}

function Expand-ModulePackage {
    # Extracts a package into an empty folder, as an installation would, and returns the manifest of the module.
    param([Parameter(Mandatory)] [string] $PackagePath, [Parameter(Mandatory)] [string] $Destination)
    if (Test-Path $Destination) { Remove-Item $Destination -Recurse -Force }
    $content = Join-Path $Destination 'content'
    [IO.Compression.ZipFile]::ExtractToDirectory((Resolve-Path $PackagePath).ProviderPath, $content)
    $version = (Import-PowerShellDataFile (Join-Path $content 'AtlasCloud.psd1')).ModuleVersion
    $null = New-Item (Join-Path $Destination 'AtlasCloud') -ItemType Directory
    Move-Item $content (Join-Path $Destination 'AtlasCloud' $version)
    Join-Path $Destination 'AtlasCloud' $version 'AtlasCloud.psd1'
}

function New-SoftwareBill {
    # Writes the software bill of materials (CycloneDX) of what ships, and returns the file.
    param([Parameter(Mandatory)] [string] $ManifestPath, [Parameter(Mandatory)] [string] $Destination)
    $version = (Import-PowerShellDataFile $ManifestPath).ModuleVersion
    $name = "AtlasCloud.$version.cdx.json"
    $project = Join-Path $script:Root 'src' 'AtlasCloud.PowerShell' 'AtlasCloud.PowerShell.csproj'
    # Do not ship: PowerShellStandard.Library and Markdig are for building, and the others are part of .NET.
    $excluded = 'PowerShellStandard.Library,Markdig,Microsoft.NETCore.Platforms,System.Runtime.CompilerServices.Unsafe,System.Text.Encoding.CodePages'
    Push-Location $script:Root
    try {
        dotnet tool run dotnet-CycloneDX -- $project --output $Destination --filename $name --output-format Json --spec-version 1.6 `
            --disable-package-restore --recursive --exclude-filter $excluded `
            --set-name AtlasCloud --set-version $version --set-type Library | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "dotnet-CycloneDX failed with exit code $LASTEXITCODE." }
    }
    finally {
        Pop-Location
    }

    $file = Join-Path $Destination $name
    # Build tools are listed with the scope 'excluded'.
    $listed = @(((Get-Content $file -Raw | ConvertFrom-Json).components | Where-Object scope -EQ 'required').name | Sort-Object)
    $shipped = @((Get-ChildItem (Join-Path (Split-Path $ManifestPath) 'dependencies') -Recurse -Filter '*.dll').BaseName | Where-Object { $_ -notlike 'AtlasCloud*' } | Sort-Object)
    if (Compare-Object $listed $shipped) { throw "'$name' lists $($listed -join ', '), but the module ships $($shipped -join ', ')." }
    Get-Item $file
}

function Test-ModulePackage {
    # Installs the package, generates and saves an image with it, and uninstalls it, each step in a new shell.
    param([Parameter(Mandatory)] [string] $Repository, [Parameter(Mandatory)] [string] $Version)
    Invoke-Isolated {
        foreach ($step in 'Install', 'Use', 'Uninstall') {
            Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'Test-Package.ps1') -Step $step -Repository $Repository -Version $Version | Out-Host
            if ($LASTEXITCODE -ne 0) { throw "The package failed the step '$step' with exit code $LASTEXITCODE." }
        }
    }
}

function Assert-ReproducibleBuild {
    # Builds a copy of the sources in another folder, and fails unless the staged files are the same, byte for byte.
    param([Parameter(Mandatory)] [string] $ManifestPath, [Parameter(Mandatory)] [string] $Configuration)
    $copy = Join-Path ([IO.Path]::GetTempPath()) "atlascloud-build-$([guid]::NewGuid().ToString('N'))"
    try {
        foreach ($item in 'src', 'tools', 'docs/en-US', 'skills', 'tests/Fixtures') { Copy-Source (Join-Path $script:Root $item) (Join-Path $copy $item) }
        Get-ChildItem $script:Root -File -Force | Copy-Item -Destination $copy
        dotnet build (Join-Path $copy 'src' 'AtlasCloud.PowerShell') --configuration $Configuration --verbosity quiet -p:ContinuousIntegrationBuild=true | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "Building the copy failed with exit code $LASTEXITCODE." }

        $folder = Split-Path $ManifestPath
        $other = Join-Path $copy 'output' 'AtlasCloud' (Split-Path $folder -Leaf)
        $different = @(Compare-Object (Get-ContentHash $folder) (Get-ContentHash $other) -Property Path, Hash)
        if ($different) { throw "The build is not reproducible. These files differ: $(($different.Path | Sort-Object -Unique) -join ', ')." }
    }
    finally {
        Remove-Item $copy -Recurse -Force -ErrorAction Ignore
    }
}

function Copy-Source {
    # Copies a folder without its build output.
    param([string] $Source, [string] $Destination)
    $null = New-Item $Destination -ItemType Directory -Force
    foreach ($item in Get-ChildItem $Source -Force | Where-Object Name -NotIn 'bin', 'obj') {
        if ($item.PSIsContainer) { Copy-Source $item.FullName (Join-Path $Destination $item.Name) } else { Copy-Item -LiteralPath $item.FullName -Destination $Destination }
    }
}

function Get-ContentHash {
    param([string] $Folder)
    foreach ($file in Get-ChildItem $Folder -Recurse -File -Force) {
        [pscustomobject]@{ Path = [IO.Path]::GetRelativePath($Folder, $file.FullName); Hash = (Get-FileHash -LiteralPath $file.FullName).Hash }
    }
}

function Invoke-Isolated {
    # Runs a script block with a temporary home folder, so that child shells use neither the user's modules nor the user's settings.
    param([Parameter(Mandatory)] [scriptblock] $Script)
    $folder = Join-Path ([IO.Path]::GetTempPath()) "atlascloud-package-$([guid]::NewGuid().ToString('N'))"
    $values = @{ HOME = $folder; USERPROFILE = $folder; ATLASCLOUD_HOME = (Join-Path $folder 'atlascloud') }
    $others = 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME', 'PSModulePath'
    $saved = @(Get-Item env:* | Where-Object { $values.ContainsKey($_.Name) -or $_.Name -in $others })
    # NuGet writes its settings into the current folder if there is no .config.
    $null = New-Item (Join-Path $folder '.config') -ItemType Directory -Force
    try {
        Remove-Item $others.ForEach({ "env:$_" }) -ErrorAction Ignore
        foreach ($name in $values.Keys) { Set-Item "env:$name" $values[$name] }
        & $Script
    }
    finally {
        Remove-Item @($values.Keys).ForEach({ "env:$_" })
        foreach ($variable in $saved) { Set-Item "env:$($variable.Name)" $variable.Value }
        Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    }
}

Export-ModuleMember -Function Assert-ReleaseTag, Publish-ModulePackage, Assert-PackageContent, Expand-ModulePackage, New-SoftwareBill, Test-ModulePackage, Assert-ReproducibleBuild
