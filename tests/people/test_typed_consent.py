"""A consent that people type into the inbox stops letters in whatever form it says no."""

import pytest

from register.people.refusals import Refusals
from tests.making import book

MAIJA = {"id": "H-0QXJF", "first": "Maija", "last": "Malli", "email": "m@x.example"}


STOPS = ("no", "Ei", " EI ", "Nej", "ei kiitos", "x")
GOES = ("yes", "Kyllä", "JA", "")


@pytest.mark.parametrize("cell", (*STOPS, *GOES))
@pytest.mark.parametrize("email", ["m@x.example", ""])
def test_a_typed_consent(cell, email):
    row = {"id": "S-0QXJF", "name": "Maija Malli", "email": email, "consent": cell}
    there = book(people=[MAIJA], inbox=[row])
    assert bool(Refusals(there).stops("m@x.example", "invitation", MAIJA["id"])) is (cell in STOPS)
