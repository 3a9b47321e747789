"""Placeholders: marks that a form leaves where its author still has to write.

The styles are those that public templates of post-mortems use. What looks like one and is something else is passed
over: links, footnotes, check boxes, times, log levels, editorial remarks, HTML, code, generic types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.instructions import is_instruction

LONGEST = 400
"""Characters between the brackets of a placeholder; what is longer is not one."""


@dataclass(frozen=True, slots=True)
class Found:
    """One placeholder in a text."""

    start: int
    """Offset of its first character."""

    end: int
    """Offset after its last character."""

    text: str
    """As written, brackets included; of an instruction in emphasis and a pattern in code without their marks."""


# --- what is passed over whole: code, links, HTML, escapes -------------------------------------------------------

_CODE = r"(?m:^[ \t>*+-]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*?[ \t>]*(?P=fence)[^\n]*$)"
_OPEN_FENCE = r"(?m:^[ \t>*+-]*(?:`{3,}[^`\n]*|~{3,}[^\n]*)$)[\s\S]*"
_CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)[\s\S]{1,1000}?(?<!`)(?P=ticks)(?!`)"
_LABEL = r"\[(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,300}\]){0,1000}\]"
_LINK = rf"!?{_LABEL}(?:\([^()\n]{{0,2000}}(?:\([^()\n]{{0,500}}\)[^()\n]{{0,500}})?\)|\[[^\[\]\n]{{0,300}}\])"
_DEFINITION = r"(?m:^ {0,3}\[[^\[\]\n]{1,300}\]:[ \t]*\S*[/.#:]\S*)"
_COMMENT = r"<!--[\s\S]*?(?:-->|\Z)"
_ADDRESS = r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,100}@[^\s<>@]{1,200})>|https?://[^\s<>|`]+"
_PROMPT = r"(?m:^[ \t>]*\$ [^\n]*$)"
_FLOW = r"(?m:^[a-z_-]+: \[[\w/.-]+(?:, ?[\w/.-]+)+\]$)"
_PASSED = "|".join(  # noqa: FLY002 (a list of patterns is easier to read)
    (
        r"\\[!-/:-@\[-`{-~]",
        _CODE,
        _OPEN_FENCE,
        _CODE_SPAN,
        _COMMENT,
        _PROMPT,
        _FLOW,
        _ADDRESS,
        _LINK,
        _DEFINITION,
    )
)

# --- the styles ----------------------------------------------------------------------------------------------------

_DAY = (
    r"(?:Y{3,4}|AAAA|RRRR|JJJJ|20[xX]{2}|20__)[-/.](?:MM[-/.](?:DD|TT|JJ)|DD[-/.]MM)|yyyy[-/.](?:mm|MM)[-/.]dd"
    r"|\d{4}-(?:\d\d|\?\?)-\?\?"
)
_DAY_FIRST = r"(?:DD|TT|JJ|MM)[-/.](?:MM|DD)[-/.](?:YYYY|AAAA|RRRR|JJJJ)|dd[-/.](?:mm|MM)[-/.]yyyy"
_CLOCK = r"(?:HH|hh):(?:MM|mm)(?::(?:SS|ss))?|XX:XX(?::XX)?|\?\?:\?\?|[Xx]{1,3} ?h [Yy]{1,3} ?m(?:in)?"
_UNIT = r"hours?|minutes?|mins?|days?|seconds?|Stunden|Minuten|heures|horas|minutos|godzin|minut"
_DATED = rf"(?<![\w/.-])(?:(?:{_DAY}|{_DAY_FIRST})(?:[ T](?:{_CLOCK}))?|{_CLOCK}|X{{1,3}} (?:{_UNIT}))(?![\w/-])"
_COUNT = (
    r"(?<![\w.#@-])(?:X{1,3} ?%|X{1,3}(?:m|min|h|s|ms)|~N"
    r"|\$X{1,3}|T[+-](?:XX?|YY?|NN?)(?:m|min|h)"
    r"|~?N (?:requests|records|users|customers|usuarios|clientes))(?!\w)"
)
_ID = r"(?<![\w-])(?:INC|IR|PM|SEV|OPS|BUG|RCA|inc|pm|rca)-(?:(?:YYYY|AAAA)-)?(?:X{2,6}|N{2,6})(?![\w-])"
_VARIABLE = r"\[\[ [\w.-]+ \]\](?!\])|(?<![\w#])#XXX+(?!\w)"
_PERSON = r"(?<![\w/.@])@(?:handle|username|usuario|nombre)(?![\w.-])"
_UNKNOWN = (
    r"(?:(?<=\| )|(?m:^))\?\?(?= )"
    r"|(?<![\w?:/-])\?\?(?:%|(?= ?(?:\||$|of \?\?|\()))|(?<= of )\?\?|(?<![\w?])\?mins?\b"
)
_WORD = r"(?<![\w/.#@:'\"-])(?:TBD|TBA|TBC|TODO|FIXME|XXX+|YYY|ZZZ)(?![\w/'\"(-]|\.\w| due\b)"
_OPEN = r"(?<!\w)(?:(?:POR|A|À) (?:DEFINIR|DÉFINIR|COMPLETAR|COMPLÉTER|PREENCHER)|ZU ERGÄNZEN)(?!\w)"
_DUMMY = (
    r"\b(?:[Ll]orem ipsum|[Ss]it amet, consectetur|Etiam quis|Curabitur vulputate)\b[^.\n]{0,300}\.?"
    r"|\b(?:ISSUE|INCIDENT) (?:NAME|TITLE)\b|\bDATE RANGE\b|(?<=\d [AP]M )DATE(?=:)"
)
_ALONE = r"(?m:(?:^[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]*+)?|(?<=\|)[ \t]*+)(?P<alone>\.\.\.|…|\?\?\?)[ \t]*(?=\||$))"
_BEHIND_KEY = r"(?:(?<=: )|(?<=:\*\* )|(?<=\*\*: )|(?<=:__ ))(?:\.\.\.|…)(?=[ \t]*(?:[|—–;]|\n|\Z)|\ufffc)"
_VALUE = (
    r"(?:(?<=: )(?<!tatus: )(?<!tatus\*\*: )(?:todo|tbd)"
    r"|(?:(?<=: )|(?<=：)|(?<=:\*\* )|(?<=\| ))(?:待补充|待填写|待定|未定|要記入|未記入))"
    r"(?=[ \t]*(?:\||\n|\Z)|\ufffc)"
)
_EMPHASIS = (
    r"(?P<mark>(?<![*\\])(?:\*\*)?\*(?=(?P<star>[^\s*](?:[^*\n`\\]|\*\*|\n(?!\s*\n)){1,1500})\*(?!\*))"
    r"|(?<![\w_\\])(?:__)?_(?=(?P<under>[^\s_](?:[^_\n`\\]|(?<=\w)_(?=\w)|\n(?!\s*\n)){1,1500})_(?!\w)))"
)
"""Repeated greedily: Python 3.11.2, which is Debian's, gets possessive groups with conditions in them wrong."""
_CURLY = r"(?<!\$)\{\{(?=[^{}\n]*[^\W\d_])[^{}\n\[]{1,300}\}\}"
_BRACE = r"(?<![\w$\\^_/{}\])])\{(?=[^\W\d_])(?P<brace>[^{}\n\"`;=<>\[\]]{1,300})\}(?![\w{}”\"’'»])"
_SQUARE = rf"(?<![\w\]!)}}\[])\[(?P<square>[^\[\]`]{{1,{LONGEST}}})\](?![\[(\w]| \(https?:)"
_ANGLE = (
    rf"(?<![\w<=&$/:.@\"'-])<(?P<angle>[^<>`=]{{1,{LONGEST}}}(?:<[^<>`=]{{1,100}}>[^<>`=]{{0,200}})?)>"
    r"(?![\w/:.=\"'@>-])"
)

