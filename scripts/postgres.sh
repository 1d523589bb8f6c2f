#!/usr/bin/env bash
# A PostgreSQL of the tests' own: `postgres.sh start DIR` prints its address, `postgres.sh stop DIR` ends and removes it.
set -euo pipefail

verb=$1 dir=$2
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
# PostgreSQL refuses to run as root.
as_server=()
[ "$(id -u)" != 0 ] || as_server=(runuser -u postgres --)

case $verb in
start)
    mkdir -p "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo 54329)
    cd "$dir"
    "${as_server[@]}" "$bin/initdb" -D "$dir/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log"
    "${as_server[@]}" "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/server.log" \
        -o "-h 127.0.0.1 -p $port -k '$dir' -c max_connections=300 -c fsync=off" start >"$dir/start.log"
    echo "postgres://postgres@127.0.0.1:$port"
    ;;
stop)
    cd /
    [ ! -d "$dir/data" ] || "${as_server[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null || true
    rm -rf "$dir"
    ;;
esac
