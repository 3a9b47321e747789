"""Judges that come from npm: installed once into the user's cache, at pinned versions, and run with node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import cast

import platformdirs
import pytest

OPEN_XML_SDK = ("@ooxml-tools/validate@0.4.6",)
HTML_VALIDATE = ("html-validate@10.17.0",)
AXE = ("axe-core@4.14.1", "playwright-core@1.65.1")

_ASKED = "AFTERWORD_NPM_JUDGES"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed(name: str, packages: tuple[str, ...]) -> Path:
    """Return the folder in which these packages are installed; skip the test where they were not asked or cannot be."""
    if os.environ.get(_ASKED) == "0":
        pytest.skip(f"{packages[0]} was not asked (script/test --full asks it)")
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        pytest.skip(f"{packages[0]} needs node and npm, which are not installed")
    folder = platformdirs.user_cache_path("afterword-tests") / name
    done = folder / "installed.json"
    if not done.is_file() or json.loads(done.read_text("utf-8")) != list(packages):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true, "type": "module"}\n', encoding="utf-8")
        options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        if subprocess.run([npm, "install", *options, *packages], cwd=folder, check=False).returncode:
            pytest.skip(f"npm could not install {packages[0]}")
        done.write_text(json.dumps(packages), encoding="utf-8")
    return folder


def chromium() -> str:
    """Return the path of Chromium; skip the test where it is not installed."""
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        pytest.skip("axe-core needs Chromium, which is not installed")
    return found


def judge(folder: Path, script: str, *arguments: str) -> dict[str, list[str]]:
    """Return what a script of node found in each file, run in a folder with its packages."""
    file = folder / "judge.mjs"
    file.write_text(script, encoding="utf-8")
    done = subprocess.run(["node", str(file), *arguments], capture_output=True, text=True, check=True)
    return cast("dict[str, list[str]]", json.loads(done.stdout))


_CHECK_WORD = """
import { readFile } from "node:fs/promises";
import validate from "@ooxml-tools/validate";
const found = {};
for (const file of process.argv.slice(2)) {
  const result = await validate(await readFile(file), "docx", "Microsoft365");
  found[file] = (result.errors ?? result).map((each) => JSON.stringify(each));
}
console.log(JSON.stringify(found));
"""


def open_xml_sdk(files: list[Path]) -> dict[str, list[str]]:
    """Return the errors that Microsoft's Open XML SDK finds in Word files, by name of the file."""
    found = judge(installed("ooxml-sdk", OPEN_XML_SDK), _CHECK_WORD, *map(str, files))
    return {Path(file).name: errors for file, errors in found.items()}
