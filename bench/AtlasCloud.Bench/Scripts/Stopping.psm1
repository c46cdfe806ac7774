# Runs a pipeline in a runspace of its own, and measures how long it takes to stop.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function New-BenchShell {
    # Returns a [powershell] with the module and an empty pipeline.
    param([Parameter(Mandatory)] [string] $Module)
    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule([string[]] $Module)
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    [powershell]::Create($runspace)
}

function Measure-Stop {
    # Stops the pipeline, and returns the milliseconds until it has ended and the client of its session is disposed.
    param([Parameter(Mandatory)] [powershell] $Shell, [Parameter(Mandatory)] $Running)
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $Shell.Stop()
    $Shell.Runspace.Dispose()
    $clock.Stop()
    $clock.Elapsed.TotalMilliseconds
}

Export-ModuleMember -Function New-BenchShell, Measure-Stop
