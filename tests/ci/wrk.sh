#!/usr/bin/env bash
# wrk.sh GUANXI FOLDER: asks a server over the store of FOLDER 10,000 times and more with wrk while the store is built
# anew again and again. No answer may be an error of the server, and it must end when it is told to.
set -euo pipefail
guanxi=$1
folder=$2
cd "$folder"

cat >asks.lua <<'LUA'
local targets = {
  "/", "/api/v1/top?limit=5", "/api/v1/search?text=shangtang", "/api/v1/neighbors?entity=OpenAI",
  "/api/v1/show?entity=NVIDIA", "/api/v1/path?from=OpenAI&to=NVIDIA", "/api/v1/timeline?entity=OpenAI",
  "/api/v1/diff?from=2025-06", "/api/v1/conflicts", "/api/v1/explorer?top=30", "/api/v1/show?entity=nobody",
  "/api/v1/graph?top=20", "/api/v1/graph?top=20&status=rumored,negated", "/api/v1/explorer?changed=2025-07", "/api/v1/communities",
}
local at = 0
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init() counts = {} end
function request()
  at = at % #targets + 1
  return wrk.format("GET", targets[at])
end
function response(status) counts[tostring(status)] = (counts[tostring(status)] or 0) + 1 end
function done(summary)
  local all = {}
  for _, thread in ipairs(threads) do
    for status, n in pairs(thread:get("counts")) do all[status] = (all[status] or 0) + n end
  end
  local errors = summary.errors
  io.write(string.format("requests %d\n", summary.requests))
  for status, n in pairs(all) do io.write(string.format("status %s %d\n", status, n)) end
  io.write(string.format("broken %d\n", errors.connect + errors.read + errors.write + errors.timeout))
end
LUA

"$guanxi" serve --addr 127.0.0.1:0 --rate 0 >address &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for _ in $(seq 100); do [[ -s address ]] && break || sleep 0.1; done
url=$(cat address)

builds=0
touch building
(
  while [[ -e building ]]; do
    printf -- '---\ntitle: %s\ndate: 2025-07-01\n---\n\nOpenAI收购Windsurf。\n' "$RANDOM" >content/zz-wrk.md
    "$guanxi" build $( ((RANDOM % 2)) && echo --fresh) >/dev/null
    echo built >>builds
  done
) &
builder=$!

requests=0
while ((requests < 10000)); do
  wrk --threads 2 --connections 32 --duration 5s --timeout 20s --script asks.lua "${url%/}" >told
  n=$(awk '$1 == "requests" { print $2 }' told)
  requests=$((requests + n))
  if awk '$1 == "status" && $2 >= 500 { found = 1 } $1 == "broken" && $2 > 0 { found = 1 } END { exit !found }' told; then
    cat told >&2
    echo "an answer was an error" >&2
    exit 1
  fi
  ((n > 0)) || { cat told >&2; exit 1; }
done
rm building
wait $builder
builds=$(wc -l <builds)
((builds > 1)) || { echo "the store was built $builds times only" >&2; exit 1; }
curl -sf "${url}api/v1/top?limit=1" >/dev/null 2>&1 || python3 -c "import urllib.request, sys; urllib.request.urlopen(sys.argv[1])" "${url}api/v1/top?limit=1"
kill -TERM $server
wait $server || { echo "the server ended with $?" >&2; exit 1; }
trap - EXIT
echo "  $requests requests by wrk during $builds builds: no 5xx, none broken ($(awk '/Requests\/sec/ { print $2 }' told) a second); it ended as told"
