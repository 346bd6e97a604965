"""A column that has lost its name is said, and asked about where a header may be it."""

from datetime import date

import pytest

from register.intake.renamed import missing_known_columns
from register.rules import RuleContext, findings
from tests.making import book, with_headers

NAMES = ("Maija", "Pekka", "Liisa", "Timo")
CELLS = {
    "email": [f"{name.lower()}@posti.example" for name in NAMES],
    "phone": [f"+35840123456{n}" for n in range(4)],
    "first": NAMES,
}


def people(column: str, header: str):
    """Return a register whose cells of a column stand under another header, it being empty."""
    cells = CELLS[column]
    return book(
        people=[
            {"id": f"H-0000{n}", "last": "Salo", f"+{header}": cell} for n, cell in enumerate(cells)
        ]
    )


def guess(start):
    """Return the one question about a column: which it is, and the header that it may be."""
    ((_, values),) = missing_known_columns(start).renamed
    assert values["tab"] == "Yhteyshenkilöt"
    return values["column"], values["guess"]


def test_a_whole_register_lacks_nothing():
    gone = missing_known_columns(book())
    assert (gone.renamed, gone.lacking) == ((), ())


@pytest.mark.parametrize(
    ("column", "header"),
    [
        ("email", "Sähköposti (työ)"),
        ("email", "E-mail (work)"),
        ("email", "Sähköpostti"),
        ("email", "Sähköpostiosoite"),
        ("email", "Meili"),
        ("phone", "Puhelin / GSM"),
        ("phone", "Kännykkä"),
        ("role", "Tehtävä seurassa"),
    ],
)
def test_a_renamed_column_is_guessed_by_its_header(column, header):
    lost = with_headers(book(), "people", [column], "Oma", header)
    assert guess(lost)[1] == header
    assert missing_known_columns(lost).lacking == ()


@pytest.mark.parametrize("column", ["email", "phone", "first"])
def test_a_renamed_column_is_guessed_by_what_stands_in_it(column):
    lost = with_headers(people(column, "Uusi"), "people", [column])
    assert guess(lost)[1] == "Uusi"


@pytest.mark.parametrize(("column", "called"), [("email", "Sähköposti"), ("phone", "Puhelin")])
def test_a_column_that_was_added_anew_is_not_taken_for_the_one_that_lost_its_name(column, called):
    assert guess(people(column, "Uusi")) == (called, "Uusi")


def test_a_column_of_peoples_own_beside_a_full_one_is_their_own():
    rows = [{"id": "H-00001", "email": CELLS["email"][0], "+Koti": CELLS["email"][1]}]
    assert missing_known_columns(book(people=rows)).renamed == ()


def test_a_column_that_nothing_is_like_is_named():
    gone = missing_known_columns(with_headers(book(), "people", ["email"], "Oma"))
    ((_, values),) = gone.lacking
    assert gone.renamed == () and values["columns"] == ["Yhteyshenkilöt: Sähköposti"]


def test_nothing_is_found_wrong_with_cells_whose_column_is_gone():
    rows = [{"id": "H-00001", "first": "Maija", "last": "Salo", "invite": "yes"}]
    there = book(people=rows)
    setting = RuleContext(date(2026, 3, 2))
    assert "email" in {one.column for one in findings(there, setting)}
    gone = with_headers(there, "people", ["email"], "Uusi")
    assert "email" not in {one.column for one in findings(gone, setting)}
