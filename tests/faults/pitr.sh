#!/usr/bin/env bash
# PostgreSQL brought back to a moment between two acknowledged writes: what was acknowledged before it is there, what came
# after is not, and `verify` is clean. The steps are those of docs/operating.md.
set -euo pipefail
program=$(realpath "${NIANGJIA_TEST_PROGRAM:-$(dirname "$0")/../../target/debug/niangjia}")
postgres=$(realpath "$(dirname "$0")/../../scripts/postgres.sh")
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
as_server=()
[ "$(id -u)" != 0 ] || as_server=(runuser -u postgres --)

dir=$(mktemp -d)
chmod 755 "$dir"
restored=''
trap '[ -z "$restored" ] || "${as_server[@]}" "$bin/pg_ctl" -D "$dir/restored" -m immediate stop >/dev/null || true
    "$postgres" stop "$dir/server"; rm -rf "$dir"' EXIT
cd "$dir"
mkdir -m 700 archive restored
[ "$(id -u)" != 0 ] || chown postgres "$dir/archive" "$dir/restored"

# 1. Each finished piece of the log goes into a folder elsewhere.
url=$("$postgres" start "$dir/server" wal_level=replica archive_mode=on "archive_command='cp %p $dir/archive/%f'")
ask() { psql -q -t -A "$1" -c "$2"; }
ask "$url/postgres" 'CREATE DATABASE niangjia'
niangjia() { NIANGJIA_LOG=warn "$program" --data "$dir/data" --database "$1" "${@:2}"; }
niangjia "$url/niangjia" init --name 固阳县总工会 --code 150222 >/dev/null

# 2. A base copy, while the server runs.
"${as_server[@]}" "$bin/pg_basebackup" -d "$url/postgres" -D "$dir/restored" -X none -c fast --no-sync 2>"$dir/base.log" ||
    { cat "$dir/base.log"; exit 1; }

# 3. Two acknowledged writes, and a moment between them.
roster() {
    python3 - "$1" "$2" <<'PY'
import sys
first, many = int(sys.argv[1]), int(sys.argv[2])
weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
print("姓名,证件号码")
for n in range(first, first + many):
    body = f"150222198{n // 1000 % 10}{1 + n // 100 % 9:02}{1 + n % 28:02}{n % 1000:03}"
    print(f"王{chr(0x4e00 + n)},{body}{'10X98765432'[sum(int(d) * w for d, w in zip(body, weights)) % 11]}")
PY
}
roster 0 60 >before.csv
roster 2000 40 >after.csv
niangjia "$url/niangjia" import members before.csv --org 150222 | grep -q '导入完成：60'
moment=$(ask "$url/niangjia" 'SELECT clock_timestamp()')
sleep 1
niangjia "$url/niangjia" import members after.csv --org 150222 | grep -q '导入完成：40'
last=$(ask "$url/niangjia" 'SELECT pg_walfile_name(pg_switch_wal())')
for _ in $(seq 100); do [ -f "archive/$last" ] && break || sleep 0.1; done
[ -f "archive/$last" ] || { echo "the log was not archived: $last"; exit 1; }

# 4. The base copy goes on to that moment.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${as_server[@]}" tee -a "$dir/restored/postgresql.auto.conf" >/dev/null <<CONF
restore_command = 'cp $dir/archive/%f %p'
recovery_target_time = '$moment'
recovery_target_action = 'promote'
CONF
"${as_server[@]}" touch "$dir/restored/recovery.signal"
restored=yes
"${as_server[@]}" "$bin/pg_ctl" -D "$dir/restored" -w -l "$dir/server/restored.log" \
    -o "-h 127.0.0.1 -p $port -k '$dir/server' -c archive_mode=off -c max_connections=300" start >/dev/null || { cat "$dir/server/restored.log"; exit 1; }
back=postgres://postgres@127.0.0.1:$port/niangjia
for _ in $(seq 100); do [ "$(ask "$back" 'SELECT pg_is_in_recovery()')" = t ] || break; sleep 0.1; done

# 5. It is whole, and stands at that moment.
niangjia "$back" verify
members=$(ask "$back" 'SELECT count(*) FROM membership_member')
[ "$members" = 60 ] || { echo "60 members were acknowledged before $moment, $members are there"; exit 1; }
[ "$(ask "$url/niangjia" 'SELECT count(*) FROM membership_member')" = 100 ]
echo "PostgreSQL brought back to $moment: 60 of 100 members, as acknowledged by then; verify clean"
