#!/usr/bin/env bash
# Lints the protos, holds their format, and compares them with the kept API: additions only. Exit code 0 when all is well.
# --keep: afterwards keeps the API as it is now.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ci --loglevel=error
buf=$(echo "$PWD"/node_modules/@bufbuild/buf-linux-*/bin/buf)
cd ../../contracts/protos
kept=../../tests/data/versions/api.binpb
"$buf" lint
"$buf" format --diff --exit-code
[ ! -e "$kept" ] && [ "${1:-}" = --keep ] || "$buf" breaking --against "$kept"
[ "${1:-}" != --keep ] || "$buf" build --exclude-source-info -o "$kept"
if ! "$buf" build --exclude-source-info -o -#format=binpb | cmp - "$kept"; then
  echo "The API has additions that are not kept: eng/buf/check.sh --keep" >&2
  exit 1
fi
echo "protos are clean"
