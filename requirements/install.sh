#!/bin/sh
# Make the virtual environment and install pinned requirements into it.
#     sh requirements/install.sh PYTHON FOLDER REQUIREMENTS
# Where the Python cannot make a whole one, root on Debian fetches what is missing and anybody else borrows a pip.
set -eu
python=$1 folder=$2 requirements=$3

stop() {
    echo "$*" >&2
    exit 1
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

has_pip() {
    "$folder/bin/python" -m pip --version >/dev/null 2>&1
}

made_whole() {
    "$python" -c 'import ensurepip' 2>/dev/null && "$python" -m venv --clear "$folder" >/dev/null 2>&1 && has_pip
}

fetched_venv() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    echo "Installing python$version-venv."
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" >/dev/null 2>&1
}

borrowed_pip() {
    "$python" -m venv --clear --without-pip "$folder" >/dev/null 2>&1 || return 1
    for wheel in /usr/share/python-wheels/pip-*.whl; do
        PYTHONPATH=$wheel "$folder/bin/python" -m pip install --quiet pip >/dev/null 2>&1 && has_pip && return
    done
    "$python" -m pip --python "$folder/bin/python" install --quiet pip >/dev/null 2>&1 && has_pip && return
    pip3 --python "$folder/bin/python" install --quiet pip >/dev/null 2>&1 && has_pip
}

version=$(version_of "$python") || stop "$python does not run: install Python 3.11 or newer, or name one: make PYTHON=…"
case $version in
3.1[1-9] | 3.[2-9][0-9]) ;;
*) stop "$python is Python $version: 3.11 or newer is needed; name one with make PYTHON=…" ;;
esac

if [ "$(version_of "$folder/bin/python" || true)" != "$version" ] || ! has_pip; then
    echo "Making a virtual environment with Python $version in $folder."
    made_whole || { fetched_venv && made_whole; } || borrowed_pip ||
        stop "This Python makes no virtual environment with pip: ask the administrator for the package python$version-venv."
fi
echo "Installing $requirements into $folder."
"$folder/bin/python" -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r "$requirements" ||
    stop "The packages of $requirements could not be installed: is the package index reachable? Run the command again."
