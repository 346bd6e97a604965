"""Days that a spreadsheet shows as numbers: 45658 under "Toimikausi alkaa" is 1.1.2025."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

_OF_DAYS = re.compile(
    r"(?:^|\W)(?:pvm|päiväys|päivämäärä|alka\w*|alkoi|alku|alkaen|päätty\w*|päättyen|päättynyt|loppu\w*"
    r"|liittynyt|liittymis\w*|eronnut|asti|saakka|datum|börja\w*|slut\w*|upphör\w*|från|till|sedan"
    r"|date|since|from|until|start\w*|end(?:s|ed)?|joined|left)(?:\W|$)",
    re.IGNORECASE,
)
_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"[2-6]\d{4}")


def replace_serial_days(headers: Sequence[str], rows: Sequence[list[str]]) -> None:
    """Rewrite such columns in place; all cells of the column must be numbers of days."""
    for at, header in enumerate(headers):
        told = [row for row in rows if at < len(row) and row[at]]
        if not (
            told and _OF_DAYS.search(header) and all(_SERIAL.fullmatch(row[at]) for row in told)
        ):
            continue
        for row in told:
            day = _DAY_ZERO + timedelta(days=int(row[at]))
            row[at] = f"{day.day}.{day.month}.{day.year}"
