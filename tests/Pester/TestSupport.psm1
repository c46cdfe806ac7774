# Shared by the tests: an isolated environment, emulators, Ctrl+C, and assertions about errors.

Set-StrictMode -Version Latest

$script:Root = Split-Path (Split-Path $PSScriptRoot)
Import-Module (Join-Path $script:Root 'tools' 'ChildShell.psm1')
$script:Saved = @{}
$script:Emulators = [System.Collections.Generic.List[object]]::new()
$script:Home = $null

# Read here because Enter-Test clears the environment. The long form also measures elapsed time.
$script:IsLong = $env:ATLASCLOUD_TEST_LONG -eq '1'

# Nothing listens at this address, so a request that does not go to an emulator fails immediately.
$script:Nowhere = 'http://127.0.0.1:1/'

function Get-StagedModule {
    # Returns the path of the manifest of the staged module.
    if ($env:MODULE_UNDER_TEST) { return $env:MODULE_UNDER_TEST }
    $version = (Import-PowerShellDataFile (Join-Path $script:Root 'AtlasCloud.psd1')).ModuleVersion
    Join-Path $script:Root 'output' 'AtlasCloud' $version 'AtlasCloud.psd1'
}

function Get-Fixture {
    param([string] $Path)
    Join-Path $script:Root 'tests' 'Fixtures' $Path
}

function Enter-Test {
    # Clears the user's settings and imports the staged module.
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
    # Stops all emulators and restores the user's settings.
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
    # Writes rules to a scenario file for Start-AtlasEmulator and returns its path.
    param([hashtable[]] $Rule)
    $file = Join-Path (Get-PSDrive TestDrive).Root "scenario-$([guid]::NewGuid().ToString('N')).json"
    ConvertTo-Json @{ rules = $Rule } -Depth 10 | Set-Content $file
    $file
}

function Start-TestEmulator {
    # Starts an emulator. By default, its tasks finish immediately. -Option sets options that Start-AtlasEmulator has no parameter for.
    param([double] $TimeScale = 0, [hashtable[]] $Rule = @(), [hashtable] $Option = @{})
    $arguments = @{ TimeScale = $TimeScale }
    if ($Rule.Count -gt 0) { $arguments.Scenario = New-Scenario $Rule }
    if ($Option.Count -eq 0) { return Start-AtlasEmulator @arguments }

    # Scripts cannot name the types of the module, but can get them from an object.
    $model = Start-AtlasEmulator @arguments
    $options = $model.Options
    foreach ($name in $Option.Keys) { $options.GetType().GetProperty($name).SetValue($options, $Option[$name]) }
    Stop-AtlasEmulator $model
    $emulator = $model.GetType()::Start($options)
    $script:Emulators.Add($emulator)
    $emulator
}

function Use-FreePort {
    # Runs a script block with a port that an emulator has just freed, and again with another one if another process takes it first.
    param([Parameter(Mandatory)] [scriptblock] $Script)
    foreach ($try in 1..10) {
        $free = Start-AtlasEmulator
        $port = $free.BaseUri.Port
        Stop-AtlasEmulator $free
        try { return & $Script $port }
        catch { if ($try -eq 10 -or $_.FullyQualifiedErrorId -notlike 'PortInUse,*') { throw } }
    }
}

function New-TestSession {
    # Creates a session with an emulator. Default polling interval: 50 ms.
    param([Parameter(Mandatory)] $Emulator, [hashtable] $With = @{})
    if (-not $With.ContainsKey('PollInterval')) { $With.PollInterval = [timespan]::FromMilliseconds(50) }
    New-AtlasSession -InputObject $Emulator @With
}

function New-Picture {
    # Creates a small PNG file. A different number creates different bytes.
    param([string] $Path, [int] $Number = 0)
    $bytes = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
    [IO.File]::WriteAllBytes($Path, $bytes + [BitConverter]::GetBytes($Number))
    Get-Item -LiteralPath $Path
}

function Get-Submit {
    # Returns the bodies of the submits that the emulator received, as hashtables.
    param($Emulator)
    $Emulator.Ledger | Where-Object { $_.Path -like '/api/v1/model/generate*' -and $_.Body } | ForEach-Object { $_.Body | ConvertFrom-Json -AsHashtable }
}

function Get-SubmitCount {
    # Returns the number of submits that the emulator received, with or without a response.
    param($Emulator)
    @($Emulator.Ledger | Where-Object Path -like '/api/v1/model/generate*').Count
}

