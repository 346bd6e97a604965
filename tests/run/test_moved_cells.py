"""A column that is sorted alone gives each person another's address: no run goes on from there."""

import random
import re

import openpyxl
import pytest
from stdnum import luhn

from register.book.ids import ALPHABET
from register.book.moved_cells import column_marks, moved_cells
from tests.making import table
from tests.test_scripts import run

ROWS = [
    {
        "id": f"H-{n:04}{luhn.calc_check_digit(f'{n:04}', ALPHABET)}",
        "first": "Maija" if n % 2 else "Pekka",
        "last": f"Salo{n}",
        "municipality": "Espoo" if n % 3 else "Vantaa",
        "email": f"etu{(n * 7) % 100:03}@posti.example",
        "phone": f"+3584012345{n:02}",
    }
    for n in range(40)
]


def moved(rows):
    return moved_cells(column_marks(table("people", ROWS)), table("people", rows))


def with_column(key, cells):
    return [{**row, key: cell} for row, cell in zip(ROWS, cells, strict=True)]


@pytest.mark.parametrize("key", ["email", "phone", "last"])
def test_a_column_that_was_sorted_alone_is_noticed(key):
    cells = sorted((row[key] for row in ROWS), reverse=key != "email")
    assert moved(with_column(key, cells)).keys() == {key}


def test_a_column_that_slipped_down_a_row_is_noticed():
    cells = [row["email"] for row in ROWS]
    assert moved(with_column("email", [*cells[:5], "", *cells[5:-1]])).keys() == {"email"}


def test_columns_whose_headers_were_swapped_are_noticed():
    swapped = [{**row, "email": row["phone"], "phone": row["email"]} for row in ROWS]
    assert moved(swapped).keys() == {"email", "phone"}


def test_ids_that_were_sorted_without_the_rest_are_noticed():
    ids = sorted((row["id"] for row in ROWS), reverse=True)
    assert {"email", "phone", "last"} <= moved(with_column("id", ids)).keys()


@pytest.mark.parametrize(
    "rows",
    [
        random.Random(1).sample(ROWS, len(ROWS)),
        with_column("municipality", sorted(row["municipality"] for row in ROWS)),
        with_column("email", [f"uusi{n}@posti.example" for n in range(40)]),
        with_column("email", [*(r["email"] for r in reversed(ROWS[:8])), *(r["email"] for r in ROWS[8:])]),
        [{**row, "notes": row["email"]} for row in ROWS],
        [{**row, "phone": "", "phone2": row["phone"]} if n < 9 else row for n, row in enumerate(ROWS)],
        ROWS[20:],
    ],
    ids=["whole rows sorted", "common words", "all new", "a few swapped", "copied", "a few numbers moved", "half of them gone"],
)  # fmt: skip
def test_what_people_do_to_a_register_is_no_accident(rows):
    assert moved(rows) == {}


def test_no_run_goes_on_from_a_column_sorted_alone(tmp_path):
    book = ("--book", str(tmp_path / "r.xlsx"))
    assert run(tmp_path, "create.py", *book, "--apply").returncode == 0

    def edit(cells):
        workbook = openpyxl.load_workbook(tmp_path / "r.xlsx")
        sheet = workbook["Yhteyshenkilöt"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        for column, values in cells.items():
            for number, value in enumerate(values, start=2):
                sheet.cell(number, headers[column]).value = value
        workbook.save(tmp_path / "r.xlsx")

    addresses = [row["email"] for row in ROWS]
    edit({"Sukunimi": [row["last"] for row in ROWS], "Sähköposti": addresses})
    cleanup = ("cleanup.py", *book, "--apply")
    assert run(tmp_path, *cleanup).returncode in (0, 1)
    edit({"Sähköposti": sorted(addresses)})
    before = (tmp_path / "r.xlsx").read_bytes()
    stopped = run(tmp_path, *cleanup)
    assert stopped.returncode == 6
    assert re.search(r"Yhteyshenkilöt .*Sähköposti \(\d+\)", stopped.stderr), stopped.stderr
    assert "--accept-moved" in stopped.stderr
    assert (tmp_path / "r.xlsx").read_bytes() == before
    edit({"Sähköposti": addresses})
    assert run(tmp_path, *cleanup).returncode in (0, 1)
    edit({"Sähköposti": sorted(addresses)})
    assert run(tmp_path, *cleanup, "--accept-moved").returncode in (0, 1)
    assert run(tmp_path, *cleanup).returncode in (0, 1)
