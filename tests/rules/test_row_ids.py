"""A row is known by its id: one id, one row, and an id that this tool has given."""

import pytest

from register.rules import ids
from tests.making import book
from tests.rules.expecting import codes, found

A = "O-MYRB1"


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"organisations": [{"name": "x"}]}, [("id", "id-missing")]),
        ({"organisations": [{"id": "O-MYRB2"}]}, [("id", "id-foreign")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(ids, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"organisations": [{"id": A, "name": "x"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(ids, book(**tabs)) == []


def test_of_two_rows_with_one_id_the_lower_is_named():
    start = book(organisations=[{"id": A, "name": "x"}, {"id": A, "name": "y"}])
    assert found(ids, start) == [("#3", "id", "id-doubled")]
