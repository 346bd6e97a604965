"""Reading one cell that holds several things, such as a name and a number, or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from register.intake.blank_cells import says_nothing
from register.intake.card_words import is_task
from register.intake.titles import is_title
from register.people.departure_notes import tells_state
from register.values import email, organisation_name, person_name, phone
from register.values.post import whole_role
from register.values.text import without_hidden_characters

_ELSEWHERE = re.compile(
    r"(?:ks\.?|katso|kts\.?|sama (?:kuin|henkilö)|ks\. yllä|se\b|samma som|see\b|same as)(?: .*)?"
    r"|sama|samma|same|idem|dito|[\s\-–—]*[\"”“„»'´`,]{1,2}[\s\-–—]*",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?:<\s{0,9})?(?:mailto:)?(?<![^\s<>,;:()|/])"
    r"([^\s<>@,;:()|/]+@[^\s<>,;:()|/]+\.[^\s<>,;:()|/.]{2,})(?:\s{0,9}>)?"
)
_PHONE = re.compile(
    r"(?<![\w.])(?<!\d[A-Za-z][-–/\s])(?:(?<!\d[-–/\s])|(?=\+))\(?\+?\(?\d[\d\s()./\-–‐]{4,}\d(?![\w@])"
)
_HOURS = re.compile(
    r"\((?!0?\d{1,3}\)[\s-]?\d{3})(?!0\d{1,2}\)\s?\d)(?:[^()\d]*\d{1,2}(?!\d)){1,4}[^()\d]*\)|\b(?:klo|kl\.?|at|ma-pe|ark\.?|vard\.?)\s*\d[\d.:]*(?:\s?[-–]\s?\d[\d.:]*)?",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"(?<![\d+])[1-9]\d{0,2} (?:[A-ZÅÄÖ] ?\d{0,3} )?(?:FI-)?\d{5}(?= +[^\W\d_])")
"""A house number and the postal code behind it, with no comma: "Toritie 4 65610 Mustasaari"."""
_YEARS = re.compile(
    r"\(\s*(?:19|20)\d\d\s*(?:[-–]\s*(?:\d\d|(?:19|20)\d\d)?\s*)?\)"
    r"|(?<![\d+])(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d(?!\d)"
)
_LABELS = re.compile(
    r"(?<!\w)(?:puh(?:elin)?|matkapuhelin|gsm|koti|työ|tel(?:efon)?|tfn|mob(?:il|ile)?|phone"
    r"|vaihde|växel|suora|direkt|direct|switchboard|s-?posti|sähköposti|e-?mail|e-?post|home|work|hem|arbete|arb)(?![^\W\d])[.:]*"
    r"|(?<!\w)[pmtw][.:](?![^\W\d])|[☎☏✆📞📱✉📧📨📩🖂]\ufe0f?",
    re.IGNORECASE,
)
_EXPONENT = re.compile(r"(\d)[.,](\d+)E\+(\d{1,2})", re.IGNORECASE)
_CUT_HERE = "\x1f"
_NOT_THEIRS = re.compile(
    r"(?<!\w)(?:(?:ei(?: enää)?|inte(?: längre)?|not|no longer|vanha|entinen|gamla|old)"
    r"(?: (?:numero|nummer|number))?|(?:tele)?(?:fax|faksi))[:.\s]*$",
    re.IGNORECASE,
)
_FAX_BEHIND = re.compile(r"\s*\(?(?:tele)?(?:fax|faksi)\b(?![:.]?\s*[\d(+])\)?", re.IGNORECASE)
_BETWEEN = re.compile(r":{2,}|[\s,;/|]+")
_SEVERAL = re.compile(r"\s+(?:ja|&|\+|och|and|sekä|samt)\s+|\s*[/;\n]\s*|\s*&\s*")
_SPOUSE = re.compile(
    r"\s+(?:ja|&|\+|och|and|sekä|samt)\s+(?:vaimo|mies|puoliso|aviomies|hustru|maka|make|fru|wife"
    r"|husband)\s+(?=[A-ZÅÄÖ])"
)
_WORD = re.compile(r"(?:(?:von|af|de|van|der)|[^\W\d_a-zåäö][\w.'’-]*)")
_NAME_POST_AND_ORG = 3
_GUESTS = frozenset(("avec", "seuralainen", "puoliso", "vieras", "gäst", "guest", "plus one"))
_LABEL = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?):\s+")
_BESIDE = re.compile(r"\s*[/;:\n]\s*|,\s+|\s+[-–]\s+")
_TOLD_AFTER = re.compile(
    r"([^\W\d_a-zåäö][^\W\d]+ [^,;()\d]+), ?([a-zåäö][^\W\d_]+(?: [^\W\d_]+)?)"
)
"""A name, then a post in small letters, which no name has: "Minna Harju, johtaja"."""
_TOLD_BEFORE = re.compile(
    r"([a-zåäö][a-zåäö-]{4,}(?: [a-zåäö-]{5,})?)"
    r" ([^\W\d_a-zåäö][\w-]+(?: [^\W\d_a-zåäö][\w-]+){1,2})"
)
_TOLD_BEHIND = re.compile(
    r"([^\W\d_a-zåäö][\w-]+(?: [^\W\d_a-zåäö][\w-]+){1,2})"
    r" ([a-zåäö][a-zåäö-]{4,}(?: [a-zåäö-]{5,})?)"
)
_INSIDE = re.compile(r"(.+?)\s*\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class CellReach:
    """The addresses and numbers of a cell, in order, and the rest of its words.

    ``around`` is the rest, cut where the addresses and numbers stood.
    """

    emails: tuple[str, ...]
    phones: tuple[str, ...]
    rest: str
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person whom a cell names, and the post, '' for none.

    ``beside`` means that the name stood in brackets behind another person's name.
    """

    name: str
    role: str = ""
    beside: bool = False


