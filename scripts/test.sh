#!/usr/bin/env bash
# Everything that must hold, from formatting to whole stories in a browser.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

step 'what the tests need'
scripts/needs.sh

step 'formatting and lints'
scripts/lint.sh but-clippy

# Clippy's compiler is the compiler with more lints, so one build serves both; `cargo clippy` would compile everything twice.
step 'build, with lints'
export RUSTC_WORKSPACE_WRAPPER=clippy-driver
export CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
cargo test --workspace --locked --no-run --quiet

# What the tests write is thrown away: it stays in memory where there is plenty. A database made anew for each test costs a
# disk up to a second, and memory a tenth of it.
plenty=8000000 # kB
in=${TMPDIR:-/tmp}
if [ "$(df --output=avail /dev/shm | tail -n 1)" -gt $plenty ] && [ "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)" -gt $plenty ]; then
    in=/dev/shm
fi
TMPDIR=$(mktemp -d -p "$in")
export TMPDIR
chmod 755 "$TMPDIR"
postgres=$TMPDIR/postgres
trap 'scripts/postgres.sh stop "$postgres"; rm -rf "$TMPDIR"' EXIT
NIANGJIA_TEST_POSTGRES=$(scripts/postgres.sh start "$postgres")
export NIANGJIA_TEST_POSTGRES

step 'rules, storage on both databases, HTTP'
# They wait for databases more than they compute.
RUST_TEST_THREADS=$((4 * $(nproc))) cargo test --workspace --locked --quiet

step 'web pages'
scripts/web.sh test
scripts/web.sh build

# The program was built with the tests of its command line.
step 'nothing lost, nothing twice'
tests/faults/run.sh short
step 'stories in a browser'
tests/stories/run.sh
step 'all held'
