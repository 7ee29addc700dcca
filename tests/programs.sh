#!/bin/sh
# Root on Debian gets the programs that the tests look at documents with; without them those tests are skipped.
command -v pdftoppm >/dev/null 2>&1 && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
echo "Installing poppler-utils."
apt-get update -qq >/dev/null 2>&1 || true
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq poppler-utils >/dev/null 2>&1 ||
    echo "poppler-utils could not be installed."
exit 0
