"""The posts that headers and cells name: "pj:n puhelin" is the phone of the puheenjohtaja."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from register.intake.header_names import header_meaning

_LONGEST = 200
_GENITIVE = re.compile(r"(?<=\w)[:'’](?:n|s|in|en)\b", re.IGNORECASE)
_TOKEN = re.compile(r"(?<!\w)[es]-[^\W\d_]+|[^\W\d_]+|\d+", re.IGNORECASE)
_CASES = ("ns", "n", "s")
"""What a genitive adds, in Finnish, Swedish and English."""


@dataclass(frozen=True, slots=True)
class HeldHeader:
    """A header that names a post or counts people: whose column it is, and what is left of it.

    ``role`` is the post's whole name ('' where only a number counts people), ``number`` the digits
    in the header ('' for none), ``contact`` that any contact may be meant, ``field`` the rest.
    """

    role: str
    number: str
    contact: bool
    field: str


@lru_cache(maxsize=1 << 12)
def read_holder(header: str) -> HeldHeader | None:
    """Return whose column a header names, by a post before or after, or by a number; else None."""
    plain = _GENITIVE.sub("", header[:_LONGEST])
    tokens = [found.group() for found in _TOKEN.finditer(plain)]
    numbers = [token for token in tokens if token.isdigit()]
    number = (numbers[0].lstrip("0") or "0") if len(numbers) == 1 and len(numbers[0]) < 3 else ""
    words = [token for token in tokens if not token.isdigit()]
    found = _first_post(words)
    if not found:
        return HeldHeader("", number, contact=True, field=" ".join(words)) if number else None
    role, contact, start, end = found
    part = _part(words[:start])
    rest = [*(() if part else words[:start]), *words[end:]]
    if part:
        joined = plain[plain.index(part[0]) : plain.index(part[-1]) + len(part[-1])]
        role, contact = f"{joined.casefold()} {role}", False
    elif not contact and (more := _first_post(rest)) and not more[1]:
        role, rest = f"{role}, {more[0]}", [*rest[: more[2]], *rest[more[3] :]]
    rest = [word for word in rest if _letters([word]) not in _bodies()]
    return HeldHeader(role, number, contact, " ".join(rest))


def _first_post(words: Sequence[str]) -> tuple[str, bool, int, int] | None:
    """Return the longest post among words: its role, whether any contact's, where it stands."""
    for length in range(min(3, len(words)), 0, -1):
        for start in dict.fromkeys((0, len(words) - length, *range(1, len(words) - length))):
            role, contact = _post(words[start : start + length])
            if role:
                return role, contact, start, start + length
    return None


def _part(words: Sequence[str]) -> Sequence[str]:
    """Return the words before a post that say of what part it is: "Nuorisojaoston johtaja"."""
    if all(_letters([word]) in _bodies() for word in words):
        return ()
    of_it = words[-1].casefold().endswith(_CASES) and not header_meaning(" ".join(words))[0]
    return words if of_it else ()


@lru_cache(maxsize=1 << 12)
def whole_role(cell: str) -> str:
    """Return the whole word of a post that a cell shortens ("siht."), '' where it is none."""
    return _spellings().get(_letters(re.findall(r"[^\W\d_]+", cell[:_LONGEST])), "")


def _post(words: Sequence[str]) -> tuple[str, bool]:
    """Return the role that words name and whether it is any contact's; '' for none."""
    plain = _letters(words)
    for form in (plain, *(plain.removesuffix(case) for case in _CASES if plain.endswith(case))):
        if role := _spellings().get(form):
            return role, role in _contacts()
        rest = next((form.removeprefix(one) for one in _deputies() if form.startswith(one)), "")
        if rest in _spellings():
            written = " ".join(words).casefold()
            return written[: len(written) - (len(plain) - len(form))], False
        if len(words) == 1 and any(form.endswith(end) for end in _endings()):
            written = words[0].casefold()
            return written[: len(written) - (len(plain) - len(form))], False
    return "", False


def _letters(words: Sequence[str]) -> str:
    plain = unicodedata.normalize("NFKD", "".join(words)).casefold()
    return "".join(char for char in plain if char.isalpha())


@cache
def _bodies() -> frozenset[str]:
    return frozenset(_letters([word]) for word in _table()["bodies"]["words"])


@cache
def own_words() -> tuple[str, ...]:
    """Return how words begin that say which phone of somebody it is, not whose: "työpuhelin"."""
    return tuple(_table()["own"]["words"])


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    text = files("register.intake").joinpath("offices.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _spellings() -> Mapping[str, str]:
    spellings: dict[str, str] = {}
    for kind in ("offices", "contacts"):
        for role, others in _table()[kind].items():
            for form in (role, *others):
                spellings.setdefault(_letters(form.split()), role)
    return spellings


@cache
def _contacts() -> frozenset[str]:
    return frozenset(_table()["contacts"])


@cache
def _deputies() -> tuple[str, ...]:
    return tuple(_table()["deputies"]["words"])


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_letters([word]) for word in _table()["endings"]["words"])
