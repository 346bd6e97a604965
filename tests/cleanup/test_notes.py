"""A finding stands as a note on its very cell, as long as it is one."""

from register.book.change import Change

from register.cleanup.cleanup import CleanupOptions, cleanup
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

SAY = Sentences("en")
A = "O-MYRB1"
ROW = {"id": A, "name": "x ry", "type": "association", "municipality": "Espoo", "source": "y"}
CELL = (A, "email")


def clean(start):
    outcome = cleanup(start, TickingClock().now(), CleanupOptions(SAFE), SAY)
    fits, conflicts = start.verify(outcome.plan)
    assert conflicts == ()
    return start.with_changes(fits), outcome


def notes(register):
    return dict(register.table("organisations").notes)


def test_a_note_says_what_is_wrong_what_is_proposed_and_what_to_do():
    after, _ = clean(book(organisations=[ROW | {"email": "a@gmial.com"}]))
    what, proposal, how = notes(after)[CELL].split("\n")
    assert "a@gmial.com" in what and "a@gmail.com" in proposal and how


def test_a_second_run_changes_no_note_and_a_mended_cell_loses_its_own():
    after, _ = clean(book(organisations=[ROW | {"email": "a@gmial.com"}]))
    assert clean(after)[1].plan.changes == ()
    mended = after.with_changes(
        [Change("organisations", A, "email", "a@gmial.com", "a@gmail.com", "by hand")]
    )
    assert notes(clean(mended)[0]) == {}


def test_a_case_that_a_person_has_silenced_has_no_note():
    after, _ = clean(book(organisations=[ROW | {"email": "a@gmial.com"}]))
    ((case, _),) = [(k, r) for k, r in after.table("review").rows() if "gmial" in r["left"]]
    silenced = after.with_changes([Change("review", case, "decision", "", "ignore", "by hand")])
    assert CELL not in notes(clean(silenced)[0])


def test_a_row_that_gets_its_id_in_the_same_run_has_its_note():
    start = book(organisations=[{k: v for k, v in ROW.items() if k != "id"} | {"email": "gmial"}])
    after, outcome = clean(start)
    assert [column for _, column in notes(after)] == ["email"]
    assert {change.kind for change in outcome.plan.changes} >= {"note"}


def test_a_note_never_holds_a_personal_identity_code():
    after, _ = clean(book(organisations=[ROW | {"notes": "131052-308T"}]))
    assert "131052" not in "".join(notes(after).values()) and notes(after)


def test_undoing_the_plan_takes_the_notes_away():
    start = book(organisations=[ROW | {"email": "a@gmial.com"}])
    after, outcome = clean(start)
    assert notes(after.with_changes(outcome.plan.inverse().changes)) == {}
