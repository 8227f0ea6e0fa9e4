#!/usr/bin/env bash
# guanxi serve and guanxi mcp, by the programs that others use: a validator of OpenAPI, the official MCP client for
# Python, and wrk, which asks 10,000 times and more while the store is built anew. Expects GUANXI (the program), WORK (a
# folder for what is made) and PYTHON (an interpreter of a virtual environment). Installs wrk on Debian, the rest
# through pip.
set -euo pipefail
GUANXI=$(realpath "$GUANXI")
cd "$(dirname "$0")/../.."

if ! command -v wrk >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq -y --no-install-recommends wrk >/dev/null
fi
"$PYTHON" -m pip install --quiet --disable-pip-version-check 'openapi-spec-validator<1' 'mcp<2' 'jsonschema<5'

store="$WORK/serve"
rm -rf "$store"
mkdir -p "$store"
cp -r content "$store/content"
cp -r dictionaries "$store/dictionaries"
(cd "$store" && "$GUANXI" build >/dev/null)

"$PYTHON" tests/ci/serve.py "$GUANXI" "$store" schema/openapi.json
tests/ci/wrk.sh "$GUANXI" "$store"
