"""One line of a notebook taken apart: "12.3. Espoo / Maija Malli: hanke, lupasi tilan, soitetaan".

Before the colon stand the day and with whom, after it the matter, what was agreed, and last what
comes next, where it names a time or begins with a word that looks ahead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from register.fields.text import line

_LONGEST = 1_000
_DAY = re.compile(r"(?:\w{2,9}\s+)?(\d{1,2})\.(\d{1,2})\.?(\d{4})?(?=\D|$)\s*[,:]?\s*")
_DUE = re.compile(r"(?<!\d)(?<!klo )(?<!kl\. )(\d{1,2})\.(\d{1,2})(?:\.(\d{4})?)?(?!\d)")
_MONTHS = {
    **{
        f"{name}ku": number
        for number, name in enumerate(
            (
                *("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys"),
                *("loka", "marras", "joulu"),
            ),
            start=1,
        )
    },
    **{
        name: number
        for number, names in enumerate(
            (
                *("januari january", "februari february", "mars march", "april", "maj may"),
                *("juni june", "juli july", "augusti august", "september", "oktober october"),
                *("november", "december"),
            ),
            start=1,
        )
        for name in names.split()
    },
}
_MONTH = re.compile(
    rf"\b({'|'.join(_MONTHS)})(?:u(?:n|hun|ssa)?)?\b",
    re.IGNORECASE,
)
_NEXT_WEEK = re.compile(r"\b(ensi viikolla|nästa vecka|next week)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"(soitetaan|sovitaan|palataan|lähetetään|tavataan|kysytään|jatketaan|muistutetaan|soitan"
    r"|lähetän|palaan|kysyn|vi ringer|ringer|skickar|återkommer|call|send|ask|meet|get back)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: ISO days or '', the names before the colon as typed, the rest in parts."""

    date: str
    parties: tuple[str, ...]
    matter: str
    agreed: str
    next: str
    due: str
    dated: bool
    """Whether the line itself begins with a day."""


def read_line(text: str, today: date) -> Line | None:
    """Return a line's parts, or None where it is none (no colon, nobody before it, no matter).

    A day without a year is the latest one that is not in the future; a month ahead means its end.
    """
    plain = line(text, _LONGEST) or ""
    found = _DAY.match(plain)
    on = _past(found[1], found[2], found[3], today) if found else None
    rest = plain[found.end() :] if found and on else plain
    head, colon, body = rest.partition(":")
    parties = tuple(part.strip() for part in head.split("/") if part.strip())
    parts = [part.strip(" .,;") for part in re.split(r"[,;]\s+", body) if part.strip(" .,;")]
    if not (colon and parts and parties) or len(parties) > 2:
        return None
    day = on or today
    said, ahead = parts[1:], ""
    if said and (_AHEAD.match(said[-1]) or _due(said[-1], day)):
        ahead = said.pop()
    due = _due(ahead, day)
    return Line(
        date=day.isoformat(),
        parties=parties,
        matter=parts[0],
        agreed=", ".join(said),
        next=ahead,
        due=due.isoformat() if due else "",
        dated=on is not None,
    )


def _past(day: str, month: str, year: str | None, today: date) -> date | None:
    for candidate in [int(year)] if year else range(today.year, today.year - 5, -1):
        on = _date(candidate, int(month), int(day))
        if on and (year or on <= today):
            return on
    return None


def _due(text: str, after: date) -> date | None:
    if found := _DUE.search(text):
        years = [int(found[3])] if found[3] else range(after.year, after.year + 5)
        days = (_date(year, int(found[2]), int(found[1])) for year in years)
        return next((day for day in days if day and (found[3] or day >= after)), None)
    if found := _MONTH.search(text):
        month = _MONTHS[found[1].casefold()]
        year = after.year + (month < after.month)
        return date(year, month, monthrange(year, month)[1])
    if _NEXT_WEEK.search(text):
        return after + timedelta(days=11 - after.weekday())
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
