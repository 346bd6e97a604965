"""What of a wide tab is folded away: at most twelve columns of Tapaamiset are open."""

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.registers import GoogleRegister, created, living_in

SCREEN = 1366 - 60
"""Pixels of a laptop's screen, without the numbers of the rows and the scroll bar."""
OPEN = ["Tunnus", "Nimi", "Laji", "Pvm", "Alkaa", "Paikka", "Alue", "Kohderyhmä", "Tila"]


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    with living_in(request.param, tmp_path) as made:
        yield made


def columns(register, tab="Tapaamiset"):
    """Return each column's header, and whether it is folded away."""
    if isinstance(register, GoogleRegister):
        (sheet,) = [one for one in register._sheet.sheets if one.title == tab]
        headers = register._person.rows(tab, "1:1")[0]
        return {str(h): bool(sheet.columns[n].hidden) for n, h in enumerate(headers)}
    sheet = openpyxl.load_workbook(register.folder / "r.xlsx")[tab]
    hidden = {}
    for letter, one in sheet.column_dimensions.items():
        first = openpyxl.utils.column_index_from_string(letter)
        for number in range(one.min or first, (one.max or first) + 1):
            hidden[get_column_letter(number)] = bool(one.hidden and one.outlineLevel)
    return {cell.value: hidden.get(cell.column_letter, False) for cell in sheet[1]}


def test_at_most_twelve_columns_of_a_meeting_are_open(register):
    found = columns(register)
    shown = [header for header, folded in found.items() if not folded]
    assert len(shown) <= 12 and set(OPEN) <= set(shown) and len(found) > len(shown)
    assert not any(columns(register, "Yhteyshenkilöt").values())
    assert sum(pixels(register, header) for header in shown) <= SCREEN


def pixels(register, header):
    """How wide a column of Tapaamiset is on a screen."""
    at = list(columns(register)).index(header)
    if isinstance(register, GoogleRegister):
        (sheet,) = [one for one in register._sheet.sheets if one.title == "Tapaamiset"]
        return sheet.columns[at].size
    sheet = openpyxl.load_workbook(register.folder / "r.xlsx")["Tapaamiset"]
    return sheet.column_dimensions[get_column_letter(at + 1)].width * 7 + 5


def unfold(register):
    """Have the register stand as it did before anything was folded."""
    if isinstance(register, GoogleRegister):
        (sheet,) = [one for one in register._sheet.sheets if one.title == "Tapaamiset"]
        sheet.objects["columnGroups"].clear()
        for column in sheet.columns:
            column.hidden = False
        return
    workbook = openpyxl.load_workbook(register.folder / "r.xlsx")
    for one in workbook["Tapaamiset"].column_dimensions.values():
        one.hidden, one.outlineLevel, one.collapsed = False, 0, False
    workbook.save(register.folder / "r.xlsx")


def test_an_older_register_is_folded_when_it_gets_columns_and_then_left_alone(register):
    unfold(register)
    register.renames("Tapaamiset", "Kutsupohja", "Oma sarake")
    created(register)
    found = columns(register)
    assert found["Kutsupohja"] and found["Isäntä"] and not found["Oma sarake"]
    assert list(found)[-1] == "Kutsupohja" and not any(found[header] for header in OPEN)
    created(register)
    assert columns(register) == found
