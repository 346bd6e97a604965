"""Lists of other shapes that associations keep: drawn by hand, clubs only, a phone's contacts."""

import csv
from io import StringIO
from itertools import groupby
from random import Random

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from register.packing import workbook_bytes
from register.sample.messy import national_format
from register.sample.people import (
    SampleOrganisation,
    SamplePerson,
    sample_organisations,
    sample_people,
)

_OFFICERS = ("Puheenjohtaja", "Sihteeri", "Rahastonhoitaja")
_OFFICER_COLUMNS = ("Nimi", "Puhelin", "Sähköposti")
_YELLOW = PatternFill("solid", fgColor="FFFF00")


def officers_workbook(seed: int = 2027) -> bytes:
    """Return an .xlsx of associations by municipality, each with three officers side by side.

    It has a title, a two-row header with merged cells, towns as headings between the rows, two
    people in one cell, a phone beside an address, a second phone, dates of birth, a coloured row, a
    struck-through person, a comment, a hidden column and a total.
    """
    random = Random(seed)  # noqa: S311
    homes = [one for one in sample_organisations(random, 40) if one.kind == "association"][:24]
    homes.sort(key=lambda one: (one.place.name_fi, one.name))
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Toimihenkilöt")
    sheet["A1"] = "Alueen yhdistysten toimihenkilöt 2026"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A3"] = "Yhdistys"
    sheet.merge_cells("A3:A4")
    for start, office in zip((2, 5, 8), _OFFICERS, strict=True):
        sheet.cell(3, start, office)
        sheet.merge_cells(start_row=3, end_row=3, start_column=start, end_column=start + 2)
        for column, title in enumerate(_OFFICER_COLUMNS, start):
            sheet.cell(4, column, title)
    sheet["K3"], sheet["L3"] = "Pj:n syntymäaika", "Jäseniä"
    sheet.column_dimensions["K"].hidden = True
    for place, there in groupby(homes, key=lambda one: one.place.name_fi):
        sheet.append([place.upper()])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for home in there:
            sheet.append(_officers(random, home))
    _draw(sheet)
    sheet.append([])
    sheet.append([f"YHTEENSÄ {len(homes)} yhdistystä"])
    return workbook_bytes(book)


def clubs_csv(seed: int = 2028) -> bytes:
    """Return a municipality's list of clubs without people: numbers in brackets, and websites."""
    random = Random(seed)  # noqa: S311
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Seura", "Kotisivu", "Katuosoite", "Postinumero ja -toimipaikka", "Puhelin"))
    for number, home in enumerate(sample_organisations(random, 20), start=1):
        name = f"{home.name} ({home.business_id})" if number % 3 == 0 else home.name
        street = f"Esimerkkikatu {number}"
        town = f"{home.postcode} {home.place.name_fi.upper()}"
        writer.writerow((name, f"www.{home.domain}", street, town, national_format(home.phone)))
    return buffer.getvalue().encode("cp1252")


def phone_cards(seed: int = 2029) -> bytes:
    """Return the contacts of a phone: vCards of three versions, a fax, and a group of people."""
    random = Random(seed)  # noqa: S311
    people = sample_people(random, sample_organisations(random, 8), 8)
    cards = [_card(number, person) for number, person in enumerate(people)]
    group = ["BEGIN:VCARD", "VERSION:4.0", "KIND:group", "FN:Hallitus 2026", "END:VCARD"]
    return "\r\n".join([*cards, *group, ""]).encode()


def _officers(random: Random, home: SampleOrganisation) -> list[str]:
    people = sample_people(random, [home], len(_OFFICERS))
    cells = [home.name]
    for person in people:
        cells += [f"{person.first} {person.last}", national_format(person.phone), person.email]
    return [*cells, f"{random.randint(1, 28)}.{random.randint(1, 12)}.19{random.randint(40, 99)}"]


def _draw(sheet: Worksheet) -> None:
    """Add to the sheet what people draw in one: each thing once, in rows with three officers."""
    rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 2).value]
    couple, together, second, yellow, struck, told = rows[:6]
    sheet.cell(couple, 2).value = "Matti Salonen ja Raija Järvinen"
    sheet.cell(
        together, 4
    ).value = f"{sheet.cell(together, 3).value}, {sheet.cell(together, 4).value}"
    sheet.cell(together, 3).value = None
    sheet.cell(second, 6).value = f"{sheet.cell(second, 6).value} / 050 000 9876"
    for column in range(1, 12):
        sheet.cell(yellow, column).fill = _YELLOW
    for column in range(5, 8):
        sheet.cell(struck, column).font = Font(strike=True)
    sheet.cell(told, 8).comment = Comment("Vain kevääseen asti", "Toimisto")


def _card(number: int, person: SamplePerson) -> str:
    version = ("2.1", "3.0", "4.0")[number % 3]
    name, home = f"{person.first} {person.last}", person.organisation.name
    lines = ["BEGIN:VCARD", f"VERSION:{version}"]
    if version == "2.1":
        lines += [
            f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{_quoted(f'{person.last};{person.first}')}",
            f"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{_quoted(home)}",
            f"TEL;CELL:{national_format(person.phone)}",
            "TEL;FAX:09 000 1111",
            f"EMAIL;INTERNET:{person.email}",
        ]
    else:
        lines += [
            f"N:{person.last};{person.first};;;",
            f"FN:{name}",
            f"ORG:{home}",
            f"TITLE:{person.role}",
            f"TEL;TYPE=CELL:{person.phone}",
            f"EMAIL;TYPE=WORK:{person.email}",
        ]
    return "\r\n".join([*lines, "END:VCARD"])


def _quoted(text: str) -> str:
    """Return a value as vCard 2.1 encodes it: every byte beyond ASCII, and "=", as =XX."""
    return "".join(chr(b) if b < 128 and b != 61 else f"={b:02X}" for b in text.encode())