_WORDS = (
    f"{_DATED}|{_COUNT}|{_ID}|{_VARIABLE}|{_PERSON}|{_UNKNOWN}|{_WORD}|{_OPEN}|{_DUMMY}|{_CURLY}|{_BEHIND_KEY}|{_VALUE}"
)
_SCAN = re.compile(f"{_PASSED}|{_EMPHASIS}|(?P<found>{_WORDS})|{_ALONE}|{_BRACE}|{_SQUARE}|{_ANGLE}")


def find(text: str) -> tuple[Found, ...]:
    """Return the placeholders in a text, plain or Markdown, from left to right; they do not overlap."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Found]:
    at = 0
    while (match := _SCAN.search(text, at)) is not None:
        at = match.end()
        span = _span(match)
        if span is not None:
            yield Found(*span, text[slice(*span)])
            at = max(at, span[1])


def _span(match: re.Match[str]) -> tuple[int, int] | None:
    """Return where the placeholder stands that a match has found, None if it is something else."""
    if match["mark"] is not None:
        group = "star" if match["star"] is not None else "under"
        return match.span(group) if is_instruction(match[group].replace("**", "")) else None
    if match["ticks"] is not None:
        inner = match.start() + 1, match.end() - 1
        return inner if match["ticks"] == "`" and is_pattern(match.string[slice(*inner)]) else None
    if match["alone"] is not None:
        return match.span("alone")
    is_square = match["square"] is not None and _is_square(match["square"])
    is_square = is_square and not _is_quoted(match) and not _is_label(match)
    is_angle = match["angle"] is not None and (_is_angle(match["angle"]) or _is_lone_tag(match))
    is_brace = match["brace"] is not None and _is_brace(match["brace"])
    return match.span() if match["found"] is not None or is_square or is_angle or is_brace else None


_REMARKS = frozenset(
    [
        "sic",
        "ok",
        "okay",
        "info",
        "information",
        "error",
        "err",
        "warn",
        "warning",
        "debug",
        "trace",
        "fatal",
        "critical",
        "crit",
        "notice",
        "alert",
        "alerting",
        "emerg",
        "firing",
        "pass",
        "fail",
        "failed",
        "passed",
        "success",
        "done",
        "skip",
        "skipped",
        "redacted",
        "masked",
        "removed",
        "deleted",
        "omitted",
        "snip",
        "censored",
        "anonymized",
        "anonymised",
        "edit",
        "edited",
        "update",
        "updated",
        "note",
        "wip",
        "new",
        "fixed",
        "resolved",
        "closed",
        "open",
        "yes",
        "no",
        "true",
        "false",
        "null",
        "none",
        "nil",
    ]
) | {"no data", "citation needed", "detect", "prevent", "mitigate", "repair", "investigate"}
_NO_WORD = re.compile(
    r"\d+ \w+ to \d+.*"  # spans
    r"|U\+[0-9A-F]{4,6}|[\^!].*|[xX~ -]|[\W\d_]*|[A-Za-z]"  # characters, footnotes, boxes, numbers, letters
    r"|[A-Za-z]-[A-Za-z][A-Za-z0-9-]*|[A-Za-z0-9./:+-]*\d[A-Za-z0-9./:+-]*|[+-]?\d\S*|\d\S*[:/].*"  # sets, ids, times
    r"|.*[;{}\\$=\"].*|\S*[.:_]\S*|/.*|.*\(\S*,\).*|.*\b[\w.-]+@[\w.-]+.*"  # code, names of things, addresses
)
_PATTERN = re.compile(rf"(?:{_DATED})(?:[ -]+(?:{_DATED}))*")


_SETTING = re.compile(r"(?:Require|Allow|Enable|Disable|Deny|Block|Permit|Restrict)\s.*", re.DOTALL)
"""What a switch in a program says; a form orders other things."""


def is_pattern(text: str) -> bool:
    """Return whether a text is nothing but a pattern of a day, of a time or of both."""
    return _PATTERN.fullmatch(text) is not None


def _is_square(inside: str) -> bool:
    if is_pattern(inside):
        return True
    return not (
        _SETTING.fullmatch(inside) or "\n\n" in inside or inside.lower() in _REMARKS or _NO_WORD.fullmatch(inside)
    )


_FAR = 2000
"""Characters within which a line ends or a tag is closed; what is further away is not looked at."""

_MANY_WORDS = 12
"""Words of a quoted line from which it is somebody's sentence and no field of a form."""


