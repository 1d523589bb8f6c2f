#!/usr/bin/env bash
# Everything that must hold, from formatting to whole stories in a browser.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

step 'what the tests need'
scripts/needs.sh

step 'formatting and lints'
scripts/lint.sh

postgres=$(mktemp -d)/postgres
chmod 755 "$(dirname "$postgres")"
trap 'scripts/postgres.sh stop "$postgres"; rmdir "$(dirname "$postgres")"' EXIT
NIANGJIA_TEST_POSTGRES=$(scripts/postgres.sh start "$postgres")
export NIANGJIA_TEST_POSTGRES

step 'rules, storage on both databases, HTTP'
cargo test --workspace --locked --quiet

if [ -f web/package.json ]; then
    step 'web pages'
    scripts/web.sh test
    scripts/web.sh build
fi
cargo build --locked -p niangjia
step 'nothing lost, nothing twice'
tests/faults/run.sh short
if [ -f tests/stories/package.json ]; then
    step 'stories in a browser'
    tests/stories/run.sh
fi
step 'all held'
