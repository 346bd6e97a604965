"""What one cell of a list says where people wrote more than one thing, or nothing, into it."""

from __future__ import annotations

import re

_NOTHING = re.compile(
    r"[\s\-–—_.*/?()]+"
    r"|\(?(?:ei (?:ole|tiedossa|tietoa|ilmoitettu|sähköpostia|s-postia|puhelinta|numeroa|osoitetta"
    r"|tiedetä|mitään|valittu|nimetty|käytössä)(?: vielä)?|puuttuu|avoin|avoinna|vapaa|ei"
    r"|ingen(?: (?:e-post|telefon|uppgift))?|saknas|inget|finns (?:ej|inte)|vakant|ej (?:känd|känt)"
    r"|okänd|okänt|none|no (?:e-?mail|phone)|n/?a|not known|unknown|vacant|missing|null|nan"
    r"|\#(?:n/a|ref!|value!|puuttuu!?))\)?[.!]?",
    re.IGNORECASE,
)


def says_nothing(cell: str) -> bool:
    """Whether a cell only says that there is nothing to say: "-", "?", "ei sähköpostia"."""
    return len(cell) < 40 and bool(_NOTHING.fullmatch(cell.strip()))
