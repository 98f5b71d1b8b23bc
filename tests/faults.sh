#!/usr/bin/env bash
# Shows that the tests of disclosure have power: each deliberate fault in tests/faults is found. See --help.
set -uo pipefail

usage() {
  cat <<'TEXT'
usage: tests/faults.sh [--sample N] [--seed S] [--only NAME] [--help]

Clones the last commit into a temporary folder, builds tests/unit there, sees its disclosure tests pass, and then,
for each tests/faults/*.patch: applies it, builds, runs the disclosure tests on fewer random worlds, expects a
failure, reverts.
A fault that is not found, does not apply or does not build fails.

--sample N    only N of them, drawn by seed
--seed S      the seed of the draw (default: the day); printed, so that a draw can be repeated
--only NAME   only the fault of that name
Ends with "N passed, N failed"; exit code 0 when something passed and nothing failed.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
sample=0
seed=$(date +%Y%m%d)
only=
while [ $# -gt 0 ]; do
  case $1 in
    --sample) sample=${2:?}; shift 2 ;;
    --seed) seed=${2:?}; shift 2 ;;
    --only) only=${2:?}; shift 2 ;;
    --help | -h) usage; exit 0 ;;
    *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
clone=$work/clone
git clone -q --no-hardlinks "$root" "$clone" || exit 1
cd "$clone" || exit 1

build() {
  dotnet build tests/unit -c Debug --nologo -v q "$@" -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false \
    -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false >"$work/build.log" 2>&1
}

# Passes exactly when the tests ran and all of them passed; leaves "found by" in $found.
check() {
  DISCLOSURE_WORLDS=400 timeout 300 dotnet tests/unit/bin/Debug/net10.0/CrossBorderSoc.Tests.Unit.dll \
    -noColor -stopOnFail -namespace CrossBorderSoc.Tests.Unit.Disclosure >"$work/test.log" 2>&1
  local code=$?
  found=$(sed -n 's/^.*Disclosure\.\([A-Za-z]*\.[A-Za-z_]*\).*\[FAIL\].*$/\1/p' "$work/test.log" | head -n 1)
  return $code
}

if ! build || ! check || ! grep -q 'Total: [1-9]' "$work/test.log"; then
  tail -n 20 "$work/build.log" "$work/test.log"
  echo "the tests do not pass without a fault"
  echo "0 passed, 1 failed"
  exit 1
fi

mapfile -t faults < <(ls tests/faults/*.patch)
[ -n "$only" ] && faults=("tests/faults/$only.patch")
if [ "$sample" -gt 0 ]; then
  echo "seed $seed; repeat with: tests/faults.sh --sample $sample --seed $seed"
  mapfile -t faults < <(printf '%s\n' "${faults[@]}" \
    | awk -v seed="$seed" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' \
    | sort -n | head -n "$sample" | cut -f 2 | sort)
fi

passed=0
failed=0
report() { printf '%-42s %-14s %s\n' "$1" "$2" "$3"; }
for fault in "${faults[@]}"; do
  name=$(basename "$fault" .patch)
  sentence=$(sed -n '1s/^# //p' "$fault")
  if ! git apply -C1 "$fault" 2>"$work/apply.log"; then
    report "$name" "DOES NOT APPLY" "$(head -n 1 "$work/apply.log")"
    failed=$((failed + 1))
    continue
  fi
  found=
  if ! build --no-restore; then
    report "$name" "DOES NOT BUILD" "$(grep -m1 'error' "$work/build.log")"
    failed=$((failed + 1))
  elif check; then
    report "$name" "NOT FOUND" "$sentence"
    failed=$((failed + 1))
  elif [ -z "$found" ]; then
    report "$name" "NO VERDICT" "$(tail -n 1 "$work/test.log")"
    failed=$((failed + 1))
  else
    report "$name" "found" "$found"
    passed=$((passed + 1))
  fi
  git checkout -q -- . || exit 1
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
