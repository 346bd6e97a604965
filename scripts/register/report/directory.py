"""The regional lists as a page to read and print, as text, as CSV and as JSON.

The workbook is made by :mod:`register.report.directory_sheets`. A cell is data in all of them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from register import places
from register.fields import phone
from register.fields.henkilotunnus import mask
from register.fields.text import tidy
from register.lists.directory import Contact, Directory, Organisation, Regional, counts
from register.report.pages import pages
from register.report.sentences import Sentences
from register.report.shown import shown

Key = tuple[str, str]
"""A column of the lists: tab and column; ``people.name`` is the first and the last name."""

COLUMNS: tuple[Key, ...] = (
    *(("organisations", key) for key in ("region", "municipality", "name", "short", "type")),
    *(("organisations", key) for key in ("area", "topics", "email", "phone", "url", "id")),
    *(("people", key) for key in ("name", "role", "email", "phone", "id")),
)
"""The columns of the CSV, in their order."""

_SEPARATOR = re.compile(r"[,;\t]")
_MAILBOX = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(r"(?:https?://)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[A-Za-z0-9._~/-]*)?)")
_E164 = re.compile(r"\+[0-9]{5,15}")


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation's row on the page: ``at`` are the places that it is found by."""

    number: int
    one: Organisation
    at: str
    place: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading: a municipality, or those who are active from elsewhere."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A region on the page, or one of the lists that stand apart; ``note`` says what it is."""

    key: str
    title: str
    groups: tuple[Group, ...]
    note: str = ""


def as_html(directory: Directory, say: Sentences, templates: Path | None = None) -> str:
    """Return the lists as one page that needs no network and works without JavaScript."""
    figures = counts(directory)
    return (
        pages(say.language, templates)
        .get_template("directory.html.j2")
        .render(
            directory=directory,
            totals=figures.sum(),
            regions=[
                (one.code, region_name(one.code, say), figures.loc[one.code])
                for one in directory.regions
            ],
            gaps=list(gaps(directory, say)),
            sections=list(_sections(directory, say)),
            choices=[
                (region_name(one.code, say), f"r{one.code}", _choices(one, say))
                for one in directory.regions
                if one.home or one.active
            ],
            types=sorted({one.type for one in directory.organisations if one.type}),
            national=phone.national,
            link=link,
        )
    )


def as_text(directory: Directory, say: Sentences) -> str:
    """Return the figures of each region as a table, then what stands apart and the gaps."""
    figures = counts(directory)
    keys = ("organisations", "contacts", "active", "covered", "without")
    heads = [
        say.header("organisations", "region"),
        say.title("organisations"),
        say("with a contact"),
        say("active from elsewhere"),
        say("municipalities covered"),
        say("municipalities without"),
    ]
    shown_regions = figures[(figures["organisations"] > 0) | (figures["active"] > 0)]
    lines = [
        [region_name(str(code), say), *(say.number(int(row[key])) for key in keys)]
        for code, row in shown_regions.iterrows()
    ]
    lines.append([say("In all"), *(say.number(int(figures[key].sum())) for key in keys)])
    lines[-1][3] = ""
    widths = [max(len(line[i]) for line in (heads, *lines)) for i in range(len(heads))]
    printed = []
    for first, *rest in (heads, *lines):
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        printed.append("  ".join((first.ljust(widths[0]), *cells)).rstrip())
    return "\n".join((*printed, *(f"  {note}" for note in notes(directory, say))))


def notes(directory: Directory, say: Sentences) -> Iterator[str]:
    """Yield what there is to say besides the regions."""
    if empty := [one for one in directory.regions if not (one.home or one.active)]:
        names = ", ".join(region_name(one.code, say) for one in empty)
        yield say("Regions where nobody is: {regions}", regions=names)
    if count := len(directory.nationwide):
        yield say("{count} organisations are active in the whole country.", count=count)
    if count := len(directory.unplaced):
        yield say("{count} organisations have no municipality that is known.", count=count)
    if count := directory.unattached:
        yield say("{count} people belong to no organisation of these lists.", count=count)


def gaps(directory: Directory, say: Sentences) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield the regions with municipalities without anybody: name, those, whether it is all."""
    for one in directory.regions:
        if one.without:
            names = tuple(place_name(code, say) for code in one.without)
            yield region_name(one.code, say), names, len(names) == len(one.localities)


def as_csv(directory: Directory, say: Sentences) -> bytes:
    """Return a row for each organisation and contact, as Excel in Finland reads it.

    UTF-8 with a byte order mark, ``;`` between cells. What a spreadsheet would run is made text.
    """
    out = StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    write.writerow(headers(COLUMNS, say))
    for one in directory.organisations:
        for contact in one.contacts or (None,):
            write.writerow(harmless(cell(one, contact, key, say)) for key in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, whatever separator it reads by.

    An apostrophe goes before ``= + - @`` at the start and after each ``, ;`` or tab, where blanks,
    invisible characters and full-width forms before or of them don't count (OWASP, CSV injection).
    """
    parts = _SEPARATOR.split(text)
    marks = [*_SEPARATOR.findall(text), ""]
    return "".join(
        f"{chr(39) if _runs(part) else ''}{part}{mark}"
        for part, mark in zip(parts, marks, strict=True)
    )


