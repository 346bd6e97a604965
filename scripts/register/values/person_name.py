"""Person names: first and last name separated, titles and former names set aside."""

import re
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from register.values.reading import LONGEST_VALUE_READ, Reading
from register.values.text import read_line, tidy

_PARTICLES = frozenset(
    (
        *("von", "af", "de", "van", "der", "la", "zu", "zum", "zur", "vom", "ter", "ten", "da"),
        *("di", "del", "dos", "du", "bin", "ibn", "bint", "al", "el", "abu", "den", "das"),
        *("Ó", "Ní", "Nic", "Uí", "Mac", "Mc"),
    )
)
_IBERIAN = re.compile(
    r"[^\W\d_]{3,}[eé]z|garc[ií]a|l[oó]pez|silva|santos|costa|pereira|ferreira|oliveira|torres|rivera"
    r"|flores|morales|ortega|romero|castro|vargas|mendoza|delgado|herrera|medina|navarro|moreno"
    r"|serrano|molina|rojas|reyes|guerrero|aguilar|cruz|ramos|ruiz|vega|almeida|carvalho"
)
"""Last names of Spain, Portugal and Latin America, where people have two of them."""

_TITLES = re.compile(
    r"\b(?:TkT|FT|FM|KM|YTM|VTM|OTM|DI|LL|KTM|THM|HTM|TtM|YTT|VTT|KT|OTK"
    r"|[Tt]ri|TRI|[Dd]r|[Pp]rof|[Dd]ipl\.?\s?ins|Ph\.?\s?D|MBA|Esq)\b\.?,?"
    r"|(?<![\w.])(?:[Vv]\.?\s?[ast]|ma|[Tt]\.?\s?f)\.(?=\s)"
)
"""Degrees, and abbreviations for a temporary holder of a post: "vs.", "va.", "ma.", "tf."."""

_ADDRESSED = re.compile(
    r"^(?:rouva|rva|herra|hra|neiti|nti|fru|herr|fröken|mrs?|ms|miss)\b\.?\s+(?=\S)", re.IGNORECASE
)
FORMER = re.compile(
    r"[\s,(]+(?:(?:[Ee]nt|[Oo]s|[Oo]\.\s?s|[Ff]ödd|f\.?\s?d|[Ee]ntinen|omaa sukua"
    r"|[Tt]idigare)[.:]?|[ef]\.)"
    r"\s+([^\W\d_][\w\-]+)\)?"
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])(?: - ?| ?- )(?=[^\W\d_])")
_SIGN = re.compile(r"[^\w\s]")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_LAST = re.compile(
    r"..+(?:nen|sson|ström|[qk]vist|...(?:berg|gren|lund|mäki|niemi|lahti|koski|järvi|enko))"
)
"""Endings that last names have and first names never."""

_ROLE = re.compile(r"\s*\(([^()]*)\)$")


def read(text: str) -> Reading:
    """Read one part of a name: tidied, with capitals as people wrote them."""
    reading = read_line(text)
    value, suggestion = (_HYPHEN.sub("-", text) for text in (reading.value, reading.suggestion))
    return replace(reading, value=value, suggestion=suggestion)


@lru_cache(maxsize=1 << 16)
def person_key(name: str) -> str:
    """Return a key for comparison: casefolded, hyphens as spaces, without punctuation."""
    return " ".join(_SIGN.sub(" ", tidy(name[:200]).casefold()).split())


def name_keys(first: str, last: str) -> frozenset[str]:
    """Return the keys of both parts of a name as a set, because people exchange the parts."""
    return frozenset({person_key(first), person_key(last)} - {""})


def split_name(full: str) -> tuple[str, str, str, str]:
    """Return ``(first, last, former, title)`` of a whole name in either order.

    "Virtanen, Matti" and "Virtanen Matti" are recognised by the comma or by known first names;
    without either, the first word is the first name. Text in brackets after the name counts as a
    title, and so does text after a comma if the name is complete without it.
    """
    plain = _ADDRESSED.sub("", tidy(full[:LONGEST_VALUE_READ]))
    found_titles = [match.group().strip(" ,") for match in _TITLES.finditer(plain)]
    plain = tidy(_TITLES.sub(" ", plain)).strip(" ,")
    former = ""
    if found := FORMER.search(plain):
        former = found[1]
        plain = tidy(f"{plain[: found.start()]} {plain[found.end() :]}").strip(" ,(")
    if found := _ROLE.search(plain):
        found_titles.append(found[1].strip())
        plain = plain[: found.start()]
    before, comma, after = (part.strip() for part in plain.partition(","))
    if comma and " " in before and _is_first(before.split()[0]) and not _has_first(after):
        found_titles.append(after)
        plain, comma = before, ""
    first, last = (after, before) if comma else _parted(plain.split())
    return first, last, former, " ".join(filter(None, found_titles))


