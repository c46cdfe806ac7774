BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $staged = Get-StagedModule
    $data = Import-PowerShellDataFile $staged

    function New-OtherVersion {
        # Copies the staged module with another version in the manifest and the assemblies, and returns the manifest.
        param([string] $Version)
        $folder = Join-Path $TestDrive 'other' 'AtlasCloud' $Version
        $manifest = Join-Path $folder 'AtlasCloud.psd1'
        if (Test-Path $manifest) { return $manifest }
        Copy-Staged $folder
        Set-Content $manifest ((Get-Content $manifest -Raw) -replace "(?m)^(\s+ModuleVersion\s+=) '.+'", "`$1 '$Version'")
        Edit-Assembly (Join-Path $folder 'AtlasCloud.PowerShell.dll') $Version
        Edit-Assembly (Join-Path $folder 'AtlasCloud.VersionGuard.dll') $Version
        $manifest
    }

    function Copy-Staged {
        param([string] $Folder)
        $null = New-Item (Split-Path $Folder) -ItemType Directory -Force
        Copy-Item (Split-Path $staged) $Folder -Recurse
    }

    function Edit-Assembly {
        # Gives an assembly another module version ID and another version, which can also be part of its name, as a compiler does.
        # .NET treats assemblies with the same name and ID as the same assembly.
        param([string] $File, [string] $Version)
        $bytes = [IO.File]::ReadAllBytes($File)
        $image = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new($bytes))
        $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
        $start = $image.PEHeaders.MetadataStartOffset
        $id = $start + [Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetHeapMetadataOffset($metadata, 'Guid')
        $bytes[$id] = $bytes[$id] -bxor 1
        $parts = $start + [Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetTableMetadataOffset($metadata, 'Assembly') + 4
        foreach ($part in $Version -split '\.') { [BitConverter]::GetBytes([uint16] $part).CopyTo($bytes, $parts); $parts += 2 }
        $name = $metadata.GetString($metadata.GetAssemblyDefinition().Name)
        if ($name.EndsWith($data.ModuleVersion)) {
            # The other name has the same length, so that it fits.
            $other = $Version.PadRight($data.ModuleVersion.Length, '0').Substring(0, $data.ModuleVersion.Length)
            $text = [Text.Encoding]::Latin1.GetString($bytes)
            $bytes = [Text.Encoding]::Latin1.GetBytes($text.Replace($name, $name.Replace($data.ModuleVersion, $other)))
        }

        $image.Dispose()
        [IO.File]::WriteAllBytes($File, $bytes)
    }

    function Invoke-Fresh {
        param([string] $Script)
        $file = Join-Path $TestDrive "fresh-$([guid]::NewGuid().ToString('N')).ps1"
        Set-Content $file "`$ErrorActionPreference = 'Stop'`n`$PSStyle.OutputRendering = 'PlainText'`n$Script"
        @(Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File $file 2>&1 | ForEach-Object { "$_" })
    }
}

AfterAll { Exit-Test }

Describe 'The staged manifest' {
    It 'contains the release notes of its version from the changelog' {
        $changelog = (Get-Content (Join-Path $PSScriptRoot '..' '..' 'CHANGELOG.md') -Raw).ReplaceLineEndings("`n")
        $section = ($changelog -split '(?m)^## ' | Where-Object { $_ -match "^$([regex]::Escape($data.ModuleVersion))\s" })
        $section | Should -HaveCount 1
        $data.PrivateData.PSData.ReleaseNotes.ReplaceLineEndings("`n") | Should -Be ($section -split "`n", 2)[1].Trim()
    }

    It 'has a tag for each command, so that Find-PSResource -CommandName finds the module' {
        $tags = $data.PrivateData.PSData.Tags | Where-Object { $_ -like 'PSCommand_*' }
        $tags | Sort-Object | Should -Be ($data.CmdletsToExport | ForEach-Object { "PSCommand_$_" } | Sort-Object)
    }
}

