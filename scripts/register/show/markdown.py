"""An outcome as Markdown: tables for an issue, a wiki, a mail. Cells are escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from register.book.finding import SEVERITIES
from register.book.outcome import Outcome
from register.rules.sentences import finding_sentence
from register.show.lines import ASKED, SIGNS, OutcomeLine, line_totals, outcome_lines
from register.show.tables import markdown_table
from register.show.text import COUNTS, SEVERITY_COUNTS
from register.words.display import display_text, escape_markdown
from register.words.sentences import Sentences


def outcome_markdown(outcome: Outcome, say: Sentences) -> str:
    """Return an outcome as Markdown, whole: nothing is left out."""
    made = outcome_lines(outcome, say)
    return "\n".join([*_head(outcome, made, say), *_changes(made, say), *_findings(outcome, say)])


def _head(outcome: Outcome, made: list[OutcomeLine], say: Sentences) -> Iterator[str]:
    title = f"{say.named('verb', outcome.verb)} {outcome.run}".strip()
    yield f"# {escape_markdown(title)}\n"
    if outcome.plan.changes and not outcome.applied:
        yield f"{say('Nothing has been changed. Give the same command with --apply.')}\n"
    counts = line_totals(made)
    found = Counter(finding.severity for finding in outcome.findings)
    for sign in (*SIGNS, ASKED):
        if counts[sign]:
            yield f"- {say(COUNTS[sign], count=counts[sign])}"
    for severity in SEVERITIES:
        if found[severity]:
            yield f"- {say(SEVERITY_COUNTS[severity], count=found[severity])}"
    for msgid, values in outcome.notes:
        yield f"- {escape_markdown(say(msgid, **values))}"
    for name, path in outcome.files.items():
        yield f"- {escape_markdown(say(name))}: {escape_markdown(display_text(path))}"
    yield ""


def _changes(made: list[OutcomeLine], say: Sentences) -> Iterator[str]:
    for tab, of_tab in groupby(made, key=lambda line: line.tab):
        yield f"## {say.title(tab)}\n"
        yield from markdown_table(
            (" ", say("Row"), say("Column"), say("Before"), say("After"), say("Why")),
            (row for line in of_tab for row in _rows(line)),
        )
        yield ""


def _rows(line: OutcomeLine) -> Iterator[tuple[str, ...]]:
    name = f"{line.name} {line.row_id}" if line.row_id != line.name else line.name
    if line.into:
        name += f" → {line.into}"
    for header, before, after in line.cells or (("", "", ""),):
        yield line.sign, name, header, before, after, line.why


def _findings(outcome: Outcome, say: Sentences) -> Iterator[str]:
    if not outcome.findings:
        return
    yield f"## {say('What was found')}\n"
    ordered = sorted(outcome.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    yield from markdown_table(
        (say("Urgency"), say("Tab"), say("Row"), say("What")),
        (
            (
                say.label("severity", finding.severity),
                say.title(finding.tab),
                str(outcome.book.table(finding.tab).numbers.get(finding.row_id, finding.row_id)),
                finding_sentence(say, finding, outcome.book),
            )
            for finding in ordered
        ),
    )
    yield ""
