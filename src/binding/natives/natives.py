#!/usr/bin/env python3
"""Fetches the pinned wheels and takes the engine's libraries, headers and licences out of them.

    natives.py --platform linux-x86_64 --work target/natives --classes target/classes

Leaves   work/wheels                                  the wheels, by name from the package index
         work/include                                 OpenVINO's headers
         work/link                                    unversioned links for the linker
         classes/io/grevy/openvino/PLATFORM           the libraries that go into the jar
         classes/io/grevy/openvino/natives.properties the versions that the binding expects
         classes/META-INF/licenses                    what the licences ask to travel along
Does nothing where all that is already there and was made from the same requirements.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"
WHEEL_TAGS = {
    "linux-x86_64": ["manylinux_2_28_x86_64"],
    "linux-arm64": ["manylinux_2_28_aarch64", "manylinux_2_31_aarch64", "manylinux_2_35_aarch64"],
}
# What CPU and GPU need; no other frontend than the IR's, no NPU, no Python.
LIBRARIES = re.compile(
    r".*/lib("
    r"openvino\.so\.\d+|openvino_genai\.so\.\d+|openvino_tokenizers\.so|openvino_ir_frontend\.so\.\d+"
    r"|openvino_(intel|arm)_cpu_plugin\.so|openvino_intel_gpu_plugin\.so"
    r"|openvino_(auto|hetero)_plugin\.so"
    r"|tbb\.so\.\d+|tbbmalloc\.so\.\d+|tbbbind_2_5\.so\.\d+|hwloc\.so\.\d+"
    r")"
)
LINKED = re.compile(r"lib(openvino|openvino_genai)\.so\.\d+")
HEADERS = "openvino/include/"
LICENCES = re.compile(r"([^/]+)\.dist-info/(.*(LICENSE|third-party-programs).*)")


def fail(message):
    sys.exit(f"natives: {message}")


def run(command, what):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        fail(f"{what}:\n  {' '.join(map(str, command))}\n{done.stdout.strip()}")


def require_compiler():
    if not shutil.which("g++"):
        fail("g++ is missing; it compiles the binding's own library (install g++ 9 or later)")


def download(platform, wheels):
    run([sys.executable, "-m", "pip", "--version"], "pip is missing for this python3; install python3-pip")
    shutil.rmtree(wheels, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", "--dest", wheels, "--requirement", REQUIREMENTS]
    command += ["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"]
    for tag in WHEEL_TAGS[platform]:
        command += ["--platform", tag]
    run(command, "the engine's wheels could not be fetched")


def unpack(archive, name, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, open(target, "wb") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
    return target


def extract(wheels, work, classes, platform):
    """Returns every file made."""
    package = classes / "io/grevy/openvino"
    libraries, link = package / platform, work / "link"
    for folder in (libraries, link, work / "include", classes / "META-INF/licenses"):
        shutil.rmtree(folder, ignore_errors=True)
    made = []
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                licence = LICENCES.fullmatch(name)
                if LIBRARIES.fullmatch(name):
                    made.append(unpack(archive, name, libraries / Path(name).name))
                elif name.startswith(HEADERS) and not name.endswith("/"):
                    made.append(unpack(archive, name, work / "include" / name[len(HEADERS) :]))
                elif licence:
                    made.append(unpack(archive, name, classes / "META-INF/licenses" / licence[1] / Path(licence[2]).name))
    link.mkdir(parents=True)
    for library in libraries.iterdir():
        if LINKED.fullmatch(library.name):
            (link / (library.name.split(".so")[0] + ".so")).symlink_to(library.resolve())
    versions = package / "natives.properties"
    versions.write_text("# Written by natives.py\n" + "".join(f"{k}={v}\n" for k, v in pinned().items()))
    return made + [versions]


def pinned():
    """The versions in the requirements, openvino and genai."""
    found = dict(re.findall(r"^openvino(-genai|)==(\S+)", REQUIREMENTS.read_text(), re.MULTILINE))
    return {"openvino": found[""], "genai": found["-genai"]}


def state(platform):
    recipe = hashlib.sha256(REQUIREMENTS.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    return f"{platform} {recipe}"


def up_to_date(stamp, platform, link):
    try:
        recorded = json.loads(stamp.read_text())
        return (
            recorded["state"] == state(platform)
            and all(Path(file).stat().st_size == size for file, size in recorded["files"].items())
            and all(file.resolve().is_file() for file in link.iterdir())
        )
    except (OSError, ValueError, KeyError):
        return False


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--platform", choices=WHEEL_TAGS, required=True)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--classes", type=Path, required=True)
    options = arguments.parse_args()
    work, classes, stamp = options.work.resolve(), options.classes.resolve(), options.work / "stamp.json"
    require_compiler()
    if up_to_date(stamp, options.platform, work / "link"):
        return
    download(options.platform, work / "wheels")
    made = extract(work / "wheels", work, classes, options.platform)
    files = {str(file): file.stat().st_size for file in made}
    stamp.write_text(json.dumps({"state": state(options.platform), "files": files}))
    print(f"natives: {sum(files.values()) >> 20} MB of {', '.join(f'{k} {v}' for k, v in pinned().items())}")


if __name__ == "__main__":
    main()