Describe 'The package' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot '..' '..' 'tools' 'Packaging' 'Packaging.psm1')
    }

    It 'has the name and the version of the module, and contains the staged files' {
        $destination = Join-Path $TestDrive 'packages'
        $package = Publish-ModulePackage -ManifestPath $staged -Destination $destination
        $package.Name | Should -Be "AtlasCloud.$($data.ModuleVersion).nupkg"
        Assert-PackageContent -PackagePath $package.FullName -ManifestPath $staged
        Split-Path (Expand-ModulePackage -PackagePath $package.FullName -Destination (Join-Path $TestDrive 'expanded')) -Leaf | Should -Be 'AtlasCloud.psd1'
    }
}

Describe 'A second version in the same process' {
    It 'is not imported while another version is loaded; the error names both and recommends a new session' {
        $other = New-OtherVersion '0.0.9'
        $lines = Invoke-Fresh @"
Import-Module '$other'
try { Import-Module '$staged'; 'imported' } catch { `$_.FullyQualifiedErrorId; [string] `$_.CategoryInfo.Category; "`$_"; `$_.ErrorDetails.RecommendedAction }
"@
        $lines[0] | Should -Be 'OtherVersionLoaded,Microsoft.PowerShell.Commands.ImportModuleCommand' -Because ($lines -join "`n")
        $lines[1] | Should -Be 'ResourceUnavailable'
        $lines[2] | Should -BeLike "AtlasCloud $($data.ModuleVersion) cannot be imported because this process already loaded version 0.0.9 from '*AtlasCloud.PowerShell.dll'*"
        $lines[3] | Should -BeLike 'Start a new PowerShell session*'
    }

    It 'leaves the loaded version in use' {
        $other = New-OtherVersion '0.0.9'
        Invoke-Fresh @"
Import-Module '$other'
try { Import-Module '$staged' } catch { 'refused' }
Connect-Atlas -Emulator 6> `$null
(Get-Command Get-AtlasSession).Version.ToString()
(Get-AtlasSession).GetType().Name
"@ | Should -Be 'refused', '0.0.9', 'Session'
    }

    It 'is not imported after the loaded version was removed' {
        $other = New-OtherVersion '0.0.9'
        Invoke-Fresh @"
Import-Module '$other'
Remove-Module AtlasCloud
try { Import-Module '$staged' } catch { `$_.FullyQualifiedErrorId }
"@ | Should -BeLike 'OtherVersionLoaded,*'
    }

    # Windows does not delete a loaded file.
    It 'is not imported after the loaded version was removed and its files were deleted' -Skip:$IsWindows {
        $other = New-OtherVersion '0.0.8'
        Invoke-Fresh @"
Import-Module '$other'
Remove-Module AtlasCloud
Remove-Item '$(Split-Path $other)' -Recurse
try { Import-Module '$staged' } catch { `$_.FullyQualifiedErrorId }
"@ | Should -BeLike 'OtherVersionLoaded,*'
    }

    It 'is not imported when it is another build of the same version' {
        $build = Join-Path $TestDrive 'build'
        Copy-Staged $build
        Edit-Assembly (Join-Path $build 'AtlasCloud.PowerShell.dll') $data.ModuleVersion
        Invoke-Fresh @"
Import-Module '$staged'
try { Import-Module (Join-Path '$build' 'AtlasCloud.psd1') } catch { `$_.FullyQualifiedErrorId }
"@ | Should -BeLike 'OtherVersionLoaded,*'
    }

    It 'is not imported by a session in constrained language' {
        $other = New-OtherVersion '0.0.9'
        Invoke-Fresh @"
Import-Module '$other'
`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
try { Import-Module '$staged' } catch { `$_.FullyQualifiedErrorId }
"@ | Should -BeLike 'OtherVersionLoaded,*'
    }

    It 'is imported from another folder when it is an identical copy' {
        $copy = Join-Path $TestDrive 'copy'
        Copy-Staged $copy
        Invoke-Fresh @"
Import-Module '$staged'
Remove-Module AtlasCloud
Import-Module (Join-Path '$copy' 'AtlasCloud.psd1')
Connect-Atlas -Emulator
(Get-AtlasSession).GetType().Name
"@ | Select-Object -Last 1 | Should -Be 'Session'
    }
}
