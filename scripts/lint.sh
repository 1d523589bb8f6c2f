#!/usr/bin/env bash
# Formatting and lints. A warning is an error here, so that none gathers. `lint.sh but-clippy` leaves clippy to a build that
# has it inside (see test.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
# A link leads to where only one machine has something.
if git ls-files --stage | grep '^120000'; then
    echo 'links are committed' >&2
    exit 1
fi
cargo fmt --all --check
scripts/deny.sh
[ "${1:-}" = but-clippy ] || cargo clippy --workspace --all-targets --locked -- -D warnings
scripts/web.sh lint
