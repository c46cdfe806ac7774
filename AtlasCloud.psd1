@{
    RootModule           = 'AtlasCloud.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '7d0a0f4e-3c55-4c0e-9a5e-0f6c3a2b9d41'
    Author               = 'AtlasCloud contributors'
    CompanyName          = 'AtlasCloud contributors'
    Copyright            = '(c) AtlasCloud contributors. MIT license.'
    Description          = 'Generates images, video, audio, 3D models and text with 300+ models of the Atlas Cloud API, in pipelines whose stages run concurrently and that submit each billable request once. Includes cost limits, a journal for recovery after a crash, chat, and an emulator.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')

    # The guard comes first. Types of the module itself would be loaded before it, and fail if another version is loaded.
    NestedModules        = @('AtlasCloud.VersionGuard.dll', 'AtlasCloud.Types.psd1')
    FormatsToProcess     = @('AtlasCloud.Format.ps1xml')

    CmdletsToExport      = @(
        'Close-AtlasProject'
        'Confirm-AtlasWebhook'
        'Connect-Atlas'
        'Disable-AtlasApiKey'
        'Disconnect-Atlas'
        'Enter-AtlasChat'
        'Export-AtlasGallery'
        'Get-AtlasAsset'
        'Get-AtlasBalance'
        'Get-AtlasCost'
        'Get-AtlasDefault'
        'Get-AtlasModel'
        'Get-AtlasModelParameter'
        'Get-AtlasPrediction'
        'Get-AtlasProject'
        'Get-AtlasSession'
        'Get-AtlasSkill'
        'Get-AtlasUsage'
        'Import-AtlasRequest'
        'Invoke-AtlasChat'
        'Join-AtlasVideo'
        'Measure-AtlasCost'
        'New-AtlasApiKey'
        'New-AtlasAudio'
        'New-AtlasImage'
        'New-AtlasProject'
        'New-AtlasSession'
        'New-AtlasVideo'
        'Register-AtlasAsset'
        'Remove-AtlasApiKey'
        'Remove-AtlasAsset'
        'Rename-AtlasAsset'
        'Restore-AtlasAsset'
        'Save-AtlasOutput'
        'Send-AtlasMedia'
        'Set-AtlasApiKey'
        'Set-AtlasDefault'
        'Set-AtlasProject'
        'Show-AtlasOutput'
        'Start-AtlasEmulator'
        'Start-AtlasMcpServer'
        'Stop-AtlasEmulator'
        'Stop-AtlasPrediction'
        'Test-AtlasSession'
        'Wait-AtlasPrediction'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('AI', 'AtlasCloud', 'Image', 'Video', 'Audio', '3D', 'LLM', 'Chat', 'Generation', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