def as_contract(directory: Directory) -> dict[str, Any]:
    """Return the lists as JSON's values: keys of the schema, codes of places, cells of the Book.

    ``regions`` have ``home`` and ``active`` ids for each municipality; ``without`` lists codes.
    ``organisations`` are told by ``row``, their place in the list, for some have no id yet.
    """
    row = {id(one): n for n, one in enumerate(directory.organisations)}
    figures = counts(directory).to_dict("index")
    return {
        "date": directory.day.isoformat(),
        "public": directory.public,
        "organisations": [_record(one, row[id(one)]) for one in directory.organisations],
        "regions": [
            {
                "code": one.code,
                "name": places.region(one.code).name_fi,
                **{str(key): int(value) for key, value in figures[one.code].items()},
                "without": list(one.without),
                "localities": [
                    {
                        "code": spot.code,
                        "name": places.municipality(spot.code).name_fi,
                        "home": [row[id(other)] for other in spot.home],
                        "active": [row[id(other)] for other in spot.active],
                    }
                    for spot in one.localities
                ],
            }
            for one in directory.regions
        ],
        "nationwide": [row[id(one)] for one in directory.nationwide],
        "unplaced": [row[id(one)] for one in directory.unplaced],
        "unattached": directory.unattached,
    }


def headers(columns: Sequence[Key], say: Sentences) -> list[str]:
    """Return the columns' headers; those of the contact say so where both have the column."""
    person = say.header("invitations", "person")
    ours = {key for tab, key in columns if tab == "organisations"} - {"name"}
    return [
        person
        if (tab, key) == ("people", "name")
        else f"{person}: {say.header(tab, key)}"
        if tab == "people" and key in ours
        else say.header(tab, key)
        for tab, key in columns
    ]


def cell(one: Organisation, contact: Contact | None, column: Key, say: Sentences) -> str:
    """Return a cell of the lists as people read it: one line, nothing hidden, phones national."""
    tab, key = column
    if tab == "people":
        text = getattr(contact, key) if contact else ""
    elif key == "region":
        text = region_name(one.region, say) if one.region else ""
    elif key == "municipality":
        text = place_name(one.municipality, say) if one.municipality else one.town
    else:
        text = getattr(one, key)
    if key == "phone":
        text = phone.national(text)
    elif key == "type":
        text = say.value(tab, key, text)
    return shown(tidy(text))


def region_name(code: str, say: Sentences) -> str:
    """Return a region's name in the language of the lists."""
    return places.region(code).name(say.language)


def place_name(code: str, say: Sentences) -> str:
    """Return a municipality's name in the language of the lists."""
    return places.municipality(code).name(say.language)


def link(text: str, kind: str) -> str:
    """Return the address that a cell may link to: a plain mailbox, number or website, or ''."""
    match kind:
        case "email":
            return f"mailto:{text}" if _MAILBOX.fullmatch(text) else ""
        case "phone":
            return f"tel:{text}" if _E164.fullmatch(text) else ""
        case _:
            found = _WEBSITE.fullmatch(text)
            secure = "http" if text.startswith("http:") else "https"
            return f"{secure}://{found[1]}" if found else ""


def _runs(text: str) -> bool:
    for char in text:
        if unicodedata.category(char)[0] == "Z" or unicodedata.category(char) in ("Cc", "Cf"):
            continue
        return unicodedata.normalize("NFKC", char)[:1] in tuple("=+-@−")
    return False


def _record(one: Organisation, row: int) -> dict[str, Any]:
    return {
        "row": row,
        **{
            key: mask(getattr(one, key))
            for key in ("id", "name", "short", "type", "area", "topics", "email", "phone", "url")
        },
        "municipality": one.municipality,
        "region": one.region,
        "contacts": [
            {key: mask(getattr(who, key)) for key in ("id", "name", "role", "email", "phone")}
            for who in one.contacts
        ],
    }


def _choices(region: Regional, say: Sentences) -> list[tuple[str, str]]:
    return [(place_name(p.code, say), p.code) for p in region.localities if p.home or p.active]


def _sections(directory: Directory, say: Sentences) -> Iterator[Section]:
    number = {id(one): n for n, one in enumerate(directory.organisations)}

    def row(one: Organisation, at: str, place: str = "") -> Row:
        return Row(number[id(one)], one, at, place)

    for region in directory.regions:
        key = f"r{region.code}"
        whole = {spot.code for spot in region.localities}
        groups = [
            Group(
                place_name(spot.code, say),
                tuple(row(one, _at(key, one, whole, spot.code)) for one in spot.home),
            )
            for spot in region.localities
            if spot.home
        ]
        if region.active:
            visitors = (
                row(one, _at(key, one, whole), _where(one, whole, say)) for one in region.active
            )
            groups.append(Group(say("Active here from elsewhere"), tuple(visitors)))
        if groups:
            yield Section(key, region_name(region.code, say), tuple(groups))
    if directory.nationwide:
        rows = tuple(
            row(one, "n", cell(one, None, COLUMNS[1], say)) for one in directory.nationwide
        )
        note = say("They count for their own municipality only, and fill no gap elsewhere.")
        yield Section("n", say("Active in the whole country"), (Group("", rows),), note)
    if directory.unplaced:
        rows = tuple(row(one, "u", cell(one, None, COLUMNS[1], say)) for one in directory.unplaced)
        note = say("Correct the municipality in the register; check.py tells which rows.")
        yield Section("u", say("No municipality that is known"), (Group("", rows),), note)


def _at(key: str, one: Organisation, whole: set[str], home: str = "") -> str:
    return " ".join((key, *sorted((one.active & whole) | ({home} - {""}))))


def _where(one: Organisation, whole: set[str], say: Sentences) -> str:
    if one.active >= whole:
        return say("the whole region")
    return ", ".join(place_name(code, say) for code in sorted(one.active & whole))
