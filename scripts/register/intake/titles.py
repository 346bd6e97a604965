"""Forms of address, degrees and parts in a meeting, none of which is a post."""

import re

from register.values.person_name import first_names

_TITLE = re.compile(
    r"(?:tmi|c/o|rouva|rva|neiti|herra|hra|fru|herr|fröken|mrs?|ms|miss|madam|dr|tri|prof|ft|fm"
    r"|fil\.? ?tri|dos|past(?:ori|or)?|rovasti|prost(?:en)?|\w{2,4}\. ?(?:mag|kand|lis|maist|ing)"
    r"|tkt|lt|kt|km|vtt|vtm|ytm|di|ekon|maist|dosentti|docent)\.?",
    re.IGNORECASE,
)
_DEGREE = re.compile(r"(?=\w*[A-ZÅÄÖ]\w*[A-ZÅÄÖ])\w{3,4}|Ph\.? ?D\.?|M\.? ?Sc\.?|B\.? ?A\.?")
_AT_A_MEETING = frozenset(
    (
        *("organizer", "organiser", "co-organizer", "presenter", "attendee", "participant"),
        *("host", "co-host", "panelist", "guest", "järjestäjä", "esittäjä", "osallistuja"),
        *("arrangör", "medarrangör", "presentatör", "deltagare"),
    )
)
"""A person's part in one meeting is not a post."""


def is_title(cell: str) -> bool:
    """Whether a cell is a form of address, a degree ("FT") or a part in a meeting."""
    plain = cell.strip()
    return len(cell) < 40 and (plain.casefold() in _AT_A_MEETING or bool(_TITLE.fullmatch(plain)))


def is_degree(cell: str) -> bool:
    """Whether a cell is a degree or an honour behind a name: "VTM", "PhD"."""
    return is_title(cell) or bool(_DEGREE.fullmatch(cell) and cell.casefold() not in first_names())
