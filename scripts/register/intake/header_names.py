"""What the header of somebody's column means: by its letters, its parts, its last word."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.book.package_data import package_table
from register.book.schema import schema

NONE, SECRET, EITHER, PRIVATE, TECHNICAL = "none", "secret", "either", "private", "technical"
"""Meanings that are no columns: of message, a personal identity code, a person or organisation,
what of people is not kept, what a program tells itself."""

_Certainty = Literal["header", "similar"]
_LONGEST = 200
_LONG_NAME = 12
"""The name of a column that is so long says what is meant, whoever is named before it."""

_PARTS = re.compile(r"[/,|&+()\n:;]|\b(?:ja|tai|och|eller|and|or)\b", re.IGNORECASE)
_TITLES = frozenset(("titteli", "titel", "title", "arvo", "oppiarvo"))
_SECOND = ("toinen", "vara", "muu", "andra", "annan", "other", "second", "alternat", "koti", "home")
_SWITCHBOARD = re.compile(
    r"vaihde|keskus|vaxel|switchboard|mainphone|mainnumber|yrityksenpuhelin|huvudtelefon"
)
_BIRTH = re.compile(
    r"^\s*(?:ikä|ålder|age)\b(?! (?:group|limit|class))"
    r"|syntym|\bsynt(?:\b|\.|aika|pv?m|v)|\bs\.?aika|\bfödd|födelse(?!ort)|birth|\bborn",
    re.IGNORECASE,
)
_LAST_WORDS = frozenset(
    (
        *("email", "phone", "municipality", "postcode", "business_id", "language", "url"),
        *("first", "last", "short"),
        *(SECRET, PRIVATE, EITHER),
    )
)
_OF_SEVERAL: Mapping[frozenset[str], str] = {
    frozenset(("org", "name")): EITHER,
    frozenset(("org", "role")): "org",
    frozenset(("business_id", "assoc_no")): "business_id",
}
"""What a column is taken for whose header names two: its cells tell which, or hold both."""

_HINTS = {
    "municipality": re.compile(
        r"\b(?:paikka|koti)?kun(?:ta|na|nis)|kaupun[gk]i|kommun|\bort(?:en)?\b"
        r"|municipality|\b(?:town|city)\b",
        re.IGNORECASE,
    ),
    "language": re.compile(r"\bkiel[iet]|språk|language", re.IGNORECASE),
}
_THEIRS = re.compile(
    r"(?:hänen|hennes|hans|his|her|their)\s+(.+?)(?:nsa|nsä)?\s*\??", re.IGNORECASE
)
"""What a form asks of somebody whom the question before it names: "Hänen sähköpostinsa"."""

_NUMBER = re.compile(r"(?<=\w{3})(?:number|numero|nummer|nro|nr|no)$")
"""How the header of a number ends, in whichever of its spellings."""

_YOURS = re.compile(
    r"\b(?:your|my|din|ditt|dina|vastaajan|ilmoittajan|svarandens|respondent['’]?s)\s+(?=\w)|(?<=[^\W\d_]{4})si\b"
    r"|\s+(?:in|at|of|i|vid)\s+(?:(?:your|the|this|din|er)\s+)?"
    r"(?:organi[sz]ation|association|club|society|company|förening|klubb|organisation)(?:en)?\s*\??$"
    r"|\s+(?:yhdistyk|järjestö|seura|organisaatio|yhteisö)\w*ss[aä](?:si|nne)?\s*\??$",
    re.IGNORECASE,
)
"""Whose and where something is that a form asks for: "Your role in the organisation"."""

_NOT_ITS_NAME = (NONE, TECHNICAL, "municipality", "topics", "type", "met_at", "source")
"""What somebody's own name is never meant by: "Alueen nimi" is an area, as "Alue" is."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF_A_PLACE = ("address", "postcode", "municipality")
"""Each holds those after it, where one column has several: "Katu 1, 00100 Helsinki"."""


def header_letters(header: str) -> str:
    """Return what two spellings of a header share: its letters, without case and accents."""
    plain = unicodedata.normalize("NFKD", header[:_LONGEST]).casefold()
    return "".join(char for char in plain if char.isalpha())


def header_meaning(header: str) -> tuple[str, _Certainty]:
    """Return the column (or NONE, SECRET, EITHER) that a header means; '' where it is not known.

    Consent is only what is called so, letter by letter: "Ei saa lähettää" is no permission.
    """
    plain = header_letters(header)
    if found := _known().get(plain) or (
        _numbered().get(_NUMBER.sub("", plain)) if _NUMBER.search(plain) else ""
    ):
        return found, "header"
    if _BIRTH.search(header[:_LONGEST]):
        return PRIVATE, "similar"
    if theirs := _THEIRS.fullmatch(header[:_LONGEST].strip()):
        return header_meaning(theirs[1])
    found, certainty = _likely(header)
    return ("", certainty) if found == "consent" else (found, certainty)


def is_secondary(header: str) -> bool:
    """Whether a header says that another column comes first: "Sähköposti 2", a mere title."""
    number = re.search(r"\d+", header[:_LONGEST])
    plain = header_letters(header)
    return bool(number and int(number[0]) > 1) or plain in _TITLES or plain.startswith(_SECOND)


