"""Two names in one cell of a matter: accepting gives each a row, and nothing of it is lost."""

from datetime import date

import pytest

from register.book.change import Change
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

SAY, ORDERS = Sentences("fi"), CleanupOptions(SAFE)
PEOPLE = [
    {"id": "H-0QXJF", "first": "Maija", "last": "Malli", "source": "messut"},
    {"id": "H-C30J9", "first": "Pekka", "last": "Koe", "source": "messut"},
]
MATTER = {
    "id": "Y-0QXJF",
    "date": date(2026, 11, 20).isoformat(),
    "matter": "messuosasto",
    "next": "soitan",
    "due": "2026-12-15",
    "state": "open",
}


def clean(start):
    return start.with_changes(cleanup(start, TickingClock().now(), ORDERS, SAY).plan.changes)


def asked_about(after):
    return next(
        (case, row) for case, row in after.table("review").rows() if "messuosasto" in row["message"]
    )


def test_each_gets_a_row_and_the_step_stays_in_the_first():
    asked = clean(book(people=PEOPLE, cooperation=[{**MATTER, "person": "Maija ja Pekka Koe"}]))
    case, row = asked_about(asked)
    assert row["suggestion"] == "Maija Malli · H-0QXJF; Pekka Koe · H-C30J9"
    typed = asked.with_changes([Change("review", case, "decision", "", "ok", "test")])
    after = clean(typed)
    first, second = (cells for _, cells in after.table("cooperation").rows())
    assert (first["person"], first["next"]) == ("Maija Malli · H-0QXJF", "soitan")
    assert (second["person"], second["matter"]) == ("Pekka Koe · H-C30J9", "messuosasto")
    assert (second["next"], second["due"], second["state"]) == ("", "", "done")
    assert after.table("review").row(case)["done"]
    assert clean(after) == after


@pytest.mark.parametrize("cell", ["Maija Malli ja Ulla Ny", "Ulla Ny & Maija Malli"])
def test_whoever_is_not_in_the_register_is_named_and_nothing_is_proposed(cell):
    asked = clean(book(people=PEOPLE, cooperation=[{**MATTER, "person": cell}]))
    _, row = asked_about(asked)
    assert "Ulla Ny" in row["message"] and "Maija Malli · H-0QXJF" in row["message"]
    assert not row["suggestion"]
