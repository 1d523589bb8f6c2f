#!/usr/bin/env bash
# Weighs the pages of the built program and asks Lighthouse about them; prints rows of the benchmark's table.
# BENCH_PROGRAM names another program than target/release/niangjia.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules/lighthouse ] || npm ci --no-audit --no-fund >/dev/null
node measure.js
