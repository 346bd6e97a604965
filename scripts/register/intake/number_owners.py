"""Phone numbers with a column beside each that names the owner: "Puhelin 1" and "Kenen"."""

import re
from collections.abc import Sequence

from register.intake.cell_parts import person_in_cell
from register.intake.header_names import header_letters, header_meaning

_WHOSE = re.compile(r"(?:kenen|kenelle|kelle|kuka|vem|vems|till?vem|whose|who|owner)(?:num\w+)?\d?")


def pair_numbers_with_owners(headers: list[str], rows: Sequence[list[str]]) -> None:
    """Rewrite such pairs of columns in place as the phone and the name of a contact each.

    A number whose owner is not a person ("toimisto") moves to a new phone column of the row's own.
    """
    pairs = [
        at
        for at in range(len(headers) - 1)
        if header_meaning(headers[at])[0] == "phone"
        and _WHOSE.fullmatch(header_letters(headers[at + 1]))
        and any(person_in_cell(_cell(row, at + 1)) for row in rows)
    ]
    if not pairs:
        return
    own = len(headers)
    headers.append("Puhelin")
    for number, at in enumerate(pairs, start=1):
        person = f"Yhteyshenkilö {number}"
        headers[at : at + 2] = [f"{person} puhelin", person]
        for row in rows:
            owner = _cell(row, at + 1)
            if _cell(row, at) and not person_in_cell(owner):
                row += [""] * (own + 1 - len(row))
                told = f"{row[at]} {owner}".strip()
                row[own] = " / ".join(filter(None, (row[own], told)))
                row[at : at + 2] = ["", ""]


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
