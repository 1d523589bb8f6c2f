#!/usr/bin/env bash
# Writes client/schema.d.ts from the server's OpenAPI document; with `--check` it only says whether the file is up to date.
# A package of its own, because openapi-typescript needs TypeScript 5 and the pages are checked by a newer one.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules/openapi-typescript ] || npm ci --no-audit --no-fund
written=$(mktemp)
trap 'rm -f "$written"' EXIT
node_modules/.bin/openapi-typescript ../../crates/server/openapi.json --output "$written"
if [ "${1:-}" = --check ]; then
    cmp -s "$written" ../client/schema.d.ts || { echo 'client/schema.d.ts is older than the OpenAPI document: npm run types' >&2; exit 1; }
else
    cp "$written" ../client/schema.d.ts
fi
