"""The last touches on a PDF before it is written: what PDF/A-3a and PDF/UA-1 ask for and the engine leaves out."""

from __future__ import annotations

from typing import Any

from afterword.writers.pdf.tags import repair


def finish(document: Any, pdf: Any) -> None:  # noqa: ANN401, ARG001 (a hook of WeasyPrint, which has no types)
    """Mend the PDF in place."""
    _uncover_metadata(pdf)
    _list_files_once(pdf)
    repair(pdf)


def _uncover_metadata(pdf: Any) -> None:  # noqa: ANN401
    """Leave the metadata uncompressed, so that it can be found without a PDF library (ISO 19005-1, 6.7.2)."""
    for thing in pdf.objects:
        if getattr(thing, "extra", {}).get("Type") == "/Metadata":
            thing.compress = False


def _list_files_once(pdf: Any) -> None:  # noqa: ANN401
    """Name each embedded file once in the catalog: WeasyPrint 70 names it twice (its issue 2917)."""
    import pydyf

    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
