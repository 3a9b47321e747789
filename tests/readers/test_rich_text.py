"""HTML and documents of Atlassian's editor as Markdown that means the same."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.readers.rich import adf
from afterword.readers.rich.html import markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\n\n* list", "plain\n\n* list"),
        ("a < b & c", "a < b & c"),
        ("a &amp; b", "a & b"),
        ('<p>See <a href="https://example.org">this</a>.</p><p>Then</p>', "See [this](https://example.org).\n\nThen"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ol start='3'><li>a<ul><li>b</ul><li>c</ol>", "3. a\n   - b\n4. c"),
        ("<p>one<script>alert(1)</script></p>", "one"),
        ("<p>2 * 3 * 4 <strong>is </strong>24_</p>", "2 * 3 * 4 **is** 24\\_"),
        ("<p># no heading</p>", "\\# no heading"),
        ("<pre>a\n  b *c*</pre>", "```\na\n  b *c*\n```"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<table><tr><th>a<th>b<tr><td>1|2<td>3</table>", "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<p>a<br>b<br/></p>", "a\\\nb"),
        ('<p><img src="https://example.org/a.png" alt="A graph"></p>', "A graph"),
        ("**Marks** stay.\r\n<br />And <b>these</b> come.", "**Marks** stay.\\\nAnd **these** come."),
        ("Still looking.<br />More soon &amp; often.", "Still looking.\\\nMore soon & often."),
    ],
)
def test_turns_html_into_markdown(text: str, expected: str) -> None:
    """Text without HTML stays as it is; HTML becomes Markdown, and signs in it stay signs."""
    assert markdown(text) == expected


@given(st.lists(st.sampled_from(["<p>", "<li>", "<ul>", "</ul>", "<table>", "<td>", "<b>", "</p>", "w", "<br>"])))
def test_keeps_every_word_of_html_however_it_is_nested(parts: list[str]) -> None:
    """No word is lost or told twice, however elements are closed."""
    text = "".join(f"w{place}w " if part == "w" else part for place, part in enumerate(parts))
    words = re.findall(r"w\d+w", text)
    assert re.findall(r"w\d+w", markdown(text)) == words


def test_reads_deep_html_in_bounded_depth() -> None:
    """Thousands of elements inside each other end in text and in no error."""
    assert markdown("<div>" * 20_000 + "deep" + "<ul><li>" * 20_000).strip() == "deep"


def _node(kind: str, *content: Any, **attrs: str) -> dict[str, Any]:  # noqa: ANN401 (JSON values)
    return {"type": kind, "attrs": attrs, "content": list(content)}


def _text(text: str, *marks: str, href: str = "") -> dict[str, Any]:
    found: list[dict[str, Any]] = [{"type": mark} for mark in marks]
    return {
        "type": "text",
        "text": text,
        "marks": found + ([{"type": "link", "attrs": {"href": href}}] if href else []),
    }


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (
            _node("paragraph", _text("a "), _text("b", "strong"), _node("hardBreak"), _text("c", "code")),
            "a **b**\\\n`c`",
        ),
        (_node("paragraph", _text("here", href="https://example.org/x")), "[here](https://example.org/x)"),
        (_node("heading", _text("Why?"), level="2"), "## Why?"),
        (
            _node("bulletList", _node("listItem", _node("paragraph", _text("a")), _node("bulletList"))),
            "- a",
        ),
        (_node("orderedList", _node("listItem", _node("paragraph", _text("a"))), order="4"), "4. a"),
        (_node("taskList", _node("taskItem", _text("do"), state="TODO")), "- [ ] do"),
        (_node("taskList", _node("taskItem", _text("did"), state="DONE")), "- [x] did"),
        (_node("codeBlock", _text("x = 1\ny"), language="python"), "```\nx = 1\ny\n```"),
        (_node("panel", _node("paragraph", _text("note")), panelType="info"), "> note"),
        (_node("expand", _node("paragraph", _text("more")), title="Logs"), "**Logs**\n\nmore"),
        (
            _node("table", _node("tableRow", _node("tableHeader", _node("paragraph", _text("h"))))),
            "| h |\n| --- |",
        ),
        (
            _node("paragraph", _node("mention", text="@Hana"), _text(" "), _node("emoji", shortName=":fire:")),
            "@Hana :fire:",
        ),
        (
            _node("paragraph", _node("date", timestamp="1717200000000"), _node("status", text=" DONE")),
            "2024-06-01 DONE",
        ),
        (_node("paragraph", _node("inlineCard", url="https://example.org/T-1")), "https://example.org/T-1"),
        (_node("mediaSingle", _node("media", alt="A graph", id="m1")), "[A graph]"),
        (_node("unheardOf", _node("paragraph", _text("words"))), "words"),
        (_node("rule"), "---"),
        (_node("list", _node("listItem", _node("paragraph", _text("a"))), type="bullet", start="1"), "- a"),
        (_node("list", _node("listItem", _node("paragraph", _text("a"))), type="ordered", start="2"), "2. a"),
        (
            _node("list_item", _node("paragraph", _text("a"), _node("lineBreak"), _text("b", "bold", "italic"))),
            "a\\\n***b***",
        ),
        (
            _node("paragraph", _node("user", name="Rory", user_id="01"), _node("emoji", name="fire", unicode="🔥")),
            "Rory🔥",
        ),
        (_node("paragraph", _node("timestamp", value_str="2026-08-11T00:00:00Z")), "2026-08-11T00:00:00Z"),
        (_node("image", src="https://example.org/a.png", alt=""), "[https://example.org/a.png]"),
        (_node("horizontalRule"), "---"),
    ],
)
def test_turns_documents_of_the_editor_into_markdown(node: dict[str, Any], expected: str) -> None:
    """Each type of node is written as what it means; of one that nobody knows the words are."""
    document = _node("doc", node)
    assert adf.markdown(document) == expected
    assert adf.markdown(adf.parsed(json.dumps(document))) == expected


def test_finds_a_document_in_its_envelope() -> None:
    """Some tools wrap a document together with the same in Markdown; the document says more."""
    document = _node("doc", _node("paragraph", _text("a")))
    assert adf.in_envelope({"markdown": "a", "text_node": document}) == document
    assert adf.in_envelope({"value_markdown": "a"}) == "a"
    assert adf.in_envelope({"other": "a"}) is None


def test_keeps_a_document_in_a_text_that_is_too_deep_as_text() -> None:
    """A text that holds a document deeper than any is stays text, and costs no more."""
    node: Any = _text("deep")
    for _ in range(100):
        node = _node("blockquote", node)
    assert adf.parsed(json.dumps(_node("doc", node))) is None


@pytest.mark.parametrize("text", ["", "words", "{", '{"type": "doc"}', '{"a": 1}', "{" * 100_000])
def test_takes_no_other_text_for_a_document(text: str) -> None:
    """Text that is no such document in JSON stays text."""
    assert adf.parsed(text) is None
