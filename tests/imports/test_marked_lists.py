"""What a drawn sheet says beside its cells, from the file to the question."""

from datetime import date

import pytest

from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.intake.intake import take_in
from register.intake.sheet import ListSheet
from register.rules import said_to_have_left
from register.rules.rule import RuleContext
from register.sources.files import read_file
from tests.conftest import TickingClock
from tests.list_corpus import FOLDER
from tests.making import book


def test_who_is_struck_through_is_asked_about_and_not_invited_meanwhile():
    of = read_file(FOLDER / "drawn-marks.xlsx")
    outcome, _ = import_contacts(book(), of, guess_columns(of), TickingClock().now(), agreed=True)
    waiting = book().with_changes(outcome.plan.changes)
    after = waiting.with_changes(take_in(waiting, date(2026, 11, 23), invite=True))
    people = dict(after.table("people").rows())
    assert {row["last"] for row in people.values() if row["invite"] == "no"} == {"Kaski", "Holm"}
    (found,) = said_to_have_left.check(after, RuleContext(date(2026, 11, 24)))
    assert people[found.row_id]["last"] == "Holm"
    assert (found.column, found.suggestion) == ("end", "2026-11-23")


def test_marks_are_told_in_the_registers_language():
    swedish = read_file(FOLDER / "drawn-marks.xlsx", language="sv")
    assert swedish.headers[-3:] == ("Överstruket", "Färg", "Kommentar")
    assert swedish.column(5)[0] == "gul = muuttanut pois"


@pytest.mark.parametrize("struck", ["Yliviivattu", "Överstruket", "Struck through"])
@pytest.mark.parametrize("what", ["Sihteeri: Taavi Aho; Sposti: taavi@aho.example", "Puh: 040 1"])
def test_what_is_struck_out_comes_back_into_no_column(struck, what):
    rows = (("Kaisla ry", "", what), ("Koivu ry", "", ""))
    of = ListSheet("l.xlsx", ("Yhdistys", "Sihteeri", struck), rows)
    outcome, _ = import_contacts(book(), of, guess_columns(of), TickingClock().now(), agreed=True)
    first, second = (
        row for _, row in book().with_changes(outcome.plan.changes).table("inbox").rows()
    )
    assert (first["org"], second["org"]) == ("Kaisla ry", "Koivu ry")
    assert first["text"] == f"{struck}: {what}"
    assert not any(first.get(key) for key in ("name", "email", "phone"))
