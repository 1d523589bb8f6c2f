#!/usr/bin/env bash
# Nothing lost, by force. `run.sh short` is for every test run; `run.sh all` takes half an hour: 200 rounds of `kill -9` on each
# database, the database stopped and cut off, disks full and read-only, the clock put back, several processes, copies under
# writes, a moment brought back. SEED repeats.
set -euo pipefail
cd "$(dirname "$0")"
postgres=../../scripts/postgres.sh

if [ -z "${NIANGJIA_TEST_POSTGRES:-}" ]; then
    dir=$(mktemp -d)/postgres
    chmod 755 "$(dirname "$dir")"
    trap '"$postgres" stop "$dir"; rmdir "$(dirname "$dir")"' EXIT
    postgres=$(realpath "$postgres")
    NIANGJIA_TEST_POSTGRES=$("$postgres" start "$dir")
    export NIANGJIA_TEST_POSTGRES
fi

case ${1:-short} in
short)
    ROUNDS=3 LONGEST_MS=900 ROWS=100 node kill.js
    ROUNDS=2 node rush.js
    COPIES=1 node copy.js
    ;;
all)
    ROUNDS=${ROUNDS:-200} node kill.js
    ROUNDS=${RUSHES:-50} node rush.js
    node away.js
    node disk.js
    node clock.js
    node processes.js
    node copy.js
    ./pitr.sh
    ;;
esac
node ../upgrade/check.js
