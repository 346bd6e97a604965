"""The note of a decision says what each word that the row offers would do."""

import pytest

from register.book.schema import schema
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.stores.layout import first_rows
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book
from tests.review.test_incomplete import clean

LEHTO = {"id": "H-MYRB1", "first": "Pentti", "last": "Lehto", "org": "Apu ry · O-MYRB1",
         "email": "pentti@apu.exmaple@x", "phone": "12"}  # fmt: skip
APU = {"id": "O-MYRB1", "name": "Apu ry", "type": "association", "municipality": "Nummela",
       "email": "info@gmial.com"}  # fmt: skip
TWIN = {**APU, "id": "O-C30J9", "email": "info@gmail.com", "municipality": "Espoo"}


def notes(there):
    """Return the note of each open question's decision: its lines."""
    review = there.table("review")
    return {
        row["message"]: review.notes.get((row_id, "decision"), "").split("\n")
        for row_id, row in review.rows()
        if not row["done"]
    }


@pytest.mark.parametrize(
    ("language", "written", "left"),
    [
        ("fi", "kirjoita ehdotus → sarakkeeseen Sähköposti tulee ”info@gmail.com”; entinen tieto "
         "jää välilehdelle Loki", "jätä näin → mitään ei muuteta, eikä asiaa kysytä uudestaan, "
         "ellei solua muuteta"),
        ("sv", "skriv förslaget → i kolumnen E-post skrivs ”info@gmail.com”; det som stod där "
         "finns kvar på fliken Logg", "låt vara → inget ändras, och frågan ställs inte igen om "
         "inte cellen ändras"),
        ("en", "write the proposal → E-mail becomes “info@gmail.com”; what stood there stays in "
         "Log", "leave as it is → nothing is changed, and nobody asks again unless the cell "
         "changes"),
    ],
)  # fmt: skip
def test_a_proposal_says_what_is_written_and_where_the_old_value_stays(language, written, left):
    there = clean(book(language, organisations=[APU]))
    (lines,) = [lines for message, lines in notes(there).items() if "gmial" in message]
    assert lines[0] == written and left in lines and len(lines) == 4


def test_every_open_question_has_a_line_for_each_word_that_it_offers():
    there = clean(book(organisations=[APU, TWIN], people=[LEHTO]))
    review = there.table("review")
    labels = {row_id: review.formats[row_id, "decision"].split() for row_id, _ in review.rows()}
    asked = [row_id for row_id, row in review.rows() if not row["done"]]
    assert len(asked) >= 4
    for row_id in asked:
        lines = review.notes[row_id, "decision"].split("\n")
        assert len(lines) == len(labels[row_id]) and all(" → " in line for line in lines)
    assert clean(there).tables == there.tables


BULK = {
    "en": (
        "each of them gets what its own row proposes",
        "each of them gets what its own row proposes, and what comes later too, without asking, "
        "until somebody empties the rule's cell in Always accepted",
    ),
    "fi": ("jokainen saa sen", "säännön solu sarakkeessa Hyväksytään aina"),
    "sv": ("var och en får det", "regelns cell i kolumnen Godkänns alltid"),
}


@pytest.mark.parametrize("language", BULK)
def test_a_line_above_others_says_what_its_members_get(language):
    """No word of it claims that nothing is changed, but the one that leaves them as they are."""
    phones = [{"name": f"Seura {n} ry", "phone": f"040 111 22{n:02}"} for n in range(4)]
    choices = list(first_rows(schema().tab("choices"), language))
    start = book(language, organisations=phones, choices=choices)
    asked = cleanup(start, TickingClock().now(), CleanupOptions(()), Sentences(language))
    there = start.with_changes(asked.plan.changes)
    (line,) = [row_id for row_id, row in there.table("review").rows() if row["kind"] == "bulk"]
    lines = there.table("review").notes[line, "decision"].split("\n")
    offered = there.table("review").formats[line, "decision"].split()
    assert offered == ["accept_all", "always", "ignore", "unsure"]
    for said, wanted in zip(lines, BULK[language], strict=False):
        assert wanted in said


def test_a_closed_question_keeps_no_note():
    there = clean(book(organisations=[APU]))
    rows = [{**dict(row), "decision": "ignore"} for _, row in there.table("review").rows()]
    done = clean(book(organisations=[APU], review=rows))
    assert notes(done) == {} and not done.table("review").notes


@pytest.mark.parametrize("day", ["2026-11-23", "2020-01-01"])
def test_only_a_day_that_the_decision_dates_is_called_the_day_of_writing(day):
    """A fixed day stays the day that it is, also when that is today."""
    matter = {"id": "Y-MYRB1", "matter": "Asia", "date": "2019-12-31", "due": f"{day} klo 12",
              "org": "Apu ry · O-MYRB1"}  # fmt: skip
    there = clean(book(organisations=[APU], cooperation=[matter]))
    lines = [line for lines in notes(there).values() for line in lines if "Määräpäivä" in line]
    assert lines and not any("kirjauspäivä" in line for line in lines)


def test_who_is_confirmed_is_dated_on_the_day_of_writing():
    pentti = {**LEHTO, "email": "pentti@apu.fi", "phone": "", "verified_on": "2020-01-01"}
    there = clean(book(organisations=[{**APU, "verified_on": "2020-01-01"}], people=[pentti]))
    lines = [line for lines in notes(there).values() for line in lines if "pitävät" in line]
    assert lines and all("tulee ”kirjauspäivä”" in line for line in lines)
