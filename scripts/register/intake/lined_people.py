"""People of one cell: one a line, one at the end of a sentence, or those in a pasted mail."""

import re
from collections.abc import Sequence

from register.intake.cell_parts import (
    CellReach,
    NamedPerson,
    contacts_in_cell,
    is_surely_named,
    mobile_first,
    person_in_cell,
)
from register.intake.free_text import is_mail, read_free_text
from register.intake.text_rows import TEXT_KEYS

_OF_PERSON = ("name", "role", "email", "phone")
_MOST_LINES = 30
_LINES = re.compile(r"[\n;]+")
_WEEKDAYS = re.compile(
    r"^(?:ma|ti|ke|to|pe|la|su)(?:\s?[-–]\s?(?:ma|ti|ke|to|pe|la|su))?(?!\w)[,:]?"
    r"(?= [^\W\d_a-zåäö])"
)
"""When somebody is to be reached, before the name: "ma–ke Eila Kaski"."""
_JOINED = re.compile(r"[\n;]+|,\s+|\s+(?:ja|sekä|och|samt|and|&|\+|/)\s+")
_LAST_NAMED = re.compile(
    r"(?P<before>(?:\S+ ){1,6}?)(?P<name>[^\W\d_a-zåäö][\w-]+ [^\W\d_a-zåäö][\w-]+)"
)


def people_on_lines(cell: str) -> list[tuple[NamedPerson, CellReach]]:
    """Return the person of each of several lines, with address and number; [] for other cells.

    "pj Eila Kaski 040 …" above "siht. Ivo Tamm ivo@…" gives two people; a name above its own number
    is one. "Eila Kaski 040 … ja Ivo Tamm 050 …" gives two from one line, as each has a number.
    """
    for between in (_LINES, _JOINED):
        lines = [line.strip() for line in between.split(cell) if line.strip()]
        if not 2 <= len(lines) <= _MOST_LINES:
            continue
        if between is _LINES:
            lines = _with_contacts_below(lines)
        found = [(person_in_cell(reach.rest), reach) for reach in map(_reach, lines)]
        people = [
            (named, reach)
            for named, reach in found
            if named
            and len(reach.phones) < 3
            and len(reach.emails) < 2
            and (
                (named.role and between is _LINES)
                or ((reach.phones or reach.emails) and is_surely_named(named))
            )
        ]
        reached = any(reach.phones or reach.emails for _, reach in people)
        if reached and len(people) == len(lines):
            return people
    return []


def _with_contacts_below(lines: Sequence[str]) -> list[str]:
    """Join each line that is a number or an address alone to the line of the post above it."""
    joined: list[str] = []
    for line in lines:
        named = person_in_cell(_reach(joined[-1]).rest) if joined else None
        if named and named.role and not _reach(line).rest:
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _reach(line: str) -> CellReach:
    """Return the contacts of a line, and the words beside them without weekdays at the start."""
    return contacts_in_cell(_WEEKDAYS.sub("", line))


def person_of_last_cell(cell: str) -> tuple[NamedPerson, CellReach] | None:
    """Return the person whom the only cell of a row names, with address and number, or None.

    The name stands just before the number: "Lisäksi varalla Saara Ilo 040 …". ``rest`` are the
    words before the name.
    """
    reach = contacts_in_cell(cell)
    found = _LAST_NAMED.fullmatch(reach.rest) if reach.phones or reach.emails else None
    named = person_in_cell(found["name"]) if found else None
    if not found or not named or not is_surely_named(named):
        return None
    return named, CellReach(reach.emails, reach.phones, found["before"])


def cards_of_cell(cell: str, *, alone: bool) -> list[dict[str, str]]:
    """Return a row of ``inbox`` for each such person; ``alone`` means the row's only cell."""
    told = person_of_last_cell(cell) if alone else None
    people = [told] if told else people_on_lines(cell)
    cards = []
    for named, reach in people:
        numbers = [*mobile_first(list(reach.phones)), "", ""]
        cards.append(
            {"name": named.name, "role": named.role, "phone": numbers[0], "phone2": numbers[1],
             "email": (*reach.emails, "")[0], "text": reach.rest.strip() if alone else ""}
        )  # fmt: skip
    return cards or (_told_in_mail(cell) if is_mail(cell) else [])


def _told_in_mail(cell: str) -> list[dict[str, str]]:
    """Return the people whom a mail names; the first gets the whole mail as message.

    A mail that names nobody with an address or number is a row with a message alone.
    """
    told = filter(None, read_free_text(cell.splitlines()).rows)
    cards = [dict(zip(TEXT_KEYS, row, strict=True)) for row in told]
    people = [
        {key: one[key] for key in _OF_PERSON}
        for one in cards
        if one["name"] and (one["email"] or one["phone"])
    ]
    return [{**one, "text": "" if n else cell} for n, one in enumerate(people)] or [{"text": cell}]
