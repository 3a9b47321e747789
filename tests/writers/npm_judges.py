"""Judges that come from npm: installed once into the user's cache, at pinned versions, and run with node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
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
        pytest.skip("Chromium is not installed")
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
    return _by_name(judge(installed("ooxml-sdk", OPEN_XML_SDK), _CHECK_WORD, *map(str, files)))


_VALIDATE = """
import { HtmlValidate } from "html-validate";
const judge = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    "no-inline-style": "off", // the widths of columns are data
    "long-title": "off", // the author's title, however long
  },
});
const found = {};
for (const file of process.argv.slice(2)) {
  const report = await judge.validateFile(file);
  found[file] = report.results.flatMap((result) => result.messages.map((each) => `${each.line}: ${each.message}`));
}
console.log(JSON.stringify(found));
"""

_AXE = """
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
const [executablePath, profile, ...files] = process.argv.slice(2);
const axe = await readFile(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launchPersistentContext(profile, {
  executablePath, headless: true, bypassCSP: true, args: ["--no-sandbox", ...quiet],
});
const found = {};
for (const file of files) {
  const page = await browser.newPage();
  const url = pathToFileURL(file).href;
  const problems = (found[file] = []);
  page.on("request", (each) => {
    if (each.url() !== url && !each.url().startsWith("data:")) problems.push(`asked for ${each.url()}`);
  });
  page.on("console", (each) => problems.push(each.text()));
  await page.goto(url);
  const hidden = await page.$$eval("img", (all) => all.filter((each) => !each.naturalWidth).length);
  if (hidden) problems.push(`${hidden} pictures not shown`);
  for (const [colorScheme, width] of [["light", 1200], ["dark", 1200], ["light", 360]]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run());
    for (const each of violations) {
      problems.push(`${colorScheme} ${width}: ${each.id}: ${each.nodes[0].html.slice(0, 200)}`);
    }
  }
  await page.close();
}
await browser.close();
console.log(JSON.stringify(found));
"""


def html_validate(files: list[Path]) -> dict[str, list[str]]:
    """Return what html-validate finds in pages, by name of the file."""
    return _by_name(judge(installed("html-validate", HTML_VALIDATE), _VALIDATE, *map(str, files)))


def axe(files: list[Path]) -> dict[str, list[str]]:
    """Return what axe-core finds in pages as Chromium shows them, and what they ask for, by name of the file."""
    browser, folder = chromium(), installed("axe", AXE)
    with TemporaryDirectory() as profile:
        return _by_name(judge(folder, _AXE, browser, profile, *map(str, files)))


def _by_name(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {Path(file).name: faults for file, faults in found.items()}
