#!/usr/bin/env bash
# Formatting and lints. A warning is an error here, so that none gathers.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo fmt --check -p calendar -p codes -p database -p documents -p kernel -p niangjia -p secret -p server -p testing
cargo clippy --workspace --all-targets --locked -- -D warnings -A dead_code
[ ! -f web/package.json ] || scripts/web.sh lint
