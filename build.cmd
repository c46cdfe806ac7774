@echo off
rem Runs build.ps1 in the PowerShell that .config\dotnet-tools.json pins. Requires the .NET SDK 10.
setlocal
cd /d "%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet tool restore --verbosity quiet
if not %ERRORLEVEL% == 0 exit /b %ERRORLEVEL%
dotnet tool run pwsh -- -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File .\build.ps1 %*