def plain_cell(cell: str) -> str:
    """Return a cell without invisible characters and without what spreadsheets add to numbers.

    That is the apostrophe that makes a number a text, the ".0" or ",0" behind a phone number, and
    the power of ten of a number that has all its digits ("3,58401234567E+11").
    """
    plain = without_hidden_characters(cell).strip()
    plain = plain[1:] if re.match(r"['’][\d+]", plain) else plain
    if (whole := _EXPONENT.fullmatch(plain)) and len(whole[2]) == int(whole[3]):
        return whole[1] + whole[2]
    return plain[:-2] if re.fullmatch(r"\d{7,}[.,]0", plain) else plain


def contacts_in_cell(cell: str) -> CellReach:
    """Return the addresses and numbers of a cell, with the words beside them.

    Fax numbers, old numbers, opening hours and years are not phone numbers.
    """
    emails = [found for found in _EMAIL.findall(cell) if email.read(found).value]
    left = _EMAIL.sub(lambda found: _CUT_HERE if found[1] in emails else found[0], cell)
    phones: list[str] = []
    numbers = left
    for beside in (_HOURS, _HOUSE, _YEARS, _LABELS):
        numbers = beside.sub(lambda found: " " * len(found[0]), numbers)
    for found in _PHONE.finditer(numbers):
        pieces = [found.group()]
        if not phone.read(pieces[0]).value:
            pieces = re.split(r"\s*/\s*|\s{2,}|\s+(?=\+|0[45]\d)", found.group())
        if _NOT_THEIRS.search(numbers, 0, found.start()):
            continue
        end = found.end()
        if _FAX_BEHIND.match(numbers, end):
            end = numbers.rindex(pieces.pop(), 0, end)
        if pieces and all(phone.read(piece).value for piece in pieces):
            phones += [" ".join(piece.split()) for piece in pieces]
            blank = _CUT_HERE * (end - found.start())
            left = f"{left[: found.start()]}{blank}{left[end:]}"
    if emails or phones:
        left = _LABELS.sub(" ", left)
    left = re.sub(rf"[(\[][\s{_CUT_HERE}]*[)\]]", _CUT_HERE, left)
    rest = _bare_rest(left.replace(_CUT_HERE, " "))
    several = rest and _CUT_HERE in left.strip(f" {_CUT_HERE}")
    around = filter(None, map(_bare_rest, left.split(_CUT_HERE))) if several else (rest,)
    return CellReach(tuple(emails), tuple(phones), rest, tuple(around))


def _bare_rest(text: str) -> str:
    return _BETWEEN.sub(" ", text).strip(" -–:.<>")


def without_years(text: str) -> str:
    """Return a text without the years of a term of office: "(2026–2027)", "2025-2026"."""
    return _YEARS.sub(" ", text)


