"""The recipes of `docs/cluster.md`: what they name exists, and their parts agree. No cluster is needed for that."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
from ruamel.yaml import YAML

from afterword.cli.app import app
from afterword.system import RECIPES
from afterword.version import VERSION

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "cluster.md").read_text("utf-8")

pytest.importorskip("distributed")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


OBJECTS: list[dict[str, Any]] = list(YAML(typ="safe").load_all(_blocks("yaml")[0]))
DOCKERFILE = _blocks("dockerfile")[0].replace("\\\n", " ").splitlines()


def _of(kind: str) -> list[dict[str, Any]]:
    return [each for each in OBJECTS if each["kind"] == kind]


def _template(thing: dict[str, Any]) -> dict[str, Any] | None:
    """Return the pod that an object makes, with its labels; None for one that makes none."""
    template: dict[str, Any] | None = thing["spec"].get("jobTemplate", thing)["spec"].get("template")
    return template


PODS = [template for each in OBJECTS if (template := _template(each))]
CONTAINERS: dict[str, dict[str, Any]] = {
    each["name"]: each | {"pod": pod["spec"]} for pod in PODS for each in pod["spec"]["containers"]
}


def _commands(program: str) -> list[list[str]]:
    """Return the arguments of every call of a program, in text, console and manifests."""
    spoken = [line[2:] for block in _blocks("console") for line in block.splitlines()]
    spoken += re.findall(r"`(\w+ [^`]+)`", re.sub(r"^```.*?^```", "", PAGE, flags=re.DOTALL | re.MULTILINE))
    calls = [shlex.split(line, comments=True) for line in spoken]
    calls += [each["command"] for each in CONTAINERS.values()]
    return [words for name, *words in calls if name == program]


def _dask(words: list[str]) -> dict[str, Any]:
    """Return what a call of Dask's own command line is taken for; raise where it is refused."""
    part, *rest = words
    context = import_module(f"distributed.cli.dask_{part}").main.make_context(part, rest)
    values: dict[str, Any] = context.params
    # What it does not know, it passes on to modules that are preloaded, of which there are none.
    assert values.get("preload_argv", ()) == ()
    return values


def test_each_command_of_ours_is_one_that_is_understood() -> None:
    """Every `afterword ...` on the page names a command, and archives have options that exist."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined] # a group
    for name, *rest in _commands("afterword"):
        values = commands[name].make_context(name, rest).params
        if name == "archive":
            assert values["executor"].value == "dask"
            assert values["scheduler"].startswith("tcp://")
    assert {"archive", "doctor"} == {name for name, *_ in _commands("afterword")}


def test_each_command_of_dask_is_one_that_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every `dask ...` on the page has options of the installed Dask, and gives its workers one thread each."""
    monkeypatch.chdir(tmp_path)
    Path("machines.txt").write_text("one\ntwo\n", "utf-8")
    calls = _commands("dask")
    assert {part for part, *_ in calls} == {"scheduler", "worker", "ssh"}
    for words in calls:
        values = _dask(words)
        if words[0] != "scheduler":
            assert values["nthreads"] == 1, words
            assert values["n_workers"] != "auto", "this sets the threads, too"


def test_options_that_are_only_named_exist() -> None:
    """Every `--option` in the text is one of Dask or ours."""
    named = set(re.findall(r"`(--[a-z-]+)", PAGE))
    mains = [import_module(f"distributed.cli.dask_{part}").main for part in ("scheduler", "worker", "ssh")]
    mains += [typer.main.get_command(app).commands["archive"]]  # type: ignore[attr-defined] # a group
    known = {option for main in mains for parameter in main.params for option in parameter.opts}
    assert named - known == set()


def test_labels_ports_and_addresses_agree() -> None:
    """Whoever selects pods finds them, and all call the scheduler by the name and port of its service."""
    for deployment in _of("Deployment"):
        wanted = deployment["spec"]["selector"]["matchLabels"].items()
        assert wanted <= deployment["spec"]["template"]["metadata"]["labels"].items()
    [service], [policy] = _of("Service"), _of("NetworkPolicy")
    [chosen] = [pod for pod in PODS if service["spec"]["selector"].items() <= pod["metadata"]["labels"].items()]
    assert chosen["spec"]["containers"][0]["name"] == "scheduler"
    for selector in (policy["spec"]["podSelector"], policy["spec"]["ingress"][0]["from"][0]["podSelector"]):
        assert all(selector["matchLabels"].items() <= pod["metadata"]["labels"].items() for pod in PODS)

    scheduler, port = CONTAINERS["scheduler"], service["spec"]["ports"][0]["port"]
    values = _dask(scheduler["command"][1:])
    web = scheduler["readinessProbe"]["httpGet"]["port"]
    assert scheduler["livenessProbe"]["httpGet"]["port"] == web
    assert (values["port"], values["dashboard_address"]) == (str(port), f":{web}")
    assert [each["containerPort"] for each in scheduler["ports"]] == [port, web]
    called = {word for each in CONTAINERS.values() for word in each["command"] if word.startswith("tcp:")}
    assert called == {f"tcp://{service['metadata']['name']}:{port}"}


