@{
    RootModule           = 'EmptyModule.dll'
    ModuleVersion        = '1.0.0'
    GUID                 = 'd1a3fcb8-6f0c-4f0e-9c43-5b0d0a4f6d52'
    Author               = 'AtlasCloud contributors'
    Description          = 'A module with one cmdlet, to compare with.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = 'Core'
    CmdletsToExport      = 'Get-Nothing'
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
