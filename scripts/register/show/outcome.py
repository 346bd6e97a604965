"""An outcome in all its forms; its JSON is a stable contract, in the schema's keys.

``check``: ``{"findings": […], "rows": {tab: n}}``. ``cleanup``: ``{"changes": […], "findings": […],
"applied": bool, "run": "…", "conflicts": […]}``. Every other verb: the same with ``files`` (what it
wrote besides, by name), ``notes`` (sentences), ``failed`` (a count) and, for a list, ``columns``:
``[{header, goes, example}, …]``.
A finding is ``tab, row, row_id, column, code, severity, message``: ``row`` is the sheet's row
number (the header is 1), null where the row is not in the sheet yet; ``column`` is '' for a whole
row. A change is ``tab, row_id, column, before, after, reason, kind, group``; a conflict is a
change with ``found``. A henkilötunnus is masked wherever it stands.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial

from register.book.change import Change
from register.book.finding import SEVERITIES, Finding
from register.book.outcome import Outcome
from register.book.personal_identity_code import mask_identity_codes
from register.rules.sentences import finding_sentence
from register.show.document import Document, PagePart, PageSection, PageTable, PageTile
from register.show.document_forms import document_markdown, document_page, document_text
from register.show.lines import (
    ADDED,
    ASKED,
    ATTENTION,
    CHANGED,
    MERGED,
    REMOVED,
    OutcomeLine,
    line_totals,
    outcome_lines,
)
from register.show.outcome_changes import change_sections
from register.show.outcome_findings import SEVERITY_COUNTS, FindingSections
from register.show.page_model import Page, ReportContext, json_text
from register.words.display import display_day
from register.words.sentences import Sentences

_PAGE_MOST = 5_000
"""The maximum number of findings, and of changes, on a page; the JSON file has all."""

_TILE_NAMES = {
    ADDED: ("added", "new rows"),
    MERGED: ("", "merges"),
    CHANGED: ("", "changes"),
    ASKED: ("", "questions"),
    ATTENTION: ("error", "changes left out"),
    REMOVED: ("", "removals"),
}
"""For each sign the class of its count in the stylesheet, and the label (msgids)."""


def outcome_forms(
    outcome: Outcome,
    say: Sentences,
    context: ReportContext | None = None,
    *,
    color: bool = False,
    full: bool = False,
    terse: str = "",
    undo: str = "",
) -> Page:
    """Return an outcome as a page; ``undo`` is the command that undoes what was written.

    Only the text uses ``color``, ``full`` (nothing is left out) and ``terse`` (the mildest severity
    that is shown).
    """
    made = partial(outcome_document, outcome, say, undo=undo)
    shown = partial(made, terse="" if full else terse)
    page = partial(made, context=context or ReportContext(), most=_PAGE_MOST)
    return Page(
        outcome.verb.replace(" ", "-"),
        {
            "text": lambda: document_text(shown(), brief=None if full else say, color=color),
            "md": lambda: document_markdown(made()),
            "html": lambda: document_page(page(), say),
            "json": lambda: outcome_json(outcome, say),
        },
    )


def outcome_document(
    outcome: Outcome,
    say: Sentences,
    *,
    context: ReportContext | None = None,
    undo: str = "",
    most: int = 0,
    terse: str = "",
) -> Document:
    """Return an outcome as a document with at most ``most`` findings and changes each (0 for all).

    With ``terse`` it has only findings of that severity or worse; the others are counted.
    """
    made = outcome_lines(outcome, say)
    every = sorted(outcome.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    told = SEVERITIES[: SEVERITIES.index(terse) + 1] if terse else SEVERITIES
    found = [finding for finding in every if finding.severity in told]
    next_step = ""
    if outcome.plan.changes and not outcome.applied:
        next_step = say("Nothing has been changed. Give the same command with --apply.")
    elif outcome.written.changes and undo:
        next_step = say("Done. To take it back: {command}", command=undo)
    title = say("What was changed") if outcome.applied else say("What would be changed")
    chapters = FindingSections(outcome, say, context)
    sections = (
        *_columns(outcome, say),
        *chapters.found(found, most, _left_out(outcome, len(found), most, say)),
        *(() if terse else chapters.pairs()),
        *change_sections(
            made[: most or None], title, _left_out(outcome, len(made), most, say), say
        ),
    )
    said = say("Nothing to change, nothing to remark.")
    nothing = () if every else (PageSection("nothing", "", said, ()),)
    return Document(
        f"{say.named('verb', outcome.verb)} {_moment(outcome.run)}".rstrip(),
        "",
        sections or nothing,
        above=" · ".join(filter(None, ("Verkosto", outcome.book.name))),
        tiles=tuple(_tiles(outcome, made, say)),
        notes=(*_notes(outcome, say), *_waiting(len(every) - len(found), say)),
        next_step=next_step,
        longest=0,
    )


def _left_out(outcome: Outcome, count: int, most: int, say: Sentences) -> str:
    return (
        say(
            "{count} more are left out of this page; all are in {file}.",
            count=count - most,
            file=f"{outcome.verb}.json",
        )
        if 0 < most < count
        else ""
    )


def _columns(outcome: Outcome, say: Sentences) -> Iterator[PageSection]:
    """Yield the section of a list's columns: the target of each, with an example."""
    rows = [(one.header, say(one.goes[0], **one.goes[1]), one.example) for one in outcome.columns]
    if rows:
        table = PageTable((say("Column"), say("Goes to"), say("Example")), tuple(rows))
        yield PageSection("columns", say("Columns of the list"), "", (PagePart(table=table),))


