"""What outside judges say of the HTML page: html-validate of its markup, axe-core of what Chromium shows."""

from __future__ import annotations

from pathlib import Path

import docx_reports as made
import pytest
from npm_judges import AXE, HTML_VALIDATE, chromium, installed, judge

import afterword
from afterword.writers.html import write

SAMPLES = sorted(
    each for each in (Path(__file__).parents[2] / "samples").iterdir() if each.suffix in {".yaml", ".toml", ".json"}
)

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

BROKEN = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>x</title><style>p { color: #ccc; background: #fff; }</style></head>
<body><main><h1>x</h1><p>pale</p><img src="https://example.invalid/x.png"><li>alone</li></main></body></html>
"""


def pages(folder: Path) -> list[str]:
    """Write the pages of all samples, and of reports with every node in four scripts, and return their paths."""
    made_pages = {path.stem: afterword.render(path, ["html"]).files["html"] for path in SAMPLES}
    for language in ("en", "ar", "he", "am"):
        made_pages[f"all-{language}"] = write(made.everything(language), made.options()).data
    for name, data in made_pages.items():
        (folder / f"{name}.html").write_bytes(data)
    return [str(folder / f"{name}.html") for name in made_pages]


def broken(folder: Path) -> str:
    """Write a page with a fault of each kind, and return its path."""
    file = folder / "broken.html"
    file.write_text(BROKEN, encoding="utf-8")
    return str(file)


def test_html_validate_finds_no_fault(tmp_path: Path) -> None:
    """html-validate finds no error in the page of any sample, nor in one with every node."""
    folder = installed("html-validate", HTML_VALIDATE)
    files = pages(tmp_path)
    assert judge(folder, _VALIDATE, *files) == {file: [] for file in files}


def test_html_validate_bites(tmp_path: Path) -> None:
    """A picture without a text alternative and an item outside a list are found, so that silence means something."""
    (found,) = judge(installed("html-validate", HTML_VALIDATE), _VALIDATE, broken(tmp_path)).values()
    assert any("alt" in each for each in found), found
    assert any("<li>" in each for each in found)


def test_axe_finds_no_fault_in_chromium(tmp_path: Path) -> None:
    """axe-core finds no violation in Chromium, on light and dark screens and in a narrow window; nothing is fetched."""
    browser, folder = chromium(), installed("axe", AXE)
    files = pages(tmp_path)
    assert judge(folder, _AXE, browser, str(tmp_path / "profile"), *files) == {file: [] for file in files}


@pytest.mark.parametrize(
    "fault", ["color-contrast", "image-alt", "listitem", "asked for https://example.invalid/x.png"]
)
def test_axe_bites(fault: str, tmp_path: Path) -> None:
    """Pale text, a missing text alternative, a stray item and a request to somewhere are found."""
    browser, folder = chromium(), installed("axe", AXE)
    (found,) = judge(folder, _AXE, browser, str(tmp_path / "profile"), broken(tmp_path)).values()
    assert any(fault in each for each in found), found
