"""``contacts.py match``: find duplicates in a list, or between it and the register; read only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.table import Book
from register.intake.columns import guess_columns
from register.intake.header_names import PRIVATE, header_letters, header_meaning
from register.intake.sheet import ListSheet
from register.match.compared_names import known_first
from register.match.folding import fold_name
from register.match.judging import judge_people
from register.match.organisation_judging import judge_organisations
from register.match.pair import EvidenceWeight, JudgedPair
from register.match.pairs import live_people
from register.match.streets import split_whole_address
from register.people.records import live_rows
from register.values import email, person_name, phone, postal_code
from register.values.reading import Reading

_PLACES = {
    "street": (
        *(
            "street",
            "streetnumber",
            "streetname",
            "streetaddress",
            "address",
            "addr",
            "addressfull",
        ),
        *(
            "addrfull",
            "houseno",
            "housenumber",
            "housenr",
            "house",
            "where",
            "unitnumber",
            "osoite",
        ),
        *("katuosoite", "lahiosoite", "postiosoite", "gatuadress", "adress", "adresse", "strasse"),
        *("hausnummer", "aadress", "tanav", "residence", "location"),
    ),
    "municipality": (
        *("suburb", "town", "city", "village", "parish", "township", "paikkakunta", "stadt"),
        *("postitoimipaikka", "ort", "linn", "addresscity", "addrcity", "district"),
    ),
    "region": ("state", "region", "county", "maakunta", "landskap", "bundesland", "maakond"),
}
"""Headers of addresses, by their letters without "line"; columns of one kind are joined."""

_STREET_WORDS = ("street", "address", "addr", "osoite", "katuosoite", "adress", "gatuadress")
"""Last words of such headers: "Mailing Street"."""

_CLUES = {
    "municipality": (
        *("birthplace", "placeofbirth", "birthtown", "syntymapaikka"),
        *("syntymakunta", "fodelseort", "geburtsort", "synnikoht"),
    ),
    "role": ("occupation", "profession", "trade", "craft", "ammatti", "yrke", "beruf", "amet"),
}
"""Headers of what tells people apart in old lists, where no column is of the kind itself."""

_WHOLE_NAMES = {
    "name": ("namefull", "firstandsurname", "firstnameandsurname"),
    "org": ("nameorg", "nameorganization"),
}
"""Headers of names in lists that other programs match."""

_BIRTHS = (
    *("born", "birth date", "birthdate", "date of birth", "dob", "birthday", "birth year"),
    *("year of birth", "syntymäaika", "syntymäpäivä", "syntymävuosi", "syntynyt", "född"),
    *("födelsedatum", "födelsedag", "födelsetid", "födelseår"),
)
"""Headers of dates of birth, which serve as evidence and are never stored in a register."""

_TAKEN = (
    *("first", "last", "name", "org", "email", "phone", "municipality", "postcode", "role"),
    *("business_id", "assoc_no"),
)
_NAMES = frozenset(("first", "last", "name", "org"))
_SEVERAL = ("phone", "email", "url")
"""Columns of which a row may have several values."""

_SHOWN = 10
"""How many headers an error shows."""

_ORGANISATIONS = {
    "url": (
        "url",
        "www",
        "kotisivu",
        "kotisivut",
        "verkkosivu",
        "verkkosivut",
        "website",
        "website address",
        "web address",
        "hemsida",
    ),
    "short": ("lyhenne", "short name", "short", "acronym", "förkortning"),
}
"""Headers of organisations' columns that count even where ``inbox`` does not fill them."""

_PRIMARY = re.compile("^primary[ _]", re.IGNORECASE)

_WORD_OF_ONE = r"[^\W\d_](?:[^\W\d_]|[.'’-])*(?<!'s)"
_NAMES_OF_ONE = re.compile(
    rf"{_WORD_OF_ONE}(?:,?\s+(?!the|of|and|in){_WORD_OF_ONE}){{1,3}}", re.IGNORECASE
)

_ADDRESS = ("street", "postcode", "municipality")


@dataclass(frozen=True, slots=True)
class ListMatch:
    """Two rows that are, or likely are, duplicates: row numbers of the list or ids of the book."""

    left: str
    right: str
    probability: float
    decision: str
    reasons: tuple[EvidenceWeight, ...]

    def contract(self) -> dict[str, object]:
        """Return the match in its JSON form."""
        return {
            "left": _plain(self.left),
            "right": _plain(self.right),
            "probability": round(self.probability, 4),
            "decision": self.decision,
            "evidence": [
                {
                    "comparison": one.comparison,
                    "level": one.level,
                    "weight": round(one.weight, 2),
                }
                for one in self.reasons
            ],
        }


def match_list(sheet: ListSheet, against: Book | None = None) -> list[ListMatch]:
    """Return the duplicates in a list; with a book, those between the list and the register.

    Columns are mapped as in an import. Street and region, which the register lacks, count as
    evidence of place. A list without people's names is one of organisations. Raises UsageError if
    no column holds names: nothing else identifies a row.
    """
    columns = named_columns(sheet)
    people = are_people(columns)
    judge: Callable[[Sequence[Mapping[str, str]], int, int], Sequence[JudgedPair]]
    if people:
        rows = [_person(_cells(cells, columns)) for _, cells in sheet.numbered()]
        known = live_people(against) if against else []
        judge = judge_people
    else:
        rows = [_organisation(_cells(cells, columns)) for _, cells in sheet.numbered()]
        known = list(live_rows(against.table("organisations"))) if against else []
        judge = judge_organisations
    names = [str(number) for number, _ in sheet.numbered()]
    names += [row_id for row_id, _ in known]
    listed = len(rows)
    rows += [row for _, row in known]
    return [
        ListMatch(names[one.left], names[one.right], one.probability, one.decision, one.reasons)
        for one in judge(rows, len(rows), listed if against else 0)
    ]


