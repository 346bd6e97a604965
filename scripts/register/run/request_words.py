"""What a row says of a fault."""

from __future__ import annotations

from register.book.errors import VerkostoError
from register.words.sentences import Sentences


def reason_in_row(fault: VerkostoError, say: Sentences) -> str:
    """Return why something cannot be done, without what only a terminal understands."""
    said = say(fault.message, **fault.values)
    remedy = say(fault.remedy, **fault.values) if fault.remedy else ""
    return said if not remedy or "--" in remedy or ".py" in remedy else f"{said} {remedy}"
