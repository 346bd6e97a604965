"""Two numbers in one cell, and nothing else: the second goes into the column for it."""

import pytest

from register.rules import second_phone
from tests.making import book, with_headers
from tests.rules.expecting import codes

TWO = "040 123 4567 / 050 765 4321"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"phone": TWO}, [("phone", "phone-second")]),
        ({"phone": TWO, "phone2": "\u00a0"}, [("phone", "phone-second")]),
        ({"phone": TWO, "phone2": "+35893101691"}, []),
        ({"phone": "040 123 4567 (koti) / 050 765 4321"}, []),
        ({"phone": "040 123 4567"}, []),
        ({"phone": TWO, "status": "merged"}, []),
    ],
)
def test_what_is_said(cells, expected):
    for tab in ("organisations", "people"):
        row = {"id": "O-00000" if tab == "organisations" else "H-00000", **cells}
        assert codes(second_phone, book(**{tab: [row]})) == expected


def test_without_a_column_for_it_it_is_left():
    old = with_headers(book(people=[{"id": "H-00000", "phone": TWO}]), "people", ["phone2"])
    assert codes(second_phone, old) == []
