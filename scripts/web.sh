#!/usr/bin/env bash
# The web pages: `web.sh build`, `web.sh lint`, `web.sh test`. Packages are installed when the lock file has changed.
set -euo pipefail
cd "$(dirname "$0")/../web"

lock=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat node_modules/.lock 2>/dev/null)" != "$lock" ]; then
    npm ci --no-audit --no-fund
    echo "$lock" >node_modules/.lock
fi
case $1 in
build) npm run --silent build ;;
lint) npm run --silent lint && npm run --silent typecheck ;;
test) codegen/run.sh --check && npm test --silent ;;
esac
