#!/usr/bin/env bash
# Plays the stories on the built program: on SQLite, and on PostgreSQL where NIANGJIA_TEST_POSTGRES names one.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund
if [ -n "${NIANGJIA_TEST_POSTGRES:-}" ]; then
    psql -q "$NIANGJIA_TEST_POSTGRES/postgres" -c 'DROP DATABASE IF EXISTS stories' -c 'CREATE DATABASE stories'
    export NIANGJIA_TEST_STORIES="$NIANGJIA_TEST_POSTGRES/stories"
fi
node --test
