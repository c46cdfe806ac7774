# Starts child processes of the PowerShell that runs this script, however it was installed.

Set-StrictMode -Version Latest

function Get-ChildShell {
    # Returns the program and, if needed, its first argument. An archive or a package contains the executable pwsh; a .NET tool is a
    # library that dotnet runs.
    $program = [Environment]::ProcessPath
    if ((Split-Path $program -LeafBase) -eq 'pwsh') { return $program }
    if ((Split-Path $program -LeafBase) -ne 'dotnet') { $program = 'dotnet' }
    $program, (Join-Path $PSHOME 'pwsh.dll')
}

function Invoke-ChildShell {
    # Runs PowerShell with the arguments and the pipeline input, and returns its output. $LASTEXITCODE is the exit code.
    $program, $arguments = @(Get-ChildShell) + $args
    if ($MyInvocation.ExpectingInput) { $input | & $program @arguments } else { & $program @arguments }
}

function New-ChildShellStartInfo {
    # Returns the start information of a PowerShell process for [Diagnostics.Process], to communicate with it while it runs.
    param([Parameter(Mandatory)] [string[]] $Arguments)
    $program, $all = @(Get-ChildShell) + $Arguments
    [Diagnostics.ProcessStartInfo]::new($program, [string[]] $all)
}

Export-ModuleMember -Function Invoke-ChildShell, New-ChildShellStartInfo
