"""The posts that headers and cells name: "pj:n puhelin" is the phone of the puheenjohtaja."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from register.intake.header_names import header_meaning
from register.values.post import letters, post_key, posts, spellings

_LONGEST = 200
_GENITIVE = re.compile(r"(?<=\w)[:'’](?:n|s|in|en)\b", re.IGNORECASE)
_TOKEN = re.compile(r"(?<!\w)[es]-[^\W\d_]+|[^\W\d_]+|\d+", re.IGNORECASE)
_CASES = ("nne", "mme", "ns", "n", "s")
"""Genitive endings in Finnish, Swedish and English, and Finnish possessive suffixes."""

_ENDS = (*_CASES, "na", "nä")
"""Other endings of a post in a question: "Kuka toimii sihteerinä?"."""

_ASKING = frozenset(
    (
        *("kuka", "ketkä", "vem", "vilka", "who", "on", "ovat", "är", "is", "are"),
        *("toimii", "toimivat", "fungerar", "acts", "as", "som"),
    )
)
_EXPLAINED = re.compile(r"(?<=\?)\s*\([^()]*\)")
"""An explanation in brackets behind a question: how to answer it."""

_NAMES_OF_THINGS = ("postitusnimi", "laskutusnimi", "toimitusnimi", "utskicksnamn")
"""What an envelope or a bill is addressed to; no post, though the word ends like one of a list."""

_NEW = re.compile(r"^(?:uusi|nykyinen|ny|nuvarande|new|current)\s+", re.IGNORECASE)
_YEAR = re.compile(
    r"\s*\b(?:vuonna|vuosi|kausi|år|in)?\s*20\d\d(?:\s*[-–]\s*(?:20)?\d\d)?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HeldHeader:
    """A header that names a post or numbers people.

    ``role`` is the post's full name, '' if the header has only a number. ``number`` are the digits,
    '' for none. ``contact`` means that any contact may be meant. ``field`` are the remaining words.
    """

    role: str
    number: str
    contact: bool
    field: str


@lru_cache(maxsize=1 << 12)
def read_holder(header: str) -> HeldHeader | None:
    """Return the post or the number that a header names, None if it names neither."""
    plain = _GENITIVE.sub("", _EXPLAINED.sub(" ", header[:_LONGEST]))
    tokens = [found.group() for found in _TOKEN.finditer(plain)]
    numbers = [token for token in tokens if token.isdigit()]
    number = (numbers[0].lstrip("0") or "0") if len(numbers) == 1 and len(numbers[0]) < 3 else ""
    words = [token for token in tokens if not token.isdigit()]
    found = None if plain.strip().casefold().endswith(_NAMES_OF_THINGS) else _first_post(words)
    if not found:
        return HeldHeader("", number, contact=True, field=" ".join(words)) if number else None
    role, contact, start, end = found
    part = _part(words[:start])
    rest = [*(() if part else words[:start]), *words[end:]]
    if part:
        joined = plain[plain.index(part[0]) : plain.index(part[-1]) + len(part[-1])]
        role, contact = f"{joined.casefold()} {role}", False
    elif not contact and (more := _first_post(rest)) and not more[1]:
        role = role if post_key(role) == post_key(more[0]) else f"{role}, {more[0]}"
        rest = [*rest[: more[2]], *rest[more[3] :]]
    rest = [word for word in rest
            if letters([word]) not in _bodies() and word.casefold() not in _ASKING]  # fmt: skip
    return HeldHeader(role, number, contact, " ".join(rest))


def _first_post(words: Sequence[str]) -> tuple[str, bool, int, int] | None:
    """Return the longest post among words: role, whether any contact, start and end; or None."""
    for length in range(min(3, len(words)), 0, -1):
        for start in dict.fromkeys((0, len(words) - length, *range(1, len(words) - length))):
            role, contact = _post(words[start : start + length])
            if role:
                return role, contact, start, start + length
    return None


def _part(words: Sequence[str]) -> Sequence[str]:
    """Return the words before a post that say of which part it is: "Nuorisojaoston johtaja"."""
    while words and words[0].casefold() in _ASKING:
        words = words[1:]
    if all(letters([word]) in _bodies() for word in words):
        return ()
    of_it = words[-1].casefold().endswith(_CASES) and not header_meaning(" ".join(words))[0]
    return words if of_it else ()


def _post(words: Sequence[str]) -> tuple[str, bool]:
    """Return the role that words name ('' for none), and whether any contact may be meant."""
    plain = letters(words)
    for form in (plain, *(plain.removesuffix(case) for case in _ENDS if plain.endswith(case))):
        if role := spellings().get(form):
            return role, role in _contacts()
        rest = next((form.removeprefix(one) for one in _deputies() if form.startswith(one)), "")
        if rest in spellings():
            written = " ".join(words).casefold()
            return written[: len(written) - (len(plain) - len(form))], False
        if len(words) == 1 and any(form.endswith(end) for end in _endings()):
            written = words[0].casefold()
            return written[: len(written) - (len(plain) - len(form))], False
    return "", False


@cache
def _bodies() -> frozenset[str]:
    return frozenset(letters([word]) for word in posts()["bodies"]["words"])


@cache
def words_of_own_phones() -> tuple[str, ...]:
    """Return beginnings of words that say which of a person's phones it is: "työpuhelin"."""
    return tuple(posts()["own"]["words"])


def post_with_prefix(code: str) -> str:
    """Return the only contact or post whose name begins with a code ("yht"), '' for none."""
    for kind in ("contacts", "offices"):
        found = [role for role in posts()[kind] if letters([role]).startswith(code)]
        if len(found) == 1 and len(code) > 2:
            return found[0]
    return ""


@cache
def _contacts() -> frozenset[str]:
    return frozenset(posts()["contacts"])


@cache
def _deputies() -> tuple[str, ...]:
    return tuple(posts()["deputies"]["words"])


@cache
def _endings() -> tuple[str, ...]:
    return tuple(letters([word]) for word in posts()["endings"]["words"])


@cache
def _posts_of_several() -> Mapping[str, str]:
    several = posts()["several"].items()
    return {said: post for post, together in several for said in (post, *together)}


def post_of_each(words: str) -> str:
    """Return the post of each person in a group: "varajäsen" for "Varajäsenet 2026"; else ''."""
    return _posts_of_several().get(_bare(words).casefold(), "")


def _bare(words: str) -> str:
    return _NEW.sub("", _YEAR.sub("", words).strip(" .:"))


def named_post(words: str) -> str:
    """Return the post that words name, '' if they say more or something else."""
    plain = _bare(words)
    if post := post_of_each(plain):
        return post
    if any(map(str.isdigit, plain)):
        return ""
    found = read_holder(plain)
    if found and found.role and not found.field.strip():
        roles = {post_key(role): role for role in reversed(found.role.split(", "))}
        return ", ".join(reversed(roles.values()))
    last = (
        read_holder(plain.rpartition("-")[2]) if re.fullmatch(r"[^\W\d]+-[^\W\d]+", plain) else None
    )
    return plain.casefold() if last and last.role and not last.field.strip() else ""
