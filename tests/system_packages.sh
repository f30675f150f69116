#!/usr/bin/env bash
# The tests need Debian's Chromium, a PostgreSQL server, and nginx with openssl for the way through a proxy. Install what is missing where we may; say clearly where we may not.
set -eu
missing=()
command -v chromium >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || missing+=(nginx-light)
command -v openssl >/dev/null || missing+=(openssl)
[ ${#missing[@]} -eq 0 ] && exit 0
say="検査には次のパッケージが要ります: ${missing[*]}"
if ! command -v apt-get >/dev/null; then echo "$say（この機械のやり方で入れてください）"; exit 1; fi
if [ "$(id -u)" = 0 ]; then run=(); elif sudo -n true 2>/dev/null; then run=(sudo); else
  echo "$say（sudo apt-get install ${missing[*]} のあとで、もう一度どうぞ）"; exit 1
fi
echo "$say（入れます）"
export DEBIAN_FRONTEND=noninteractive
# Debian's postgresql and nginx would start services of their own; ours are private to the tests.
"${run[@]}" apt-get update -qq
"${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
