#!/usr/bin/env bash
# Formatting and lints. A warning is an error here, so that none gathers. `lint.sh but-clippy` leaves clippy to a build that
# has it inside (see test.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
cargo fmt --all --check
scripts/deny.sh
[ "${1:-}" = but-clippy ] || cargo clippy --workspace --all-targets --locked -- -D warnings
scripts/web.sh lint
