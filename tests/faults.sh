#!/usr/bin/env bash
# Shows that the tests have power: each deliberate fault in tests/faults is found. See --help.
set -uo pipefail

usage() {
  cat <<'TEXT'
usage: tests/faults.sh [--sample N] [--seed S] [--only NAMES] [--part I/N] [--help]

Clones the last commit into a temporary folder, sees that every tests/faults/*.patch applies, builds tests/unit, sees
that its tests pass, and then, for each fault: applies it, builds, runs the tests that must find it on fewer random
worlds, expects a failure, reverts. A patch names those tests by namespace in its second line ("# tests: Store Intake";
"# tests: e2e/Residency" are of tests/e2e), else they are those of Disclosure. A fault that is not found, does not apply
or does not build fails.

--sample N    only N of them, drawn by seed
--seed S      the seed of the draw (default: the day); printed, so that a draw can be repeated
--only NAMES  only the faults of these names, with a comma between them; * stands for any text ("watch-*,joins-*")
--part I/N    only the I-th of N equal parts, so that several machines or cores share the work
Ends with "N passed, N failed"; exit code 0 when something passed and nothing failed.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
sample=0
seed=$(date +%Y%m%d)
only=
part=1/1
while [ $# -gt 0 ]; do
  case $1 in
    --sample) sample=${2:?}; shift 2 ;;
    --seed) seed=${2:?}; shift 2 ;;
    --only) only=${2:?}; shift 2 ;;
    --part) part=${2:?}; shift 2 ;;
    --help | -h) usage; exit 0 ;;
    *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
clone=$work/clone
git clone -q --no-hardlinks "$root" "$clone" || exit 1
cd "$clone" || exit 1

# The projects of some namespaces.
projects_of() { printf '%s\n' "$@" | sed 's|^[^/]*$|unit|; s|/.*||' | sort -u; }

# build OPTIONS NAMESPACE...: the projects of the namespaces.
build() {
  local options=$1 project
  shift
  : >"$work/build.log"
  for project in $(projects_of "$@"); do
    # shellcheck disable=SC2086
    dotnet build "tests/$project" -c Debug --nologo -v q $options -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false \
      -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false >>"$work/build.log" 2>&1 || return 1
  done
}

# The namespaces whose tests must find a fault.
tests_of() {
  local named
  named=$(sed -n '2s/^# tests: //p' "$1")
  echo "${named:-Disclosure}"
}

# check NAMESPACE...: passes exactly when the tests ran and all of them passed; leaves "found by" in $found.
check() {
  local project name space spaces code=0
  : >"$work/test.log"
  for project in $(projects_of "$@"); do
    name=${project^} spaces=()
    for space in "$@"; do
      [ "$(projects_of "$space")" = "$project" ] && spaces+=(-namespace "CrossBorderSoc.Tests.$name.${space#*/}")
    done
    DISCLOSURE_WORLDS=400 timeout 300 dotnet "tests/$project/bin/Debug/net10.0/CrossBorderSoc.Tests.$name.dll" \
      -noColor -stopOnFail "${spaces[@]}" >>"$work/test.log" 2>&1 || code=$?
  done
  found=$(sed -n 's/^.*Tests\.[A-Za-z0-9]*\.\([A-Za-z]*\.[A-Za-z]*\.[A-Za-z_0-9]*\).*\[FAIL\].*$/\1/p' "$work/test.log" | head -n 1)
  return $code
}

mapfile -t faults < <(ls tests/faults/*.patch)
if [ -n "$only" ]; then
  mapfile -t faults < <(tr ',' '\n' <<<"$only" | while read -r name; do compgen -G "tests/faults/$name.patch"; done | sort -u)
  [ "${#faults[@]}" -gt 0 ] || { echo "no such fault: $only" >&2; exit 2; }
fi
[[ $part =~ ^[1-9][0-9]?/[1-9][0-9]?$ ]] || { echo "not a part: $part" >&2; exit 2; }
mapfile -t faults < <(printf '%s\n' "${faults[@]}" | awk -v part="${part%/*}" -v parts="${part#*/}" '(NR - 1) % parts == part - 1')
if [ "$sample" -gt 0 ]; then
  echo "seed $seed; repeat with: tests/faults.sh --sample $sample --seed $seed"
  mapfile -t faults < <(printf '%s\n' "${faults[@]}" \
    | awk -v seed="$seed" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' \
    | sort -n | head -n "$sample" | cut -f 2 | sort)
fi

mapfile -t all < <(for fault in "${faults[@]}"; do tests_of "$fault"; done | tr ' ' '\n' | sort -u)
if ! build '' "${all[@]}" || ! check "${all[@]}" || ! grep -q 'Total: [1-9]' "$work/test.log"; then
  tail -n 20 "$work/build.log" "$work/test.log"
  echo "the tests do not pass without a fault"
  echo "0 passed, 1 failed"
  exit 1
fi

passed=0
failed=0
report() { printf '%-42s %-14s %s\n' "$1" "$2" "$3"; }
applies() { git apply -C1 "$@" 2>"$work/apply.log"; }
for fault in tests/faults/*.patch; do
  applies --check "$fault" && continue
  report "$(basename "$fault" .patch)" "DOES NOT APPLY" "$(head -n 1 "$work/apply.log")"
  failed=$((failed + 1))
done

for fault in "${faults[@]}"; do
  name=$(basename "$fault" .patch)
  sentence=$(sed -n '1s/^# //p' "$fault")
  # One that does not apply has been counted.
  applies "$fault" || continue
  read -ra spaces < <(tests_of "$fault")
  found=
  if ! build --no-restore "${spaces[@]}"; then
    report "$name" "DOES NOT BUILD" "$(grep -m1 'error' "$work/build.log")"
    failed=$((failed + 1))
  elif check "${spaces[@]}"; then
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
