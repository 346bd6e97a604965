"""The members of a group on one line, as chats list them: "Eila Kaski, Ivo Tamm, +358 40 …"."""

import re

from register.intake.cell_parts import people_in_cell
from register.values import municipality, organisation_name, phone
from register.values.post import whole_role

_ME = frozenset(("sinä", "sinä itse", "du", "you"))
_LONGEST, _MOST_WORDS, _FEWEST = 1 << 16, 4, 2


def members_of_line(text: str) -> list[list[str]]:
    """Return ``[name, phone]`` of each member whom a text of one line lists, [] for other texts.

    A number belongs to the name before it only if names and numbers take turns throughout. Else it
    is a member whom the phone knows by number alone.
    """
    line = text.strip()
    if "\n" in line or len(line) > _LONGEST:
        return []
    parts = [part.strip(" ~") for part in re.split(r"[,;]", line) if part.strip(" ~")]
    numbers = [bool(phone.read(part).value) for part in parts]
    names = [part for part, number in zip(parts, numbers, strict=True) if not number]
    whole = sum(" " in name for name in names)
    if not any(numbers) or whole < _FEWEST or not all(map(_may_be_member, names)):
        return []
    if numbers == [False, True] * (len(parts) // 2):
        return [list(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    return [["", part] if number else [part, ""]
            for part, number in zip(parts, numbers, strict=True)
            if part.casefold() not in _ME]  # fmt: skip


def _may_be_member(part: str) -> bool:
    """Whether a part is a name of a few words, and no post, place or organisation."""
    other = whole_role(part) or municipality.read(part).value
    return (
        len(part.split()) <= _MOST_WORDS
        and not any(char.isdigit() or char in "@:/" for char in part)
        and not other
        and not organisation_name.names_organisation(part)
        and len(people_in_cell(part)) == 1
    )
