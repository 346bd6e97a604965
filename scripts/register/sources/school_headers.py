"""The headers of a school's list, where the guardians are the people to reach, not the pupils."""

import re
from collections.abc import Sequence

_PUPIL = re.compile(
    r"(?:oppila(?:s|an)|laps(?:i|en)|elev(?:en)?s?|barn(?:et)?s?|pupil|student|child)(?:['’]s)?"
    r"(?:\s+(?:(?:suku|etu)?nimi|(?:för|efter)?namn|(?:first |last )?name))?",
    re.IGNORECASE,
)
_GUARDIAN = re.compile(
    r"^(?:huoltaja|vårdnadshavare|guardian|parent)(?:n|ns|s|['’]s)?(?![^\W\d_])", re.IGNORECASE
)


def guardians_as_contacts(headers: Sequence[str]) -> list[str]:
    """Return the headers with each guardian as a contact, and each pupil as a child.

    Other lists stay as they are: there a guardian is a relative of the row's person.
    """
    pupils = [bool(_PUPIL.fullmatch(header.strip())) for header in headers]
    if not any(pupils) or not any(map(_GUARDIAN.match, headers)):
        return list(headers)
    return [
        "Lapsi" if pupil else _GUARDIAN.sub("Yhteyshenkilö", header)
        for header, pupil in zip(headers, pupils, strict=True)
    ]
