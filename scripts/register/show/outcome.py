"""An outcome in all its forms; its JSON is a stable contract, in the schema's keys.

``check``: ``{"findings": […], "rows": {tab: n}}``. ``cleanup``: ``{"changes": […], "findings": […],
"applied": bool, "run": "…", "conflicts": […]}``. Every other verb: the same with ``files`` (what it
wrote besides, by name), ``notes`` (sentences) and ``failed`` (a count).
A finding is ``tab, row, row_id, column, code, severity, message``: ``row`` is the sheet's row
number (the header is 1), null where the row is not in the sheet yet; ``column`` is '' for a whole
row. A change is ``tab, row_id, column, before, after, reason, kind, group``; a conflict is a
change with ``found``. A henkilötunnus is masked wherever it stands.
"""

from __future__ import annotations

from dataclasses import asdict

from register.book.change import Change
from register.book.finding import Finding
from register.book.outcome import Outcome
from register.book.personal_identity_code import mask_identity_codes
from register.rules.sentences import finding_sentence
from register.show.markdown import outcome_markdown
from register.show.page import outcome_page
from register.show.page_model import Page, ReportContext, json_text
from register.show.text import outcome_text
from register.words.sentences import Sentences


def outcome_forms(
    outcome: Outcome,
    say: Sentences,
    around: ReportContext | None = None,
    *,
    color: bool = False,
    full: bool = False,
    undo: str = "",
) -> Page:
    """Return an outcome as a page; ``color``, ``full`` and ``undo`` are for its text."""
    return Page(
        outcome.verb.replace(" ", "-"),
        {
            "text": lambda: outcome_text(outcome, say, color=color, full=full, undo=undo),
            "md": lambda: outcome_markdown(outcome, say),
            "html": lambda: outcome_page(outcome, say, around=around),
            "json": lambda: outcome_json(outcome, say),
        },
    )


def outcome_json(outcome: Outcome, say: Sentences) -> str:
    """Return an outcome as the JSON of its verb; only ``message`` and ``notes`` are translated."""
    return json_text(outcome_values(outcome, say))


def outcome_values(outcome: Outcome, say: Sentences) -> dict[str, object]:
    """Return the value that :func:`as_json` prints."""
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
