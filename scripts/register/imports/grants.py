"""``contacts.py import-grants``: a list of grants becomes a list of living organisations.

A grant (who got it, from whom, for what, in which year) is a sign of life of an organisation. Many
rows of one organisation become one row. Grants to private people are private, and are left out.
Columns are recognised by words (grants.toml), because no service documents the format of its file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from register.book.errors import UsageError
from register.book.package_data import package_table
from register.book.personal_identity_code import mask_identity_codes
from register.book.phrase import Phrase
from register.book.schema import Language, schema
from register.intake.header_names import header_letters, header_meaning
from register.intake.sheet import ListSheet
from register.values import area, association_no, business_id
from register.values.organisation_name import name_parts, names_organisation, organisation_key
from register.values.person_name import first_names
from register.values.places import resolve_place
from register.values.sign_of_life import sign_of_life
from register.words.sentences import Sentences

_Part = Literal["recipient", "granted", "decision", "year", "granter", "purpose", "region"]
"""What a column of a list of grants may hold, besides what any list may."""

_CONTACTS = ("business_id", "assoc_no", "municipality", "url")
"""What else is kept of an organisation, from the columns of any list; no data on people is kept."""

_ROW = ("org", "business_id", "assoc_no", "municipality", "area", "url", "sign", "text")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RECOVERED = re.compile(r"[-−–]\s*\d")
"""An amount that was recovered."""

_PIECES = re.compile(r"[/,(]")
_MOST_TOLD = 12
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Grant:
    """What one row says: recipient, year, granter and purpose; '' where it does not say."""

    number: int
    name: str
    year: int
    granter: str
    purpose: str
    known: Mapping[str, str]
    """The recipient's other cells, in canonical form, by column of ``inbox``."""

    @property
    def key(self) -> str:
        """The key by which the grants of one organisation are grouped."""
        return self.known.get("business_id") or organisation_key(self.name)


@dataclass(frozen=True, slots=True)
class GrantOrders:
    """What a person adds to a list of grants.

    ``columns`` say what columns hold ("Saaja=recipient"). ``year`` and ``granter`` apply if the
    list has no such column. ``all_organisations`` accepts recipients that are not plainly
    organisations.
    """

    columns: Sequence[str] = ()
    year: int | None = None
    granter: str = ""
    all_organisations: bool = False


def grants_sheet(
    sheet: ListSheet, orders: GrantOrders, language: Language, today: date
) -> ListSheet:
    """Return the organisations of a list of grants, one row each, as a list to import.

    Raises UsageError if it is not a list of grants, has no year, or has another year.
    """
    year = orders.year
    columns = _columns(sheet, orders.columns, year)
    found, left = _grants(sheet, columns, _year_of(sheet, columns, year, today), orders, language)
    if year is not None and found and not any(one.year == year for one in found):
        years = sorted({str(one.year) for one in found})
        raise UsageError(
            "{file} is of {years}, not of {year}.",
            remedy="Give its own year, or the file of the year that you mean.",
            file=mask_identity_codes(sheet.name),
            years=years,
            year=year,
        )
    grants = [one for one in found if year is None or one.year == year]
    if late := [one for one in grants if one.year > today.year]:
        raise UsageError(
            "Row {number} is of {year}, which has not come yet.",
            remedy="Is that column the year of the grant? Say which one is: --map HEADER=year",
            number=late[0].number,
            year=late[0].year,
        )
    say = Sentences(language)
    inbox = schema().tab("inbox")
    rows = tuple(_row(some, say) for some in _by_organisation(grants))
    mapped = [f"{mask_identity_codes(sheet.headers[n])} → {key}" for key, n in columns.items()]
    told: list[Phrase] = [
        ("{grants} grants, {count} organisations.", {"grants": len(grants), "count": len(rows)}),
        ("Read: {columns}.", {"columns": mapped}),
    ]
    return replace(
        sheet,
        headers=tuple(inbox.column(key).headers[language] for key in _ROW),
        rows=rows,
        notes=(*sheet.notes, *told, *left),
    )