def test_all_pods_run_one_version() -> None:
    """Scheduler, workers and command have to be the same version, which is this one."""
    assert {each["image"].rpartition(":")[2] for each in CONTAINERS.values()} == {VERSION}


def test_a_worker_has_the_memory_that_it_is_told() -> None:
    """Dask's own guess divides the limit of the pod by the cores of the node; that of the worker fits into the pod."""
    parse = import_module("dask.utils").parse_bytes
    worker = CONTAINERS["worker"]
    told = parse(_dask(worker["command"][1:])["memory_limit"])
    assert 1_000_000_000 <= told < parse(worker["resources"]["limits"]["memory"] + "B")


def test_settings_of_dask_are_ones_that_it_has() -> None:
    """A variable that Dask reads leads to a setting that exists, as a value and not as text; it is the same by ssh."""
    config = import_module("dask.config")
    import_module("distributed")
    names = {each["name"]: each["value"] for box in CONTAINERS.values() for each in box.get("env", ())}
    assert [call[0] for call in _commands("export")] == [f"{name}={value}" for name, value in names.items()]
    settings = config.collect_env(env=names)
    assert settings["distributed"]["worker"]["memory"]["pause"] is False
    assert config.get("distributed.worker.memory.pause")


def test_pods_may_do_no_more_than_they_need() -> None:
    """What Kubernetes calls restricted, a file system that is only read but `/tmp`, and the secret where it is used."""
    for name, each in CONTAINERS.items():
        assert each["pod"]["securityContext"] == {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
        assert each["securityContext"]["allowPrivilegeEscalation"] is False
        assert each["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert each["pod"]["automountServiceAccountToken"] is False
        assert each["securityContext"]["readOnlyRootFilesystem"]
        mounted = {mount["name"] for mount in each["volumeMounts"] if mount["mountPath"] == "/tmp"}  # noqa: S108 (theirs)
        assert mounted == {volume["name"] for volume in each["pod"]["volumes"] if "emptyDir" in volume}
        assert bool(each.get("envFrom")) == (name != "scheduler")
    [user] = [line.split()[1] for line in DOCKERFILE if line.startswith("USER")]
    assert int(user) > 0, "a name is not enough for runAsNonRoot"


def test_a_run_with_faulty_reports_is_not_made_again_and_again() -> None:
    """Exit codes 1 and 2 end the job; a node that goes away does not count."""
    job = _of("CronJob")[0]["spec"]["jobTemplate"]["spec"]
    pod = job["template"]["spec"]
    going, failed = job["podFailurePolicy"]["rules"]
    assert (going["action"], going["onPodConditions"][0]["type"]) == ("Ignore", "DisruptionTarget")
    assert (failed["action"], failed["onExitCodes"]["values"]) == ("FailJob", [1, 2])
    assert failed["onExitCodes"]["containerName"] == pod["containers"][0]["name"]
    assert pod["restartPolicy"] == "Never", "a policy for failures demands it"


def _run_lines() -> Iterator[list[str]]:
    for line in DOCKERFILE:
        if line.startswith("RUN"):
            for command in line[3:].split("&&"):
                yield shlex.split(command)


def test_the_image_has_the_packages_that_doctor_names() -> None:
    """The Debian packages of the image are those of `afterword doctor` and `script/bootstrap`."""
    [install] = [words for words in _run_lines() if words[:2] == ["apt-get", "install"]]
    assert tuple(word for word in install[2:] if not word.startswith("-")) == RECIPES["debian"].packages


def test_the_image_has_what_a_wheel_is_made_of() -> None:
    """Everything that the build of the package takes is copied, and the extras that are named exist."""
    copied = {word for line in DOCKERFILE if line.startswith("COPY") for word in line.split()[1:-1]}
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, wheel = declared["project"], declared["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {"pyproject.toml", project["readme"], *wheel["force-include"]}
    needed |= {name.split("/")[0] for name in (*wheel["packages"], *project["license-files"])}
    assert copied == needed | {"constraints.txt"}
    assert all((ROOT / name).exists() for name in copied)
    extras = {extra for found in re.findall(r"\[([a-z,0-9]+)\]'", PAGE) for extra in found.split(",")}
    assert extras <= project["optional-dependencies"].keys()
