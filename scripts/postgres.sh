#!/usr/bin/env bash
# A PostgreSQL of the tests' own: `postgres.sh start DIR [option=value…]` prints its address, `postgres.sh stop DIR` ends and
# removes it; `postgres.sh halt DIR MODE` ends it (fast or immediate) and `postgres.sh resume DIR` brings it back as it was.
set -euo pipefail

verb=$1 dir=$2
shift 2
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
# PostgreSQL refuses to run as root.
as_server=()
[ "$(id -u)" != 0 ] || as_server=(runuser -u postgres --)

control() { "${as_server[@]}" "$bin/pg_ctl" -D "$dir/data" "$@"; }
up() { control -w -l "$dir/server.log" -o "$(cat "$dir/options")" start >"$dir/start.log"; }

case $verb in
start)
    mkdir -p "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo 54329)
    cd "$dir"
    "${as_server[@]}" "$bin/initdb" -D "$dir/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log"
    options="-h 127.0.0.1 -p $port -k '$dir' -c max_connections=300 -c fsync=off"
    for option in "$@"; do options+=" -c $option"; done
    echo "$options" >"$dir/options"
    up
    echo "postgres://postgres@127.0.0.1:$port"
    ;;
halt)
    cd "$dir"
    control -w -m "$1" stop >/dev/null
    ;;
resume)
    cd "$dir"
    up
    ;;
stop)
    cd /
    [ ! -d "$dir/data" ] || control -m immediate stop >/dev/null || true
    rm -rf "$dir"
    ;;
esac