def mobile_first(numbers: list[str]) -> list[str]:
    """Return the numbers without repetitions, mobile numbers first."""
    found = {phone.read(number).value or number: number for number in reversed(numbers)}
    kept = [number for number in dict.fromkeys(numbers) if number in found.values()]
    return sorted(kept, key=lambda number: not _is_mobile(number))


def _is_mobile(number: str) -> bool:
    read = phone.read(number).value
    if not read:
        return False
    kind = phonenumbers.number_type(phonenumbers.parse(read, None))
    return kind == phonenumbers.PhoneNumberType.MOBILE


def people_in_cell(cell: str) -> list[NamedPerson]:
    """Return the people whom a cell names: usually one, several if names are joined, [] for none.

    "Kari & Liisa Aho" gives Kari Aho and Liisa Aho. "Kari Laine (vpj Pirjo Mäki)" gives two people,
    the second with a post. Titles before a name are dropped; posts before or after it go to
    ``role``.
    """
    plain = _SPOUSE.sub(" & ", " ".join(cell.split(" ")).strip())
    if (label := _LABEL.match(plain)) and not whole_role(label[1]):
        plain = plain[label.end() :]
    plain = re.sub(r"^\+\s+", "", plain)
    if says_nothing(plain) or _ELSEWHERE.fullmatch(plain) or not any(map(str.isalpha, plain)):
        return []
    if plain.casefold() in _GUESTS or tells_state(plain) or _is_office(plain):
        return []
    if inside := _INSIDE.fullmatch(plain):
        other = _one(inside[2])
        if other.role and _is_name(other.name, 2):
            return [*people_in_cell(inside[1]), NamedPerson(other.name, other.role, beside=True)]
    before, _, after = plain.rpartition(",")
    names, posts = _SEVERAL.split(before), re.split(r"\s*/\s*|\s+(?:ja|och|and)\s+", after.strip())
    if len(names) == len(posts) > 1 and all(_is_name(name, 2) for name in names):
        roles = list(map(whole_role, posts))
        if all(roles):
            return [NamedPerson(*both) for both in zip(names, roles, strict=True)]
    nobody = ("", *_GUESTS)
    parts = [part for part in _SEVERAL.split(plain) if part.strip().casefold() not in nobody]
    plain = parts[0] if len(parts) == 1 else plain
    listed = [name for part in parts for name in re.split(r",\s+", part)]
    if len(listed) > len(parts) and all(_is_name(_one(name).name, 2) for name in listed):
        parts = listed
    found = [_one(part) for part in parts]
    if len(found) > 1 and _are_first_names(found):
        return found
    if len(found) > 1 and all(_is_name(one.name, 1) for one in found):
        last = found[-1].name.split()
        if len(last) == 1 and person_name.stands_last_first(found[0].name):
            last = [*last, found[0].name.split()[0]]
        if len(last) > 1:
            return [
                one if " " in one.name else NamedPerson(f"{one.name} {last[-1]}", one.role)
                for one in found
            ]
    return [_one(plain)]


def _is_office(name: str) -> bool:
    """Whether a name is that of a desk or a mailbox: "Info Desk", "Kirjaamo"."""
    return all(email.is_role_mailbox(f"{one}@example.org") for one in name.split())


def _one(part: str) -> NamedPerson:
    """Split one name from its titles and post: "rouva Anneli Hakala", "vpj Pirjo Mäki"."""
    words = part.strip(" ,").split()
    while len(words) > 1 and is_title(words[0]) and not words[0].isupper():
        words = words[1:]
    for count in (2, 1):
        if len(words) > count and (role := whole_role(" ".join(words[:count]))):
            return NamedPerson(" ".join(words[count:]).lstrip(":,- "), role)
    name = " ".join(words)
    for pattern in (r"(.+?),\s*([^,]+)", r"(.+?)\s*\(([^()]+)\)", r"(.+?)\s+[-–]\s+(.+)"):
        if (found := re.fullmatch(pattern, name)) and (role := whole_role(found[2])):
            return NamedPerson(found[1], role)
    if (found := _INSIDE.fullmatch(name)) and whole_role(found[2].split()[-1]):
        return NamedPerson(found[1], found[2])
    for count in (2, 1):
        if len(words) > count + 1 and (role := whole_role(" ".join(words[-count:]))):
            return NamedPerson(" ".join(words[:-count]).rstrip(":,- "), role)
    told = _TOLD_BEFORE.fullmatch(name)
    if told and is_surely_named(NamedPerson(told[2])) and is_task(told[1]):
        return NamedPerson(told[2], told[1])
    told = _TOLD_BEHIND.fullmatch(name)
    if told and is_surely_named(NamedPerson(told[1])) and is_task(told[2]):
        return NamedPerson(told[1], told[2])
    if (told := _TOLD_AFTER.fullmatch(name)) and is_surely_named(NamedPerson(told[1])):
        return NamedPerson(told[1], told[2])
    return NamedPerson(name)


