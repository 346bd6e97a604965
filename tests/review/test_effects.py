"""The note of a decision says what each word that the row offers would do."""

import pytest

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


def test_a_closed_question_keeps_no_note():
    there = clean(book(organisations=[APU]))
    rows = [{**dict(row), "decision": "ignore"} for _, row in there.table("review").rows()]
    done = clean(book(organisations=[APU], review=rows))
    assert notes(done) == {} and not done.table("review").notes
