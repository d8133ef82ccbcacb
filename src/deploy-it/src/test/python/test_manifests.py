"""k8s/: every resource is valid and strictly so, and what belongs together agrees."""

import copy
import os
import re

import jsonschema
import kubernetes_validate
import pytest
import yaml

import schemas
from conftest import MANIFESTS, ROOT, built, of_kind, only

OVERLAYS = sorted(path.name for path in (MANIFESTS / "overlays").iterdir())
COMPONENTS = sorted(path.name for path in (MANIFESTS / "components").iterdir())


def overlay(name):
    return built(MANIFESTS / "overlays" / name)


def base():
    return built(MANIFESTS / "base")


def containers(resources):
    """Each container as Kubernetes's type has it, with the volumes and the pod's own settings beside it."""
    for one in of_kind(resources, "Deployment"):
        pod = one["spec"]["template"]["spec"]
        yield pod["containers"][0], pod["volumes"], pod.get("securityContext", {})
    for one in of_kind(resources, "ClusterServingRuntime"):
        yield one["spec"]["containers"][0], one["spec"]["volumes"], {}
    for one in of_kind(resources, "OpenLibertyApplication"):
        spec = one["spec"]
        container = {**spec, "image": spec["applicationImage"]}
        container.update({f"{name}Probe": probe for name, probe in spec["probes"].items()})
        yield container, spec["volumes"], {}


def container_of(resources):
    [found] = containers(resources)
    return found


def settings(resources):
    container, _, _ = container_of(resources)
    given = {one["name"]: one["value"] for one in container.get("env", [])}
    names = [one["configMapRef"]["name"] for one in container.get("envFrom", []) if "configMapRef" in one]
    for one in of_kind(resources, "ConfigMap"):
        if one["metadata"]["name"] in names:
            given.update(one["data"])
    return given


def test_there_are_overlays_and_components():
    assert OVERLAYS == ["kserve", "kubernetes", "openshift"]
    assert COMPONENTS == [
        "autoscaling-keda", "autoscaling-prometheus-adapter", "gateway", "gpu", "keys", "monitoring"]


@pytest.mark.parametrize("name", OVERLAYS)
def test_an_overlay_is_valid(name):
    for resource in overlay(name):
        schemas.validate(resource)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_makes_the_base_into_something_valid(name, with_component):
    resources = with_component(name)
    for resource in resources:
        schemas.validate(resource)
    assert resources != base()


