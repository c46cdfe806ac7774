@{
    ModuleVersion     = '1.0'
    GUID              = '5a1c1f0e-9d0b-4b1e-8f0a-3b7f5f3b1c52'
    Author            = 'AtlasCloud contributors'
    Description       = 'The default properties of the objects of AtlasCloud. A module of its own, so that they are loaded after the check for another version.'
    TypesToProcess    = @('AtlasCloud.Types.ps1xml')
    CmdletsToExport   = @()
    FunctionsToExport = @()
    AliasesToExport   = @()
    VariablesToExport = @()
}
