#!/usr/bin/env bash
# `make bench` compares with PostGIS where it can be had. Install it where we may; without it those lines are skipped.
set -eu
command -v apt-get >/dev/null || exit 0
server=$(ls -d /usr/lib/postgresql/*/ 2>/dev/null | sort -V | tail -1 | xargs -r basename)
[ -n "$server" ] || exit 0
[ -e "/usr/share/postgresql/$server/extension/postgis.control" ] && exit 0
if [ "$(id -u)" = 0 ]; then run=(); elif sudo -n true 2>/dev/null; then run=(sudo); else
  echo "PostGIS との比較には postgresql-$server-postgis-3 が要ります（いまは飛ばします）"; exit 0
fi
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq || exit 0
"${run[@]}" apt-get install -y -qq --no-install-recommends "postgresql-$server-postgis-3" >/dev/null ||
  echo "postgresql-$server-postgis-3 を入れられませんでした（PostGIS との比較は飛ばします）"
