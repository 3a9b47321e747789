"""The Markdown writer: what prose can hold reads back as it was, and the rest is told."""

from __future__ import annotations

from hypothesis import given, settings

from afterword.prose import parse
from afterword.report.nodes import Block
from afterword.writers.markdown.blocks import Page, draw_blocks
from strategies import prose_blocks


def again(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks after they were written as Markdown and read back."""
    text = draw_blocks(blocks, Page())
    return parse(text, picture=lambda target: target.removeprefix("assets/")).blocks


@settings(max_examples=2000, deadline=None)
@given(prose_blocks)
def test_prose_reads_back(blocks: tuple[Block, ...]) -> None:
    """Blocks of prose, written as Markdown and read back, are the same blocks."""
    assert again(blocks) == blocks
