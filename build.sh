#!/usr/bin/env bash
# Finds a PowerShell and hands over to build.ps1. Without one it does all that needs none, and says in a line what it left out.
#
#   ./build.sh [build|demo|test|package] [-Configuration Debug|Release]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

task="${1:-build}"
case "$task" in
    build | demo | test | package) ;;
    *) echo "usage: ./build.sh [build|demo|test|package] [-Configuration Debug|Release]" >&2; exit 2 ;;
esac
command -v dotnet >/dev/null || { echo "The .NET SDK 8 or later is needed: https://dotnet.microsoft.com/download" >&2; exit 1; }

if command -v pwsh >/dev/null; then
    exec pwsh -NoLogo -NoProfile -NonInteractive -File ./build.ps1 "$@"
elif dotnet tool restore >/dev/null 2>&1; then
    exec dotnet tool run pwsh -- -NoLogo -NoProfile -NonInteractive -File ./build.ps1 "$@"
fi

configuration=Release
if [ "${2:-}" = -Configuration ]; then configuration="${3:?}"; fi

build() {
    dotnet build AtlasCloud.PowerShell.sln --configuration "$configuration" --verbosity quiet
}

case "$task" in
    build)
        build
        ;;
    demo)
        build
        echo "No PowerShell was found: the demo runs on the core library (samples/QuickStart)."
        dotnet run --project samples/QuickStart --configuration "$configuration" --no-build
        ;;
    test)
        build
        results=output/TestResults
        rm -rf "$results"
        status=0
        dotnet test AtlasCloud.PowerShell.sln --configuration "$configuration" --no-build --verbosity quiet \
            --logger trx --results-directory "$results" || status=$?
        echo "No PowerShell was found: the Pester tests of the staged module did not run."

        # Each test project wrote one file with its counters.
        count() { cat "$results"/*.trx | sed -n 's/.*<Counters [^>]*\b'"$1"'="\([0-9]*\)".*/\1/p' | awk "{ sum += \$1 } END { print sum + 0 }"; }
        passed=$(count passed) failed=$(count failed)
        skipped=$(($(count total) - passed - failed))
        if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
        echo "$passed passed, $failed failed, $skipped skipped"
        exit "$status"
        ;;
    package)
        echo "The package for the gallery needs a PowerShell to check it; the staged module is built all the same."
        build
        exit 1
        ;;
esac
