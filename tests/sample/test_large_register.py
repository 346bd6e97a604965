"""The large register: rows as many as asked for, ids and references whole, little dirt."""

from collections import Counter

import pytest

from register.book.ids import is_id, reference_id
from register.book.table import Book
from register.rules import RuleContext, findings
from register.values import business_id
from register.values.places import municipality_named
from tests.large_register import TODAY, large_register


@pytest.fixture(scope="module")
def book():
    return large_register(3, 400, 1000)


def test_a_seed_is_a_register(book):
    assert large_register(3, 400, 1000).tables == book.tables
    assert large_register(4, 400, 1000).tables != book.tables


def test_the_rows_are_as_many_as_asked_for(book):
    assert len(book.table("organisations")) == 400
    assert len(book.table("people")) == 1000
    assert large_register(1, 0, 0) == Book.empty()


def test_ids_are_valid_and_references_lead_somewhere(book):
    for tab, letter in (("organisations", "O"), ("people", "H"), ("bans", "E")):
        assert all(is_id(row_id, letter) for row_id, _ in book.table(tab).rows())
    for _, cell in book.table("people").column("org"):
        assert cell == book.reference("organisations", reference_id(cell))


def test_organisations_are_told_apart_and_are_where_they_say(book):
    rows = book.table("organisations").records().values()
    numbers = [row["business_id"] for row in rows if "business_id" in row]
    assert len(set(numbers)) == len(numbers)
    assert all(business_id.read(number).value == number for number in numbers)
    assert all(municipality_named(row["municipality"]) for row in rows)


def test_most_rows_give_no_finding(book):
    found = findings(book, RuleContext(TODAY, 12))
    rows = {(finding.tab, finding.row_id) for finding in found}
    assert 20 < len(rows) < 210
    assert Counter(finding.code for finding in found)["stale"] < 100
    assert not any(finding.severity == "error" for finding in found)


def test_names_are_not_without_end():
    with pytest.raises(ValueError, match="different names"):
        large_register(1, 30_000, 0)
