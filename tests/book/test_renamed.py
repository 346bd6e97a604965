"""A column that has lost its name is said, and asked about where a header may be it."""

import pytest

from register.book.renamed import columns_gone
from tests.making import book, with_headers


def test_a_whole_register_lacks_nothing():
    gone = columns_gone(book())
    assert (gone.renamed, gone.lacking) == ((), ())


@pytest.mark.parametrize(
    ("column", "header"),
    [
        ("email", "Sähköposti (työ)"),
        ("email", "E-mail (work)"),
        ("email", "Sähköpostti"),
        ("phone", "Puhelin / GSM"),
        ("role", "Tehtävä seurassa"),
    ],
)
def test_a_renamed_column_is_guessed(column, header):
    gone = columns_gone(with_headers(book(), "people", [column], "Oma", header))
    ((_, values),) = gone.renamed
    assert values["guess"] == header and values["tab"] == "Yhteyshenkilöt"
    assert gone.lacking == ()


def test_a_column_that_nothing_is_like_is_named():
    gone = columns_gone(with_headers(book(), "people", ["email"], "Oma"))
    ((_, values),) = gone.lacking
    assert gone.renamed == () and values["columns"] == ["Yhteyshenkilöt: Sähköposti"]
