#!/bin/sh
# macOS: opens the course. The first start installs it from this folder, without a network.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=${SHARED_ORBITS_APP:-"$HOME/Library/Application Support/shared-orbits-app"}
if [ ! -x "$home/bin/shared-orbits" ]; then
  python=
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
      python=$name
      break
    fi
  done
  if [ -z "$python" ]; then
    echo "Shared Orbits needs Python 3.11, 3.12, 3.13 or 3.14 with venv; none was found." >&2
    exit 1
  fi
  echo "Installing into $home (about a minute, once)."
  "$python" -m venv "$home"
  if ! "$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" shared-orbits; then
    rm -rf "$home"
    echo "The installation failed: the folder wheels holds nothing for $("$python" -V) on this computer, or is not complete." >&2
    exit 1
  fi
fi
exec "$home/bin/shared-orbits" "$@"
