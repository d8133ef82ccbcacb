"""Strict schemas: Kubernetes's own as kubernetes-validate has them, the operators' as custom_resources.yaml has them."""

import functools
import json
import pathlib

import importlib_resources
import jsonschema
import kubernetes_validate
import kubernetes_validate.utils
import yaml
from referencing import Registry, Resource

OLDEST = "1.30"
NEWEST = kubernetes_validate.latest_version()
DEFINITIONS = "/api/_definitions.json"

# Else it reads a megabyte for every resource.
kubernetes_validate.utils.schema_contents = functools.cache(kubernetes_validate.utils.schema_contents)


def _custom_resources():
    text = (pathlib.Path(__file__).parent / "custom_resources.yaml").read_text()
    return {(one["apiVersion"], one["kind"]): one for one in yaml.safe_load(text)}


def _kubernetes_types():
    folder = importlib_resources.files("kubernetes_validate") / "kubernetes-json-schema" / f"v{NEWEST}-local-strict"
    return json.loads((folder / "_definitions.json").read_text())


CUSTOM = _custom_resources()
TYPES = _kubernetes_types()


def _strict(schema):
    """Every object that lists its properties has no others; "k8s: X" becomes a reference to that type."""
    if "k8s" in schema:
        package = "io.k8s.apimachinery.pkg.apis." if schema["k8s"].startswith("meta.") else "io.k8s.api."
        name = package + schema["k8s"]
        assert name in TYPES["$defs"], f"Kubernetes has no {name}"
        return {"$ref": f"{DEFINITIONS}#/$defs/{name}"}
    strict = dict(schema)
    if "items" in schema:
        strict["items"] = _strict(schema["items"])
    if "properties" in schema:
        strict.update(type="object", additionalProperties=False)
        strict["properties"] = {name: _strict(one) for name, one in schema["properties"].items()}
    elif "additionalProperties" in schema:
        strict["type"] = "object"
    return strict


def _custom_schema(resource):
    described = CUSTOM[resource["apiVersion"], resource["kind"]]
    spec = _strict({key: value for key, value in described.items() if key in ("required", "properties")})
    return {
        "type": "object",
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "additionalProperties": False,
        "properties": {
            "apiVersion": {},
            "kind": {},
            "metadata": _strict({"k8s": "meta.v1.ObjectMeta"}),
            "spec": spec,
        },
    }


def validate(resource):
    """Raises unless the resource has all that it must, and nothing that its kind does not know."""
    if (resource["apiVersion"], resource["kind"]) in CUSTOM:
        registry = Registry().with_resource(DEFINITIONS, Resource.from_contents(TYPES))
        jsonschema.Draft202012Validator(_custom_schema(resource), registry=registry).validate(resource)
    else:
        for version in (OLDEST, NEWEST):
            kubernetes_validate.validate(resource, version, strict=True)
