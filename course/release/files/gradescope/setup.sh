#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: Python 3.11 or newer, the pinned
# packages beside the course, and bubblewrap, which is used where the container allows it.
set -euo pipefail
cd "$(dirname "$0")"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
for python in python3.13 python3.12 python3.11; do
  apt-get install -y -qq "$python" "$python-venv" bubblewrap && break
done
"$python" -m venv ../venv
../venv/bin/python -m pip install --quiet -r requirements-grade.txt