function Get-Upload {
    param($Emulator)
    $Emulator.Ledger | Where-Object Path -like '*/uploadMedia*'
}

function Get-ErrorOf {
    # Runs a script block and returns all its errors, terminating and non-terminating.
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
    # Fails unless there is exactly one error with this ID, category and message, and with a recommended action.
    param($ErrorRecord, [string] $Id, [string] $Category, [string] $Message = '*', [switch] $Nothing)
    $found = @($ErrorRecord | Where-Object { $null -ne $_ })
    $found.Count | Should -Be 1 -Because "exactly one error is expected: $($ErrorRecord | Out-String)"
    $record = $found[0]
    $record.FullyQualifiedErrorId | Should -BeLike "$Id,*" -Because $record.Exception.Message
    [string] $record.CategoryInfo.Category | Should -Be $Category
    $record.Exception.Message | Should -BeLike $Message
    $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    if ($Nothing) { $record.Exception.Message | Should -Match 'Nothing was (sent|submitted|saved)|was not (sent|submitted)' }
}

function New-TestShell {
    # Creates a runspace with the staged module and variables. Returns a [powershell] that is ready to run the script.
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
    # Waits for a condition. The timeout is long because only a hang reaches it.
    param([Parameter(Mandatory)] [scriptblock] $Condition, [double] $Seconds = 180)
    $begin = [Diagnostics.Stopwatch]::GetTimestamp()
    while (-not (& $Condition)) {
        if ([Diagnostics.Stopwatch]::GetElapsedTime($begin).TotalSeconds -gt $Seconds) { throw "The condition was not met within $Seconds seconds: $Condition" }

        # Between checks, the processor is free for what is waited for.
        Start-Sleep -Milliseconds 10
    }
}

function Wait-Download {
    # Waits until no partial file is left in a folder. A download that reacts too slowly to a stop ends after its command.
    param([Parameter(Mandatory)] [string] $Folder)
    Wait-Until { -not (Get-ChildItem -LiteralPath $Folder -Force -Filter *.partial -ErrorAction Ignore) }
}

function Close-Session {
    # Ends the background work of a session and closes its connections. It can still be used.
    param([Parameter(Mandatory)] $Session)
    [Reflection.BindingFlags] $hidden = 'Instance, NonPublic'
    $Session.GetType().GetProperty('Client', $hidden).GetValue($Session).Dispose()
}

function Assert-Quiet {
    # Closes the sessions and fails unless no connection to the emulator remains.
    param([Parameter(Mandatory)] $Emulator, $Session)
    foreach ($one in $Session) { Close-Session $one }
    Wait-Until {
        # Wine cannot list connections while their number grows.
        try { $connections = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpConnections() }
        catch [Net.NetworkInformation.NetworkInformationException] { return $false }
        -not ($connections | Where-Object { $_.RemoteEndPoint.Port -eq $Emulator.BaseUri.Port -and $_.State -eq 'Established' })
    }
    if ($script:IsLong) {
        # A request that was in flight at that moment may still be recorded.
        Start-Sleep -Milliseconds 300
        $before = $Emulator.Ledger.Count
        Start-Sleep -Milliseconds 400
        $Emulator.Ledger.Count | Should -Be $before -Because 'no request is sent afterwards'
    }
}

function Invoke-Stopped {
    # Runs a script in a new runspace, stops it as Ctrl+C does when the condition is true, and returns how it ended.
    param([Parameter(Mandatory)] [scriptblock] $Script, [hashtable] $With = @{}, [Parameter(Mandatory)] [scriptblock] $When)
    $shell = New-TestShell $Script $With
    try {
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        Wait-Until { $running.IsCompleted -or (& $When) }
        $early = $running.IsCompleted
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $null = $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(180000)
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
    # Fails unless the script was running when it was stopped, stopped without an error, and left no request in flight.
    param([Parameter(Mandatory)] $Run, $Emulator)
    $Run.EndedBefore | Should -BeFalse -Because "the script must still be running when it is stopped: $($Run.Errors | Out-String)"
    if ($script:IsLong) { $Run.Seconds | Should -BeLessThan 1.5 }
    $Run.State | Should -Be 'Stopped'
    $Run.Errors | Should -BeNullOrEmpty
    if ($Emulator) { Assert-Quiet $Emulator $Run.Sessions }
}

Export-ModuleMember -Function *
