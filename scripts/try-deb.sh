#!/usr/bin/env bash
# Installs the Debian package on this machine, uses it as its operator would, and removes it: `try-deb.sh package.deb`. Needs
# root and a machine that may be spoiled, such as a container; refuses where Niangjia is installed.
set -euo pipefail
package=$(realpath "$1")
[ "$(id -u)" = 0 ] || { echo 'root is needed' >&2; exit 1; }
! dpkg -s niangjia >/dev/null 2>&1 && [ ! -e /var/lib/niangjia ] || { echo 'Niangjia is here already' >&2; exit 1; }

must() { "$@" || { echo "failed: $*" >&2; exit 1; }; }
niangjia() { env -C /etc/niangjia runuser -u niangjia -- niangjia "$@"; }
server=
clean() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    dpkg --purge niangjia >/dev/null 2>&1 || true
    rm -rf /var/lib/niangjia /etc/niangjia
    userdel niangjia 2>/dev/null || true
}
trap clean EXIT

dpkg -i "$package" >/dev/null
must test "$(stat -c '%U %a' /var/lib/niangjia)" = 'niangjia 700'
must test "$(stat -c '%U %G %a' /etc/niangjia/niangjia.toml)" = 'root niangjia 640'
if command -v systemd-analyze >/dev/null; then
    must systemd-analyze verify /usr/lib/systemd/system/niangjia.service
    systemd-analyze security --offline=true /usr/lib/systemd/system/niangjia.service | tail -1
fi
# Each page that its settings name is in it, and its settings may be gone when it is put in place anew.
for page in $(grep -oE '/usr/share/doc/[^ ；，]*\.md' /etc/niangjia/niangjia.toml); do must test -f "$page"; done
mv /etc/niangjia/niangjia.toml /etc/niangjia/aside
dpkg -i "$package" >/dev/null
mv /etc/niangjia/aside /etc/niangjia/niangjia.toml
! niangjia doctor >/dev/null || { echo 'the doctor found nothing missing before the first day' >&2; exit 1; }
niangjia init --name 固阳县总工会 --code 150222 --level county >/dev/null
must test "$(stat -c '%U %a' /var/lib/niangjia/master.key)" = 'niangjia 600'
niangjia doctor
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(exec env -C /etc/niangjia runuser -u niangjia -- niangjia serve --listen "127.0.0.1:$port") 2>/dev/null &
server=$!
for _ in $(seq 100); do curl -fs "http://127.0.0.1:$port/readyz" >/dev/null && break; sleep 0.1; done
must curl -fs "http://127.0.0.1:$port/readyz" >/dev/null
curl -fs "http://127.0.0.1:$port/metrics" | grep -q '^niangjia_database_up 1' || { echo 'no measures' >&2; exit 1; }
kill "$server"; wait "$server" 2>/dev/null || true
server=
dpkg --purge niangjia
must test -f /var/lib/niangjia/master.key
echo 'the package held'
