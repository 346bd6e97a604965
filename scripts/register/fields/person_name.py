"""Person names: first and last taken apart, titles and former names set aside."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from register.fields.reading import Problems, Reading
from register.fields.text import read as read_text
from register.fields.text import tidy

PROBLEMS: Problems = {}
_PARTICLES = frozenset(("von", "af", "de", "van", "der", "la", "zu"))
_TITLES = re.compile(
    r"\b(?:TkT|FT|FM|KM|YTM|VTM|OTM|DI|LL|KTM|THM|HTM|TtM|YTT|VTT|KT|OTK|tri|dr|prof|dipl\.?ins)\b\.?,?",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\s*[,(]?\s*\b(?:ent|e|o\.\s?s|os|f|född|entinen|omaa sukua)[.:]?\s+([^\W\d_][\w\-]+)\)?\s*$",
    re.IGNORECASE,
)


def read(text: str) -> Reading:
    """Read one part of a name: tidied, its capitals left as people wrote them."""
    return read_text(text)


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """Return what two spellings of a name share: caseless, hyphens and spaces alike."""
    return " ".join(re.sub(r"[^\w\s]", " ", name[:200].replace("-", " ")).casefold().split())


def split(full: str) -> tuple[str, str, str, str]:
    """Return ``(first, last, former, title)`` of a whole name in either order.

    "Virtanen, Matti" and "Virtanen Matti" are told by the comma or by the first names known here;
    where neither tells, the first word is the first name.
    """
    plain = tidy(full[:200])
    titles = " ".join(match.group().strip(" ,") for match in _TITLES.finditer(plain))
    plain = tidy(_TITLES.sub(" ", plain)).strip(" ,")
    former = ""
    if found := _FORMER.search(plain):
        former, plain = found[1], plain[: found.start()].strip(" ,(")
    if "," in plain:
        last, _, first = plain.partition(",")
        return first.strip(), last.strip(), former, titles
    words = plain.split()
    if len(words) < 2:
        known = bool(words) and _is_first(words[0])
        return (words[0], "", former, titles) if known else ("", plain, former, titles)
    if not _is_first(words[0]) and _is_first(words[-1]):
        start = next(i for i, word in enumerate(words) if i and _is_first(word))
        return " ".join(words[start:]), " ".join(words[:start]), former, titles
    cut = next((i for i, word in enumerate(words) if i and word in _PARTICLES), len(words) - 1)
    return " ".join(words[:cut]), " ".join(words[cut:]), former, titles


def _is_first(word: str) -> bool:
    return all(part in first_names() for part in word.casefold().split("-"))


@cache
def first_names() -> frozenset[str]:
    """Return the first names that are known here, casefolded (first_names.csv)."""
    text = files("register.fields").joinpath("first_names.csv").read_text(encoding="utf-8")
    return frozenset(line.strip().casefold() for line in text.splitlines()[1:] if line.strip())