def _tiles(
    outcome: Outcome, made: Iterable[OutcomeLine], say: Sentences
) -> Iterator[tuple[PageTile, ...]]:
    found: Counter[str] = Counter(finding.severity for finding in outcome.findings)
    yield tuple(
        PageTile(found[severity], say(text, count=found[severity]), severity)
        for severity, text in SEVERITY_COUNTS.items()
    )
    totals = line_totals(made)
    if outcome.verb != "check":
        yield tuple(
            PageTile(totals[sign], say(text, count=totals[sign]), look)
            for sign, (look, text) in _TILE_NAMES.items()
            if totals[sign] or sign not in (ATTENTION, REMOVED)
        )


def _notes(outcome: Outcome, say: Sentences) -> Iterator[str]:
    if outcome.failed:
        yield say("{count} failed", count=outcome.failed)
    yield from (say(msgid, **values) for msgid, values in outcome.notes)
    yield from (f"{say(name)}: {path}" for name, path in outcome.files.items())


def _waiting(left: int, say: Sentences) -> Iterator[str]:
    """Yield the sentence on how many findings a terse document leaves out, if any."""
    if left:
        yield say("{count} findings can wait: -v prints them.", count=left)


def _moment(run: str) -> str:
    with suppress(ValueError):
        return display_day(datetime.strptime(run[:15], "%Y%m%d-%H%M%S"))
    return ""


def outcome_json(outcome: Outcome, say: Sentences) -> str:
    """Return the outcome as JSON; only ``message`` and ``notes`` are translated."""
    return json_text(outcome_values(outcome, say))


def outcome_values(outcome: Outcome, say: Sentences) -> dict[str, object]:
    """Return the JSON values of :func:`outcome_json`."""
    findings = [_finding(finding, outcome, say) for finding in outcome.findings]
    if outcome.verb == "check":
        rows = {key: len(table) for key, table in outcome.book.tables.items() if table.tab.columns}
        return {"findings": findings, "rows": rows}
    changes = outcome.written.changes if outcome.applied else outcome.plan.changes
    contract: dict[str, object] = {
        "changes": [_change(change) for change in changes],
        "findings": findings,
        "applied": outcome.applied,
        "run": outcome.run,
        "conflicts": [
            {**_change(conflict.change), "found": mask_identity_codes(conflict.found)}
            for conflict in outcome.written.conflicts
        ],
    }
    if outcome.verb != "cleanup":
        contract |= {
            "files": dict(outcome.files),
            "notes": [say(msgid, **values) for msgid, values in outcome.notes],
            "failed": outcome.failed,
        }
    if outcome.columns:
        contract["columns"] = [
            {"header": one.header, "goes": say(one.goes[0], **one.goes[1]), "example": one.example}
            for one in outcome.columns
        ]
    return contract


def _finding(finding: Finding, outcome: Outcome, say: Sentences) -> dict[str, object]:
    return {
        "tab": finding.tab,
        "row": outcome.book.table(finding.tab).numbers.get(finding.row_id),
        "row_id": finding.row_id,
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding_sentence(say, finding, outcome.book),
    }


def _change(change: Change) -> dict[str, str]:
    return {key: mask_identity_codes(value) for key, value in asdict(change).items()}
