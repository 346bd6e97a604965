"""What a header of a list means, judged by its letters, its parts and its last word."""

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
"""Meanings that are not columns: goes into the message; a personal identity code; a person or an
organisation; personal data that is not kept; a program's own marks."""

_Certainty = Literal["header", "similar"]
_LONGEST = 200
_LONG_NAME = 12
"""A column name with more letters is recognised at the end of a header, whatever precedes it."""

_PARTS = re.compile(r"[/,|&+()\n:;]|\b(?:ja|tai|och|eller|and|or)\b", re.IGNORECASE)
_TITLES = frozenset(("titteli", "titel", "title", "arvo", "oppiarvo"))
_SECOND = (
    *("toinen", "vara", "muu", "andra", "annan", "other", "second", "alternat", "koti", "home"),
    *("etunimet", "kaikkietunimet", "samtligafornamn", "postitoimi", "ptp", "ptmp", "postitmp"),
    *("postort", "postanstalt", "posttown"),
)
"""How headers begin that give way: all first names to a calling name, a post town to a town."""

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
"""The meaning of a header that names two columns: the cells decide, or hold both."""

_HINTS = {
    "org": re.compile(
        r"\b(?:yhdisty|järjestö|seura|organisaatio|taho|förening|organi[sz]ation|klubb|association|club)"
        r".*(?:edusta|\brepresent).*\?",
        re.IGNORECASE,
    ),
    "municipality": re.compile(
        r"\b(?:paikka|koti)?kun(?:ta|na|nis)|kaupun[gk]i|kommun|\bort(?:en)?\b"
        r"|municipality|\b(?:town|city)\b",
        re.IGNORECASE,
    ),
    "language": re.compile(r"\bkiel[iet]|språk|language", re.IGNORECASE),
    "role": re.compile(
        r"\b(?:tehtävä|rooli|asema|roll|uppgift|befattning|uppdrag|role|position).*\?",
        re.IGNORECASE,
    ),
}
_THEIRS = re.compile(
    r"(?:hänen|hennes|hans|his|her|their)\s+(.+?)(?:nsa|nsä)?\s*\??", re.IGNORECASE
)
"""A form's question about the person of the question before: "Hänen sähköpostinsa"."""

_OF_PROGRAM = re.compile(r"(.+?)\s*\d*\s+[-–]\s+([^\W\d_]+)\s*", re.DOTALL)
"""How programs head the value of a field, and its label: "Sähköposti 1 – arvo"."""

_VALUES = frozenset(("arvo", "värde", "value", "wert"))
_LABELS = frozenset(("tunniste", "tyyppi", "etikett", "typ", "label", "type"))

_NUMBER = re.compile(r"(?<=\w{3})(?:number|numero|nummer|nro|nr|no)$")
"""How the header of a number ends, in all its spellings."""

_YOURS = re.compile(
    r"\b(?:your|my|din|ditt|dina|vastaajan|ilmoittajan|svarandens|respondent['’]?s)\s+(?=\w)|(?<=[^\W\d_]{4})si\b"
    r"|\s+(?:in|at|of|i|vid)\s+(?:(?:your|the|this|din|er)\s+)?"
    r"(?:organi[sz]ation|association|club|society|company|förening|klubb|organisation)(?:en)?\s*\??$"
    r"|\s+(?:yhdistyk|järjestö|seura|organisaatio|yhteisö)\w*ss[aä](?:si|nne)?\s*\??$",
    re.IGNORECASE,
)
"""Whose or where a thing is that a form asks for: "Your role in the organisation"."""

_NOT_ITS_NAME = (NONE, TECHNICAL, "municipality", "topics", "type", "met_at", "source")
"""Columns that stay themselves before "name" or "website": "Alueen nimi" is an area, as "Alue"
is."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF_A_PLACE = ("address", "postcode", "municipality")
"""Where one column holds several of these, it is the first: "Katu 1, 00100 Helsinki"."""


_OF_IDS = re.compile(r"(?:[\W_][iI]|[a-z]I)[dD]$")
"""The end of a header for ids of a program, which is no slip: "contact_id", "ContactId"."""


def header_letters(header: str) -> str:
    """Return a header's letters without case and accents, so that its spellings compare equal."""
    plain = unicodedata.normalize("NFKD", header[:_LONGEST]).casefold()
    return "".join(char for char in plain if char.isalpha())


def header_meaning(header: str) -> tuple[str, _Certainty]:
    """Return the column key that a header means, and how certain that is; '' if it is not known.

    The key may also be NONE, SECRET, EITHER, PRIVATE or TECHNICAL. Consent needs an exact header:
    "Ei saa lähettää" is no permission.
    """
    plain = header_letters(header)
    if found := _known().get(plain) or (
        _numbered().get(_NUMBER.sub("", plain)) if _NUMBER.search(plain) else ""
    ):
        return found, "header"
    if _BIRTH.search(header[:_LONGEST]):
        return PRIVATE, "similar"
    if of := _OF_PROGRAM.fullmatch(header[:_LONGEST]):
        if (word := of[2].casefold()) in _LABELS:
            return TECHNICAL, "header"
        if word in _VALUES:
            return header_meaning(of[1])
    if theirs := _THEIRS.fullmatch(header[:_LONGEST].strip()):
        return header_meaning(theirs[1])
    found, certainty = _likely(header)
    return ("", certainty) if found == "consent" else (found, certainty)


def is_secondary(header: str) -> bool:
    """Whether a header marks a second choice for its column: "Sähköposti 2", a mere title."""
    number = re.search(r"\d+", header[:_LONGEST])
    plain = header_letters(header)
    return bool(number and int(number[0]) > 1) or plain in _TITLES or plain.startswith(_SECOND)


def columns_of_earlier_years(headers: Sequence[str]) -> frozenset[int]:
    """Return the indexes of columns that a column of a later year repeats: "Chair 2024".

    Past officers and past values become words only.
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
    """Return the key of the column that a question has a word for, such as ``org``; else ''.

    "Missä kunnassa toimitte?" asks for a town, provided that the answers are towns.
    """
    return next((key for key, words in _HINTS.items() if words.search(header[:_LONGEST])), "")


def is_post_header(header: str) -> bool:
    """Whether a header, or a part of it, is about a person's post."""
    return any(_known().get(header_letters(part)) == "role" for part in _PARTS.split(header))


def is_switchboard(header: str) -> bool:
    """Whether a header is about the number of a switchboard."""
    return bool(_SWITCHBOARD.search(header_letters(header)))


def is_last_name_first(header: str) -> bool:
    """Whether a header says that its cells put the last name first."""
    return header_letters(header) in _last_first()


def _likely(header: str) -> tuple[str, _Certainty]:
    """Return the meaning of a header that is not a known name as a whole, '' for none."""
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
    if not _OF_IDS.search(bare) and (mistyped := _mistyped(header_letters(header))):
        return mistyped, "similar"
    return ("org" if header_letters(bare).endswith(_organisations()) else ""), "similar"


def _mistyped(plain: str) -> str:
    """Return the meaning of the known header that differs by one or two letters, '' if unclear."""
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
    """Return the headers of numbers without their ending, so that "Rek.nro" matches "Rek.no"."""
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
