#!/usr/bin/env bash
# A Debian package of a built program: `deb.sh [program] [folder]`. The same program and commit give the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-target/release/niangjia}
folder=${2:-target/deb}
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"

put() { install -D -m "$1" "$2" "$tree/$3"; }
put 755 "$program" usr/bin/niangjia
put 644 packaging/systemd/niangjia.service usr/lib/systemd/system/niangjia.service
put 640 packaging/debian/niangjia.toml etc/niangjia/niangjia.toml
put 644 packaging/grafana/niangjia.json usr/share/niangjia/grafana/niangjia.json
put 644 packaging/prometheus/niangjia.rules.yml usr/share/niangjia/prometheus/niangjia.rules.yml
for page in docs/*.md docs/decisions/*.md; do put 644 "$page" "usr/share/doc/niangjia/${page#docs/}"; done
put 644 packaging/debian/copyright usr/share/doc/niangjia/copyright
for script in postinst prerm postrm; do put 755 packaging/debian/$script DEBIAN/$script; done
echo /etc/niangjia/niangjia.toml >"$tree/DEBIAN/conffiles"
# What the program is linked with, and the C library that it asks for at least.
libc=$(grep -aoE 'GLIBC_2\.[0-9]+' "$program" | sort -Vu | tail -1 | cut -d_ -f2)
cat >"$tree/DEBIAN/control" <<CONTROL
Package: niangjia
Version: $version
Architecture: $architecture
Maintainer: Niangjia <root@localhost>
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f1)
Depends: libc6 (>= $libc), libgcc-s1, passwd
Recommends: fonts-noto-cjk
Suggests: postgresql, postgresql-client, nginx
Section: misc
Priority: optional
Description: open platform for trade unions on one ledger
 Every service is written once, where it happens; every figure is a reading of
 the ledger and opens to the records that make it up.
CONTROL
mkdir -p "$folder"
package=$folder/niangjia_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zgzip --build "$tree" "$package" >&2
echo "$package"