def columns_of_earlier_years(headers: Sequence[str]) -> frozenset[int]:
    """Return the columns that a later one of the same name follows in years: "Chair 2024".

    Who held a post, or what was so, in a year that has gone is no more than words.
    """
    years = {
        at: (header_letters(header), max(found))
        for at, header in enumerate(headers)
        if (found := _YEAR.findall(header[:_LONGEST])) and header_letters(header)
    }
    latest: dict[str, str] = {}
    for name, year in years.values():
        latest[name] = max(year, latest.get(name, ""))
    return frozenset(at for at, (name, year) in years.items() if year < latest[name])


def field_hint(header: str) -> str:
    """Return what a question is about by one of its words, ``municipality`` or ``language``, or ''.

    "Missä kunnassa toimitte?" asks for a town where the answers are towns.
    """
    return next((key for key, words in _HINTS.items() if words.search(header[:_LONGEST])), "")


def is_post_header(header: str) -> bool:
    """Whether a header speaks of somebody's post, maybe besides something else."""
    return any(_known().get(header_letters(part)) == "role" for part in _PARTS.split(header))


def is_switchboard(header: str) -> bool:
    """Whether a header speaks of the number of a whole house."""
    return bool(_SWITCHBOARD.search(header_letters(header)))


def last_name_first(header: str) -> bool:
    """Whether a header says that the last name stands first in its cells."""
    return header_letters(header) in _last_first()


def _likely(header: str) -> tuple[str, _Certainty]:
    known = _known()
    bare = re.sub(r"\([^()]*\)", " ", header[:_LONGEST]).strip()
    if found := known.get(header_letters(bare)):
        return found, "header"
    asked = _YOURS.sub("", bare)
    if asked != bare and (found := known.get(header_letters(asked))):
        return found, "similar"
    ends = (header_letters(bare[found.end() :]) for found in re.finditer(r"\s+", bare))
    if any(known.get(end) == "name" and len(end) > _LONG_NAME for end in ends):
        return "name", "header"
    parts = [header_letters(part) for part in _PARTS.split(header[:_LONGEST])]
    found_parts = {known[part] for part in parts if part in known}
    if len(found_parts) == 1:
        return found_parts.pop(), "similar"
    if several := _OF_SEVERAL.get(frozenset(found_parts)):
        return several, "header"
    if found_parts and found_parts <= set(_OF_A_PLACE):
        return next(part for part in _OF_A_PLACE if part in found_parts), "similar"
    if "email" in found_parts and found_parts <= {"email", "phone", "url"}:
        return "email", "similar"
    of_what, of, _ = bare.casefold().partition(" of ")
    if of and known.get(header_letters(of_what)) in _LAST_WORDS:
        return known[header_letters(of_what)], "similar"
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", bare)
    if not found_parts and len(words) > 1:
        last = known.get(header_letters(words[-1]), "")
        if last in _LAST_WORDS:
            whose = header_letters(" ".join(words[:-1]))
            theirs = {known.get(form, "") for form in (whose, whose[:-1], whose[:-2])}
            other = next((one for one in _NOT_ITS_NAME if one in theirs), "")
            if PRIVATE in theirs or (other and last in (EITHER, "url")):
                return PRIVATE if PRIVATE in theirs else other, "similar"
            return last, "similar"
    if mistyped := _mistyped(header_letters(header)):
        return mistyped, "similar"
    return ("org" if header_letters(bare).endswith(_organisations()) else ""), "similar"


def _mistyped(plain: str) -> str:
    if not 5 <= len(plain) <= 40:
        return ""
    allowed = 1 if len(plain) < 9 else 2
    near = process.extract(
        plain, list(_known()), scorer=OSA.distance, score_cutoff=allowed, limit=5
    )
    nearest = [name for name, distance, _ in near if distance == near[0][1]]
    meanings = {_known()[name] for name in nearest}
    begun = any(name[0] == plain[0] for name in nearest)
    return meanings.pop() if begun and len(meanings) == 1 else ""


def _table() -> Mapping[str, list[str]]:
    return package_table("register.intake", "synonyms")


@cache
def _known() -> Mapping[str, str]:
    table = dict(_table())
    table.pop("last_first")
    table.pop("organisations")
    names = {header_letters(name): EITHER for name in table.pop(EITHER)}
    for column in schema().tab("inbox").columns:
        if column.tool:
            continue
        for name in (column.key, *column.headers.values(), *column.aliases):
            names.setdefault(header_letters(name), column.key)
    for key, wanted in table.items():
        for name in wanted:
            names.setdefault(header_letters(name), key)
    return names


@cache
def _numbered() -> Mapping[str, str]:
    """Return the headers of numbers without the word for it: "Rek.nro" is "Rek.no" as well."""
    names: dict[str, str] = {}
    for name, meaning in _known().items():
        if _NUMBER.search(name):
            names.setdefault(_NUMBER.sub("", name), meaning)
    return names


@cache
def _last_first() -> frozenset[str]:
    return frozenset(header_letters(name) for name in _table()["last_first"])


@cache
def _organisations() -> tuple[str, ...]:
    return tuple(map(header_letters, _table()["organisations"]))
