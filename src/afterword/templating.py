"""Text made from the project's own templates. The one place that imports Jinja2.

Content only ever enters a template as a value; no template source is made from content.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import (
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment
from markupsafe import Markup

from afterword import resources
from afterword.diagnostics import Finding, Place, shorten
from afterword.errors import ThemeError

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


_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What goes wrong when a theme's own template runs, besides what Jinja calls an error."""

MOST_STEPS = 200_000
"""Turns of loops, calls and includes that one page of a theme may take; it has a loop for each author at most."""

OWN = "theme/"
"""What the names of a theme's own templates start with."""


def render_own(folders: tuple[Path, ...], name: str, *, refusals: type[Exception], **values: object) -> str:
    """Return the text of a theme's own template with these values put in.

    It may extend and include our templates by their names, and its own in these folders by `theme/` and their names;
    it can call nothing that changes a value, and reads no other file. Raises ThemeError with the file and line of a
    fault; of an error of the type `refusals`, which a function among the values raises, as AW622.
    """
    try:
        return _sandbox(folders).get_template(f"{OWN}{name}").render(**values)
    except (TemplateError, refusals, *_FAULTS) as error:
        code = "AW622" if isinstance(error, refusals) else "AW623"
        message = f"a template of the theme cannot be used: {_reason(error)}"
        raise ThemeError(message, [Finding(code, message, place=_place(error, folders))]) from error


def _sandbox(folders: tuple[Path, ...]) -> Environment:
    def load(name: str) -> tuple[str, str, None] | None:
        tops = folders if name.startswith(OWN) else (resources.templates(),)
        for top in tops:
            file = (top / name.removeprefix(OWN)).resolve()
            if file.is_relative_to(top.resolve()) and file.is_file():
                return file.read_text("utf-8"), str(file), None
        return None

    return _Bounded(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class _Bounded(ImmutableSandboxedEnvironment):
    """A sandbox for one page, which ends: it counts turns of loops, calls and includes, and makes nothing huge."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 (those of Jinja)
        super().__init__(**settings)
        self._steps = 0
        self.filters["counted"] = self._counted
        for name in ("batch", "center", "indent", "slice"):  # these fill up to any number
            del self.filters[name]

    def call(self, context: Context, called: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 (what a template calls)
        """Call something, as one step more."""
        self._step()
        if any(isinstance(each, int) and abs(each) > MOST_STEPS for each in (*args, *named.values())):
            message = f"numbers beyond {MOST_STEPS:,} are refused in calls"
            raise SecurityError(message)
        return super().call(context, called, *args, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 (what a template counts)
        """Return the result of an operator, unless it could be huge."""
        numbers = (isinstance(left, int | float), isinstance(right, int | float))
        is_small = all(numbers) and abs(left) <= MOST_STEPS and abs(right) <= (8 if operator == "**" else MOST_STEPS)
        if is_small or (operator == "%" and not re.search(r"[\d*]{5}", str(left))):
            return super().call_binop(context, operator, left, right)
        message = f"the operator `{operator}` is refused for texts, lists and large numbers"
        raise SecurityError(message)

    def _load_template(self, *args: Any, **named: Any) -> Template:  # noqa: ANN401 (those of Jinja)
        self._step()
        return super()._load_template(*args, **named)

    def _generate(self, source: nodes.Template, *args: Any, **named: Any) -> str:  # noqa: ANN401 (those of Jinja)
        for loop in source.find_all(nodes.For):
            if loop.recursive:
                message = "recursive loops are refused"
                raise TemplateSyntaxError(message, loop.lineno, *args[:2])
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno, environment=self)
        return super()._generate(source, *args, **named)

    def _counted(self, items: Iterable[object]) -> Iterator[object]:
        for item in items:
            self._step()
            yield item

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            message = f"a page takes more than {MOST_STEPS:,} turns of loops, calls and includes"
            raise SecurityError(message)


def _reason(error: Exception) -> str:
    """Return what went wrong when a template ran, in a few words."""
    match error:
        case RecursionError():
            return "it includes or calls itself without an end, or is nested too deep"
        case MemoryError():
            return "it needs more memory than there is"
        case _:
            return shorten(error, 200)


def _place(error: Exception, folders: tuple[Path, ...]) -> Place:
    """Return the line of a template on which an error arose: the innermost one in a template of the theme."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Place(named(Path(error.filename)), error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    tops = [str(folder.resolve()) for folder in folders]
    found = [frame for frame in frames if frame.filename.startswith(tuple(tops))]
    return Place(named(Path(found[-1].filename)), found[-1].lineno or 0) if found else Place(named(Path(tops[0])))


def named(file: Path) -> str:
    """Return the name of a file as findings show it: from the current folder where it is in that."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


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
