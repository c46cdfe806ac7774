BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $staged = Get-StagedModule
    $data = Import-PowerShellDataFile $staged

    function New-OtherVersion {
        # Copies the staged module with another version in the manifest and the root assembly, and returns the manifest.
        param([string] $Version)
        $folder = Join-Path $TestDrive 'other' 'AtlasCloud' $Version
        $manifest = Join-Path $folder 'AtlasCloud.psd1'
        if (Test-Path $manifest) { return $manifest }
        $null = New-Item (Split-Path $folder) -ItemType Directory -Force
        Copy-Item (Split-Path $staged) $folder -Recurse
        Set-Content $manifest ((Get-Content $manifest -Raw) -replace "(?m)^(\s+ModuleVersion\s+=) '.+'", "`$1 '$Version'")

        # A compiler changes the module version ID, too; .NET treats assemblies with equal IDs as the same assembly.
        $file = Join-Path $folder 'AtlasCloud.PowerShell.dll'
        $bytes = [IO.File]::ReadAllBytes($file)
        $image = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new($bytes))
        $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
        $start = $image.PEHeaders.MetadataStartOffset
        $id = $start + [Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetHeapMetadataOffset($metadata, 'Guid')
        $bytes[$id] = $bytes[$id] -bxor 1
        $parts = $start + [Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetTableMetadataOffset($metadata, 'Assembly') + 4
        foreach ($part in $Version -split '\.') { [BitConverter]::GetBytes([uint16] $part).CopyTo($bytes, $parts); $parts += 2 }
        $image.Dispose()
        [IO.File]::WriteAllBytes($file, $bytes)
        $manifest
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
Connect-Atlas -Emulator
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

    It 'is imported from another folder when it is an identical copy' {
        $copy = Join-Path $TestDrive 'copy'
        Copy-Item (Split-Path $staged) $copy -Recurse
        Invoke-Fresh @"
Import-Module '$staged'
Remove-Module AtlasCloud
Import-Module (Join-Path '$copy' 'AtlasCloud.psd1')
Connect-Atlas -Emulator
(Get-AtlasSession).GetType().Name
"@ | Select-Object -Last 1 | Should -Be 'Session'
    }
}
