"""A name that stands in two cells of a tab of people's own goes from both."""

from register.privacy.subject import find_subject
from register.stores.google_reading import Grid
from register.stores.google_scrub import BesideTexts
from tests.making import book

MAIJA = {"id": "H-00000", "first": "Maija", "last": "Malli"}
SUBJECT = find_subject(book(people=[MAIJA]), "H-00000")
ROWS = [["Malli", "Maija", 3], ["Maija", "", "Malli"], ["Malli", "Liisa", "=A1"], []]


def test_a_name_in_two_cells_goes_from_both():
    beside = BesideTexts({"Omat": Grid(7, "Omat", 10, 5)}, {"Omat": ROWS})
    assert sum(SUBJECT.mentions(text) for _, text in beside.texts()) == 2
    (*requests,) = beside.requests(SUBJECT.redact, {})
    said = str(requests)
    assert said.count("H-00000") == 2 and said.count("'stringValue': ''") == 2
    assert "Liisa" not in said and "=A1" not in said
