#!/usr/bin/env bash
# Checks the manifests of k8s/ without a cluster, and nothing else: builds and runs the suite k8s of tests/run.sh, which runs it anyway.
# Needs kubectl 1.27 or newer on PATH, whose kustomize renders them; without it says so, and what needs it counts neither way.
# Ends with "N passed, N failed"; exit code 0 when something passed and nothing failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! dotnet build tests/k8s -c Release --nologo -v quiet -p:RestoreLockedMode=true > "$log" 2>&1; then
  cat "$log"
  echo "0 passed, 1 failed"
  exit 1
fi
dotnet tests/k8s/bin/Release/net10.0/CrossBorderSoc.Tests.K8s.dll -noColor -noLogo "$@" > "$log" 2>&1 || cat "$log"
grep -A1 -F '[SKIP]' "$log" | grep -v -e '^--$' -e '\[SKIP\]' | sed 's/^ *//' | sort | uniq -c | sed 's/^ *\([0-9]*\) /skipped: \1 × /'
line=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
if ! [[ $line =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+) ]]; then
  echo "0 passed, 1 failed"
  exit 1
fi
failed=$((BASH_REMATCH[2] + BASH_REMATCH[3]))
passed=$((BASH_REMATCH[1] - BASH_REMATCH[3] - BASH_REMATCH[4]))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
