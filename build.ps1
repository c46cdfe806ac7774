#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, demonstrates, tests and packages the module.
.DESCRIPTION
    build    builds the solution and stages the module in output/AtlasCloud/<version>
    demo     builds, then runs samples/QuickStart.ps1 against the emulator: upload, generate, wait, save, chat, gallery
    test     builds, runs the xunit tests, then the Pester tests on the staged module
    package  builds and tests, creates output/packages/AtlasCloud.<version>.nupkg for the PowerShell Gallery and its software bill
             of materials, then installs, uses and uninstalls the package in new shells
    bench    builds, measures the module and its peers, and writes the results to output/bench and to the tables in docs/Performance.md and the README
    api      rewrites the list of the public API of the core, src/AtlasCloud/PublicAPI.Unshipped.txt
.EXAMPLE
    ./build.ps1 test
.EXAMPLE
    ./build.ps1 test -Long
.EXAMPLE
    ./build.ps1 test -PackagePath ./output/packages/AtlasCloud.0.1.0.nupkg
    Runs the Pester tests on a package instead of a build. Builds nothing.
.EXAMPLE
    ./build.ps1 test -Windows
    On Linux with Wine, runs the tests on .NET and PowerShell for Windows.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('build', 'demo', 'test', 'package', 'bench', 'api')]
    [string] $Task = 'build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Also runs the tests that measure time, and tries every case where the short form tries a sample.
    [switch] $Long,

    # The tests to run. Default: all.
    [ValidateSet('All', 'Unit', 'Pester')]
    [string] $Suite = 'All',

    # Runs the task bench with tiny sizes, which check that all measurements work. Writes no table.
    [switch] $Small,

    # The comparisons of the task bench to run, such as import or upload. Default: all, with the micro benchmarks.
    [string[]] $Only = @(),

    # Package to run the Pester tests on, instead of the staged module.
    [string] $PackagePath,

    # Tag of a release. The task package fails unless it matches the version in AtlasCloud.psd1.
    [string] $Tag,

    # Skips the unit tests and the Pester tests of the task package.
    [switch] $SkipTests,

    # Runs the tests on .NET and PowerShell for Windows, under Wine.
    [switch] $Windows
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
if ($Long) { $env:ATLASCLOUD_TEST_LONG = '1' }

$root = $PSScriptRoot
$solution = Join-Path $root 'AtlasCloud.PowerShell.sln'
$manifest = Import-PowerShellDataFile (Join-Path $root 'AtlasCloud.psd1')
$version = $manifest.ModuleVersion
$staged = Join-Path $root 'output' 'AtlasCloud' $version 'AtlasCloud.psd1'
$results = Join-Path $root 'output' 'TestResults'

Import-Module (Join-Path $root 'tools' 'ChildShell.psm1')
Import-Module (Join-Path $root 'tools' 'Packaging' 'Packaging.psm1')

function Invoke-Native {
    # Runs a program and throws if its exit code is not 0.
    param([string] $Program, [string[]] $Arguments)
    & $Program @Arguments | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "$Program $($Arguments[0]) failed with exit code $LASTEXITCODE." }
}

function Build-Solution {
    param([string[]] $Arguments = @())
    Invoke-Native dotnet (@('build', $solution, '--configuration', $Configuration, '--verbosity', 'quiet') + $Arguments)
}

function Assert-Format {
    # Checks whitespace only: the build checks the code style, and CI runs the whole of dotnet format, which takes a minute.
    dotnet format whitespace $root --folder --exclude output/ --verify-no-changes | Out-Host
    if ($LASTEXITCODE -eq 2) { throw "Source files are not formatted. Run: dotnet format $(Split-Path $solution -Leaf)" }
    if ($LASTEXITCODE -ne 0) { throw "The format was not checked: dotnet format failed with exit code $LASTEXITCODE." }
}

