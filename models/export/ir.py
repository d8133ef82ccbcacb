"""From a Hugging Face folder to OpenVINO IR that can be committed: export, trim, no trace of the machine."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# Written by the exporter or copied along, read by nothing at run time.
USELESS = ["*.safetensors", "*.py", "__pycache__", "openvino_config.json", "merges.txt", "vocab.json", ".cache"]
MACHINE_KEYS = {"_name_or_path", "name_or_path", "model_name", "transformers_version", "auto_map"}


# The exporter traces Qwen2-VL's eyes with a picture of 420 pixels a side, which patches of 12 do not divide evenly.
EXPORTER = """
import sys
from optimum.commands.optimum_cli import main
from optimum.exporters.openvino.input_generators import DummyQwen2VLVisionEmbedInputGenerator as Example
made = Example.__init__
made.__defaults__ = tuple(480 if value == 420 else value for value in made.__defaults__)
main()
"""


def export(source, target, task, weight_format="fp32", trust_remote_code=False):
    """Runs optimum's exporter on `source`, replacing `target`. Tokenizer IR included."""
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-c", EXPORTER, "export", "openvino", "-m", source, "--task", task, "--weight-format", weight_format]
    if trust_remote_code:
        command.append("--trust-remote-code")
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""}
    subprocess.run([*map(str, command), str(target)], check=True, env={**os.environ, **offline})
    trim(target)


def trim(folder):
    """Deletes what no reader needs and takes paths and tool versions out of the rest."""
    for pattern in USELESS:
        for path in Path(folder).glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in Path(folder).glob("*.json"):
        if path.name != "tokenizer.json":
            document = _without_machine_keys(json.loads(path.read_text()))
            if path.name == "generation_config.json":
                document.setdefault("do_sample", False)
            path.write_text(json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
    for path in Path(folder).glob("*.xml"):
        path.write_text(re.sub(r'(<\w*(?:dir|path|input_model)\w* value=")[^"]*(")', r"\1\2", path.read_text()))


def _without_machine_keys(node):
    if isinstance(node, dict):
        return {k: _without_machine_keys(v) for k, v in node.items() if k not in MACHINE_KEYS}
    if isinstance(node, list):
        return [_without_machine_keys(v) for v in node]
    return node
