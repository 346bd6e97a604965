"""What requests in free words ask for; what is not plain asks for nothing."""

from dataclasses import replace

import pytest

from register.autopilot.request_words import request_in_words
from register.autopilot.requests import Request
from tests.making import book


@pytest.mark.parametrize(
    ("text", "kind", "area"),
    [
        ("kumoa eilinen siivous", "undo_run", ""),
        ("undo yesterday's run", "undo_run", ""),
        ("Ångra körningen!", "undo_run", ""),
        ("Siivoa rekisteri nyt.", "clean", ""),
        ("clean up the sheet", "clean", ""),
        ("Lista Espoon järjestöistä", "area_list", "Espoon"),
        ("tulosta osoitetarrat Espoosta", "labels", "Espoosta"),
        ("missing people in Espoo", "gaps", "Espoo"),
        ("Peruuta Espoon tapaaminen 12.3.", "", ""),
        ("Ångra mötet", "", ""),
        ("undo the invitation", "", ""),
        ("Siivouspäivän ilmoittautumiset Espoossa", "", ""),
        ("Cleaning day", "", ""),
        ("Siirrä Espoon lista toiseen kansioon", "", ""),
    ],
)
def test_what_is_asked_for(text, kind, area):
    there = book(organisations=[{"name": "Espoon Martat ry", "municipality": "Espoo"}])
    asked = request_in_words(there, replace(Request.at(there, ""), what=text))
    assert (asked.what, asked.area) == (kind, area) if kind else asked is None
