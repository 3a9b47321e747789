"""The built wheel and the source archive: what is in them, and that the wheel works without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.xdist_group("wheel")  # built once, by one worker


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout, built without the network by the hatchling of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    ran = subprocess.run([*build, "--wheel-dir", str(folder), str(ROOT)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return next(folder.glob("afterword-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of a new environment that has the wheel, and the libraries of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    target = Path(_asked(commands / "python", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    # Without -E, pip would install into this environment; the path file adds its libraries after the wheel.
    install = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    (target / "zz-libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return commands


def _asked(python: Path, code: str) -> str:
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _ran(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run([command, *arguments], cwd=cwd, env=environ, capture_output=True, text=True, check=False)


def test_the_wheel_holds_all_that_rendering_needs(wheel: Path) -> None:
    """Every template and style of the checkout, the type marker and both licences are in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    needed = {
        f"afterword/{path.relative_to(ROOT).as_posix()}"
        for folder in ("templates", "styles")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    licences = {name.partition("/licenses/")[2] for name in held if "/licenses/" in name}
    assert needed - held == set()
    assert "afterword/py.typed" in held
    assert licences == {"LICENSE", "styles/fonts/OFL.txt"}


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """Tests, samples and leftovers of a run stay out of what users install."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        caches = [name for name in archive.namelist() if "__pycache__" in name]
    assert {top for top in tops if not top.endswith(".dist-info")} == {"afterword"}
    assert caches == []


def test_the_wheel_names_the_licences_of_all_that_is_in_it(wheel: Path) -> None:
    """The licence of the program and that of the fonts are in its metadata (PEP 639), so that nobody has to look."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(metadata).decode().splitlines()
    assert "License-Expression: Apache-2.0 AND OFL-1.1" in lines


def test_the_source_archive_holds_the_checkout(tmp_path: Path) -> None:
    """Whoever unpacks it has all that `script/test` needs, such as the pins of the libraries."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    ran = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout, so that nothing says which files belong to it")
    assert {name for name in listed.stdout.split("\0") if name} - held == set()


def test_the_installed_wheel_runs_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    """The code, templates and styles that run are those of the wheel and not of the checkout."""
    code = "import afterword, afterword.resources as r; print(afterword.__file__, r.templates(), r.styles())"
    ran = _ran(installed / "python", "-c", code, cwd=tmp_path)
    assert ran.stderr == ""
    assert str(ROOT) not in ran.stdout
    assert ran.stdout.count(str(installed.parent)) == 3


def test_the_installed_command_tells_its_version(installed: Path, tmp_path: Path) -> None:
    """`afterword --version` works, with the version of the wheel."""
    ran = _ran(installed / "afterword", "--version", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "afterword 0.1.0\n")


def test_the_installed_command_renders_from_any_folder(installed: Path, tmp_path: Path) -> None:
    """A sample becomes documents in all formats, in a folder that has nothing to do with the checkout."""
    sample = tmp_path / "incident.yaml"
    sample.write_bytes((ROOT / "samples" / "smallest.yaml").read_bytes())
    ran = _ran(installed / "afterword", "render", "incident.yaml", "--to", "pdf,docx,html,md,json", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    suffixes = {path.suffix for path in tmp_path.iterdir()}
    assert suffixes == {".yaml", ".pdf", ".docx", ".html", ".md", ".json"}


def test_the_installed_doctor_finds_nothing_missing(installed: Path, tmp_path: Path) -> None:
    """`afterword doctor` sees templates, styles and fonts where the wheel has put them."""
    ran = _ran(installed / "afterword", "doctor", cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout
