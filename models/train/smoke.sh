#!/bin/sh
# Trains a few steps from nothing, stops, goes on from the checkpoint: models/train/smoke.sh PYTHON
# Under a minute on two cores. What comes out knows nothing; that all of it runs is what this shows.
set -eu
cd "$(dirname "$0")/.."
python=${1:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1
"$python" -m train.test_model
"$python" -m train.train --work "$work" --steps 6 --batch 16 --report 1
"$python" -m train.train --work "$work" --steps 10 --batch 16 --report 1