def _are_first_names(found: Sequence[NamedPerson]) -> bool:
    """Whether all names are first names alone: one word each, at least one of them known."""
    alone = all(" " not in one.name and _is_name(one.name, 1) for one in found)
    return alone and any(one.name.casefold() in person_name.first_names() for one in found)


def _is_name(name: str, fewest: int) -> bool:
    words = name.split()
    return (
        fewest <= len(words) <= 4
        and all(map(_WORD.fullmatch, words))
        and not organisation_name.names_organisation(name)
    )


def split_organisation_and_person(cell: str) -> tuple[str, str] | None:
    """Return the organisation and the person of a cell that names both: "Kaisla ry / Eila Kaski".

    None for any other cell.
    """
    inside = _INSIDE.fullmatch(cell.strip())
    if inside and whole_role(inside[2]) and (both := split_organisation_and_person(inside[1])):
        return both[0], f"{both[1]}, {inside[2]}"
    halves = list(inside.groups()) if inside else _with_post(_BESIDE.split(cell.strip()))
    for org, person in (halves, halves[::-1]) if len(halves) == 2 else ():
        found = _one(person)
        called = bool(inside) and person.casefold() in person_name.first_names()
        if called and organisation_name.names_organisation(org):
            return org, person
        if (
            organisation_name.names_organisation(org)
            and not organisation_name.names_organisation(found.name)
            and _is_name(found.name.replace(", ", " ", 1), 2)
            and is_surely_named(found)
        ):
            return org, person
    return None


def _with_post(parts: list[str]) -> list[str]:
    """Join a post among three parts to the person's name: "X Y, ohjaaja, Z ry"."""
    if len(parts) != _NAME_POST_AND_ORG:
        return parts
    at = next((n for n in (1, 2) if whole_role(parts[n]) or is_task(parts[n])), None)
    if at is None:
        return parts
    one, other = (parts[n] for n in range(3) if n != at)
    if at == 2 and organisation_name.names_organisation(one):
        one, other = other, one
    return [f"{one}, {parts[at]}", other]


def split_organisation_and_post(cell: str) -> tuple[str, str]:
    """Return the organisation and the post of a cell ("Kaisla ry, sihteeri"), '' for no post."""
    inside = _INSIDE.fullmatch(cell.strip())
    halves = list(inside.groups()) if inside else re.split(r"\s*[/;]\s*|,\s+", cell.strip())
    if len(halves) == 2 and not organisation_name.names_organisation(halves[1]):
        return halves[0], halves[1]
    return cell, ""


def person_in_cell(rest: str) -> NamedPerson | None:
    """Return the one person whom a cell may name, by two to four words; None for anything else."""
    found = people_in_cell(rest)
    return found[0] if len(found) == 1 and _is_name(found[0].name, 2) else None


def is_surely_named(named: NamedPerson) -> bool:
    """Whether a known first name, or a post, shows that a name is a person's."""
    words = named.name.casefold().split()
    known = person_name.first_names()
    joined = {*words[0].split("-")} if words else set[str]()
    return bool(named.role) or not known.isdisjoint(words) or (len(joined) > 1 and joined <= known)


def is_cross_reference(cell: str) -> bool:
    """Whether a cell refers to another cell: "ks. Pirjo", "sama kuin yllä"."""
    return len(cell) < 60 and bool(_ELSEWHERE.fullmatch(cell.strip()))


def owner_of_address(address: str, names: list[str]) -> int | None:
    """Return the index of the name that an address is made of, None if there is none or a tie."""
    local = _folded(address.partition("@")[0])
    fitting = [
        sum(len(word) > 2 and _folded(word) in local for word in name.split()) for name in names
    ]
    most = max(fitting, default=0)
    return fitting.index(most) if most and fitting.count(most) == 1 else None


def _folded(text: str) -> str:
    table = str.maketrans("äåöé", "aaoe")
    return re.sub(r"[^a-z]", "", text.casefold().translate(table))
