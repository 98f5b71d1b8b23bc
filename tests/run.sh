#!/usr/bin/env bash
# Runs every test of the project and ends with one line, "N passed, N failed". See --help.
set -uo pipefail

usage() {
  cat <<'TEXT'
usage: tests/run.sh [--only NAME]... [--runs N] [--help]

Installs what is missing (Debian, as root), builds everything once in Release, and runs every suite:
  a .NET test project under tests/    by its folder: unit, cluster, e2e ...
  format                              dotnet format finds nothing to change
  notices                             THIRD-PARTY-NOTICES.md is complete, every licence is allowed
  buf                                 the protos pass lint and format
  a Python suite tests/e2e/NAME.py    e2e/NAME (files that begin with _ are no suites)
  bench                               the benchmark's stages work and its counts agree; no time is judged
  bench-watch                         the same of watches
  chaos                               ten random schedules of faults on a grid of real processes (tests/chaos.sh)
  faults                              a sample of the deliberate faults is found

--only NAME   run this suite only; may be repeated
--runs N      end the node with SIGKILL N times under load (suite e2e; default 20)
Exit code: 0 when something passed and nothing failed.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
cd "$root" || exit 1
only=()
while [ $# -gt 0 ]; do
  case $1 in
    --only) [ $# -ge 2 ] || { usage >&2; exit 2; }; only+=("$2"); shift 2 ;;
    --runs) [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || { usage >&2; exit 2; }; export SOCGRID_KILL_RUNS=$2; shift 2 ;;
    --help | -h) usage; exit 0 ;;
    *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
done

exec </dev/null
logs=$(mktemp -d)
child=
passed=0
failed=0

stop() {
  trap - INT TERM
  if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; wait "$child" 2>/dev/null; fi
  rm -rf "$logs"
  echo "stopped" >&2
  exit 130
}
trap stop INT TERM
trap 'rm -rf "$logs"' EXIT

wanted() {
  [ ${#only[@]} -eq 0 ] && return 0
  local name
  for name in "${only[@]}"; do [ "$name" = "$1" ] && return 0; done
  return 1
}

# Runs a command for at most so many seconds, its output in $log. timeout(1) makes it a process group of its own, so
# that whatever it leaves behind ends with it and nothing else does.
run() {
  local limit=$1
  shift
  timeout --kill-after=20 "$limit" "$@" >"$log" 2>&1 &
  child=$!
  wait "$child"
  local code=$?
  kill -TERM -- "-$child" 2>/dev/null
  child=
  return $code
}

# report NAME EXIT-CODE PASSED FAILED: adds up, and shows the log of a suite that failed.
report() {
  local name=$1 code=$2 good=$3 bad=$4
  if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1
    echo "$name ended with exit code $code and told of no failed test"
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
  printf '%-14s %6d passed %4d failed %5d s\n' "$name" "$good" "$bad" $((SECONDS - started))
  if [ "$bad" -ne 0 ]; then
    echo "----- $name"
    tail -n 400 "$log"
    echo "----- end of $name"
  fi
  return 0
}

# check NAME SECONDS COMMAND: a suite that is one test, by exit code.
check() {
  wanted "$1" || return 0
  local name=$1 limit=$2
  shift 2
  started=$SECONDS log="$logs/log"
  if run "$limit" "$@"; then report "$name" 0 1 0; else report "$name" $? 0 1; fi
}

# script NAME SECONDS COMMAND: a suite whose last line is "N passed, N failed".
script() {
  wanted "$1" || return 0
  local name=$1 limit=$2 code line
  shift 2
  started=$SECONDS log="$logs/log"
  run "$limit" "$@"
  code=$?
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)
  grep -E '^skipped' "$log"
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
    local good=${BASH_REMATCH[1]} bad=${BASH_REMATCH[2]}
    [ $((good + bad)) -gt 0 ] || bad=1
    report "$name" "$code" "$good" "$bad"
  else
    report "$name" "$code" 0 1
  fi
}

# project NAME CSPROJ: an xunit executable; its summary is the count.
project() {
  wanted "$1" || return 0
  local name=$1 assembly code
  assembly="$(dirname "$2")/bin/Release/net10.0/$(basename "$2" .csproj).dll"
  if ! grep -rqE --include=*.cs --exclude-dir={bin,obj} '\[(Fact|Theory)' "$(dirname "$2")"; then
    echo "$name has no tests"
    return 0
  fi
  started=$SECONDS log="$logs/log"
  run 1200 dotnet "$assembly" -noColor -noLogo
  code=$?
  local total=0 errors=0 bad=0 skipped=0 line
  line=$(grep -E "Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+" "$log" | tail -n 1)
  if [[ $line =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+) ]]; then
    total=${BASH_REMATCH[1]} errors=${BASH_REMATCH[2]} bad=${BASH_REMATCH[3]} skipped=${BASH_REMATCH[4]}
  fi
  [ "$total" -gt "$skipped" ] || errors=$((errors + 1))
  grep -E '^seeds [0-9]' "$log"
  # Each reason once, with the number of tests.
  grep -A1 -F '[SKIP]' "$log" | grep -v -e '^--$' -e '\[SKIP\]' | sed 's/^ *//' | sort | uniq -c | sed 's/^ *\([0-9]*\) /skipped: \1 × /'
  report "$name" "$code" $((total > skipped ? total - bad - skipped : 0)) $((bad + errors))
}

# need PACKAGE COMMAND...: installs a Debian package where the command does not succeed.
need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 && return 0
  [ -n "${updated:-}" ] || apt-get update -qq >/dev/null 2>&1
  updated=yes
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
    echo "cannot install $package; what needs it will fail"
}

