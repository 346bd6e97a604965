"""An outcome in all its forms."""

from __future__ import annotations

from register.book.outcome import Outcome
from register.show.contract import outcome_json
from register.show.markdown import outcome_markdown
from register.show.page import outcome_page
from register.show.page_model import Page, ReportContext
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
