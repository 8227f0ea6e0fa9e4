#!/usr/bin/env bash
# The explorer in a real browser. Expects GUANXI (the program), WORK (a folder for what is made), OUTPUT (a built graph:
# the sample, or a larger one of the same industry) and NAMES (a built graph of hostile names). Installs Chromium and fonts on Debian, the rest through npm.
set -euo pipefail
GUANXI=$(realpath "$GUANXI")
cd "$(dirname "$0")/../../explorer"

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v node >/dev/null || missing+=(nodejs npm)
fc-list 2>/dev/null | grep -qi 'cjk' || missing+=(fonts-noto-cjk)
if ((${#missing[@]})); then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
fi

npm ci --no-audit --no-fund --loglevel=error
cp dist/explorer.html "$WORK/committed.html"
npm run --silent build >"$WORK/vite.log" || { cat "$WORK/vite.log"; exit 1; }
cmp "$WORK/committed.html" dist/explorer.html || {
  echo "explorer/dist/ is not what the source makes: run npm run build in explorer/ and commit" >&2
  exit 1
}
echo "  the committed bundle is current"

pages="$WORK/pages"
mkdir -p "$pages"
"$GUANXI" export html --output "$OUTPUT" >"$pages/graph.html"
cp "$OUTPUT/graph.json" "$pages/graph.json"
"$GUANXI" export html --output "$NAMES" >"$pages/names.html"
(cd .. && "$GUANXI" build --content explorer/tests/hostile --output "$WORK/hostile-page" >/dev/null)
"$GUANXI" export html --output "$WORK/hostile-page" >"$pages/hostile.html"
node tests/synthetic.mjs dist/explorer.html 5000 20000 >"$pages/5000.html"
node tests/synthetic.mjs dist/explorer.html 20000 50000 >"$pages/20000.html"
# a shared machine is no place for a stop-watch: the bars are four times as wide here, and the figures are printed
export GUANXI GUANXI_OUTPUT="$OUTPUT" GUANXI_HOSTILE="$WORK/hostile-page"
GUANXI_SLOW="${GUANXI_SLOW:-4}" GUANXI_PAGES="$pages" GUANXI_SHOTS="${GUANXI_SHOTS:-}" node --test --test-concurrency=1 --test-reporter=spec tests/*.test.mjs
