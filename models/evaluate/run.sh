#!/bin/sh
# Scores a served model on the held-out set: models/evaluate/run.sh http://127.0.0.1:8000/v3 grevy/demo
# or the engine itself, without a server:    models/evaluate/run.sh --engine models/grevy/demo
# More options follow; README.md has them. NUMBER=50 asks fewer questions of each kind, SET names another folder of
# cases, PYTHON an environment that has requirements.txt already.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
case ${1:?a URL and a name, or --engine FOLDER} in
--*) ;;
*)
    url=$1 name=${2:?the name of the model}
    shift 2
    set -- --url "$url" --model "$name" "$@"
    ;;
esac
kept="${XDG_CACHE_HOME:-$HOME/.cache}/grevy/evaluate"
python=${PYTHON:-$kept/venv/bin/python}
if [ -z "${PYTHON:-}" ] && ! cmp -s "$here/requirements.txt" "$kept/requirements.txt"; then
    rm -rf "$kept/venv"
    python3 -m venv "$kept/venv"
    "$python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$kept/requirements.txt"
fi
export PYTHONPATH="$here/.." PYTHONDONTWRITEBYTECODE=1 HF_HUB_OFFLINE=1
code=$(cat "$here"/held_out.py "$here"/skia_drawing.py "$here"/../train/questions.py "$here"/../train/drawing.py "$here"/../train/world.py | cksum | cut -d' ' -f1)
set="${SET:-$kept/held-out-${NUMBER:-200}-$code}"
[ -f "$set/cases.jsonl" ] || "$python" "$here/held_out.py" --out "$set" --number "${NUMBER:-200}"
exec "$python" "$here/run.py" --set "$set" "$@"
