"""Columns of codes, written out: 45658 under "Toimikausi alkaa", "091" under "KUNTA_NRO"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from register.intake.header_names import header_letters
from register.values.places import tables

_OF_DAYS = re.compile(
    r"(?:^|\W)(?:pvm|päiväys|päivämäärä|alka\w*|alkoi|alku|alkaen|päätty\w*|päättyen|päättynyt|loppu\w*"
    r"|liittynyt|liittymis\w*|eronnut|asti|saakka|datum|börja\w*|slut\w*|upphör\w*|från|till|sedan"
    r"|date|since|from|until|start\w*|end(?:s|ed)?|joined|left)(?:\W|$)",
    re.IGNORECASE,
)
_DAY_ZERO = date(1899, 12, 30)
_DAY = re.compile(r"[2-6]\d{4}")
_OF_MUNICIPALITIES = re.compile(
    r"(?:koti)?kun(?:ta|nan)(?:n?(?:ro|umero)|koodi|tunnus)?|kommun(?:nr|nummer|kod)?"
    r"|municipality(?:no|number|code)?"
)
_MUNICIPALITY = re.compile(r"\d{1,3}")


def write_out_codes(headers: list[str], rows: Sequence[list[str]]) -> None:
    """Replace the numbers of days and municipalities, in place, in columns of nothing else.

    Days are numbered as spreadsheets do; municipalities as registers do, leading zeros dropped.
    """
    for at, header in enumerate(headers):
        coded = [row for row in rows if at < len(row) and row[at]]
        if _OF_DAYS.search(header) and all(_DAY.fullmatch(row[at]) for row in coded):
            for row in coded:
                day = _DAY_ZERO + timedelta(days=int(row[at]))
                row[at] = f"{day.day}.{day.month}.{day.year}"
        elif _OF_MUNICIPALITIES.fullmatch(header_letters(header)) and all(
            _MUNICIPALITY.fullmatch(row[at]) for row in coded
        ):
            known = {one.code: one.name_fi for one in tables.municipalities()}
            names = [known.get(row[at].zfill(3), "") for row in coded]
            if names and all(names):
                headers[at] = "Kunta"
                for row, name in zip(coded, names, strict=True):
                    row[at] = name