@pytest.mark.parametrize("name", OVERLAYS)
def test_a_member_that_is_misspelt_is_refused_wherever_it_is(name):
    def misspelt(resource, path):
        wrong = copy.deepcopy(resource)
        target = wrong
        for step in path:
            target = target[step]
        target["replicaz"] = 1
        return wrong

    def objects(value, path=()):
        if isinstance(value, dict):
            yield path
            for key, inner in value.items():
                yield from objects(inner, (*path, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from objects(inner, (*path, index))

    # Any name may stand in these.
    free = {"labels", "annotations", "matchLabels", "data", "requests", "limits", "nodeSelector"}
    tried = 0
    for resource in overlay(name):
        for path in objects(resource):
            if path and path[-1] not in free:
                tried += 1
                with pytest.raises((jsonschema.ValidationError, kubernetes_validate.ValidationError)):
                    schemas.validate(misspelt(resource, path))
    assert tried > 20


@pytest.mark.parametrize("name", OVERLAYS)
def test_every_setting_is_a_flag(name, flags):
    given = {key for key in settings(overlay(name)) if key.startswith("GREVY_")}
    assert given
    assert given <= flags.keys()


@pytest.mark.parametrize("name", OVERLAYS)
def test_the_pods_may_run_under_the_strictest_rules(name):
    """Pod Security's "restricted" and OpenShift's restricted-v2: any user, no privileges, nothing to write to."""
    container, volumes, pod = container_of(overlay(name))
    security = {**pod, **container["securityContext"]}
    assert security["runAsNonRoot"] is True
    assert security["allowPrivilegeEscalation"] is False
    assert security["readOnlyRootFilesystem"] is True
    assert security["capabilities"] == {"drop": ["ALL"]}
    assert security["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"runAsUser", "fsGroup", "privileged", "hostNetwork", "seLinuxOptions"} & security.keys()
    kinds = {kind for volume in volumes for kind in volume if kind != "name"}
    assert kinds <= {"configMap", "emptyDir", "persistentVolumeClaim", "projected", "secret"}


@pytest.mark.parametrize("name", OVERLAYS)
def test_what_the_server_writes_is_a_volume(name):
    container, volumes, _ = container_of(overlay(name))
    mounts = {one["mountPath"]: one["name"] for one in container["volumeMounts"]}
    writable = {volume["name"] for volume in volumes if "emptyDir" in volume}
    # ImageIT starts the image's tree with these and no others.
    assert {path for path, volume in mounts.items() if volume in writable} == {"/opt/ol/wlp/output", "/logs", "/tmp"}


@pytest.mark.parametrize("name", OVERLAYS)
def test_probes_ask_where_the_server_listens(name):
    resources = overlay(name)
    container, _, _ = container_of(resources)
    ports = {one["name"]: one["containerPort"] for one in container.get("ports", [])}
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        port = container[probe]["httpGet"]["port"]
        assert str(ports.get(port, port)) == settings(resources)["GREVY_REST_PORT"]
    assert settings(resources)["GREVY_REST_BIND_ADDRESS"] == "0.0.0.0"
    assert container["startupProbe"]["httpGet"]["path"] == "/health/started"
    assert container["livenessProbe"]["httpGet"]["path"] in ("/health/live", "/v2/health/live")
    assert container["readinessProbe"]["httpGet"]["path"] in ("/health/ready", "/v2/health/ready")


@pytest.mark.parametrize("name", OVERLAYS)
def test_a_pod_has_time_for_its_requests_before_it_is_killed(name, flags):
    resources = overlay(name)
    drain = int(settings(resources).get("GREVY_DRAIN_SECONDS", flags["GREVY_DRAIN_SECONDS"]))
    pod = next((one["spec"]["template"]["spec"] for one in of_kind(resources, "Deployment")), {})
    container, _, _ = container_of(resources)
    pause = int(container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", ["sleep", "0"])[1])
    kubernetes_default = 30
    assert pause + drain + 10 <= pod.get("terminationGracePeriodSeconds", kubernetes_default)


def test_selectors_find_the_pods():
    resources = overlay("kubernetes")
    labels = only(resources, "Deployment")["spec"]["template"]["metadata"]["labels"].items()
    for kind, path in [
        ("Service", ["selector"]),
        ("Deployment", ["selector", "matchLabels"]),
        ("NetworkPolicy", ["podSelector", "matchLabels"]),
        ("PodDisruptionBudget", ["selector", "matchLabels"]),
        ("PodMonitor", ["selector", "matchLabels"]),
    ]:
        selector = only(resources, kind)["spec"]
        for step in path:
            selector = selector[step]
        assert selector and selector.items() <= labels, kind


def test_nothing_goes_out_and_pictures_are_fetched_from_nowhere():
    for name in ("kubernetes", "openshift"):
        policy = only(overlay(name), "NetworkPolicy")["spec"]
        assert policy["egress"] == [] and "Egress" in policy["policyTypes"]
        assert settings(overlay(name))["GREVY_ALLOWED_MEDIA_DOMAINS"] == "none"
        [rule] = policy["ingress"]
        assert [str(port["port"]) for port in rule["ports"]] == [settings(overlay(name))["GREVY_REST_PORT"]]


def test_openshift_leaves_pods_and_service_to_the_operator():
    resources = overlay("openshift")
    assert not of_kind(resources, "Deployment") and not of_kind(resources, "Service")
    application = only(resources, "OpenLibertyApplication")
    # The operator labels its pods by the application's name; the policy and the budget select by that.
    assert only(resources, "NetworkPolicy")["spec"]["podSelector"]["matchLabels"] == {
        "app.kubernetes.io/name": application["metadata"]["name"]}
    route = only(resources, "Route")
    assert route["spec"]["to"]["name"] == application["metadata"]["name"]
    assert route["spec"]["port"]["targetPort"] == application["spec"]["service"]["port"]
    assert route["metadata"]["annotations"]["haproxy.router.openshift.io/timeout"] == "30m"
    assert "/" in application["spec"]["applicationImage"]
    referred = {list(one.values())[0]["name"] for one in application["spec"]["envFrom"]}
    assert referred == {one["metadata"]["name"] for kind in ("ConfigMap", "Secret") for one in of_kind(resources, kind)}


def test_the_gateway_exposes_the_api_and_nothing_else():
    resources = overlay("kubernetes")
    [rule] = only(resources, "HTTPRoute")["spec"]["rules"]
    paths = [match["path"]["value"] for match in rule["matches"]]
    assert "/v3" in paths
    for inner in ("/metrics", "/health", "/v1/config", "/openapi"):
        assert not any(inner.startswith(path) for path in paths)
    [backend] = rule["backendRefs"]
    service = only(resources, "Service")
    assert backend["name"] == service["metadata"]["name"]
    assert backend["port"] in [port["port"] for port in service["spec"]["ports"]]
    [target] = only(resources, "BackendTrafficPolicy")["spec"]["targetRefs"]
    assert target["name"] == only(resources, "HTTPRoute")["metadata"]["name"]


def test_autoscalers_agree(with_component):
    scaled = only(overlay("kubernetes"), "ScaledObject")["spec"]
    resources = with_component("autoscaling-prometheus-adapter")
    autoscaler = only(resources, "HorizontalPodAutoscaler")["spec"]
    assert scaled["scaleTargetRef"]["name"] == autoscaler["scaleTargetRef"]["name"] == "grevy"
    assert scaled["maxReplicaCount"] == autoscaler["maxReplicas"]
    assert scaled["advanced"]["horizontalPodAutoscalerConfig"]["behavior"] == autoscaler["behavior"]
    targets = [metric["pods"]["target"]["averageValue"] for metric in autoscaler["metrics"]]
    assert targets == [trigger["metadata"]["threshold"] for trigger in scaled["triggers"]]
    [rules] = [one for one in of_kind(resources, "ConfigMap") if one["metadata"]["name"] == "grevy-adapter-rules"]
    served = [rule["name"]["as"] for rule in yaml.safe_load(rules["data"]["config.yaml"])["rules"]]
    assert served == [metric["pods"]["metric"]["name"] for metric in autoscaler["metrics"]]


@pytest.mark.parametrize("name", ["kubernetes", "openshift"])
def test_keys_reach_the_server_and_prometheus_has_one(name, with_components):
    resources = with_components(f"overlays/{name}", "monitoring" if name == "openshift" else None, "keys")
    for resource in resources:
        schemas.validate(resource)
    container, volumes, _ = container_of(resources)
    [mount] = [one for one in container["volumeMounts"] if one["name"] == "keys"]
    [volume] = [one for one in volumes if one["name"] == "keys"]
    assert mount["readOnly"] is True
    # Prometheus's own key stays out of the pods.
    [item] = volume["secret"]["items"]
    assert settings(resources)["GREVY_API_KEY_FILE"] == f'{mount["mountPath"]}/{item["path"]}'
    [endpoint] = only(resources, "PodMonitor")["spec"]["podMetricsEndpoints"]
    credentials = endpoint["authorization"]["credentials"]
    assert credentials["name"] == volume["secret"]["secretName"]
    assert credentials["key"] != item["key"]


def test_a_gpu_is_asked_for_and_used(with_component):
    resources = with_component("gpu")
    container, _, _ = container_of(resources)
    assert container["resources"]["limits"]["gpu.intel.com/i915"] == "1"
    assert container["resources"]["limits"]["memory"] == "8Gi"
    assert settings(resources)["GREVY_TARGET_DEVICE"] == "GPU"


def test_kserve_serves_the_model_that_it_mounts():
    resources = overlay("kserve")
    runtime, service = only(resources, "ClusterServingRuntime"), only(resources, "InferenceService")
    given = settings(resources)
    assert given["GREVY_MODEL_PATH"] == "/mnt/models"
    assert given["GREVY_MODEL_NAME"] == "{{.Name}}"
    # The image's own config.json would exclude them.
    assert given["GREVY_CONFIG_PATH"] == ""
    model = service["spec"]["predictor"]["model"]
    assert model["runtime"] == runtime["metadata"]["name"]
    assert model["modelFormat"]["name"] in [one["name"] for one in runtime["spec"]["supportedModelFormats"]]
    assert runtime["spec"]["containers"][0]["name"] == "kserve-container"
    for metric in service["spec"]["predictor"]["autoScaling"]["metrics"]:
        assert f'model_name="{service["metadata"]["name"]}"' in metric["external"]["metric"]["query"]


def test_the_operator_gets_the_rules_of_the_file():
    rules = yaml.safe_load((ROOT / "observability/rules.yaml").read_text())
    assert only(overlay("kubernetes"), "PrometheusRule")["spec"] == rules


def test_the_overlay_in_the_readme_is_valid(tmp_path):
    text = (MANIFESTS / "README.md").read_text()
    [block] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "kustomization.yaml").write_text(block.replace("../..", os.path.relpath(MANIFESTS, tmp_path)))
    resources = built(tmp_path)
    for resource in resources:
        schemas.validate(resource)
    container, _, _ = container_of(resources)
    assert container["image"] == "registry.example.com/grevy-gpu:0.1.0"
    assert settings(resources)["GREVY_MAX_QUEUE"] == "64"
