"""The headers of a survey's export: numbered questions, with the field that each asks for within.

Webropol writes "1. Vastaajan tiedot - Etunimi", forms ask "Kuka hän on (etu- ja sukunimi)?".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from register.intake.header_names import header_letters, header_meaning
from register.intake.offices import read_holder

_NUMBERED = re.compile(r"\s*(?:Q|K)?\d{1,3}[.):]\s+(?=\D)")
_GROUPED = re.compile(r"(?P<group>.{3,}?)(?:\s+[-–]\s+|:\s+|\s*\[)(?P<field>[^\[\]]+?)\]?\s*")
_EXPLAINED = re.compile(r"[^()]{12,}\((?P<field>[^()]+)\)\s*[?:*]?\s*")
_SEVERAL = 2


def plain_headers(headers: Sequence[str]) -> list[str]:
    """Return headers as fields are called, where they are a survey's; others as they stand.

    A field that is asked of several, or of the holder of a post, keeps whose it is.
    """
    numbered = sum(bool(_NUMBERED.match(header)) for header in headers) >= _SEVERAL
    bare = [_NUMBERED.sub("", header, count=1) if numbered else header for header in headers]
    grouped = [_GROUPED.fullmatch(header) for header in bare]
    groups = Counter(found["group"] for found in grouped if found)
    fields = Counter(header_letters(found["field"]) for found in grouped if found)
    plain: list[str] = []
    for header, found in zip(bare, grouped, strict=True):
        inside = _EXPLAINED.fullmatch(header)
        if (
            found
            and groups[found["group"]] >= _SEVERAL
            and fields[header_letters(found["field"])] == 1
            and _is_known(found["field"])
            and not read_holder(found["group"])
        ):
            header = found["field"]
        elif inside and not _is_known(header) and _is_known(inside["field"]):
            header = inside["field"]
        plain.append(header)
    return plain


def _is_known(header: str) -> bool:
    found, certainty = header_meaning(header)
    return bool(found) and certainty == "header"
