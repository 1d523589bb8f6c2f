#!/usr/bin/env bash
# The table of figures, with its peers installed by this script: DuckDB, openpyxl, SQLite's shell, PostgreSQL,
# PostGIS, Redis.
# `run.sh [ledger] [roster] [joins] [places] [claims] [program] [pages]` runs some parts only.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/needs.sh
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
command -v sqlite3 >/dev/null || "${as_root[@]}" apt-get install -y -qq --no-install-recommends sqlite3 >/dev/null
case " ${*:-places} " in *' places '*)
    postgres=$(ls /usr/lib/postgresql | sort -V | tail -n 1) missing=()
    command -v redis-server >/dev/null || missing+=(redis-server)
    [ -e "/usr/share/postgresql/$postgres/extension/postgis.control" ] || missing+=("postgresql-$postgres-postgis-3")
    [ ${#missing[@]} = 0 ] || DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    ;;
esac
[ -d target/bench-peers ] || python3 -m venv target/bench-peers
target/bench-peers/bin/pip install --quiet 'duckdb==1.*' 'openpyxl==3.*' 'psycopg[binary]==3.*' 'redis==5.*'

scripts/web.sh build
cargo build --release --locked -p niangjia -p bench

folder=$(mktemp -d)/postgres
chmod 755 "$(dirname "$folder")"
trap 'scripts/postgres.sh stop "$folder"; rmdir "$(dirname "$folder")"' EXIT
BENCH_POSTGRES=$(scripts/postgres.sh start "$folder" fsync=on shared_buffers=1GB max_wal_size=8GB)
BENCH_POSTGRES_BIN=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
export BENCH_POSTGRES BENCH_POSTGRES_BIN
BENCH_PYTHON=$PWD/target/bench-peers/bin/python target/release/bench "$@"
case " ${*:-pages} " in *' pages '*) bench/pages/run.sh ;; esac
