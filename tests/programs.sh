#!/bin/sh
# Root on Debian gets the programs that the tests need; without them other ways are tried, or those tests are skipped.
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0

lacking=
command -v pdftoppm >/dev/null 2>&1 || lacking="$lacking poppler-utils"
command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || lacking="$lacking postgresql"
command -v chromium >/dev/null 2>&1 || lacking="$lacking chromium"
[ -n "$(find /usr/share/fonts -name 'Noto*CJK*' 2>/dev/null)" ] || lacking="$lacking fonts-noto-cjk"
[ -n "$lacking" ] || exit 0

echo "Installing$lacking."
apt-get update -qq >/dev/null 2>&1 || true
for package in $lacking; do
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null 2>&1 ||
        echo "$package could not be installed."
done
exit 0
