"""The fixed words of an archive's index, in English; catalogues translate them."""

from __future__ import annotations

from types import MappingProxyType

from afterword.words import Words, message

COLUMNS = MappingProxyType(
    {
        "date": message("Date"),
        "id": message("Incident ID"),
        "title": message("Incident"),
        "severity": message("Severity"),
        "status": message("Status"),
        "time": message("Time to resolve"),
        "actions": message("Open actions"),
        "files": message("Report"),
    }
)
"""Heads of the columns by their names in the address of the page; the last cannot be sorted by."""

_WORDS = MappingProxyType(
    {
        "all": message("All"),
        "bar_chart": message("Bar chart."),
        "by_owner": message("Open and overdue action items by owner"),
        "by_severity": message("Time to resolve by severity"),
        "clear_filters": message("Clear all filters"),
        "comma": message(", "),
        "data": message("The same as data:"),
        "first": message("First"),
        "hint": message("In ids, titles, services, tags and owners of actions; every word has to occur."),
        "incidents": message("Incidents"),
        "last": message("Last"),
        "legend": message(
            "The mark is the median, the bar the middle half of the incidents, the line the middle four fifths. "
            "The scale is logarithmic."
        ),
        "median": message("Median"),
        "next": message("Next"),
        "no_owner": message("No owner"),
        "no_severity": message("No severity"),
        "not_recorded": message("Not recorded"),
        "nothing": message("No incident matches."),
        "open_actions": message("Open actions"),
        "open_items": message("Open action items"),
        "overdue": message("Overdue"),
        "overdue_items": message("Overdue action items"),
        "overdue_part": message("The strong part of a bar is overdue."),
        "overview": message("Overview"),
        "owner": message("Owner"),
        "page": message("Page"),
        "pages": message("Pages"),
        "per_month": message("Incidents per month"),
        "per_year": message("Incidents per year"),
        "previous": message("Previous"),
        "rows": message("Rows a page"),
        "search": message("Search"),
        "services": message("Services"),
        "severity": message("Severity"),
        "status": message("Status"),
        "table": message("The numbers as a table"),
        "time": message("Median time to resolve"),
        "reports": message("Postmortem reports"),
        "title": message("Incident archive"),
        "total": message("Total"),
        "without_script": message("Search and filters need a browser that runs scripts."),
        "year": message("Year"),
    }
)


def texts(words: Words) -> dict[str, str]:
    """Return the fixed words of the page in a language, by the names that its templates have for them."""
    return {name: words.say(text) for name, text in _WORDS.items()}


def heads(words: Words) -> dict[str, str]:
    """Return the heads of the columns in a language."""
    return {name: words.say(text) for name, text in COLUMNS.items()}
