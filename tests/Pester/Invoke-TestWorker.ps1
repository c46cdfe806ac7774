<#
.SYNOPSIS
    Runs Pester files of a queue, one after the other, and writes a report with the counters of each. Invoke-Tests.ps1 starts it in a new PowerShell.
.DESCRIPTION
    Files share the process, because starting PowerShell and compiling Pester and the module takes longer than most files. Each file
    gets its own runspace, and the environment variables, the current folder and the output style are restored after it. A file whose
    first line starts with "# Own process:" shares its process with no other file.
#>
[CmdletBinding()]
param(
    # Folder with files.txt, the paths of the files in the order in which they start. Claims and reports are written to it.
    [Parameter(Mandatory)] [string] $QueuePath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Test-Claim {
    # Returns whether this process got the file: several workers share the queue, and only one of them can create the claim.
    param([string] $Name)
    try { [IO.File]::Open((Join-Path $QueuePath "$Name.claim"), 'CreateNew').Dispose(); $true }
    catch [IO.IOException] { $false }
}

function Restore-Process {
    # Undoes changes to what all runspaces of a process share.
    param([hashtable] $Variables, [string] $Folder, $Rendering)
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys) + @($Variables.Keys)) {
        [Environment]::SetEnvironmentVariable($name, $Variables[$name] ?? [NullString]::Value)
    }

    [Environment]::CurrentDirectory = $Folder
    $PSStyle.OutputRendering = $Rendering
}

$runFile = {
    param($File, $Report)
    Import-Module (Join-Path (Split-Path $File) '..' '..' 'output' 'Pester' 'Pester.psd1')
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $File
    $configuration.Run.PassThru = $true

    # Tests that measure time run only in the long form.
    if ($env:ATLASCLOUD_TEST_LONG -ne '1') { $configuration.Filter.ExcludeTag = 'Slow' }
    $configuration.Output.Verbosity = 'Normal'
    $configuration.Output.CIFormat = 'None'
    $run = Invoke-Pester -Configuration $configuration

    # A file that cannot be read or whose BeforeAll fails counts as a failure, although none of its tests ran.
    @{
        Passed  = $run.PassedCount
        Failed  = $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
        Skipped = $run.SkippedCount + $run.InconclusiveCount
        Seconds = [math]::Round($run.Duration.TotalSeconds, 1)
    } | ConvertTo-Json | Set-Content $Report
}

$isFirst = $true
foreach ($file in Get-Content (Join-Path $QueuePath 'files.txt')) {
    $isAlone = (Get-Content $file -TotalCount 1) -like '# Own process:*'
    $name = Split-Path $file -LeafBase
    if (($isAlone -and -not $isFirst) -or -not (Test-Claim $name)) { continue }

    $isFirst = $false
    Write-Host "<start $name>"
    $before = @{ Variables = [hashtable]::new([Environment]::GetEnvironmentVariables()); Folder = [Environment]::CurrentDirectory; Rendering = $PSStyle.OutputRendering }
    $runspace = [runspacefactory]::CreateRunspace($Host)
    $shell = [powershell]::Create()
    try {
        $runspace.Open()
        $shell.Runspace = $runspace
        $null = $shell.AddScript($runFile).AddArgument($file).AddArgument((Join-Path $QueuePath "$name.json")).Invoke()
        foreach ($problem in $shell.Streams.Error) { Write-Host ($problem | Out-String) }
    }
    catch { Write-Host ($_ | Out-String) }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
        Restore-Process @before
        Write-Host "<end $name>"
    }

    if ($isAlone) { break }
}
