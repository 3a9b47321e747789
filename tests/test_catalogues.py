"""The catalogues of fixed words are whole, fit the code and can be drawn, and nothing a reader sees is outside them."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from gettext import NullTranslations
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree as ET

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from afterword.archive.index.page import draw_index
from afterword.assets import Shelf
from afterword.compose import compose, labels
from afterword.incident.model import Incident
from afterword.intake import read
from afterword.loading import load_source
from afterword.report.nodes import Report
from afterword.report.transforms import anchored, numbered
from afterword.theme.fonts import missing
from afterword.theme.load import load_theme
from afterword.words import CATALOGUES, Words, languages, words_for
from afterword.writers.base import WriterOptions
from afterword.writers.registry import format_named
from index_rows import action, row

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted(path.name for path in (ROOT / "samples").iterdir() if path.suffix in {".yaml", ".json", ".toml"})
TRANSLATED = languages()[1:]
FORMS = {"am": 2, "ar": 6, "de": 2, "es": 2, "fr": 2, "ja": 1, "pt": 2}
WITHOUT_BUNDLED_FONT = ("ja",)
"""Their fonts are too large to bundle; `docs/usage.md` and the finding AW501 say what to do."""

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def messages(name: str) -> tuple[Message, ...]:
    """Return the messages of a catalogue, or of the template, without its header."""
    return tuple(message for message in catalogue(name) if message.id)


@cache
def catalogue(name: str) -> Catalog:
    """Return a catalogue, or the template."""
    with (CATALOGUES / name).open("rb") as file:
        return read_po(file, abort_invalid=True)


def ids(name: str) -> set[str]:
    """Return the English words of a catalogue, of those with plural forms the singular."""
    return {english(message)[0] for message in messages(name)}


def english(message: Message) -> tuple[str, ...]:
    """Return the English words of a message: singular and plural where it has both."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or as many as there are plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def fields(text: str) -> set[str]:
    """Return the names of the values in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


class Listener(NullTranslations):
    """Translations that change nothing and keep every message they are asked for."""

    def __init__(self) -> None:
        """Start with nothing heard."""
        super().__init__()
        self.heard: set[str] = set()

    def gettext(self, message: str) -> str:
        """Keep the message and return it."""
        self.heard.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Keep the singular and return the English form."""
        self.heard.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)


