#!/usr/bin/env bash
# Plays the stories on the built program: on SQLite, and on PostgreSQL where NIANGJIA_TEST_POSTGRES names one.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund
node --test
