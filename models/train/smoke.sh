#!/bin/sh
# A short training from nothing, all the way to an answer: models/train/smoke.sh PYTHON
# A few steps, a checkpoint, more steps from there, and from checkpoints of different steps, export, int8, one question. What comes out knows nothing; that
# all of it runs is what this shows.
set -eu
cd "$(dirname "$0")/.."
python=${1:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1
"$python" -m train.test_model
"$python" -m train.train --work "$work/run" --steps 8 --batch 4
cp "$work/run/checkpoint-1.pt" "$work/older.pt"
"$python" -m train.train --work "$work/run" --steps 12 --batch 4
# Stopped between one worker's checkpoint and the other's.
mv "$work/older.pt" "$work/run/checkpoint-1.pt"
"$python" -m train.train --work "$work/run" --steps 16 --batch 4
"$python" -m train.ship --work "$work/run" --out "$work/model"
"$python" -m train.answering "$work/model" pictures/red-circle.png "What is in the picture?"
