"""What rows lack is a line a kind and a state, not a question a cell."""

import pytest

from register.book.ids import fingerprint
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

KAISLA = {"id": "O-MYRB1", "name": "Kaisla", "municipality": "Espoo", "source": "messut"}
LOISKE = {"id": "O-C30J9", "name": "Loiske", "municipality": "Espoo", "source": "messut"}
TYPED = {"id": "O-0JCDN", "name": "Pato ry", "type": "association", "municipality": "Espoo"}


def clean(start):
    outcome = cleanup(start, TickingClock().now(), CleanupOptions(SAFE), Sentences(start.language))
    return start.with_changes(outcome.plan.changes)


def open_rows(there):
    return [row for _, row in there.table("review").rows() if not row["done"]]


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "Tyyppi"), ("sv", "ofullständig"), ("en", "in 2 of 3 rows")]
)
def test_many_blanks_of_a_kind_are_one_line_with_their_count(language, said):
    there = clean(book(language, organisations=[KAISLA, LOISKE, {**TYPED, "source": "messut"}]))
    (line,) = open_rows(there)
    assert line["kind"] == "incomplete" and said in line["message"]
    assert "Kaisla · O-MYRB1" in line["message"] and "Pato" not in line["message"]
    states = dict(there.table("organisations").column("status"))
    assert states == {"O-MYRB1": "incomplete", "O-C30J9": "incomplete", "O-0JCDN": "ok"}
    assert tuple(
        link for (_, column), link in there.table("review").formats.items() if column == "link"
    ) == ("organisations  status",)
    assert clean(there).tables == there.tables


def test_the_line_goes_with_the_last_blank_and_comes_back_with_another():
    there = clean(book(organisations=[KAISLA, LOISKE]))
    rows = [{**KAISLA, "type": "association"}, {**LOISKE, "type": "association"}]
    review = [dict(row) for _, row in there.table("review").rows()]
    done = clean(book(organisations=rows, review=review))
    assert open_rows(done) == []
    again = clean(
        book(
            organisations=[*rows, {**KAISLA, "id": "O-FGVWW", "name": "Lumme"}],
            review=[dict(row) for _, row in done.table("review").rows()],
        )
    )
    assert [row["kind"] for row in open_rows(again)] == ["incomplete"]


def test_what_another_question_offers_to_fill_in_is_not_counted_besides():
    lacking = {"municipality": "Espoo", "source": "messut"}
    rows = [
        {"id": "O-MYRB1", "name": "Kaisla ry", **lacking},
        {"id": "O-C30J9", "name": "Loiske ry", **lacking},
        {"id": "O-FGVWW", "name": "Lumme ry", **lacking},
        {"id": "O-0JCDN", "name": "Pato", **lacking},
    ]
    there = clean(book(organisations=rows))
    of_type = [row for row in open_rows(there) if "Tyyppi" in row["message"]]
    assert len(of_type) == 2
    (counted,) = [row for row in of_type if row["kind"] == "incomplete"]
    assert "Pato · O-0JCDN" in counted["message"] and "Kaisla" not in counted["message"]
    states = dict(there.table("organisations").column("status"))
    assert set(states.values()) == {"incomplete"}
    assert clean(there).tables == there.tables


def test_a_fault_outweighs_what_is_lacking():
    there = clean(book(organisations=[{**KAISLA, "email": "ei ole"}]))
    assert there.table("organisations").cell("O-MYRB1", "status") == "error"


def test_what_keeps_a_letter_from_going_is_asked_about_row_by_row():
    people = [
        {"first": "Eila", "last": name, "invite": "yes", "role": "pj",
         "group": "other", "source": "x", "basis": "consent", "consent_words": "Lupa: kyllä", "org": "Pato ry · O-0JCDN"}
        for name in ("Kaski", "Lumi")
    ]  # fmt: skip
    meeting = {"name": "Ilta", "kind": "network_meeting", "state": "draft"}
    there = clean(book(organisations=[{**TYPED, "source": "x"}], people=people, meetings=[meeting]))
    kinds = [row["kind"] for row in open_rows(there)]
    assert "incomplete" not in kinds and len(kinds) >= 4
    assert set(dict(there.table("people").column("status")).values()) == {"check"}


def question_of(row_id, column):
    return fingerprint("required-empty", row_id, column, "")


@pytest.mark.parametrize("word", ["yhdistys", "ohita"])
def test_a_decision_of_an_earlier_day_about_one_blank_is_carried_out(word):
    earlier = {"id": question_of("O-MYRB1", "type"), "kind": "warning", "severity": "warning"}
    there = clean(book(organisations=[KAISLA, LOISKE], review=[{**earlier, "decision": word}]))
    case = there.table("review").row(earlier["id"])
    assert case["done"] and not case["answer"]
    if word == "yhdistys":
        assert there.table("organisations").cell("O-MYRB1", "type") == "association"
    (line,) = open_rows(there)
    assert "Loiske" in line["message"] and "Kaisla" not in line["message"]
    assert there.table("organisations").cell("O-MYRB1", "status") == "ok"


def test_a_question_of_an_earlier_day_that_nobody_answered_gives_way_to_the_line():
    earlier = {"id": question_of("O-MYRB1", "type"), "kind": "warning", "severity": "warning"}
    there = clean(book(organisations=[KAISLA], review=[earlier]))
    assert there.table("review").cell(earlier["id"], "done")
    assert [row["kind"] for row in open_rows(there)] == ["incomplete"]


def test_who_passes_the_line_over_is_not_told_again():
    there = clean(book(organisations=[KAISLA]))
    review = [{**row, "decision": "ohita"} for _, row in there.table("review").rows()]
    quiet = clean(book(organisations=[KAISLA, LOISKE], review=review))
    assert open_rows(quiet) == []


def test_consents_without_words_are_one_line_as_blanks_are():
    consent = {"basis": "consent", "consent_on": "2024-03-12", "source": "messut"}
    people = [{"first": name, "last": "Kaski", **consent} for name in ("Eila", "Ivo", "Reza")]
    asked = [row["message"] for row in open_rows(clean(book(people=people)))]
    (line,) = (one for one in asked if "Suostumuksen sanat" in one)
    assert line.startswith("Suostumuksen sanat on tyhjä 3 rivillä")


def test_what_no_letter_needs_of_a_meeting_is_counted_and_what_one_needs_is_asked():
    meeting = {"id": "T-0QXJF", "name": "Kahvit", "date": "2027-01-20", "start": "17:00"}
    there = clean(book(meetings=[{**meeting, "area": "Espoo"}]))
    asked = [(row["kind"], row["message"]) for row in open_rows(there)]
    assert [kind for kind, _ in asked].count("incomplete") == 2
    (place,) = [message for kind, message in asked if kind == "warning"]
    assert "Paikka" in place