def _columns(sheet: ListSheet, orders: Sequence[str], year: int | None) -> dict[str, int]:
    """Return the columns of a list by what they hold; raises UsageError if it is no list of grants.

    Of several columns by year, it is the one of ``year``, else the latest.
    """
    found: dict[str, int] = {}
    for part in get_args(_Part):
        ranked = [header_letters(word) for word in _words()[part]]
        wanted = [
            (ranked.index(plain), _year_in(header) != year, -_year_in(header), n)
            for n, header in enumerate(sheet.headers)
            for plain in map(header_letters, (header, *_PIECES.split(header)))
            if plain in ranked
        ]
        if wanted:
            found[part] = min(wanted)[3]
    for index, header in enumerate(sheet.headers):
        meaning = header_meaning(header)[0] if index not in found.values() else ""
        if meaning in _CONTACTS:
            found.setdefault(meaning, index)
    found |= _asked(sheet, orders)
    if "recipient" not in found or not found.keys() & {"granted", "decision", "year", "granter"}:
        raise UsageError(
            "{file} does not look like a list of grants: no column tells {what}.",
            remedy="Say which column it is: --map HEADER=recipient, and granted, year, granter or "
            "purpose. A list of contacts is brought in with: python3 scripts/contacts.py import",
            file=mask_identity_codes(sheet.name),
            what="recipient" if "recipient" not in found else "granted",
        )
    return found


def _year_in(text: str) -> int:
    """Return the latest year in a text, 0 for none."""
    return max(map(int, _YEAR.findall(text)), default=0)


def _asked(sheet: ListSheet, orders: Sequence[str]) -> dict[str, int]:
    """Return the columns that ``orders`` name; raises UsageError with all faults of the orders."""
    parts = (*get_args(_Part), *_CONTACTS)
    asked: dict[str, int] = {}
    faults: list[tuple[str, dict[str, object]]] = []
    headers = [header_letters(header) for header in sheet.headers]
    for order in orders:
        header, equals, wanted = order.rpartition("=")
        if not equals or not header.strip():
            faults.append(("“{order}” is not HEADER=COLUMN.", {"order": order}))
        elif header_letters(header) not in headers:
            there = [mask_identity_codes(one) for one in sheet.headers if one][:_NAMED]
            faults.append(
                (
                    "The list has no column “{header}”. It has: {near}.",
                    {"header": header, "near": there},
                )
            )
        elif wanted.strip() not in parts:
            values: dict[str, object] = {"column": wanted, "known": ", ".join(parts)}
            faults.append(("There is no column “{column}” to fill. There are: {known}.", values))
        else:
            asked[wanted.strip()] = headers.index(header_letters(header))
    if faults:
        raise UsageError(
            "--map cannot be followed.",
            remedy='Write it like this: --map "Saaja=recipient"',
            faults=faults,
        )
    return asked


def _year_of(
    sheet: ListSheet, columns: Mapping[str, int], year: int | None, today: date
) -> int | None:
    """Return the year of rows without one of their own, None if the list has only their own.

    It is the year in the header of the amounts, else the given one, else the only one in the names
    of the file and its tab. Raises UsageError if there is none, and no column of years.
    """
    if "granted" in columns and (told := _year_in(sheet.headers[columns["granted"]])):
        return told
    if year is not None:
        return year
    named = {int(found) for found in _YEAR.findall(f"{sheet.name} {sheet.what.get('tab', '')}")}
    named = {one for one in named if one <= today.year}
    if len(named) == 1:
        return named.pop()
    if "year" not in columns:
        raise UsageError(
            "{file} does not tell the year of the grants.",
            remedy="Give it: --year {year}",
            file=mask_identity_codes(sheet.name),
            year=today.year,
        )
    return None


