"""An organisation's row holds the organisation's mailbox, a person's row the person's."""

import pytest

from register.rules import mailboxes
from tests.making import book
from tests.rules.expecting import codes

A, B = "H-00000", "H-00011"


def person(**cells):
    return {"id": A, "first": "Maija", "last": "Malli", **cells}


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        (
            {
                "people": [
                    person(email="info@example.org"),
                    {**person(email="INFO@example.org"), "id": B},
                ]
            },
            [("email", "role-mailbox-shared")] * 2,
        ),
        (
            {
                "people": [person(email="maija@example.org", org="x · O-00000")],
                "organisations": [{"id": "O-00000", "name": "x", "email": "maija@example.org"}],
            },
            [("email", "personal-mailbox-of-organisation")],
        ),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(mailboxes, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [person(email="info@example.org")]},
        {
            "people": [
                person(email="maija@example.org"),
                {**person(email="maija@example.org"), "id": B},
            ]
        },
        {
            "people": [person(email="info@example.org", org="x · O-00000")],
            "organisations": [{"id": "O-00000", "name": "x", "email": "info@example.org"}],
        },
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(mailboxes, book(**tabs)) == []