def _is_quoted(match: re.Match[str]) -> bool:
    """Return whether brackets stand inside a sentence of a quotation: its editor put other words for names."""
    near = max(match.start() - _FAR, 0), min(match.end() + _FAR, len(match.string))
    start = max(match.string.rfind("\n", near[0], match.start()) + 1, near[0])
    if not match.string[start : start + 4].lstrip().startswith(">"):
        return False
    end = match.string.find("\n", match.end(), near[1])
    line = match.string[start : end if end >= 0 else near[1]]
    is_inside = re.search(r"\w $", match.string[start : match.start()]) and match.string[match.end() :][:1] == " "
    return bool(is_inside and len(line.split()) >= _MANY_WORDS)


_SUBJECT = re.compile(
    r"(?:(?:major|minor|security|service|production) )?(?:incident|outage|post[- ]?mortem|rca|bug|hotfix|maintenance"
    r"|security|degradation|resolved|investigating|identified|monitoring|closed|sev ?-?\d|p ?-?\d|s\d)(?: report)?",
    re.IGNORECASE,
)


def _is_label(match: re.Match[str]) -> bool:
    """Return whether brackets before other words say what a text is about: `[Incident] API down` in a tracker."""
    is_first = not match.string[max(match.start() - _FAR, 0) : match.start()].rpartition("\n")[2].strip("#[] ")
    follows = match.string[match.end() : match.end() + 2]
    return is_first and follows[:1] == " " and follows[1:].isalnum() and _SUBJECT.fullmatch(match["square"]) is not None


