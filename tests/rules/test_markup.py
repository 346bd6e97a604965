"""A name is a name: no web address and no @ in it, for it is read out in letters."""

import pytest

from register.rules import markup
from tests.making import book
from tests.rules.expecting import codes


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [{"first": "www.example.org"}]}, [("first", "name-with-link")]),
        ({"organisations": [{"name": "x <b>y"}]}, [("name", "name-with-link")]),
        ({"organisations": [{"name": "maija@example.org"}]}, [("name", "name-with-link")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(markup, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [{"first": "Anna-Liisa", "last": "af Björksten"}]},
        {"organisations": [{"name": "Nuoret & vanhat / Unga ry"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(markup, book(**tabs)) == []
