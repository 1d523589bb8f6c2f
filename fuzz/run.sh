#!/usr/bin/env bash
# Each target for FUZZ_SECONDS (600 unless told), or the targets named. What was found lies in fuzz/found; of the corpus only
# what reaches further than the rest is kept, in fuzz/corpus (not committed; the seeds are). No nightly and no cargo-fuzz:
# these flags are what it passes, and a target is named so that build scripts and macros are left as they are.
set -euo pipefail
cd "$(dirname "$0")"
host=$(rustc -vV | sed -n 's/^host: //p')
target=${FUZZ_TARGET_DIR:-target}
watched='-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
 -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing'
RUSTFLAGS=$(echo $watched) cargo build --release --locked --target "$host" --target-dir "$target"
[ "${1:-}" = build ] && exit
[ $# -gt 0 ] || set -- roster identity query
for name; do
    program=$target/$host/release/$name
    mkdir -p corpus/"$name" found/"$name"
    "$program" corpus/"$name" seeds/"$name" -max_total_time="${FUZZ_SECONDS:-600}" -artifact_prefix=found/"$name"/ \
        -max_len=16384 -rss_limit_mb=1024 -timeout=10 -print_final_stats=1
    smaller=$(mktemp -d)
    "$program" -merge=1 "$smaller" corpus/"$name" >/dev/null 2>&1
    rm -r corpus/"$name"
    mv "$smaller" corpus/"$name"
done
