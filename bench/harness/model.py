"""Makes the model of realistic size, in the environment of models/requirements.txt."""

import os
import subprocess
import sys
from pathlib import Path

from harness.servers import ROOT


def add(parser):
    parser.add_argument("--python", default=sys.executable, help="Python with what models/requirements.txt names")
    parser.add_argument("--out", type=Path, default=ROOT / "bench/models", help="folder for the model and its weights")
    parser.add_argument("--layers", type=int, default=28, help="of the language model; fewer for a trial")


def run(options):
    paths = [ROOT / "models", ROOT / "bench"]
    return subprocess.run(
        [options.python, "-m", "realistic.make", "--out", options.out.resolve(), "--layers", str(options.layers)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONDONTWRITEBYTECODE": "1"},
    ).returncode
