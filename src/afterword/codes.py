"""Every code that a finding can carry, with what it means and what to do: the table behind docs and SARIF rules."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from afterword.diagnostics import Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. A code is never given another meaning; one that falls out of use stays reserved."""

    id: str
    name: str
    severity: Severity
    """The severity it has unless a stage says otherwise."""

    meaning: str
    advice: str

    @property
    def hint(self) -> str:
        """Return the advice as findings give it: lower-case, without a full stop."""
        return self.advice[:1].lower() + self.advice[1:].rstrip(".")


_TABLE = (
    # AW1xx is about: the file cannot be read
    Code(
        "AW101",
        "unreadable-file",
        ERROR,
        "The file is missing or cannot be opened.",
        "Check the path and the permissions.",
    ),
    Code("AW102", "not-utf8", ERROR, "The file is not UTF-8 text.", "Save it as UTF-8."),
    Code(
        "AW103",
        "too-large",
        ERROR,
        "The file is larger than the tool reads.",
        "Split it, or move logs into attachments.",
    ),
    Code("AW104", "syntax", ERROR, "The file is not well-formed in its format.", "Mend the syntax at the place named."),
    Code("AW105", "duplicate-key", ERROR, "A key stands twice in one mapping.", "Keep one of them."),
    Code("AW106", "nested-too-deep", ERROR, "The data is nested deeper than any record is.", "Flatten it."),
    Code(
        "AW107",
        "alias-explosion",
        ERROR,
        "YAML aliases unfold to more values than the tool accepts, or contain themselves.",
        "Write the values out.",
    ),
    Code("AW108", "tag-refused", ERROR, "A YAML tag asks for something else than plain data.", "Remove the tag."),
    Code(
        "AW109",
        "unknown-format",
        ERROR,
        "The format of the file shows neither in its suffix nor in its content.",
        "Use .yaml, .json, .toml or .md, or say --from.",
    ),
    Code(
        "AW110",
        "not-a-record",
        ERROR,
        "The file does not hold one mapping of fields.",
        "Start with `afterword new`.",
    ),
    Code("AW111", "fields-left-over", NOTE, "The record has no place for fields of an export.", "Look at `extra`."),
    Code("AW112", "no-incident", ERROR, "The export holds no incident.", "Give the incidents too, in one call."),
    Code("AW113", "guessed", ERROR, "A value was guessed, and --strict forbids that.", "Import without --strict."),
    Code("AW114", "several-incidents", ERROR, "The file does not hold one incident.", "Use `load_all`, or import it."),
    Code(
        "AW115",
        "unsupported-document",
        ERROR,
        "The document is of a kind that is not read: an old Word file, an encrypted one, OpenDocument, RTF.",
        "Open it in Word or LibreOffice and save it as .docx, without a password.",
    ),
    Code(
        "AW116",
        "damaged-document",
        ERROR,
        "The file is no Word document, or one that is cut off, damaged, or holds what no such document may.",
        "Open it in Word or LibreOffice and save it again as .docx.",
    ),
    Code("AW117", "no-record-inside", ERROR, "The PDF carries no record.", "Import the Word draft or the record."),
    Code("AW118", "reader-failed", ERROR, "A reader that another package brings has failed.", "Tell its makers."),
    Code(
        "AW119",
        "reader-shadowed",
        WARNING,
        "A package brings a reader for a format or suffix that is taken already, and it was not used.",
        "Say --from with the name of the reader that you mean, or remove the package.",
    ),
    # AW2xx is about: fields
    Code(
        "AW201",
        "unknown-field",
        ERROR,
        "The record has no field of this name.",
        "Use the name suggested, or put the text into `sections`.",
    ),
    Code("AW202", "missing-field", ERROR, "A required field is missing.", "Add it."),
    Code(
        "AW203",
        "wrong-type",
        ERROR,
        "The value has the wrong shape, a list where text belongs for example.",
        "Write the shape that is expected.",
    ),
    Code("AW204", "not-a-choice", ERROR, "The value is none of those allowed.", "Choose one of those listed."),
    Code("AW205", "empty-value", ERROR, "The value is empty.", "Fill it in, or leave the field out."),
    Code("AW206", "not-yet-supported", ERROR, "The field is reserved and does nothing yet.", "Remove it."),
    Code(
        "AW207",
        "bad-value",
        ERROR,
        "The value does not have the form it needs.",
        "Write it in the form that is expected.",
    ),
    Code("AW208", "bad-path", ERROR, "The path leaves the folder of the source.", "Put the file beside the source."),
    Code("AW209", "duplicate-id", ERROR, "Two things that must differ are the same.", "Change one of them."),
    # AW3xx is about: time
    Code("AW301", "not-a-date", ERROR, "The value is not a date.", "Write 2023-08-13."),
    Code("AW302", "ambiguous-date", ERROR, "The date reads two ways.", "Write 2023-08-13, or say date_order."),
    Code(
        "AW303",
        "not-a-time",
        ERROR,
        "The value is not a time.",
        "Write 17:05, 05:05 PM, +2 min or a full timestamp.",
    ),
    Code(
        "AW304",
        "unknown-timezone",
        ERROR,
        "The time zone is not in the IANA database.",
        "Write Area/City, such as Africa/Addis_Ababa, or UTC.",
    ),
    Code(
        "AW305",
        "out-of-order",
        ERROR,
        "An event is earlier than the one before it.",
        "Sort the timeline, or give the full date.",
    ),
    Code("AW306", "no-such-local-time", ERROR, "Clocks skipped this local time.", "Write the time with its offset."),
    Code("AW307", "ends-before-start", ERROR, "An end lies before its start.", "Correct one of them."),
    Code(
        "AW308",
        "mixed-offsets",
        ERROR,
        "Some times have an offset and others do not, and no time zone is given.",
        "Give `timezone`.",
    ),
    Code(
        "AW309",
        "time-without-date",
        ERROR,
        "A time of day has no date to stand on.",
        "Give `date`, or write the full timestamp.",
    ),
    Code(
        "AW351",
        "next-day",
        NOTE,
        "A time runs past midnight and was put on the next day.",
        "Nothing, if that is meant.",
    ),
    Code("AW352", "no-timezone", NOTE, "No time zone is given; times are shown as written.", "Give `timezone`."),
    Code(
        "AW353",
        "repeated-local-time",
        WARNING,
        "Clocks passed this local time twice.",
        "Write the time with its offset.",
    ),
    Code(
        "AW354",
        "duration-invalid",
        WARNING,
        "A duration cannot be measured because its end lies before its start.",
        "Check the kinds and times of the events.",
    ),
    # AW4xx is about: content
    Code("AW401", "placeholder", WARNING, "Text still waits to be written.", "Replace it."),
    Code(
        "AW402",
        "placeholder-in-final",
        ERROR,
        "A final report still has text that waits to be written.",
        "Replace it, or say --allow-placeholders.",
    ),
    Code(
        "AW403",
        "unprintable",
        WARNING,
        "A character that no document can carry was replaced by its number.",
        "Remove it.",
    ),
    Code("AW404", "prose-too-deep", ERROR, "Lists or quotations in prose are nested too deep.", "Flatten them."),
    Code("AW405", "prose-too-long", ERROR, "A text is longer than a report can hold.", "Move it into an attachment."),
    Code("AW406", "html-as-text", NOTE, "HTML in prose is shown as text.", "Write Markdown."),
    Code(
        "AW407",
        "link-refused",
        WARNING,
        "A link has a scheme that is not followed; its text and target are shown.",
        "Use https:, http: or mailto:.",
    ),
    Code("AW408", "list-flattened", NOTE, "A list deeper than nine levels is shown at the ninth.", "Flatten it."),
    Code(
        "AW409",
        "section-left-out",
        WARNING,
        "A section of the author's own shows nothing, and a final report goes without it.",
        "Write its text, or remove the section.",
    ),
    Code(
        "AW410",
        "footnote-in-place",
        WARNING,
        "A footnote is shown where it is written: nothing refers to it from running text, it holds more than "
        "paragraphs, or it is very long.",
        "Refer to it from a paragraph, list or cell, and write it as a short paragraph.",
    ),
    Code(
        "AW411",
        "missing-file",
        ERROR,
        "A file that the record names is not there.",
        "Put it there, or remove the entry.",
    ),
    Code("AW412", "bad-image", ERROR, "The picture cannot be read.", "Save it as PNG or JPEG."),
    Code("AW413", "image-too-large", ERROR, "The picture is larger than the tool opens.", "Scale it down."),
    Code(
        "AW414",
        "remote-image",
        WARNING,
        "A picture on the network is not fetched; its address is shown.",
        "Save it beside the source.",
    ),
    Code("AW415", "no-alt-text", WARNING, "A picture has no text alternative.", "Describe what it shows."),
    Code(
        "AW421",
        "mark-without-effect",
        NOTE,
        "A mark of visibility does nothing: what contains it is marked more strictly, or the record has no such thing.",
        "Remove it, or relax the other mark.",
    ),
    Code(
        "AW422",
        "nothing-marked",
        WARNING,
        "The public edition shows everything, because nothing in the record is marked.",
        "Mark what the public may see; whatever is not marked is then left out.",
    ),
    Code(
        "AW423",
        "nothing-shown",
        WARNING,
        "The edition shows no more than what every edition shows.",
        "Mark what its audience may see.",
    ),
    Code(
        "AW424",
        "label-forbids-edition",
        WARNING,
        "The public edition carries a TLP label under which nobody may publish it.",
        "Mark `classification` as `stakeholder` if what is public may be published, or change the label.",
    ),
    Code("AW425", "taken-out", NOTE, "The edition goes without a part of the record.", "Nothing, if that is meant."),
    Code(
        "AW426",
        "edition-of-edition",
        ERROR,
        "The record is an edition itself, and has no marks to make another one by.",
        "Render the record that the edition was made from.",
    ),
    # AW5xx is about: drawing
    Code("AW501", "missing-glyph", WARNING, "No font of the theme has this character.", "Add a font to the theme."),
    Code("AW502", "not-drawn", WARNING, "Something could not be drawn in full.", "See the message."),
    Code(
        "AW503",
        "engine-missing",
        ERROR,
        "A system library that the PDF writer needs is missing.",
        "Install what the message names.",
    ),
    Code(
        "AW504",
        "untranslated",
        NOTE,
        "There are no fixed words in this language yet.",
        "Headings and labels are in English.",
    ),
    Code("AW505", "not-bound", ERROR, "A report's PDF cannot go into the binder.", "Make the report again."),
    # AW6xx is about: theme
    Code("AW601", "theme-unreadable", ERROR, "The theme file cannot be used.", "See the message."),
    Code("AW602", "font-missing", ERROR, "A font file of the theme is not there.", "Put it beside the theme."),
    Code(
        "AW603",
        "theme-key",
        ERROR,
        "A theme has no setting, or no report fixed words, of this name.",
        "Use the name suggested; the theme `sober` lists all.",
    ),
    Code(
        "AW604",
        "theme-value",
        ERROR,
        "A setting of the theme does not have the form it needs.",
        "Write it in the form that is expected.",
    ),
    Code(
        "AW605",
        "logo-unusable",
        ERROR,
        "The logo of the theme is not there, or is no picture.",
        "Put a PNG, JPEG or SVG beside the theme.",
    ),
    Code(
        "AW606",
        "font-unreadable",
        ERROR,
        "A font file of the theme is no font.",
        "Use a .ttf or .otf file with one font.",
    ),
    Code(
        "AW607",
        "font-unmatched",
        WARNING,
        "A font family is asked for that no file brings, or brought and never asked for.",
        "Name the family where it is used, and its files under `[[fonts.faces]]`.",
    ),
    Code(
        "AW608",
        "theme-glyphs",
        ERROR,
        "No font of the theme has a letter of a language that the theme claims.",
        "Add a font that has it to `fonts.fallback`, or take the language out of `languages`.",
    ),
    Code(
        "AW609",
        "low-contrast",
        ERROR,
        "Text or a mark stands out too little from what is behind it (WCAG 2.2, 1.4.3 and 1.4.11).",
        "Make the darker colour darker or the lighter one lighter.",
    ),
    Code(
        "AW610",
        "role-without-style",
        ERROR,
        "A role of the report has no class in the style sheet, or no style in the Word document.",
        "Add it.",
    ),
    Code(
        "AW611",
        "base-unusable",
        ERROR,
        "The document given as base of the Word draft cannot be used.",
        "See the message; a document that Word saved as .docx or .dotx can be used.",
    ),
    Code(
        "AW612",
        "base-cleaned",
        NOTE,
        "Something that runs, fetches or locks was left out of the base of the Word draft.",
        "Nothing, if the draft can do without.",
    ),
    Code(
        "AW613",
        "style-not-used",
        WARNING,
        "A style of the base has a name that the draft needs for another type of style.",
        "Rename the style in the base, or give it the type that is needed.",
    ),
    Code("AW621", "theme-css", ERROR, "The style sheet of the theme cannot be used.", "Mend it at the place named."),
    Code(
        "AW622",
        "theme-address",
        ERROR,
        "A theme names something outside its own folder.",
        "Put the file beside the theme and name it there.",
    ),
    Code(
        "AW623",
        "theme-template",
        ERROR,
        "A template of the theme has a fault, or asks for what templates may not do.",
        "Mend it at the place named.",
    ),
    Code(
        "AW624",
        "content-dropped",
        ERROR,
        "With this theme, something of the report would be missing, hidden or out of order.",
        "Keep every part of the page, in its order, and hide none.",
    ),
    # AW7xx is about: output
    Code(
        "AW701",
        "not-ours",
        ERROR,
        "A file that this tool did not make, or that was edited since, is in the way.",
        "Say --force, or choose another folder.",
    ),
    Code(
        "AW702",
        "cannot-write",
        ERROR,
        "The document cannot be written there.",
        "Check the folder and the space left.",
    ),
)

CODES = MappingProxyType({code.id: code for code in _TABLE})
"""All codes by id, in the order of the table."""
