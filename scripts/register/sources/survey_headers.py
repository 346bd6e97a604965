"""The headers of a survey's export, reduced from questions to the fields that they ask for.

Webropol writes "1. Vastaajan tiedot - Etunimi", WordPress "Name (First)". Forms ask "Kuka hän on
(etu- ja sukunimi)?", and those in several languages "Puhelin / Telefon / Phone".
"""

import re
from collections import Counter
from collections.abc import Sequence

from register.intake.cell_looks import read_yes_no
from register.intake.header_names import PRIVATE, SECRET, header_letters, header_meaning
from register.intake.offices import read_holder
from register.intake.refusals import consent_kind

_NUMBERED = re.compile(r"\s*(?:Q|K)?\d{1,3}[.):]\s+(?=\D)")
_GROUPED = re.compile(
    r"(?P<group>.{3,}?)(?:\s+[-–]\s+|:\s+|\s*[\[(])(?P<field>[^\[\]()]+?)[\])]?\s*"
)
_EXPLAINED = re.compile(r"[^()]{12,}\((?P<field>[^()]+)\)\s*[?:*]?\s*")
_SEVERAL = 2
_LANGUAGES = (2, 3)
_FEWEST_QUESTIONS = 3
_ON_LETTERS = ("leave", "opt-out", "list", "newsletter")
_NOT_KEPT = (PRIVATE, SECRET)


def plain_headers(headers: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> list[str]:
    """Return a survey's headers as field names; other headers stay as they are.

    A field that is asked about several people, or about the holder of a post, keeps its question,
    and so does leave to send: "Postituslupa (s-posti)" asks for no address.
    """
    headers = _in_one_language(headers)
    numbered = sum(bool(_NUMBERED.match(header)) for header in headers) >= _SEVERAL
    bare = [_NUMBERED.sub("", header, count=1) if numbered else header for header in headers]
    grouped = [_GROUPED.fullmatch(header) for header in bare]
    groups = Counter(found["group"] for found in grouped if found)
    fields = Counter(header_letters(found["field"]) for found in grouped if found)
    plain: list[str] = []
    for at, (header, found) in enumerate(zip(bare, grouped, strict=True)):
        inside = _EXPLAINED.fullmatch(header)
        cells = [row[at] for row in rows if at < len(row)]
        field = next((one["field"] for one in (found, inside) if one), header)
        if _asks(header) and (field == header or not _asks(field)) and any(map(read_yes_no, cells)):
            plain.append(header)
            continue
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


def _in_one_language(headers: Sequence[str]) -> Sequence[str]:
    """Return headers in two or three languages in the one that is known."""
    cut = [re.split(r"\s+/\s+", header.strip()) for header in headers]
    count, of_them = Counter(map(len, cut)).most_common(1)[0] if cut else (1, 0)
    if not (count in _LANGUAGES and of_them >= _FEWEST_QUESTIONS and 2 * of_them > len(cut)):
        return headers
    return [_known_first(parts) if len(parts) == count else header
            for parts, header in zip(cut, headers, strict=True)]  # fmt: skip


def _known_first(parts: Sequence[str]) -> str:
    """Return the part that means data that is not kept, else the one known best."""
    meanings = {part: header_meaning(part) for part in parts}
    for wanted in (lambda one: one[0] in _NOT_KEPT, lambda one: one[0] and one[1] == "header"):
        if found := next((part for part in parts if wanted(meanings[part])), ""):
            return found
    return next((part for part in parts if meanings[part][0]), parts[0])


def _asks(header: str) -> bool:
    """Whether a header asks for leave to send letters."""
    return consent_kind(header) in _ON_LETTERS


def _is_known(header: str) -> bool:
    found, certainty = header_meaning(header)
    return bool(found) and (certainty == "header" or "/" in header)