def without_titles(part: str) -> str:
    """Return a part of a name without titles and forms of address, unless it is nothing else."""
    return _TITLES.sub(" ", _ADDRESSED.sub("", part)).strip(" ,") or part


def _parted(words: list[str]) -> tuple[str, str]:
    """Return the first names and the last name from words in either order."""
    if len(words) < 2:
        one = " ".join(words)
        return (one, "") if words and _is_first(one) else ("", one)
    start = _start_of_first(words)
    if start:
        return " ".join(words[start:]), " ".join(words[:start])
    two = len(words) > 2 and all(map(_is_iberian, words[-2:]))
    last = len(words) - 1 - two
    cut = next((i for i, word in enumerate(words) if i and _is_particle(word)), last)
    return " ".join(words[:cut]), " ".join(words[cut:])


def _start_of_first(words: list[str]) -> int:
    """Return the index of the first name in a name that begins with the last name, else 0."""
    if _is_first(words[0]):
        return 0
    if len(words) > 2 and all(map(_is_iberian, words[:2])):
        return 2
    if _is_last(words[0]) and not any(map(_is_last, words[1:])):
        return 1
    known = (i for i, word in enumerate(words) if i and _is_first(word))
    if _is_first(words[-1]) or _INITIAL.fullmatch(words[-1]):
        return next(known, len(words) - 1)
    particles = next(i for i, word in enumerate([*words, ""]) if word not in _PARTICLES)
    return particles + 1 if 0 < particles < len(words) - 1 else 0


def _has_first(text: str) -> bool:
    return any(map(_is_first, text.split()))


def _is_first(word: str) -> bool:
    return all(part in first_names() for part in word.casefold().split("-"))


def _is_particle(word: str) -> bool:
    """Whether a word within a name begins the last name, in small letters or not: "Van", "af"."""
    return word in _PARTICLES or word.casefold() in _PARTICLES


def _is_iberian(word: str) -> bool:
    return bool(_IBERIAN.fullmatch(word.casefold()))


def _is_last(word: str) -> bool:
    return bool(_LAST.fullmatch(word.casefold()))


def stands_last_first(name: str) -> bool | None:
    """Return True if a whole name begins with the last name, False if it ends with it.

    None if the table of first names and the endings of last names do not show it.
    """
    words = [] if "," in name else tidy(name[:LONGEST_VALUE_READ]).split()
    if not 2 <= len(words) <= 3:
        return None
    first = _is_first(words[0]) or _is_last(words[-1])
    last = _is_first(words[-1]) or _is_last(words[0])
    return None if first == last else last


def is_order_guessed(first: str, last: str) -> bool:
    """Return True if nothing shows which part is the first name: no known name, no particle."""
    words = [*first.split(), *last.split()]
    return bool(first and last) and not any(
        _is_first(word) or _is_last(word) or _INITIAL.fullmatch(word) or word in _PARTICLES
        for word in words
    )


def is_swapped(first: str, last: str) -> bool:
    """Return True if the two parts are in each other's column, by the list of first names."""
    words = (tidy(first[:LONGEST_VALUE_READ]).split(), tidy(last[:LONGEST_VALUE_READ]).split())
    return all(words) and all(map(_is_first, words[1])) and not any(map(_is_first, words[0]))


@cache
def first_names() -> frozenset[str]:
    """Return the known first names, casefolded: the commonest, and further ones."""
    folder = files("register.values")
    texts = [
        folder.joinpath(name).read_text(encoding="utf-8")
        for name in ("first_names.csv", "further_first_names.csv")
    ]
    lines = [line.strip() for text in texts for line in text.splitlines()[1:]]
    return frozenset(line.casefold() for line in lines if line)
