"""Codes of findings about finished files: where they go, archives, and what a verification finds."""

from __future__ import annotations

from afterword.code import ERROR, NOTE, WARNING, Code

OUTPUT = (
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
    Code("AW703", "archive-in-use", ERROR, "Another run is at work on the archive.", "Wait until it is done."),
    Code(
        "AW704",
        "no-archive",
        ERROR,
        "The folder holds something else than an archive of this tool.",
        "Name a folder that is empty or not there yet.",
    ),
    Code(
        "AW705",
        "stray-file",
        ERROR,
        "A file in the payload of the archive is not from this tool.",
        "Move it out of the folder `data`.",
    ),
    Code(
        "AW706",
        "report-stuck",
        ERROR,
        "A report took longer than it may.",
        "Say --timeout with more seconds, or look at the record.",
    ),
    Code(
        "AW707",
        "worker-lost",
        ERROR,
        "The process that worked on a report ended, twice.",
        "Run the same command again; if it stays so, look at the memory of the machine.",
    ),
    Code(
        "AW708",
        "source-changed",
        ERROR,
        "A source was changed while the archive was being made.",
        "Run the same command again.",
    ),
    Code(
        "AW709",
        "id-shared",
        WARNING,
        "Two sources of an archive have an incident of one id.",
        "Give each incident an id of its own.",
    ),
    Code(
        "AW710",
        "source-gone",
        NOTE,
        "The source of a report in the archive is not there any more.",
        "Say --prune to remove the report.",
    ),
    Code("AW711", "report-failed", ERROR, "A report could not be made.", "See the message."),
    Code(
        "AW712",
        "store-unreachable",
        ERROR,
        "An object store cannot be reached, or refuses.",
        "Check the address, the network and the credentials.",
    ),
    Code(
        "AW713",
        "memory-damaged",
        WARNING,
        "What the tool remembered of an archive was damaged.",
        "Nothing is to be done if it happens once; else look at the disk. Look for reports whose source is gone.",
    ),
    Code(
        "AW714",
        "folder-empty",
        WARNING,
        "A folder that reports of an archive come from holds nothing, so that they are not held for gone.",
        "Mount what belongs there; or remove the folder, if its records are gone for good.",
    ),
    Code(
        "AW715",
        "most-gone",
        ERROR,
        "More than ten reports, and more than half of the archive, have lost their source, and are not removed.",
        "Look whether a disk or a checkout is missing; say --prune-most if they are to go.",
    ),
    # AW8xx is about: archives that are verified
    Code("AW801", "no-bag", ERROR, "There is no BagIt bag, or not the whole of one.", "Run `afterword archive` again."),
    Code(
        "AW802",
        "run-unfinished",
        ERROR,
        "A run over the archive is under way, or was cut off; its manifests are of before.",
        "Wait for it, or run `afterword archive` again.",
    ),
    Code("AW803", "bad-manifest", ERROR, "A manifest does not have the form of RFC 8493.", "Restore it from a copy."),
    Code(
        "AW804",
        "file-missing",
        ERROR,
        "A file that a manifest lists is not there.",
        "Restore it, or run `afterword archive` again.",
    ),
    Code("AW805", "file-unlisted", ERROR, "A file in the payload is in no manifest.", "Move it out of the payload."),
    Code(
        "AW806",
        "payload-size",
        ERROR,
        "The payload is larger or smaller than the bag says.",
        "See the other findings.",
    ),
    Code(
        "AW807",
        "file-damaged",
        ERROR,
        "The content of a file is not what its manifest says.",
        "Restore it, or remove it and run `afterword archive` again.",
    ),
    Code(
        "AW808",
        "not-made-again",
        ERROR,
        "A report made again from its source is another than the one in the archive.",
        "Find out what changed: versions, fonts, or the document.",
    ),
    Code("AW809", "not-compared", NOTE, "No report was made again to compare it.", "See the message."),
)
