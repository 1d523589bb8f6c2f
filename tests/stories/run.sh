#!/usr/bin/env bash
# Plays the stories on the built program: on SQLite, and on PostgreSQL where NIANGJIA_TEST_POSTGRES names one; stories 1 and 6
# on both. `run.sh FILE…` plays some. NIANGJIA_TEST_SLOWER=4 makes the pages' own work take four times as long.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules/axe-core ] || npm ci --no-audit --no-fund
NIANGJIA_TEST_TEMPLATE=$(mktemp -d)
export NIANGJIA_TEST_TEMPLATE
trap 'rm -rf "$NIANGJIA_TEST_TEMPLATE"' EXIT
node template.js
# Three stories at once: while one waits for its page or for a minute to pass, the others have the machine.
node --test --test-concurrency=3 "$@"
if [ -s "$NIANGJIA_TEST_TEMPLATE/read-whole" ]; then
  echo "who knows that a table stays small, or must be read whole, says so in plans.py:"
  sort -u "$NIANGJIA_TEST_TEMPLATE/read-whole"
  exit 1
fi
