#!/usr/bin/env bash
# Measures Grevy beside the bare engine and other servers: bench/run.sh --help
# Makes the Python environments that it needs on first use, under bench/.home or where GREVY_BENCH_HOME says.
set -euo pipefail
bench=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=${GREVY_BENCH_HOME:-$bench/.home}
export GREVY_BENCH_HOME=$home PYTHONDONTWRITEBYTECODE=1

# environment NAME [PIP'S ARGUMENTS]: what requirements-NAME.txt names.
environment() {
  local folder=$home/$1 pins=$bench/requirements-$1.txt
  if ! cmp -s "$pins" "$folder/installed.txt"; then
    printf 'bench: making the environment %s …\n' "$folder" >&2
    "${PYTHON:-python3}" -m venv --clear "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check "${@:2}" -r "$pins"
    cp -- "$pins" "$folder/installed.txt"
  fi
}

# Its pins are complete, so there is nothing to resolve.
environment harness --no-deps
case " $* " in
  *' aiperf '* | *'=aiperf '*) environment aiperf ;;
esac
PYTHONPATH=$bench${PYTHONPATH:+:$PYTHONPATH} exec "$home/harness/bin/python" -m harness "$@"
