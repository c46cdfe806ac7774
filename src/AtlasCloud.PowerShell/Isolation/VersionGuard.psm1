# Runs before the root module. A process can load AtlasCloud.PowerShell.dll once, and .NET never unloads it. Without this check, the import
# of a second version fails with "Assembly with same name is already loaded". This is a script because no code in the second DLL ever runs.

# Constrained language allows no method calls.
if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
    $loaded = [AppDomain]::CurrentDomain.GetAssemblies() |
        Where-Object { $_.GetName().Name -eq 'AtlasCloud.PowerShell' } |
        Select-Object -First 1
    $own = Join-Path $PSScriptRoot 'AtlasCloud.PowerShell.dll'

    # An identical copy in another folder is not a conflict: .NET returns the loaded one. An update may have deleted the loaded file.
    $isSame = -not $loaded -or $loaded.Location -eq $own -or ($loaded.Location -and
        (Get-FileHash -LiteralPath $loaded.Location -ErrorAction Ignore).Hash -eq (Get-FileHash -LiteralPath $own).Hash)
    if (-not $isSame) {
        $version = (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'AtlasCloud.psd1')).ModuleVersion
        $message = "AtlasCloud $version cannot be imported because this process already loaded version " +
            "$($loaded.GetName().Version.ToString(3)) from '$($loaded.Location)', and .NET cannot unload it. Nothing was changed."
        $record = [Management.Automation.ErrorRecord]::new(
            [InvalidOperationException]::new($message), 'OtherVersionLoaded', 'ResourceUnavailable', $loaded.Location)
        $record.ErrorDetails = $message
        $record.ErrorDetails.RecommendedAction =
            "Start a new PowerShell session and run: Import-Module AtlasCloud -RequiredVersion $version"
        throw $record
    }
}

Export-ModuleMember
