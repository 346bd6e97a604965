"""Whether the notes of a row say that its post or membership has ended, as lists say it.

A list marks it in a column ("Jäsenyyden tila: Eronnut"), or its row was struck through.
"""

from __future__ import annotations

import re
from functools import cache

from register.book.schema import LANGUAGES
from register.values.date import read as read_date
from register.words.sentences import Sentences

_STATES = re.compile(
    r"(?:^|[;\n])\s*(?:[^:;\n]{0,40}\b)?(?:tila|status|jäsenyys|asema|medlemskap|ställning|membership"
    r"|state)\s*:\s*(?:on |har |has )?(?:eronnut|erotettu|lopettanut|päättynyt|poistunut|poistettu"
    r"|entinen(?: jäsen)?|ex-?jäsen|vanhentunut|avgått|avslutad|avslutat|utträtt|utesluten|f\.?d\.?"
    r"(?: medlem)?|före detta|resigned|former(?: member)?|left|ended|expired|lapsed|terminated)"
    r"\s*\.?\s*(?=$|[;\n])",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(?:^|[;\n])\s*(?:eroamispäivä|eropäivä|eronnut|lopettanut|jäsenyyden (?:loppu|päättyminen)"
    r"|päättymispäivä|päättynyt|utträdesdatum|utträdesdag|utträtt|avslutad|medlemskapets slut"
    r"|end date|membership end(?: date)?|resigned on|left on|ended)"
    r"\s*:\s*([^;\n]{6,20})(?=$|[;\n])",
    re.IGNORECASE,
)


def said_to_have_left(notes: str, today: str) -> str:
    """Return how the notes say it, '' where they do not; a day after ``today`` (ISO) says nothing.

    A day is returned as ISO, words as they stand.
    """
    for found in _DAYS.finditer(notes):
        day = read_date(found[1].strip()).value
        if day:
            return day if day <= today else ""
    state = _STATES.search(notes)
    if state:
        return state[0].strip(" ;\n")
    return next((mark for mark in _marks() if mark in notes), "")


@cache
def _marks() -> tuple[str, ...]:
    """Return what import writes of a row that is struck through, in each language."""
    return tuple(
        f"{say('Struck through')}: {say('the whole row')}" for say in map(Sentences, LANGUAGES)
    )