class Mask(NullTranslations):
    """Translations without a Latin letter outside the names of values, in which a word left in English shows."""

    def gettext(self, message: str) -> str:
        """Return the message masked."""
        return re.sub(r"(\{\w+\})|[A-Za-z]", lambda found: found[1] or "ж", message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the English form masked."""
        return self.gettext(super().ngettext(msgid1, msgid2, n))


def report_of(incident: Incident, words: Words, folder: Path | None) -> Report:
    """Return the report of an incident as writers get it."""
    return numbered(anchored(compose(incident, words, Shelf(folder), {}).report))


def test_the_catalogues_are_those_that_are_promised() -> None:
    """English and seven more languages have fixed words."""
    assert languages() == ("en", "am", "ar", "de", "es", "fr", "ja", "pt")


def test_the_catalogues_are_up_to_date_with_the_code() -> None:
    """Each catalogue has just the messages of the code, all translated, none of them uncertain."""
    done = subprocess.run(
        [sys.executable, ROOT / "script/catalogues", "--check"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_complete(language: str) -> None:
    """No message of the template is missing, none is obsolete, empty or uncertain."""
    name = f"{language}.po"

    assert ids(name) == ids("afterword.pot")
    assert not catalogue(name).obsolete
    assert [message.id for message in messages(name) if message.fuzzy or not all(forms(message))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_values(language: str) -> None:
    """A translation puts in the values of its message and no other; a form for one number may leave the number out."""
    for message in messages(f"{language}.po"):
        wanted = fields(english(message)[-1])
        for form in forms(message):
            spared = {"count"} if message.pluralizable and form != forms(message)[-1] else set()
            assert wanted - spared <= fields(form) <= wanted, (language, message.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    """A catalogue has as many plural forms as its language, and the rule picks a form for every number."""
    assert catalogue(f"{language}.po").num_plurals == FORMS[language]
    plurals = [message for message in messages(f"{language}.po") if message.pluralizable]
    assert {len(forms(message)) for message in plurals} == {FORMS[language]}

    words = words_for(language)
    picked = {words.translations.ngettext("{count} day", "{count} days", number) for number in range(200)}
    assert picked == {form for message in plurals if english(message)[0] == "{count} day" for form in forms(message)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_labels_of_markings_stay_as_they_are(language: str) -> None:
    """No catalogue touches a TLP label, which FIRST forbids to translate (TLP 2.0, section 2)."""
    assert not any("TLP" in str(message.id) + "".join(forms(message)) for message in messages(f"{language}.po"))


@pytest.mark.parametrize("language", sorted(set(TRANSLATED) - set(WITHOUT_BUNDLED_FONT)))
def test_the_bundled_fonts_draw_every_catalogue(language: str) -> None:
    """A report in these languages needs no font of the system for its fixed words, dates and numbers."""
    words = words_for(language)
    months = (words.date(day) + words.short_date(day) + words.medium_date(day) for day in months_of_a_year())
    texts = [form for message in messages(f"{language}.po") for form in forms(message)]

    assert missing(load_theme(""), [*texts, *months, words.number(1234567.8)]) == ()


def months_of_a_year() -> Iterator[dt.date]:
    """Yield a day of every month."""
    return (dt.date(2023, month, 28) for month in range(1, 13))


@pytest.mark.parametrize("sample", SAMPLES)
def test_whatever_a_sample_says_is_in_the_template(sample: str) -> None:
    """No message reaches a reader that `script/catalogues` did not find."""
    loaded = load_source(read(str(ROOT / "samples" / sample)))
    listener = Listener()
    report_of(loaded.require(), Words("en", Locale("en"), listener), loaded.source.folder)

    assert listener.heard
    assert listener.heard <= ids("afterword.pot")


def test_all_labels_are_in_the_template() -> None:
    """The names of states, kinds and groups that no sample uses are translated, too."""
    tables = [value for name, value in vars(labels).items() if name.isupper()]

    assert {label for table in tables for label in table.values() if label} <= ids("afterword.pot")


@pytest.fixture
def masked(tmp_path: Path) -> Report:
    """Return a report that shows every fixed word there is, all of them and its own text without Latin letters."""
    (tmp_path / "я.ю").write_text("я", "utf-8")
    incident = load_source(read(str(ROOT / "tests/all-fields.yaml"))).require()
    return report_of(incident, Words("ru", Locale("ru"), Mask()), tmp_path)


def latin(texts: list[str]) -> set[str]:
    """Return what is written in Latin letters, without what is the same in every language."""
    text = re.sub(
        r"\b[0-9a-f]{64}\b|SHA-256|TLP:AMBER|Europe/Vilnius|UTC\+\d\d:\d\d|\S+@\S+|Afterword", "", " ".join(texts)
    )
    return set(re.findall(r"[A-Za-z]+", text))


class Page(HTMLParser):
    """What a reader of a page meets: its text, and the attributes that are read out or shown."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.texts: list[str] = []
        self.is_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the attributes say."""
        self.is_style = tag == "style"
        shown = {"alt", "title", "aria-label", "aria-description"}
        self.texts += [value for name, value in attrs if name in shown and value]
        if tag == "meta" and dict(attrs).get("name") == "description":
            self.texts.append(dict(attrs).get("content") or "")

    def handle_data(self, data: str) -> None:
        """Keep text that is shown."""
        if not self.is_style:
            self.texts.append(data)


def test_the_page_has_no_fixed_words_of_its_own(masked: Report) -> None:
    """Nothing that templates or the HTML writer add stays in English."""
    written = format_named("html").writer()(replace(masked, contents=True), WriterOptions(load_theme(""), "A4"))
    page = Page(written.data.decode())

    assert "жжжж" in "".join(page.texts)
    assert latin(page.texts) == set()


def test_the_index_of_an_archive_has_no_fixed_words_of_its_own() -> None:
    """Nothing in the page stays in English, nor in the data that its script takes words from."""
    ours = row(
        2, id="я", title="я", severity="", status="open", stage="draft", services=("я",), edition="public", actions=()
    )
    listed = [
        ours,
        row(1, id="ю", title="ю", severity="1", services=(), actions=(action(1, owner=""), action(4, owner="я"))),
    ]
    page = draw_index(listed, Words("ru", Locale("ru"), Mask()), load_theme(""), "")
    texts, data = Page(page.split("<script")[0]).texts, json.loads(page.split('id="data">')[1].split("</script>")[0])
    said = [data[name] for name in ("shown", "nothing", "page", "comma")] + list(data["heads"].values())

    assert "жжжж" in "".join(texts)
    files = {"PDF", "DOCX", "JSON", "index", "csv", "incidents", "jsonl", "actions"}
    assert latin(texts) - files == set()
    assert latin([re.sub(r"\{\w+\}", "", each) for each in said]) == set()


def test_the_word_draft_has_no_fixed_words_of_its_own(masked: Report) -> None:
    """Nothing that the Word writer adds stays in English: in text, alternatives, comments or properties."""
    written = format_named("docx").writer()(replace(masked, contents=True), WriterOptions(load_theme(""), "A4"))
    with zipfile.ZipFile(BytesIO(written.data)) as package:
        parts = [
            name
            for name in package.namelist()
            if re.fullmatch(r"word/(document|comments|header\d|footer\d)\.xml", name)
        ]
        texts = [text for name in parts for text in word_texts(package.read(name))]

    assert "жжжж" in "".join(texts)
    assert latin(texts) == set()


def word_texts(part: bytes) -> Iterator[str]:
    """Yield the texts of a part of a Word document that a reader sees or hears."""
    for element in ET.fromstring(part).iter():  # noqa: S314 (our own document)
        if element.tag == f"{WORD}t":
            yield element.text or ""
        yield from (element.get(name) or "" for name in ("descr", "title"))
        # Not the alias of a content control: it is the name of a field of the data format.
        if element.tag in {f"{WORD}tblCaption", f"{WORD}tblDescription"}:
            yield element.get(f"{WORD}val") or ""
