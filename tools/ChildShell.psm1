# Starts PowerShell again: the version that runs this script, however it was installed.

Set-StrictMode -Version Latest

function Get-ChildShell {
    # Returns the program and, if needed, its first argument. An archive or a package has an executable named pwsh; a .NET tool is a
    # library that dotnet runs.
    $program = [Environment]::ProcessPath
    if ((Split-Path $program -LeafBase) -eq 'pwsh') { return $program }
    if ((Split-Path $program -LeafBase) -ne 'dotnet') { $program = 'dotnet' }
    $program, (Join-Path $PSHOME 'pwsh.dll')
}

function Invoke-ChildShell {
    # Passes its arguments and its input to a new PowerShell and returns what that prints. $LASTEXITCODE is the exit code.
    $program, $arguments = @(Get-ChildShell) + $args
    if ($MyInvocation.ExpectingInput) { $input | & $program @arguments } else { & $program @arguments }
}

function New-ChildShellStartInfo {
    # Describes a new PowerShell for [Diagnostics.Process], so that a script can talk to it while it runs.
    param([Parameter(Mandatory)] [string[]] $Arguments)
    $program, $all = @(Get-ChildShell) + $Arguments
    [Diagnostics.ProcessStartInfo]::new($program, [string[]] $all)
}

Export-ModuleMember -Function Invoke-ChildShell, New-ChildShellStartInfo
