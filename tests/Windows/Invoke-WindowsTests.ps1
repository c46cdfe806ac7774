<#
.SYNOPSIS
    Runs the unit tests and the Pester tests under Wine. Returns the number of passed, failed and skipped tests, one object per run.
.DESCRIPTION
    Requires the package wine and a build of the solution. All files that it creates are in output/windows.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Configuration,

    # Manifest of the module.
    [Parameter(Mandatory)] [string] $ModulePath,

    # Folder for the reports.
    [Parameter(Mandatory)] [string] $ResultPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).ProviderPath
$windows = Join-Path $root 'output' 'windows'
$prefix = Join-Path $windows 'prefix'
$drive = Join-Path $prefix 'dosdevices' 'z:'
if (-not (Get-Command wine -ErrorAction Ignore)) { throw 'Wine is required. On Debian: apt-get install wine.' }

function ConvertTo-WindowsPath {
    param([string] $Path)
    'Z:' + $Path.Replace('/', '\')
}

function Invoke-Wine {
    # Runs a Windows program in the prefix. Wine links its Documents folder to the home folder, which is therefore not the user's.
    # It writes one harmless warning per process about the drive Z:.
    param([string[]] $Arguments, [string] $Disabled = 'mshtml,winemenubuilder.exe,winedbg.exe=', [string[]] $Setting = @())
    & env -u DISPLAY -u PSModulePath "HOME=$(Join-Path $windows 'home')" "WINEPREFIX=$prefix" 'WINEDEBUG=-all' "WINEDLLOVERRIDES=$Disabled" @Setting timeout --kill-after=10 3600 wine @Arguments 2>&1 |
        Where-Object { "$_" -notlike 'wine: Read access denied for device*' } | Out-Host
}

function Invoke-WindowsProgram {
    # The startup hook repairs Wine's exception handling. Without the two settings after it, .NET crashes in Wine's memory protection.
    param([string[]] $Arguments)
    Invoke-Wine $Arguments -Setting @(
        "DOTNET_ROOT=$(ConvertTo-WindowsPath (Join-Path $windows 'dotnet'))"
        "DOTNET_STARTUP_HOOKS=$(ConvertTo-WindowsPath (Join-Path $windows 'pwsh' 'AtlasCloud.TestShell.dll'))"
        'DOTNET_EnableWriteXorExecute=0'
        'DOTNET_TieredCompilation=0'
        'PSExecutionPolicyPreference=Bypass'
    )
}

function Get-Count {
    # Without a report, the process ended before its tests finished.
    param([string] $Name, [string] $Report, [scriptblock] $Read)
    $counts = if (Test-Path $Report) { & $Read } else { [pscustomobject]@{ Passed = 0; Failed = 1; Skipped = 0 } }
    Write-Host ('Windows, {0}: {1} passed, {2} failed, {3} skipped' -f $Name, $counts.Passed, $counts.Failed, $counts.Skipped)
    $counts
}

dotnet build (Join-Path $PSScriptRoot 'TestShell') --configuration $Configuration --verbosity quiet | Out-Host
if ($LASTEXITCODE -ne 0) { throw "The tests for Windows were not prepared: dotnet build ended with exit code $LASTEXITCODE." }
$null = New-Item $ResultPath, (Join-Path $windows 'home') -ItemType Directory -Force
if (-not (Test-Path (Join-Path $prefix 'system.reg'))) {
    # Without mscoree, Wine does not ask to install Mono. .NET needs it later.
    $null = New-Item $prefix -ItemType Directory -Force
    Invoke-Wine 'wineboot', '--init' -Disabled 'mscoree,mshtml,winemenubuilder.exe='
}

# The drive is a link to /, which a program that walks through the repository would follow.
if (-not (Test-Path $drive)) { $null = New-Item $drive -ItemType SymbolicLink -Target / }
try {
    Invoke-Wine 'reg', 'add', 'HKCU\Software\Wine', '/v', 'Version', '/d', 'win10', '/f'

    # A project whose target has changed has an older build beside the new one.
    $assemblies = Get-ChildItem (Join-Path $root 'tests' 'Unit' '*' 'bin' $Configuration 'net*' 'AtlasCloud*.Tests.dll') | Group-Object Name
    foreach ($program in $assemblies | ForEach-Object { $_.Group | Sort-Object LastWriteTime | Select-Object -Last 1 }) {
        $report = Join-Path $ResultPath "windows-$($program.BaseName).xml"
        $command = @([IO.Path]::ChangeExtension($program.FullName, 'exe'), '-noColor', '-longRunning', '60', '-result-xml', (ConvertTo-WindowsPath $report))

        # Tests that measure time run only in the long form.
        if ($env:ATLASCLOUD_TEST_LONG -ne '1') { $command += '-trait-', 'Category=Slow' }
        Invoke-WindowsProgram $command
        Get-Count $program.BaseName $report {
            $run = ([xml](Get-Content $report -Raw)).assemblies.assembly
            [pscustomobject]@{ Passed = [int]$run.passed; Failed = [int]$run.failed + [int]$run.errors; Skipped = [int]$run.skipped }
        }
    }

    $report = Join-Path $ResultPath 'windows-pester.json'
    Invoke-WindowsProgram (Join-Path $windows 'pwsh' 'pwsh.exe'), '-NoProfile', '-File', (ConvertTo-WindowsPath (Join-Path $root 'tests' 'Pester' 'Invoke-Tests.ps1')),
        '-ModulePath', (ConvertTo-WindowsPath $ModulePath), '-ReportPath', (ConvertTo-WindowsPath $report)
    Get-Count 'Pester' $report { Get-Content $report -Raw | ConvertFrom-Json }
}
finally { [IO.Directory]::Delete($drive) }
