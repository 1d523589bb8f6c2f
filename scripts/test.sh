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

postgres=$(mktemp -d)/postgres
chmod 755 "$(dirname "$postgres")"
trap 'scripts/postgres.sh stop "$postgres"; rmdir "$(dirname "$postgres")"' EXIT
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
