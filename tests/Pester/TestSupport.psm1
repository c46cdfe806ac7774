# What the tests share: an environment of their own, emulators, a way to press Ctrl+C, and a look at errors.

Set-StrictMode -Version Latest

$script:Root = Split-Path (Split-Path $PSScriptRoot)
Import-Module (Join-Path $script:Root 'tools' 'ChildShell.psm1')
$script:Saved = @{}
$script:Emulators = [System.Collections.Generic.List[object]]::new()
$script:Home = $null

# Enter-Test hides the environment. The long form also measures what the short form only proves by events.
$script:IsLong = $env:ATLASCLOUD_TEST_LONG -eq '1'

# Nothing listens there: what forgets to use the emulator fails at once and leaves the machine alone.
$script:Nowhere = 'http://127.0.0.1:1/'

function Get-StagedModule {
    # The manifest of the module as it ships.
    if ($env:MODULE_UNDER_TEST) { return $env:MODULE_UNDER_TEST }
    $version = (Import-PowerShellDataFile (Join-Path $script:Root 'AtlasCloud.psd1')).ModuleVersion
    Join-Path $script:Root 'output' 'AtlasCloud' $version 'AtlasCloud.psd1'
}

function Get-Fixture {
    param([string] $Path)
    Join-Path $script:Root 'tests' 'Fixtures' $Path
}

function Enter-Test {
    # Hides the user's settings from the tests, and gives them the staged module.
    foreach ($variable in Get-ChildItem env:ATLAS*) {
        $script:Saved[$variable.Name] = $variable.Value
        Remove-Item "env:$($variable.Name)"
    }

    $script:Home = Join-Path ([IO.Path]::GetTempPath()) "atlas-pester-$([guid]::NewGuid().ToString('N'))"
    $env:ATLASCLOUD_HOME = $script:Home
    $env:ATLASCLOUD_BASE_URL = $script:Nowhere
    if (-not (Get-Module AtlasCloud)) { Import-Module (Get-StagedModule) -Global }
}

function Exit-Test {
    # Stops what was started, and puts the user's settings back.
    Disconnect-Atlas
    Stop-AtlasEmulator
    foreach ($emulator in $script:Emulators) { $emulator.Stop() }
    $script:Emulators.Clear()
    foreach ($variable in Get-ChildItem env:ATLAS*) { Remove-Item "env:$($variable.Name)" }
    foreach ($name in $script:Saved.Keys) { Set-Item "env:$name" $script:Saved[$name] }
    $script:Saved.Clear()
    if ($script:Home -and (Test-Path $script:Home)) { Remove-Item $script:Home -Recurse -Force }
}

function New-Scenario {
    # Writes rules to a file that Start-AtlasEmulator reads.
    param([hashtable[]] $Rule)
    $file = Join-Path (Get-PSDrive TestDrive).Root "scenario-$([guid]::NewGuid().ToString('N')).json"
    ConvertTo-Json @{ rules = $Rule } -Depth 10 | Set-Content $file
    $file
}

function Start-TestEmulator {
    # An emulator with tasks that are done at once, unless something else is asked for. -Option sets what the command has no parameter for.
    param([double] $TimeScale = 0, [hashtable[]] $Rule = @(), [hashtable] $Option = @{})
    $arguments = @{ TimeScale = $TimeScale }
    if ($Rule.Count -gt 0) { $arguments.Scenario = New-Scenario $Rule }
    if ($Option.Count -eq 0) { return Start-AtlasEmulator @arguments }

    # The types of the module cannot be named in a script, but objects of them know their own.
    $model = Start-AtlasEmulator @arguments
    $options = $model.Options
    foreach ($name in $Option.Keys) { $options.GetType().GetProperty($name).SetValue($options, $Option[$name]) }
    Stop-AtlasEmulator $model
    $emulator = $model.GetType()::Start($options)
    $script:Emulators.Add($emulator)
    $emulator
}

function New-TestSession {
    # A session with an emulator, quick to ask and slow to give up.
    param([Parameter(Mandatory)] $Emulator, [hashtable] $With = @{})
    if (-not $With.ContainsKey('PollInterval')) { $With.PollInterval = [timespan]::FromMilliseconds(50) }
    New-AtlasSession -InputObject $Emulator @With
}

function New-Picture {
    # A small PNG file. Another number makes another picture.
    param([string] $Path, [int] $Number = 0)
    $bytes = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
    [IO.File]::WriteAllBytes($Path, $bytes + [BitConverter]::GetBytes($Number))
    Get-Item -LiteralPath $Path
}

function Get-Submit {
    # The submits that arrived, as objects.
    param($Emulator)
    $Emulator.Ledger | Where-Object { $_.Path -like '/api/v1/model/generate*' -and $_.Body } | ForEach-Object { $_.Body | ConvertFrom-Json -AsHashtable }
}

function Get-SubmitCount {
    # How many submits arrived, answered or not.
    param($Emulator)
    @($Emulator.Ledger | Where-Object Path -like '/api/v1/model/generate*').Count
}

