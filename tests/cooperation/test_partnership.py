"""Each partnership is looked at once a year; since when it is in its stage is told honestly."""

import json
from datetime import datetime

import pytest

from register.book.change import Change
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.cooperation.history import history_of
from register.cooperation.packet import handover_packet
from register.cooperation.partnership import CHECKLIST, stage_start_days, yearly_reviews
from register.rules import SAFE
from register.show import document_forms
from register.show.packet import packet_document
from register.words.sentences import Sentences
from tests.making import book
from tests.test_scripts import exits

SAY = Sentences("en")
A, B = "O-MYRB1", "O-C30J9"
ROW = {"type": "association", "municipality": "Espoo", "source": "y", "verified_on": "2026-06-01"}
CITY = ROW | {"id": A, "name": "Kylä ry", "stage": "active", "email": "a@example.org"}


def clean(start, day):
    now = datetime.fromisoformat(f"{day}T03:00:00+02:00")
    outcome = cleanup(start, now, CleanupOptions(SAFE), SAY)
    fits, conflicts = start.verify(outcome.plan)
    assert conflicts == ()
    return start.with_changes(fits)


def asked(register):
    return [
        (row_id, row)
        for row_id, row in register.table("review").rows()
        if row["kind"] == "partnership" and not row["done"]
    ]


def answers(register, decision, by="Toimisto"):
    ((row_id, row),) = asked(register)
    cells = [("decision", decision), ("by", by)]
    return register.with_changes(
        [Change("review", row_id, key, row.get(key, ""), value, "by hand") for key, value in cells]
    )


def test_the_case_asks_the_checklist_and_tells_what_the_register_knows():
    register = book(
        organisations=[CITY | {"topics": "nuoret"}],
        people=[
            {"id": "H-XV6BG", "first": "Maija", "last": "Malli", "org": A, "trust": "trusts_us"}
        ],
        cooperation=[
            {"id": "Y-SSMF2", "org": A, "kind": "meeting", "date": "2026-03-03", "matter": "ilta",
             "agreed": "tila", "state": "done"},
            {"id": "Y-W3GVQ", "org": A, "kind": "offer", "date": "2024-03-03", "matter": "sali"},
        ],
    )  # fmt: skip
    ((_, row),) = asked(clean(register, "2026-11-23"))
    assert all(SAY(item) in row["message"] for item in CHECKLIST.values())
    assert "the first entry is of 3.3.2024" in row["message"]
    assert row["left"] == "Partnership: active"
    assert row["right"] == (
        "shared goal: nuoret; trust: Maija Malli; reciprocity: one offer or need; "
        "concreteness: one agreed within a year; regular meetings: one within a year, "
        "the last on 3.3.2026"
    )


@pytest.mark.parametrize("stage", ["", "mapped", "ended", "not_interested", "jotain"])
def test_who_is_no_partner_is_left_alone(stage):
    assert asked(clean(book(organisations=[CITY | {"stage": stage}]), "2026-11-23")) == []


@pytest.mark.parametrize("stage", ["exploring", "establishing", "active", "paused"])
def test_every_partnership_that_goes_on_is_asked_about(stage):
    assert len(asked(clean(book(organisations=[CITY | {"stage": stage}]), "2026-11-23"))) == 1


def test_a_row_of_this_autumn_and_a_merged_one_are_left_alone():
    rows = [CITY | {"added_on": "2026-09-01"}, CITY | {"id": B, "status": "archived"}]
    assert asked(clean(book(organisations=rows), "2026-11-23")) == []


@pytest.mark.parametrize("decision", ["accept", "ignore"])
def test_an_answered_round_returns_the_next_year_but_not_within_half_a_year(decision):
    first = clean(book(organisations=[CITY]), "2026-11-23")
    done = clean(answers(first, decision), "2026-11-24")
    assert asked(done) == []
    for later in ("2026-11-25", "2026-12-31", "2027-01-01", "2027-05-01"):
        assert asked(clean(done, later)) == []
    next_year = clean(done, "2027-06-01")
    ((_, row),) = asked(next_year)
    assert "at least since 24.11.2026" in row["message"]


def test_a_round_that_nobody_answered_gives_way_to_the_next_years():
    first = clean(book(organisations=[CITY]), "2026-11-23")
    ((old, _),) = asked(first)
    later = clean(first, "2027-01-02")
    ((new, row),) = asked(later)
    assert new != old and "since when is not known" in row["message"]
    assert clean(later, "2027-01-02") == later


