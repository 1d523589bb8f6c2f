#!/usr/bin/env bash
# Formatting and lints. A warning is an error here, so that none gathers.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo fmt --all --check
scripts/deny.sh
cargo clippy --workspace --all-targets --locked -- -D warnings
[ ! -f web/package.json ] || scripts/web.sh lint
