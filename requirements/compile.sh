#!/bin/sh
# Pin again what run.in and dev.in name, one file for Python 3.11 and later, with hashes and without addresses.
#     sh requirements/compile.sh PYTHON [--upgrade]
set -eu
python=$1
shift
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$python" -m venv "$tools"
"$tools/bin/python" -m pip --disable-pip-version-check install --quiet uv

pin() {
    "$tools/bin/python" -m uv pip compile --universal --fork-strategy fewest --python-version 3.11 \
        --generate-hashes --no-header --no-annotate --quiet "$@"
}

pin requirements/run.in -o requirements.txt "$@"
pin requirements/run.in requirements/dev.in -c requirements.txt -o requirements/dev.txt "$@"
