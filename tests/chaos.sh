#!/usr/bin/env bash
# Faults at random on a grid of real processes. See --help.
set -uo pipefail

usage() {
  cat <<'TEXT'
usage: tests/chaos.sh [--runs N] [--seed S] [--only-run K] [--print] [--logs DIR] [--loopback] [--no-build] [--help]

Starts a hub, two silos of Belgium on one Redis, one of Germany with an embedded store, a gateway and the hub's Redis, each on a host of
its own (a network namespace), on clocks up to five minutes apart. Four producers push and send again what is not acknowledged, four
analysts ask, two partners watch, while a schedule drawn from seed and run harms the grid: SIGKILL, SIGSTOP, partition, loss, delay, a full
disk, failing syncs, several at once, a rolling replacement. Every answer and every change is judged; after each run every view is compared
with the model's (tests/model).

--runs N      how many schedules (default 10; about 15 s each on two free cores)
--seed S      of the schedules (default 1); the schedule of run K is a function of S and K
--only-run K  only the schedule of that run: a failing one is so repeated
--print       prints the schedules and does nothing
--logs DIR    keeps what the servers wrote when a run fails
--loopback    no namespaces: all hosts on one loopback, links between silos are cut and delayed by proxies, packets are not lost
--no-build    the binaries are as they are to be
Ends with a table and "N passed, N failed" (the last check of all runs' values counts as one); exit code 0 when nothing failed.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
options=()
namespaces=yes
build=yes
while [ $# -gt 0 ]; do
  case $1 in
    --runs | --seed | --only-run) [[ ${2:-} =~ ^[0-9]+$ ]] || { usage >&2; exit 2; }; options+=("$1" "$2"); shift 2 ;;
    --logs) [ -n "${2:-}" ] || { usage >&2; exit 2; }; options+=("$1" "$(realpath -m "$2")"); shift 2 ;;
    --print) options+=("$1"); namespaces=; shift ;;
    --loopback) namespaces=; shift ;;
    --no-build) build=; shift ;;
    --help | -h) usage; exit 0 ;;
    *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
done
cd "$root" || exit 1
exec </dev/null

# need PACKAGE COMMAND: installs a Debian package where the command is not there.
need() {
  command -v "$2" >/dev/null && return
  [ -n "${updated:-}" ] || apt-get update -qq >/dev/null 2>&1
  updated=yes
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1 || echo "cannot install $1"
}

need redis-server redis-server
need gcc gcc
need libc6-dev gcc
need iproute2 ip
need iptables iptables
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [ -n "$build" ]; then
  dotnet build -c Release tests/chaos --nologo -v quiet -nodeReuse:false -p:UseSharedCompilation=false || exit 1
fi
harness=(dotnet tests/chaos/bin/Release/net10.0/CrossBorderSoc.Tests.Chaos.dll "${options[@]}")

# All processes of ours are of one process namespace: whatever is left of them ends with the harness, and so do mounts and networks.
own=(unshare --mount --pid --fork --kill-child --mount-proc)
if [ -n "$namespaces" ] && command -v iptables >/dev/null && "${own[@]}" --net true 2>/dev/null; then
  exec "${own[@]}" --net "${harness[@]}" --namespaces
fi
"${own[@]}" true 2>/dev/null && exec "${own[@]}" "${harness[@]}"
exec "${harness[@]}"