function Get-Upload {
    param($Emulator)
    $Emulator.Ledger | Where-Object Path -like '*/uploadMedia*'
}

function Get-ErrorOf {
    # All errors of a script block, terminating or not.
    param([Parameter(Mandatory)] [scriptblock] $Script)
    $found = [System.Collections.Generic.List[object]]::new()
    try {
        & $Script 2>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { $found.Add($_) } }
    }
    catch {
        $found.Add($_)
    }

    $found
}

function Assert-AtlasError {
    # Exactly one error, with the promised id and category, a text and an advice.
    param($ErrorRecord, [string] $Id, [string] $Category, [string] $Message = '*', [switch] $Nothing)
    $found = @($ErrorRecord | Where-Object { $null -ne $_ })
    $found.Count | Should -Be 1 -Because "one error is expected, not: $($ErrorRecord | Out-String)"
    $record = $found[0]
    $record.FullyQualifiedErrorId | Should -BeLike "$Id,*" -Because $record.Exception.Message
    [string] $record.CategoryInfo.Category | Should -Be $Category
    $record.Exception.Message | Should -BeLike $Message
    $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    if ($Nothing) { $record.Exception.Message | Should -Match 'Nothing was (sent|submitted|saved)|was not submitted' }
}

function New-TestShell {
    # A second runspace with the staged module and some variables in it: [powershell], ready to run a script.
    param([Parameter(Mandatory)] [scriptblock] $Script, [hashtable] $With = @{})
    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule([string[]] (Get-StagedModule))
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    foreach ($name in $With.Keys) { $runspace.SessionStateProxy.SetVariable($name, $With[$name]) }
    $shell = [powershell]::Create($runspace)
    $shell.AddScript($Script.ToString())
}

function Wait-Until {
    # Only a hang takes this long.
    param([Parameter(Mandatory)] [scriptblock] $Condition, [double] $Seconds = 60)
    if (-not [Threading.SpinWait]::SpinUntil([Func[bool]] { [bool] (& $Condition) }, [timespan]::FromSeconds($Seconds))) {
        throw "It did not happen within $Seconds seconds: $Condition"
    }
}

function Close-Session {
    # Ends the background work of a session and closes its connections. It can still be used.
    param([Parameter(Mandatory)] $Session)
    [Reflection.BindingFlags] $hidden = 'Instance, NonPublic'
    $Session.GetType().GetProperty('Client', $hidden).GetValue($Session).Dispose()
}

function Assert-Quiet {
    # No request is under way: once the session is closed, nobody holds a connection to the emulator.
    param([Parameter(Mandatory)] $Emulator, $Session)
    foreach ($one in $Session) { Close-Session $one }
    Wait-Until {
        $open = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpConnections() |
            Where-Object { $_.RemoteEndPoint.Port -eq $Emulator.BaseUri.Port -and $_.State -eq 'Established' }
        -not $open
    }
    if ($script:IsLong) {
        # What was on the wire at that moment may still be written down.
        Start-Sleep -Milliseconds 300
        $before = $Emulator.Ledger.Count
        Start-Sleep -Milliseconds 400
        $Emulator.Ledger.Count | Should -Be $before -Because 'nothing is asked for after the end'
    }
}

function Invoke-Stopped {
    # Runs a script in a second runspace, presses Ctrl+C when the condition holds, and says how the script ended.
    param([Parameter(Mandatory)] [scriptblock] $Script, [hashtable] $With = @{}, [Parameter(Mandatory)] [scriptblock] $When)
    $shell = New-TestShell $Script $With
    try {
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        Wait-Until { $running.IsCompleted -or (& $When) }
        $early = $running.IsCompleted
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $null = $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(60000)
        $elapsed = $clock.Elapsed.TotalSeconds
        [pscustomobject]@{
            Seconds      = $elapsed
            State        = [string] $shell.InvocationStateInfo.State
            EndedBefore  = $early
            Output       = @($output)
            Errors       = @($shell.Streams.Error)
            Sessions     = @($With.Values | Where-Object { "$($_.PSObject.TypeNames)" -like '*AtlasCloud.Session*' })
        }
    }
    finally {
        $shell.Runspace.Dispose()
        $shell.Dispose()
    }
}

function Assert-Stopped {
    # It was at work, it ended, it did not complain, and no request is under way. What it waited for takes far longer than the test.
    param([Parameter(Mandatory)] $Run, $Emulator)
    $Run.EndedBefore | Should -BeFalse -Because "it has to be at work when it is stopped: $($Run.Errors | Out-String)"
    if ($script:IsLong) { $Run.Seconds | Should -BeLessThan 1.5 }
    $Run.State | Should -Be 'Stopped'
    $Run.Errors | Should -BeNullOrEmpty
    if ($Emulator) { Assert-Quiet $Emulator $Run.Sessions }
}

Export-ModuleMember -Function *