def test_a_second_run_changes_nothing():
    once = clean(book(organisations=[CITY]), "2026-11-23")
    now = datetime.fromisoformat("2026-11-23T03:00:00+02:00")
    assert cleanup(once, now, CleanupOptions(SAFE), SAY).plan.changes == ()
    done = clean(answers(once, "accept"), "2026-11-24")
    now = datetime.fromisoformat("2026-11-24T03:00:00+02:00")
    assert cleanup(done, now, CleanupOptions(SAFE), SAY).plan.changes == ()


def test_an_accepted_look_is_in_the_history_and_in_the_packet():
    done = clean(answers(clean(book(organisations=[CITY]), "2026-11-23"), "accept"), "2026-11-24")
    (event,) = history_of(done, A).events
    assert (event.date, event.owner, event.state) == ("2026-11-24", "Toimisto", "done")
    today = datetime.fromisoformat("2026-11-24").date()
    made = document_forms.document_text(
        packet_document(handover_packet(done, "Toimisto", today), done, SAY)
    )
    assert "yearly look at the partnership 2026" in made
    assert "In this stage: at least since 24.11.2026" in made
    public = packet_document(handover_packet(done, "Toimisto", today), done, SAY, public=True)
    assert "In this stage" not in document_forms.document_text(public)


def log(number, day, old, new, **cells):
    base = {"id": f"L-{number}", "run": "r", "at": f"{day} 03:00", "tab": "Organisaatiot"}
    base |= {"row": A, "col": "Kumppanuus", "old": old, "new": new}
    return base | cells


@pytest.mark.parametrize(
    ("lines", "cells", "day", "how"),
    [
        ([log(1, "2025-02-03", "tunnustelu", "toiminta")], {}, "2025-02-03", "log"),
        ([log(1, "2025-02-03", "tunnustelu", "toiminta", undone="x")], {}, "", "unknown"),
        ([log(1, "2025-02-03", "toiminta", "tauolla")], {"added_on": "2024-05-05"},
         "2024-05-05", "added"),
        ([log(1, "2025-02-03", "", json.dumps({"stage": "toiminta"}), col="+")], {},
         "2025-02-03", "log"),
        ([], {}, "", "unknown"),
    ],
)  # fmt: skip
def test_since_when_is_known_from_loki_only_where_loki_saw_it(lines, cells, day, how):
    since = stage_start_days(book(organisations=[CITY | cells], log=lines), [A])[A]
    assert (since.day, since.how) == (day, how)


def test_a_change_of_stage_by_hand_ends_what_an_earlier_round_saw():
    done = clean(answers(clean(book(organisations=[CITY]), "2026-11-23"), "ignore"), "2026-11-24")
    moved = done.with_changes([Change("organisations", A, "stage", "active", "paused", "by hand")])
    assert stage_start_days(moved, [A])[A].how == "unknown"
    assert list(yearly_reviews(moved, datetime.fromisoformat("2026-12-24").date()))


def test_the_round_as_people_see_it(register):
    cells = {"Nimi": "Kylä ry", "Tyyppi": "yhdistys", "Kotikunta": "Espoo", "Lähde": "messut"}
    register.types_row("Organisaatiot", 2, cells | {"Kumppanuus": "toiminta"})
    register.types("Valikot", 2, "Vastuuhenkilöt", "Toimisto")

    def cleanup_():
        arguments = (*register.book, "--apply", "--fail-on", "never")
        exits(0, register.folder, "cleanup.py", *arguments)

    cleanup_()
    kinds = register.column("Tarkista", "Laji")
    at = kinds.index("kumppanuus")
    register.types("Tarkista", at + 2, "Päätös", "hyväksy")
    register.types("Tarkista", at + 2, "Kuka", "Toimisto")
    cleanup_()
    assert register.column("Tarkista", "Käsitelty")[at]
    assert register.column("Tarkista", "Laji").count("kumppanuus") == 1
    assert [cell for cell in register.column("Yhteistyö", "Vastuu") if cell] == ["Toimisto"]
    org = register.column("Organisaatiot", "Tunnus")[0]
    cleanup_()
    assert register.column("Tarkista", "Käsitelty")[at]
    exits(0, register.folder, "handover.py", "history", org, *register.book)
