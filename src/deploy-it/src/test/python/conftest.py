"""What kustomize makes of k8s/, and what the launcher knows of flags."""

import functools
import os
import pathlib
import subprocess

import pytest
import yaml

ROOT = pathlib.Path(os.environ["GREVY_ROOT"])
MANIFESTS = ROOT / "k8s"
KUSTOMIZE = os.environ["GREVY_KUSTOMIZE"].split("\n")


@functools.cache
def built(folder):
    """The resources of a folder of k8s/, or of one elsewhere."""
    made = subprocess.run([*KUSTOMIZE, str(folder)], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    assert not made.stderr, f"kustomize warns: {made.stderr}"
    resources = [one for one in yaml.safe_load_all(made.stdout) if one]
    assert resources, f"{folder} makes nothing"
    return resources


def of_kind(resources, kind):
    return [one for one in resources if one["kind"] == kind]


def only(resources, kind):
    [one] = of_kind(resources, kind)
    return one


@pytest.fixture(scope="session")
def flags():
    """The environment variables that the launcher's flags are, and their defaults."""
    printed = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-jar", ROOT / "src/cli/target/grevy-cli.jar", "flags"],
        capture_output=True, text=True, check=True)
    rows = [[cell.strip() for cell in line.split("|")] for line in printed.stdout.splitlines() if "`GREVY_" in line]
    table = {row[3].strip("`"): row[4] for row in rows}
    assert len(table) > 20
    return table


@pytest.fixture
def with_components(tmp_path):
    """A folder of k8s/ with components, as an overlay of one's own would have them."""
    def build(folder, *components):
        text = {
            "apiVersion": "kustomize.config.k8s.io/v1beta1",
            "kind": "Kustomization",
            "resources": [os.path.relpath(MANIFESTS / folder, tmp_path)],
            "components": [os.path.relpath(MANIFESTS / "components" / one, tmp_path) for one in components if one],
        }
        (tmp_path / "kustomization.yaml").write_text(yaml.safe_dump(text))
        return built(tmp_path)
    return build


@pytest.fixture
def with_component(with_components):
    """The base with one component."""
    return lambda component: with_components("base", component)
