#!/usr/bin/env bash
# Runs build.ps1 in the PowerShell that .config/dotnet-tools.json pins. Requires the .NET SDK 10.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet tool restore --verbosity quiet
exec dotnet tool run pwsh -- -NoLogo -NoProfile -NonInteractive -File ./build.ps1 "$@"