install() {
  need procps pkill --version
  need git git --version
  need gcc gcc --version
  need libc6-dev test -e /usr/include/stdio.h
  need nodejs node --version
  need redis-server redis-server --version
  need npm npm --version
  need python3 test -x /usr/bin/python3
  need redis-server redis-server --version
  need curl curl --version
  need iproute2 ip -V
  need iptables iptables --version
  need python3-grpcio /usr/bin/python3 -c 'import grpc'
  need python3-grpc-tools /usr/bin/python3 -c 'import grpc_tools'
}

build() {
  started=$SECONDS log="$logs/log"
  # Build servers would outlive this script: none is started.
  run 1500 dotnet build CrossBorderSoc.Orleans.sln -c Release --nologo -v quiet -nodeReuse:false \
    -p:UseSharedCompilation=false -p:RestoreLockedMode=true
  local code=$?
  printf '%-14s %30d s\n' build $((SECONDS - started))
  [ $code -eq 0 ] && return 0
  awk '!told[$0]++' "$log"
  echo "0 passed, 1 failed"
  exit 1
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
install
[ -d ../shared/data ] || echo "skipped: ../shared/data is not there; the data under tests/data is used"
[ "${only[*]:-}" = buf ] || build

for csproj in tests/*/*.csproj; do
  grep -q 'Include="xunit.v3"' "$csproj" && project "$(basename "$(dirname "$csproj")")" "$csproj"
done
check format 900 dotnet format CrossBorderSoc.Orleans.sln --verify-no-changes --no-restore
check notices 60 /usr/bin/python3 eng/third-party.py --check
check buf 300 bash eng/buf/check.sh
for file in tests/e2e/[!_]*.py; do
  [ -e "$file" ] && script "e2e/$(basename "$file" .py)" 1200 /usr/bin/python3 "$file"
done
check bench 600 dotnet tests/bench/bin/Release/net10.0/CrossBorderSoc.Tests.Bench.dll ingest --smoke --rounds 1 --seconds 1
check bench-watch 300 dotnet tests/bench/bin/Release/net10.0/CrossBorderSoc.Tests.Bench.dll watch --smoke --rounds 1 --seconds 1
script chaos 1200 bash tests/chaos.sh --no-build --runs 10
script faults 1500 bash tests/faults.sh --sample 4

code=0
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] || code=1
echo "$passed passed, $failed failed"
exit $code