def named_columns(sheet: ListSheet) -> Mapping[int, str]:
    """Return the key of each column by its index; raises UsageError if none holds names."""
    columns = _columns(sheet)
    if _NAMES & set(columns.values()):
        return columns
    raise UsageError(
        "No column of {file} tells a name. It has: {headers}.",
        remedy="Give it a row of headers such as Etunimi and Sukunimi, Nimi, or Yhdistys.",
        file=sheet.name,
        headers=list(sheet.headers[:_SHOWN]),
    )


def are_people(columns: Mapping[int, str]) -> bool:
    """Whether the rows of a list with these columns are people, not organisations."""
    return not {"first", "last", "name"}.isdisjoint(columns.values())


def _columns(sheet: ListSheet) -> Mapping[int, str]:
    told = guess_columns(sheet)
    guessed = {link.index: link.target for link in told.links if not link.holder}
    if told.unclear and not _look_like_people(sheet.column(told.unclear.index)):
        guessed[told.unclear.index] = "org"
    found: dict[int, str] = {}
    for index, header in enumerate(sheet.headers):
        if fold_header(header).replace("_", " ") in _BIRTHS:
            found[index] = "born"
        elif index in guessed:
            target = _target(_PRIMARY.sub("", header), guessed[index])
            if target in _TAKEN or target in _PLACES or target in _ORGANISATIONS:
                found[index] = target
    if not {"first", "last"} & {*found.values()}:
        found |= {
            index: "org"
            for index, target in found.items()
            if target == "name" and not _look_like_people(sheet.column(index))
        }
    return _identifying(sheet, found)


def _target(header: str, guessed: str) -> str:
    """Return what a column tells, by its header, else as ``guessed``; '' if neither says it."""
    name = fold_header(header).replace("_", " ")
    letters = header_letters(header).replace("line", "")
    for table, key in ((_WHOLE_NAMES, letters), (_PLACES, letters), (_ORGANISATIONS, name)):
        for target, names in table.items():
            if key in names:
                return target
    meant = guessed or header_meaning(header)[0]
    words = name.split() or [""]
    if meant in ("", PRIVATE, "address") and words[-1] in _STREET_WORDS:
        return "street"
    return meant or ("postcode" if words[0] in ("postcode", "postinumero", "postnummer") else "")


def _identifying(sheet: ListSheet, found: dict[int, str]) -> dict[int, str]:
    """Return the columns with one name of an organisation, and with stand-ins for what is missing.

    Of several names, such as its site, its agency and its programme, the one with the most
    different values names the row. A birthplace and an occupation stand in for a town and a role.
    """
    named = [index for index, target in found.items() if target == "org"]
    if len(named) > 1 and not are_people(found):
        most = max(named, key=lambda index: len(set(sheet.column(index))))
        found = {index: to for index, to in found.items() if to != "org" or index == most}
    for target, names in _CLUES.items():
        if target not in found.values():
            found |= {
                index: target
                for index, header in enumerate(sheet.headers)
                if header_letters(header) in names
            }
    return found


def _look_like_people(cells: Sequence[str]) -> bool:
    """Whether at least 85 % of the cells have two to four words, as people's names have."""
    return sum(bool(_NAMES_OF_ONE.fullmatch(cell.strip())) for cell in cells) >= 0.85 * len(cells)


@dataclass(frozen=True, slots=True)
class ListColumns:
    """The columns of a large list: their keys by index, and all headers."""

    source: str
    columns: Mapping[int, str]
    headers: Sequence[str]
    people: bool

    @classmethod
    def of(cls, head: ListSheet) -> ListColumns:
        """Return the columns of a list, by its beginning; raises UsageError if none holds names."""
        columns = named_columns(head)
        return cls(head.name, columns, head.headers, are_people(columns))

    def read(self, cells: Sequence[str | None]) -> tuple[dict[str, str], dict[str, str]]:
        """Return a row's compared cells, by key, and its other cells, by header."""
        plain = [cell.strip() if cell else "" for cell in cells[: len(self.headers)]]
        plain += [""] * (len(self.headers) - len(plain))
        others = {
            header: cell
            for index, (header, cell) in enumerate(zip(self.headers, plain, strict=True))
            if cell and index not in self.columns
        }
        row = _cells(plain, self.columns)
        return _person(row) if self.people else _organisation(row), others


def _cells(cells: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for index, target in columns.items():
        if cells[index]:
            between = "; " if target in _SEVERAL else " "
            told[target] = (
                f"{told[target]}{between}{cells[index]}" if target in told else cells[index]
            )
    if "street" in told and not {"municipality", "postcode"} & {*columns.values()}:
        parts = split_whole_address(told["street"])
        told |= {key: cell for key, cell in zip(_ADDRESS, parts, strict=True) if cell}
    return told


def _person(row: dict[str, str]) -> dict[str, str]:
    whole = row.get("name", "")
    if not row.get("last") and " " in (first := row.get("first", "")):
        whole = "" if known_first(fold_name(first)) else first
    if whole and not row.get("last"):
        row["first"], row["last"], former, _ = person_name.split_name(whole)
        row["last"] += f" (ent. {former})" if former else ""
    return row


def _organisation(row: dict[str, str]) -> dict[str, str]:
    """Return the cells in the register's canonical form, as far as they can be read."""
    read: dict[str, Callable[[str], Reading]] = {
        "phone": phone.read,
        "email": email.read,
        "postcode": postal_code.read,
    }
    plain = {key: read[key](cell).value or cell for key, cell in row.items() if key in read}
    return {**row, **plain, "name": row.get("org", "")}


def _plain(name: str) -> int | str:
    return int(name) if name.isdecimal() else name