def _is_brace(inside: str) -> bool:
    """Return whether words in single braces are a gap: a phrase, a name as of a variable, or a pattern."""
    is_list = re.fullmatch(r"\w+(?:, ?\w+)+|\w+\.\.\.?\w*", inside) is not None
    is_name = re.fullmatch(r"[A-Z][A-Z0-9_]*|[a-z0-9]+(?:_[a-z0-9]+)+", inside) is not None or inside in _FORM_WORDS
    is_phrase = re.search(r"[^\W\d_] [^\W\d_]|[^\W\d_][|/][^\W\d_]| [|/] ", inside) is not None and ": " not in inside
    return not is_list and inside.lower() not in _REMARKS and (is_name or is_phrase or is_pattern(inside))


_FORM_WORDS = frozenset(
    {"title", "description", "date", "time", "author", "owner", "severity", "duration", "impact", "summary", "amount"}
)
"""Words that are a gap of a form alone in braces; others are names of variables, also in a report."""

_LONE_TAGS = frozenset({"title", "link", "time", "data", "label", "address"})
"""Tags whose names are also words of a form."""


def _is_lone_tag(match: re.Match[str]) -> bool:
    """Return whether an angle holds the name of a tag that nothing closes (`<title>`), dots, or one letter."""
    inside = match["angle"]
    closing = match.string.find(f"</{inside}>", match.end(), match.end() + _FAR) if inside in _LONE_TAGS else 0
    return inside in {"…", "...", "n", "N", "x", "X"} or closing < 0


_TAG = re.compile(r"[/!?].*|[a-z][a-z0-9-]*\s*/|.*=.*", re.DOTALL)


def _is_angle(inside: str) -> bool:
    if "\n\n" in inside or inside != inside.strip() or _TAG.fullmatch(inside) or is_html(inside):
        return False
    if inside.startswith(("this ", "that ")):
        return False
    return sum(character.isalpha() for character in inside) > 1


def is_html(inside: str) -> bool:
    """Return whether what stands between angle brackets is an HTML tag, and no placeholder of the same name.

    Tags are written small; `<Title>` and `<SUMMARY>` are placeholders, and of the capital ones only the most common
    are tags.
    """
    name = re.match(r"/?([A-Za-z][A-Za-z0-9-]*)(?=\s|/|$)", inside)
    return name is not None and (name[1] in _HTML or name[1] in _HTML_CAPITALS)


_HTML = frozenset(
    [
        "a",
        "abbr",
        "address",
        "area",
        "article",
        "aside",
        "audio",
        "b",
        "base",
        "bdi",
        "bdo",
        "blockquote",
        "body",
        "br",
        "button",
        "canvas",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "datalist",
        "dd",
        "del",
        "details",
        "dfn",
        "dialog",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "map",
        "mark",
        "menu",
        "meta",
        "meter",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "param",
        "picture",
        "pre",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "script",
        "search",
        "section",
        "select",
        "slot",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "track",
        "tt",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
    ]
)
_HTML_CAPITALS = frozenset(
    ["A", "B", "BR", "DIV", "HR", "I", "IMG", "LI", "OL", "P", "PRE", "SPAN", "SCRIPT", "TABLE", "TD", "TH", "TR", "UL"]
)
