#!/usr/bin/env bash
# Holds the running program against its OpenAPI document, by schemathesis: no 5xx, no answer, type or shape that the document
# does not name. `run.sh CALLER…` as those callers, or as all: nobody, a worker who keeps a station, an officer of the region and
# one of a banner, the three administrators (five minutes each, ten for officers); each on a demo of its own, so that what one has
# changed is not the next one's surprise. Operations that end the caller's own session or lock its account, and streams without
# end, are left out.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${NIANGJIA_TEST_PROGRAM:-target/debug/niangjia}
[ -x "$program" ] || { echo "no program at $program: run cargo build -p niangjia, or name one in NIANGJIA_TEST_PROGRAM" >&2; exit 1; }

tools=target/tools/contract
if [ ! -x $tools/bin/st ]; then
    python3 -m venv $tools
    $tools/bin/pip install --quiet --disable-pip-version-check schemathesis==4.32.5
fi

work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" || true; fi; rm -rf "$work"' EXIT

start() {
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    url=http://127.0.0.1:$port
    NO_COLOR=1 "$program" serve --demo --data "$work/$1" --listen "127.0.0.1:$port" >"$work/$1.log" 2>&1 &
    server=$!
    curl --silent --show-error --fail --retry 300 --retry-delay 1 --retry-all-errors --output /dev/null "$url/readyz" 2>"$work/wait.log" ||
        { cat "$work/$1.log" >&2; exit 1; }
}

stop() {
    kill "$server"
    wait "$server" || true
    server=
}

start demo
stop
export SCHEMATHESIS_HOOKS=tests.contract.known PYTHONPATH=. CONTRACT_URL CONTRACT_COOKIE
failed=0
[ $# -gt 0 ] || set -- nobody worker quzong county system security audit
for caller in "$@"; do
    cp -r "$work/demo" "$work/$caller"
    start "$caller"
    CONTRACT_URL=$url CONTRACT_COOKIE=
    [ "$caller" = nobody ] || CONTRACT_COOKIE=$(node tests/contract/caller.js "$url" "$work/$caller.log" "$caller")
    echo "== as $caller"
    $tools/bin/st run "$url/api/openapi.json" --url "$url" -H 'x-niangjia: web' -H "cookie: $CONTRACT_COOKIE" \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
        --phases examples,coverage,fuzzing --max-examples "${CONTRACT_EXAMPLES:-10}" --seed "${SEED:-2026}" --no-color \
        --suppress-health-check all --request-timeout 30 --continue-on-failure --generation-database none --warnings off \
        --exclude-path-regex '(/live$|^/api/v1/session|/password$|/second-factor|/phone/give-up$)' || failed=1
    # What the program itself called a fault is one, whatever the document says.
    if grep -q 'a fault' "$work/$caller.log"; then
        grep 'a fault' "$work/$caller.log" | head
        failed=1
    fi
    # How far the calls came: a run that is refused at the door shows nothing.
    grep -o 'status=[0-9]*' "$work/$caller.log" | sort | uniq -c
    stop
    rm -rf "${work:?}/$caller"
done
exit $failed
