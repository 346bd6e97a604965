"""A person's export as a document that can be sent to the person."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from register.book.schema import schema
from register.privacy.description import NOTES
from register.privacy.export import Export, Grounds
from register.privacy.places import PLACE_SENTENCES
from register.show.document import Document, PagePart, PageSection, table_section
from register.words.sentences import Sentences

_TOLD = ("purpose", "receivers", "transfers", "retention", "duty")
"""Sections of the register's description that GDPR art. 15(1) requires with the data."""


def export_document(
    export: Export,
    say: Sentences,
    controller: Mapping[str, str],
    about: Sequence[tuple[str, str]] = (),
) -> Document:
    """Return what is held on the person, why, from where, and what the person's rights are.

    ``controller`` has ``organisation``, ``address`` and ``privacy_url`` of the controller.
    ``about`` is the register's description, as ``(section, line)``.
    """
    name = next((" ".join(one) for one in sorted(export.subject.names) if all(one)), "")
    known = PagePart(
        facts=tuple(
            (title, ", ".join(values))
            for title, values in (
                (say("Names"), [" ".join(one) for one in sorted(export.subject.names)]),
                (say("Addresses"), sorted(export.subject.addresses)),
                (say("Phones"), sorted(export.subject.phones)),
                (say("Rows"), list(export.subject.ids)),
            )
            if values
        )
    )
    sections = [
        PageSection("who", say("Whom this is about"), "", (known,)),
        PageSection("why", say("Why we have this, and from where"), "", tuple(_why(export, say))),
        *_about(about, say),
        *_tabs(export, say),
        *_files(export, say),
        PageSection("rights", say("Your rights"), "", (_rights(say, controller),)),
    ]
    lead = say(
        "All that {organisation} holds on you in its contact register and in the files beside it.",
        organisation=controller.get("organisation", ""),
    )
    title = say("Your data: {name}", name=name or export.subject.mark)
    return Document(title, lead, tuple(sections))


def _why(export: Export, say: Sentences) -> Iterator[PagePart]:
    for one in export.grounds:
        facts = [
            (say.header("people", key), say.value("people", key, getattr(one, key)) or "–")
            for key in Grounds.__dataclass_fields__
            if key != "row_id"
        ]
        yield PagePart(one.row_id, facts=tuple(facts))


def _about(about: Sequence[tuple[str, str]], say: Sentences) -> Iterator[PageSection]:
    """Yield the sections that apply to everybody; grounds of other people's rows are left out."""
    for key in _TOLD:
        lines = tuple(line for section, line in about if section == key)
        if lines := lines[:1] if key == "purpose" else lines:
            yield PageSection(key, say(NOTES[key]), "", (PagePart(lines=lines),))


def _tabs(export: Export, say: Sentences) -> Iterator[PageSection]:
    told = [trace for trace in export.traces if trace.how != "doubt"]
    for tab, of_tab in groupby(told, key=lambda trace: trace.tab):
        parts = []
        for row_id, of_row in groupby(of_tab, key=lambda trace: trace.row_id):
            facts = tuple(
                (
                    say.header(tab, one.column),
                    say.value(tab, one.column, export.without_others(one.text)),
                )
                for one in of_row
            )
            parts.append(PagePart(row_id, facts=facts))
        yield PageSection(tab, say.title(tab), "", tuple(parts))


def _files(export: Export, say: Sentences) -> Iterator[PageSection]:
    """Yield a section for each state file; of files that runs wrote, only the names."""
    written = sorted(Path(one.place) for one in export.files if Path(one.place).is_absolute())
    if written:
        names = dict.fromkeys(f"{path.parent.name}/{path.name}" for path in written)
        lines = tuple(map(export.without_others, names))
        yield PageSection(
            "files", say("Files in which you are, copies among them"), "", (PagePart(lines=lines),)
        )
    ordered = sorted(export.files, key=lambda one: one.place)
    ordered = [one for one in ordered if not Path(one.place).is_absolute()]
    for place, found in groupby(ordered, key=lambda one: one.place):
        every = list(found)
        keys = tuple(dict.fromkeys(key for one in every for key in one.values))
        rows = [
            tuple(export.without_others(one.values.get(key, "")) for key in keys) for one in every
        ]
        sort = PLACE_SENTENCES.get(every[0].sort)
        headers = tuple(_label(key, say) for key in keys)
        yield table_section(f"file-{place}", place, say(sort) if sort else "", headers, rows)


def _label(key: str, say: Sentences) -> str:
    names = {"row_id": "row", "column": "col", "before": "old", "after": "new"}
    log, known = schema().tab("log"), names.get(key, key)
    return say.header("log", known) if log.has(known) else key


def _rights(say: Sentences, controller: Mapping[str, str]) -> PagePart:
    lines = [
        say(
            "You may ask for correction, erasure or restriction, and object to being kept or "
            "written to: answer this letter or write to {address}.",
            address=controller.get("address", ""),
        ),
        say("You may complain to the Data Protection Ombudsman: tietosuoja.fi, tietosuoja@om.fi."),
    ]
    if url := controller.get("privacy_url"):
        lines.append(say("The register is described at {url}.", url=url))
    return PagePart(lines=tuple(lines))