function Invoke-UnitTest {
    # Each test project writes a report with its counters. A project that crashes writes no report, but fails the run.
    $filter = if ($Long) { @() } else { '--filter-not-trait', 'Category=Slow' }

    # The projects run for less than a minute: collecting profiles for the compiler costs them more than it saves.
    $env:DOTNET_TieredPGO = '0'
    dotnet test --solution $solution --configuration $Configuration --no-build --no-progress --results-directory $results --report-xunit-trx @filter | Out-Host
    $failedToRun = $LASTEXITCODE -ne 0
    $counters = Get-ChildItem $results -Filter *.trx -ErrorAction Ignore | ForEach-Object { ([xml](Get-Content -LiteralPath $_.FullName -Raw)).TestRun.ResultSummary.Counters }
    $total, $passed, $failed = 'total', 'passed', 'failed' | ForEach-Object { [int]($counters | Measure-Object -Property $_ -Sum).Sum }
    [pscustomobject]@{
        Passed  = $passed
        Failed  = if ($failedToRun -and $failed -eq 0) { 1 } else { $failed }
        Skipped = $total - $passed - $failed
    }
}

function Invoke-PesterTest {
    # Runs in a new process, so that the module and its assemblies do not stay loaded in this one.
    $report = Join-Path $results 'pester.json'
    Invoke-ChildShell -NoLogo -NoProfile -NonInteractive -File (Join-Path $root 'tests' 'Pester' 'Invoke-Tests.ps1') -ModulePath $staged -ReportPath $report | Out-Host
    if (-not (Test-Path $report)) { return [pscustomobject]@{ Passed = 0; Failed = 1; Skipped = 0 } }
    Get-Content $report -Raw | ConvertFrom-Json
}

function Test-All {
    if (Test-Path $results) { Remove-Item $results -Recurse -Force }
    $runs = if ($Windows) {
        & (Join-Path $root 'tests' 'Windows' 'Invoke-WindowsTests.ps1') -Configuration $Configuration -ModulePath $staged -ResultPath $results
    }
    else {
        if ($Suite -ne 'Pester' -and -not $PackagePath) { Invoke-UnitTest }
        if ($Suite -ne 'Unit') { Invoke-PesterTest }
    }
    $sum = [ordered]@{}
    foreach ($what in 'Passed', 'Failed', 'Skipped') { $sum[$what] = ($runs | Measure-Object -Property $what -Sum).Sum }
    Write-Host "$($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped"
    $sum.Failed -eq 0
}

switch ($Task) {
    'build' { Build-Solution }
    'demo' {
        Build-Solution
        & (Join-Path $root 'samples' 'QuickStart.ps1') -ModulePath $staged -Destination (Join-Path $root 'output' 'demo')
    }
    'test' {
        if ($PackagePath) {
            Invoke-Native dotnet @('build', (Join-Path $root 'tests' 'Pester'), '--configuration', $Configuration, '--verbosity', 'quiet')
            $staged = Expand-ModulePackage -PackagePath $PackagePath -Destination (Join-Path $root 'output' 'package-under-test')
        }
        else {
            Assert-Format
            Build-Solution
        }

        if (-not (Test-All)) { exit 1 }
    }
    'package' {
        if ($Tag) { Assert-ReleaseTag -Tag $Tag -Version $version }
        # Without --no-incremental, the compiler is not run again if only the path mapping changed.
        Build-Solution '--no-incremental', '-p:ContinuousIntegrationBuild=true'
        if (-not $SkipTests -and -not (Test-All)) { throw 'The tests failed, so no package was created.' }
        Assert-ReproducibleBuild -ManifestPath $staged -Configuration $Configuration

        $packages = Join-Path $root 'output' 'packages'
        if (Test-Path $packages) { Remove-Item $packages -Recurse -Force }
        $package = Publish-ModulePackage -ManifestPath $staged -Destination $packages
        Assert-PackageContent -PackagePath $package.FullName -ManifestPath $staged
        Test-ModulePackage -Repository $packages -Version $version
        $package
        New-SoftwareBill -ManifestPath $staged -Destination $packages
    }
    'bench' {
        Build-Solution
        & (Join-Path $root 'bench' 'Invoke-Bench.ps1') -ModulePath $staged -Destination (Join-Path $root 'output' 'bench') -Configuration $Configuration -Small:$Small -Only $Only
    }
    'api' {
        # Starts from an empty list, because dotnet format does not remove lines and misses changed values of enums.
        $project = Join-Path $root 'src' 'AtlasCloud'
        Set-Content (Join-Path $project 'PublicAPI.Unshipped.txt') "#nullable enable`n" -NoNewline
        Invoke-Native dotnet @('format', 'analyzers', $project, '--diagnostics', 'RS0016', '--severity', 'warn')
    }
}
