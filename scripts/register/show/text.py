"""An outcome as terminal text: a summary first, then what changed by tab, then what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import click

from register.book.finding import SEVERITIES, Finding
from register.book.outcome import Outcome
from register.rules.sentences import finding_sentence
from register.show.lines import (
    ADDED,
    ASKED,
    ATTENTION,
    CHANGED,
    MERGED,
    REMOVED,
    SIGNS,
    OutcomeLine,
    line_totals,
    outcome_lines,
)
from register.words.display import display_text
from register.words.sentences import Sentences

_LINES_OF_TAB = 6
_FINDINGS_OF_SEVERITY = 8
_LONGEST_CELL = 60
"""How many lines of a tab, findings of a severity, and characters of a cell are printed."""

_Span = tuple[str, str]
_Printed = list[_Span]
"""A printed line: texts with what they are (``""`` is plain)."""

COUNTS = {
    ATTENTION: "{count} left out",
    ADDED: "{count} new rows",
    CHANGED: "{count} changes",
    MERGED: "{count} merges",
    REMOVED: "{count} removals",
    ASKED: "{count} questions in {tab:review}",
}
SEVERITY_COUNTS = {
    "error": "{count} errors",
    "warning": "{count} warnings",
    "info": "{count} hints",
}
"""How the summary counts lines by sign and findings by severity (msgids)."""

_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True},
    "dim": {"dim": True},
    "why": {"dim": True},
    "id": {"fg": "cyan"},
    "next": {"bold": True},
    ADDED: {"fg": "green"},
    CHANGED: {"fg": "yellow"},
    MERGED: {"fg": "cyan"},
    REMOVED: {"fg": "red"},
    ASKED: {"fg": "cyan"},
    ATTENTION: {"fg": "red", "bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "blue"},
    "before": {"fg": "red"},
    "after": {"fg": "green"},
}
"""How each sort of text looks: what ``click.style`` takes."""


def outcome_text(
    outcome: Outcome,
    say: Sentences,
    *,
    color: bool = False,
    full: bool = False,
    undo: str = "",
) -> str:
    """Return an outcome as text; ``full`` leaves nothing out.

    ``undo`` is the command that takes back what was written.
    """
    made = outcome_lines(outcome, say)
    printed: list[_Printed] = [
        *_summary(outcome, made, say),
        *_notes(outcome, say),
        *_changes(made, say, full=full),
        *_findings(outcome, say, full=full),
        *_files(outcome, say),
        *_next(outcome, say, undo),
    ]
    return "\n".join("".join(_styled(line, color=color)).rstrip() for line in printed)


def _summary(outcome: Outcome, made: list[OutcomeLine], say: Sentences) -> Iterator[_Printed]:
    verb = say.named("verb", outcome.verb)
    title = f"{verb} {display_text(outcome.run)}".strip()
    if outcome.plan.changes and not outcome.applied:
        title += f" · {say('a plan, nothing has been changed')}"
    yield [(title, "title")]
    counts = line_totals(made)
    changed: _Printed = []
    for sign in (*SIGNS, ASKED):
        if counts[sign]:
            changed += [(f"  {sign} ", sign), (say(COUNTS[sign], count=counts[sign]), "")]
    if changed:
        yield changed
    found = Counter(finding.severity for finding in outcome.findings)
    if found:
        parts = [say(SEVERITY_COUNTS[s], count=found[s]) for s in SEVERITIES if found[s]]
        yield [(f"  {ATTENTION} ", ATTENTION), (", ".join(parts), "")]
    if outcome.failed:
        yield [(f"  {ATTENTION} ", ATTENTION), (say("{count} failed", count=outcome.failed), "")]
    if not (changed or found or outcome.failed or outcome.notes):
        yield [(f"  {say('Nothing to change, nothing to remark.')}", "")]


def _notes(outcome: Outcome, say: Sentences) -> Iterator[_Printed]:
    for msgid, values in outcome.notes:
        yield [("  ", ""), (say(msgid, **values), "")]


def _changes(made: list[OutcomeLine], say: Sentences, *, full: bool) -> Iterator[_Printed]:
    for tab, group in groupby(made, key=lambda line: line.tab):
        of_tab = list(group)
        yield []
        yield [(say.title(tab), "title"), (f" ({sum(line.rows for line in of_tab)})", "dim")]
        kept = of_tab if full else _fair(of_tab, _LINES_OF_TAB)
        for line in kept:
            yield _line(line, say, full=full)
        yield from _more(len(of_tab) - len(kept), say)


def _fair(of_tab: list[OutcomeLine], most: int) -> list[OutcomeLine]:
    """Return at most so many lines, a few of each sign first, so that none hides another."""
    by_sign = {sign: [line for line in of_tab if line.sign == sign] for sign in SIGNS}
    present = [sign for sign in SIGNS if by_sign[sign]]
    share = max(1, most // max(1, len(present)))
    taken = {sign: min(share, len(by_sign[sign])) for sign in present}
    for sign in present:
        taken[sign] += min(most - sum(taken.values()), len(by_sign[sign]) - taken[sign])
    return [line for sign in present for line in by_sign[sign][: taken[sign]]]


def _line(line: OutcomeLine, say: Sentences, *, full: bool) -> _Printed:
    spans: _Printed = [(f"  {line.sign} ", line.sign)]
    if line.row_id and line.row_id != line.name:
        spans.append((f"{line.row_id} ", "id"))
    spans.append((line.name, ""))
    if line.into:
        spans.append((f" → {line.into}", ""))
    if len(line.cells) == 1 and line.sign in (CHANGED, ATTENTION, MERGED):
        spans += _cell(line.cells[0], full=full)
    elif line.cells and line.sign == ADDED:
        most = 3 * _LONGEST_CELL if len(line.cells) == 1 else _LONGEST_CELL
        told = [
            f"{'' if line.tab == 'review' else header} {_cut(after, full, most)}".strip()
            for header, _, after in line.cells
            if after
        ]
        kept = told if full else told[:4]
        spans.append((f"  {'; '.join(kept)}{' …' if len(kept) < len(told) else ''}", "dim"))
    elif line.cells:
        spans.append((f"  ({say('{count} cells', count=len(line.cells))})", "dim"))
    if line.why:
        spans.append((f"  [{line.why}]", "why"))
    return spans


def _cell(cell: tuple[str, str, str], *, full: bool) -> _Printed:
    header, before, after = cell
    return [
        (f", {header}: ", ""),
        (_cut(before, full) or "–", "before"),
        (" → ", "dim"),
        (_cut(after, full) or "–", "after"),
    ]


def _findings(outcome: Outcome, say: Sentences, *, full: bool) -> Iterator[_Printed]:
    for severity in SEVERITIES:
        found = [finding for finding in outcome.findings if finding.severity == severity]
        if not found:
            continue
        yield []
        yield [
            (say(SEVERITY_COUNTS[severity], count=len(found)), severity),
        ]
        kept = found if full else found[:_FINDINGS_OF_SEVERITY]
        for finding in kept:
            yield _finding(finding, outcome, say)
        yield from _more(len(found) - len(kept), say)


def _finding(finding: Finding, outcome: Outcome, say: Sentences) -> _Printed:
    number = outcome.book.table(finding.tab).numbers.get(finding.row_id)
    place = f"{say.title(finding.tab)} {number}" if number else say.title(finding.tab)
    spans: _Printed = [(f"  {ATTENTION} ", finding.severity), (f"{place} ", "dim")]
    if not finding.row_id.startswith("#"):
        spans.append((f"{finding.row_id} ", "id"))
    spans.append((finding_sentence(say, finding, outcome.book), ""))
    return spans


def _more(left: int, say: Sentences) -> Iterator[_Printed]:
    if left > 0:
        said = say("… and {count} more: -v prints all, --report-dir writes all.", count=left)
        yield [("    ", ""), (said, "dim")]


def _files(outcome: Outcome, say: Sentences) -> Iterator[_Printed]:
    if outcome.files:
        yield []
    for name, path in outcome.files.items():
        yield [("  ", ""), (f"{say(name)}: ", "dim"), (display_text(path), "")]


def _next(outcome: Outcome, say: Sentences, undo: str) -> Iterator[_Printed]:
    if outcome.plan.changes and not outcome.applied:
        yield []
        yield [(say("Nothing has been changed. Give the same command with --apply."), "next")]
    elif outcome.written.changes and undo:
        yield []
        yield [(say("Done. To take it back: {command}", command=undo), "next")]


def _cut(text: str, full: bool, most: int = _LONGEST_CELL) -> str:
    return text if full or len(text) <= most else text[: most - 1] + "…"


def _styled(line: _Printed, *, color: bool) -> Iterator[str]:
    for text, style in line:
        yield click.style(text, **_STYLES[style]) if color and style else text
