#!/usr/bin/env bash
# Lints the protos and holds their format. Exit code 0 when both are clean.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ci --loglevel=error
buf=$(echo "$PWD"/node_modules/@bufbuild/buf-linux-*/bin/buf)
cd ../../contracts/protos
"$buf" lint
"$buf" format --diff --exit-code
echo "protos are clean"
