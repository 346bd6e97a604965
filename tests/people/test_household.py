"""People who share a surname and a mailbox or a phone are a household, and never one for it."""

import pytest

from register.match.pairs import people_pairs
from register.people.household import are_household
from register.people.records import Person
from register.review.explain_pair import explain_pair
from register.words.sentences import Sentences
from tests.making import book

KAISA = {"id": "H-0JCDN", "first": "Kaisa", "last": "Lampi", "email": "lammet@posti.example"}
PEKKA = {**KAISA, "id": "H-WR637", "first": "Pekka"}


def household(*rows):
    people = book(people=rows)
    return are_household([Person.at(people, row["id"]) for row in rows])


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (PEKKA, True),
        ({**PEKKA, "last": "LAMPI"}, True),
        ({**PEKKA, "last": "Salo"}, False),
        ({**PEKKA, "last": ""}, False),
        ({**PEKKA, "first": "kaisa"}, False),
        ({**PEKKA, "email": "pekka@posti.example"}, False),
        ({**PEKKA, "email": ""}, False),
    ],
)
def test_a_household_has_one_surname_and_one_mailbox(other, expected):
    assert household(KAISA, other) is expected


def test_a_phone_in_common_is_enough_and_a_role_mailbox_is_not():
    phone, office = {"phone": "+358401234567"}, {"email": "info@seura.example"}
    assert household({**KAISA, **phone, "email": ""}, {**PEKKA, **phone, "email": ""})
    assert household(
        {**KAISA, **phone, "email": ""}, {**PEKKA, "phone2": "040 1234567", "email": ""}
    )
    assert not household({**KAISA, **office}, {**PEKKA, **office})


def test_it_is_said_where_a_pair_is_explained_and_nobody_is_asked_or_merged():
    people = book(people=[KAISA, PEKKA])
    assert people_pairs(people) == []
    ((said, *_),) = explain_pair(people, ("H-0JCDN", "H-WR637"), Sentences("en"))
    assert said.startswith("one household")