def _grants(
    sheet: ListSheet,
    columns: Mapping[str, int],
    year: int | None,
    orders: GrantOrders,
    language: Language,
) -> tuple[list[Grant], list[Phrase]]:
    """Return the grants of organisations, and notes on the rows that are left out."""
    found: list[Grant] = []
    private: list[int] = []
    nothing = yearless = 0
    for number, row in sheet.numbered():
        cells = {part: mask_identity_codes(row[index]) for part, index in columns.items()}
        name = name_parts(cells["recipient"])
        if not name.name or _is_total(name.name):
            continue
        told = {**cells, "business_id": cells.get("business_id") or name.number}
        known = _known(told, language)
        if not _is_organisation(name.name, bool(known["business_id"]), orders):
            private.append(number)
            continue
        if _got_nothing(cells):
            nothing += 1
            continue
        its_year = _year_in(cells.get("year", "")) or year
        if its_year is None:
            yearless += 1
            continue
        by = cells.get("granter") or orders.granter
        found.append(Grant(number, name.name, its_year, by, cells.get("purpose", ""), known))
    left: list[Phrase] = []
    if private:
        left.append(
            (
                "{count} recipients are private people or not plainly organisations; they were "
                "left out (rows {numbers}). Are all of them organisations? Add --kind "
                "organisations",
                {"count": len(private), "numbers": [str(n) for n in private[:_NAMED]]},
            )
        )
    if nothing:
        left.append(("{count} rows got nothing; they were left out.", {"count": nothing}))
    if yearless:
        left.append(("{count} rows tell no year; they were left out.", {"count": yearless}))
    return found, left


def _known(cells: Mapping[str, str], language: Language) -> dict[str, str]:
    """Return the recipient's other cells in canonical form, '' for those that cannot be read."""
    home = resolve_place(cells.get("municipality", "")).municipality
    return {
        "business_id": business_id.read(cells.get("business_id", "")).value,
        "assoc_no": association_no.read(cells.get("assoc_no", "")).value,
        "municipality": home.name(language) if home else "",
        "area": area.read(cells.get("region", "")).value,
        "url": cells.get("url", ""),
    }


def _is_organisation(name: str, numbered: bool, orders: GrantOrders) -> bool:
    """Whether a recipient is plainly an organisation; a trader's name counts as a person's."""
    plain = name.casefold().strip(" .-–")
    if any(plain == word or plain.startswith(f"{word} ") for word in _words()["private"]):
        return False
    if names_organisation(name):
        return True
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", plain)
    personal = 1 < len(words) <= 4 and any(word in first_names() for word in words)
    return (numbered or orders.all_organisations) and not personal


def _is_total(name: str) -> bool:
    return name.casefold().startswith(("yhteensä", "summa", "totalt", "sammanlagt", "total"))


def _got_nothing(cells: Mapping[str, str]) -> bool:
    decision = cells.get("decision", "")
    told = f"{decision} {cells.get('granted', '')}".casefold().strip()
    if any(word in told for word in _words()["refused"]) or _RECOVERED.match(told):
        return True
    amount = cells.get("granted", decision if re.search(r"\d", decision) else None)
    return amount is not None and not re.search(r"[1-9]", amount)


def _by_organisation(grants: Iterable[Grant]) -> list[list[Grant]]:
    """Return the grants of each organisation, the newest first.

    A grant without a Y-tunnus joins the only Y-tunnus that its recipient's name has elsewhere.
    """
    numbers: dict[str, set[str]] = {}
    every = list(grants)
    for one in every:
        if number := one.known["business_id"]:
            numbers.setdefault(organisation_key(one.name), set()).add(number)
    groups: dict[str, list[Grant]] = {}
    for one in every:
        mine = numbers.get(organisation_key(one.name), set())
        key = one.key if one.known["business_id"] or len(mine) != 1 else next(iter(mine))
        groups.setdefault(key, []).append(one)
    return [sorted(some, key=lambda one: -one.year) for some in groups.values()]


def _row(some: Sequence[Grant], say: Sentences) -> tuple[str, ...]:
    newest = some[0]
    known = {
        key: next((one.known[key] for one in some if one.known[key]), "") for key in newest.known
    }
    told = dict.fromkeys(
        ": ".join(filter(None, (sign_of_life(one.year, _granted(one, say)), one.purpose)))
        for one in some
    )
    lines = list(told)[:_MOST_TOLD]
    if len(told) > _MOST_TOLD:
        lines.append(f"(+{len(told) - _MOST_TOLD})")
    cells = {
        **known,
        "org": newest.name,
        "sign": sign_of_life(newest.year, _granted(newest, say)),
        "text": "\n".join(lines),
    }
    return tuple(cells.get(key, "") for key in _ROW)


def _granted(one: Grant, say: Sentences) -> str:
    if one.granter:
        return say("grant ({granter})", granter=one.granter)
    return say("a grant")


def _words() -> Mapping[str, list[str]]:
    return package_table("register.imports", "grants")
