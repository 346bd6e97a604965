"""Signs of life of organisations: a day or year, and what it was ("2026 avustus (STEA)")."""

import re
from datetime import date

_WHEN = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\.)?((?:19|20)\d\d)(?!\d)")


def sign_of_life(when: date | int, what: str) -> str:
    """Return the cell of a sign: its day, or only its year, and what it was."""
    day = f"{when.day}.{when.month}.{when.year}" if isinstance(when, date) else str(when)
    return f"{day} {what}"


def day_of_sign(cell: str) -> str:
    """Return the day of a sign (ISO), or its year if there is no day; '' if there is neither."""
    found = _WHEN.match(cell.strip())
    if found is None or not found[1]:
        return found[3] if found else ""
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return ""


def later_sign(one: str, other: str) -> str:
    """Return the later of two signs; the first one if they are equal or have no date."""
    return max((one, other), key=day_of_sign)
