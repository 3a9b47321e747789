"""Text made from the project's own templates. The one place that imports Jinja2.

Content only ever enters a template as a value; no template source is made from content.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from afterword import resources

_MARKUP = (".html.j2", ".svg.j2", ".xml.j2")
"""Templates whose values are escaped as markup."""


def render(template_name: str, **values: object) -> str:
    """Return the text of a template with these values put in; an unknown name in the template raises."""
    return _environment().get_template(template_name).render(**values)


@cache
def macro(template_name: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template as a function from values to markup.

    Text given to it is escaped; markup, which another macro has made, is not.
    """
    return cast("Callable[..., Markup]", getattr(_module(template_name), name))


def join(parts: list[Markup]) -> Markup:
    """Return pieces of markup as one."""
    return Markup().join(parts)


def trusted(text: str) -> Markup:
    """Return text of our own making, such as a drawing from a template, as markup that is not escaped again."""
    return Markup(text)  # noqa: S704 (only for what a template of ours has made)


def css_string(text: str) -> Markup:
    """Return text as a quoted CSS string in which every character but ASCII letters and digits is escaped.

    CSS Syntax Module Level 3, 4.3.7: a backslash, up to six hexadecimal digits, and a space that ends them.
    """
    return trusted('"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text) + '"')


@cache
def _environment() -> Environment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(resources.templates(), encoding="utf-8"),
        autoescape=lambda name: bool(name and name.endswith(_MARKUP)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["css_string"] = css_string
    return environment


@cache
def _module(template_name: str) -> Any:  # noqa: ANN401 (Jinja makes the module's names as it runs)
    return _environment().get_template(template_name).module
