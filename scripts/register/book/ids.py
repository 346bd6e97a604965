"""Row ids: a letter for the kind and five characters of Crockford's base32, the last a check.

The check character is Luhn's over that alphabet (ISO/IEC 7812-1 Annex B, generalised), so that a
mistyped ``T-…`` does not refer to another row. Ids of the review tab are fingerprints of 13
characters instead.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b

from stdnum import luhn

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [low + high for high in ALPHABET for low in ALPHABET]
_ID = re.compile(rf"([A-Z])-([{ALPHABET}]{{5}}|[{ALPHABET}]{{13}})")
_NAMED = re.compile(rf"\b[A-Z]-(?:[{ALPHABET}]{{13}}|[{ALPHABET}]{{5}})\b")
_REFERENCE = re.compile(rf"(?:^|·\s*)([A-Z]-(?:[{ALPHABET}]{{5}}|[{ALPHABET}]{{13}}))\s*$")


def is_id(text: str, letter: str = "") -> bool:
    """Return True if the text is a row id (of the kind ``letter``) with a correct check."""
    found = _ID.fullmatch(text)
    if not found or (letter and found[1] != letter):
        return False
    return len(found[2]) == 13 or bool(luhn.is_valid(found[2], ALPHABET))


def new_id(letter: str, seed: Iterable[str], taken: Collection[str]) -> str:
    """Return an id that is not in ``taken``; the same seed gives the same id.

    Ids are derived from content, not from chance, so that a plan made twice is the same plan.
    """
    content = "\x1f".join(seed)
    for attempt in range(1 << 20):
        digest = blake2b(f"{letter}\x1f{attempt}\x1f{content}".encode(), digest_size=8).digest()
        body = _base32(int.from_bytes(digest, "big"), 4)
        candidate = f"{letter}-{body}{luhn.calc_check_digit(body, ALPHABET)}"
        if candidate not in taken:
            return candidate
    raise OverflowError(f"no id of kind {letter} is left")


def fingerprint(kind: str, *parts: str) -> str:
    """Return the id of a case in ``review``; the same kind, ids and values give the same id."""
    digest = blake2b("\x1f".join((kind, *parts)).encode(), digest_size=9).digest()
    return f"R-{_base32(int.from_bytes(digest, 'big'), 13)}"


def reference_id(text: str) -> str:
    """Return the id in a reference cell (``Nimi · O-7K3MQ`` or a bare id), '' if there is none."""
    found = _REFERENCE.search(text.strip()) if text else None
    return found[1] if found else ""


def linked_row(row: Mapping[str, str]) -> str:
    """Return the id of the row that a row of ``review`` links to, '' if it links to none.

    The link is "Tab: Name · id", or "Tab: id" for a row without a name.
    """
    link = row.get("link", "")
    return reference_id(link.partition(": ")[2] or link)


def named_ids(text: str) -> list[str]:
    """Return all ids in a text, in their order."""
    return _NAMED.findall(text)


def reference_text(name: str, row_id: str) -> str:
    """Return a reference as cells show it: name, middle dot, and the id, which alone counts.

    Commas in the name are dropped, because a comma separates the references of one cell.
    """
    shown = " ".join(name.replace(",", " ").split())
    return f"{shown} · {row_id}" if shown else row_id


def _base32(number: int, length: int) -> str:
    """Return the lowest ``length`` digits of a number, the lowest first."""
    pairs = [_PAIRS[number >> shift & 1023] for shift in range(0, 5 * length, 10)]
    return "".join(pairs)[:length]
