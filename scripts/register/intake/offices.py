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
    for length in range(min(3, len(words)), 0, -1):
        for start in dict.fromkeys((0, len(words) - length, *range(1, len(words) - length))):
            role, contact = _post(words[start : start + length])
            if role:
                before = [word for word in words[:start] if _letters([word]) not in _bodies()]
                if before and start + length == len(words) and _is_part(words[:start]):
                    whole = " ".join(plain.split()).casefold()
                    return HeldHeader(whole, number, contact=False, field="")
                rest = (*before, *words[start + length :])
                return HeldHeader(role, number, contact, " ".join(rest))
    return HeldHeader("", number, contact=True, field=" ".join(words)) if number else None


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


def _is_part(words: Sequence[str]) -> bool:
    """Whether words before a post are of what it is a part: "Nuorisojaoston johtaja"."""
    return words[-1].casefold().endswith(_CASES) and not header_meaning(" ".join(words))[0]


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
