"""Cleanup as a whole: laws, and the story of a row from Saapuneet to Tarkista and back."""

import re
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from register.book.change import Change
from register.book.plan import Plan
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

ORDERS = CleanupOptions(SAFE)
SAY = Sentences("fi")
A, B = "O-MYRB1", "O-C30J9"


def clean(start, orders=ORDERS):
    outcome = cleanup(start, TickingClock().now(), orders, SAY)
    fits, conflicts = start.verify(outcome.plan)
    assert not conflicts and len(fits) == len(outcome.plan.changes)
    return start.with_changes(fits), outcome


CELLS = {
    "name": ["Virtanen Matti", "Maija Malli", "maija malli", ""],
    "org": ["Espoon Apu r.y.", "Espoon Apu ry", "Vantaan Apu ry", "Esbo kommun", ""],
    "email": ["matti@example.org", "Matti@EXAMPLE.ORG", "info@example.org", "maija(at)example.org", ""],
    "phone": ["0401234567", "401234567.0", "040 123 4567 / 09 310 1691", ""],
    "municipality": ["Esbo", "Nummi-Pusula", "Espoo", "Esppo", ""],
    "business_id": ["01120389", "1234567-8", "", ""],
    "text": ["131052-308T", "=1+1", "soita", ""],
}  # fmt: skip
CARD = st.fixed_dictionaries({key: st.sampled_from(values) for key, values in CELLS.items()})


@given(st.lists(CARD, max_size=6))
def test_a_second_cleanup_proposes_nothing(cards):
    after, _ = clean(book(inbox=cards))
    _, second = clean(after)
    assert second.plan.changes == ()


def words(row):
    """Return the words of a typed row, as they are where a cell of it has been read anew."""
    text = " ".join(row.get(key, "") for key in (*CELLS, "phone2"))
    return {*re.findall(r"[^\s/]+", text.replace("401234567.0", "0401234567").replace("(at)", "@"))}


@given(st.lists(CARD, max_size=5, unique_by=lambda card: tuple(card.values())))
def test_no_word_that_people_wrote_is_lost(cards):
    """Each stays in its row, in whatever cell it belongs to."""
    after, _ = clean(book(inbox=cards))
    filled = [card for card in cards if any(card.values())]
    rows = [row for _, row in after.table("inbox").rows()]
    assert len(rows) >= len(filled)
    assert all(words(card) <= words(row) for card, row in zip(filled, rows, strict=False))


def test_a_list_that_repeats_an_address_that_is_being_mended_asks_nothing():
    card = dict.fromkeys(CELLS, "") | {"org": "Esbo kommun", "business_id": "01120389"}
    cards = [card | {"name": "Virtanen Matti"}, card | {"email": "maija(at)example.org"}]
    after, _ = clean(book(inbox=cards))
    assert not [row for _, row in after.table("review").rows() if row["kind"] == "list"]


def test_an_organisations_own_card_tells_its_home_before_that_of_somebody_in_it():
    told = dict.fromkeys(CELLS, "") | {"org": "Espoon Apu ry", "business_id": "01120389"}
    person = told | {
        "name": "Virtanen Matti",
        "phone": "0401234567",
        "municipality": "Nummi-Pusula",
    }
    for cards in permutations([person, told | {"municipality": "Esbo"}]):
        after, _ = clean(book(inbox=cards))
        (row,) = [row for _, row in after.table("organisations").rows()]
        assert (row["municipality"], row["status"]) == ("Espoo", "ok")
        assert [row["municipality"] for _, row in after.table("people").rows()] == ["Lohja"]
        assert not [row for _, row in after.table("review").rows() if row["kind"] == "list"]


@given(st.lists(CARD, max_size=5, unique_by=lambda card: tuple(card.values())), st.randoms())
def test_the_order_of_the_rows_does_not_matter_to_what_is_known_after(cards, random):
    shuffled = list(cards)
    random.shuffle(shuffled)
    one, other = (known(clean(book(inbox=rows))[0]) for rows in (cards, shuffled))
    assert one == other


def known(after):
    """What the register knows, whatever its rows are called."""
    return {
        tab: sorted(
            tuple(row[key] for key in columns)
            for _, row in after.table(tab).rows()
            if row["status"] != "merged"
        )
        for tab, columns in {
            "organisations": ("name", "business_id", "municipality", "region", "status"),
            "people": ("first", "last", "email", "phone", "status"),
        }.items()
    }


def test_a_personal_identity_code_is_masked_wherever_the_tool_writes():
    after, outcome = clean(book(inbox=[{"name": "Maija Malli", "text": "131052-308T"}]))
    assert all("308T" not in change.after for change in outcome.plan.changes)
    assert all("308T" not in cell for _, cell in after.table("people").column("notes"))
    assert [f.code for f in outcome.findings if f.severity == "error"] == ["personal-identity-code"]


def test_a_code_in_a_message_about_who_is_known_is_masked_before_it_is_compared_and_proposed():
    told = {"org": "Espoon Apu ry", "business_id": "01120389", "text": "131052-308T"}
    after, outcome = clean(book(inbox=[{**told, "name": "Matti Virtanen"}, told]))
    assert not [row for _, row in after.table("review").rows() if row["left"] == "Huom"]
    assert all("308T" not in change.after for change in outcome.plan.changes)


def test_regions_are_derived():
    after, _ = clean(book(organisations=[{"name": "x", "municipality": "Esbo"}]))
    (row,) = [row for _, row in after.table("organisations").rows()]
    assert (row["municipality"], row["region"]) == ("Espoo", "Uusimaa")
    assert row["county"] == "Länsi-Uudenmaan hyvinvointialue"


def test_exact_duplicates_are_merged_and_people_follow():
    start = book(
        organisations=[
            {"id": A, "name": "Apu ry", "business_id": "0112038-9", "municipality": "Espoo"},
            {"id": B, "name": "Apu r.y.", "business_id": "01120389"},
        ],
        people=[
            {"id": "H-0JCDN", "first": "Maija", "last": "Malli", "org": f"Apu ry · {A}", "email": "x@example.org"},
            {"id": "H-WR637", "first": "Maija", "last": "Malli", "org": f"Apu r.y. · {B}", "email": "x@example.org"},
        ],
    )  # fmt: skip
    after, _ = clean(start)
    states = dict(after.table("organisations").column("status"))
    assert sorted(states.values()) == ["incomplete", "merged"]
    assert sorted(dict(after.table("people").column("status")).values()) == ["check", "merged"]


def decide(after, kind, decision):
    review = after.table("review")
    (case,) = [row_id for row_id, row in review.rows() if row["kind"] == kind and not row["done"]]
    return after.with_changes([Change("review", case, "decision", "", decision, "person")]), case


TWINS = book(
    organisations=[
        {"id": A, "name": "Espoon Apu ry", "municipality": "Espoo", "type": "association", "source": "x"},
        {"id": B, "name": "Espoon Apu", "municipality": "Espoo", "type": "association", "source": "x"},
    ]
)  # fmt: skip


def test_find_decide_merge_regret_undo_decide_different_never_asked_again():
    from register.cleanup.undo import list_runs, undo

    first, _ = clean(TWINS)
    asked, case = decide(first, "duplicate", "same")
    merged, outcome = clean(asked)
    assert "merged" in dict(merged.table("organisations").column("status")).values()
    assert merged.table("review").cell(case, "done")
    from register.book.log import log_rows

    lines = log_rows(outcome.plan.changes, outcome.run, "2026-11-23T09:00:00", merged)
    logged = merged.with_changes(
        Change("log", line["id"], key, "", value, "log", "add")
        for line in lines
        for key, value in line.items()
    )
    newest = list_runs(logged)[0]
    assert newest.run == outcome.run and newest.done["organisations"]["⇄"] == 1
    plan = undo(logged, outcome.run, "later")
    fits, conflicts = logged.verify(plan)
    assert not conflicts
    back = logged.with_changes(fits)
    assert back.table("organisations").records() == asked.table("organisations").records()
    again, _ = clean(back)
    assert "merged" not in dict(again.table("organisations").column("status")).values()
    review = again.table("review")
    assert not review.cell(case, "done")
    different = again.with_changes(
        [Change("review", case, "decision", review.cell(case, "decision"), "different", "person")]
    )
    settled, _ = clean(different)
    assert settled.table("review").cell(case, "done")
    final, last = clean(settled)
    assert last.plan.changes == () and final.table("review").cell(case, "decision") == "different"


def test_a_proposal_is_made_when_a_person_accepts_it():
    start = book(organisations=[{"id": A, "name": "Apu ry", "municipality": "Lojha"}])
    first, _ = clean(start)
    row = {
        key: row_id for row_id, row in first.table("review").rows() for key in [row["suggestion"]]
    }
    case = row["Lohja"]
    accepted = first.with_changes([Change("review", case, "decision", "", "accept", "person")])
    after, _ = clean(accepted)
    assert after.table("organisations").cell(A, "municipality") == "Lohja"
    assert after.table("organisations").cell(A, "region") == "Uusimaa"
    assert after.table("review").cell(case, "done")


def test_a_case_closes_when_its_cause_is_gone_and_opens_when_it_is_back():
    start = book(organisations=[{"id": A, "name": "x", "municipality": "Esppo"}])
    first, _ = clean(start)
    right = first.with_changes(
        [Change("organisations", A, "municipality", "Esppo", "Espoo", "person")]
    )
    closed, _ = clean(right)
    open_again, _ = clean(
        closed.with_changes(
            [Change("organisations", A, "municipality", "Espoo", "Esppo", "person")]
        )
    )
    done = [
        [
            bool(row["done"])
            for _, row in state.table("review").rows()
            if row["suggestion"] == "Espoo"
        ]
        for state in (first, closed, open_again)
    ]
    assert done == [[False], [True], [False]]


def test_what_is_ignored_is_silent_and_does_not_colour_the_row():
    start = book(
        organisations=[
            {"id": A, "name": "x", "municipality": "Esppo", "type": "association", "source": "y",
             "phone": "+358401234567"}
        ]
    )  # fmt: skip
    first, _ = clean(start)
    assert first.table("organisations").cell(A, "status") == "check"
    asked, case = decide(first, "warning", "ignore")
    after, _ = clean(asked)
    assert after.table("organisations").cell(A, "status") == "ok"
    assert after.table("review").cell(case, "done")


def test_a_rule_that_is_not_applied_without_asking_asks():
    start = book(organisations=[{"id": A, "name": "x", "phone": "040 123 4567"}])
    orders = replace(ORDERS, apply_rules=())
    after, outcome = clean(start, orders)
    assert after.table("organisations").cell(A, "phone") == "040 123 4567"
    suggestions = [cell for _, cell in after.table("review").column("suggestion")]
    assert "+358401234567" in suggestions
    note = after.table("organisations").notes[A, "phone"]
    assert "kirjoita ehdotus" in note and "seuraava siivous" not in note
    assert all(c.tab != "organisations" or c.column in ("id", "region", "county", "status")
               for c in outcome.plan.changes if c.kind != "note")  # fmt: skip


def test_kumoa_in_loki_takes_a_line_back_and_it_is_not_proposed_again():
    from register.book.log import log_rows

    start = book(organisations=[{"id": A, "name": "x", "phone": "040 123 4567"}])
    after, outcome = clean(start)
    lines = log_rows(outcome.plan.changes, outcome.run, "2026-11-23T09:00:00", start)
    logged = after.with_changes(
        Change("log", line["id"], key, "", value, "log", "add")
        for line in lines
        for key, value in line.items()
    )
    (line,) = [row_id for row_id, row in logged.table("log").rows() if row["col"] == "Puhelin"]
    regretted = logged.with_changes([Change("log", line, "undo", "", "undo", "person")])
    back, _ = clean(regretted)
    assert back.table("organisations").cell(A, "phone") == "040 123 4567"
    assert back.table("log").cell(line, "undone")
    _, last = clean(back)
    assert last.plan.changes == ()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_works_in_every_language(language):
    start = book(language, inbox=[{"name": "Maija Malli", "org": "Espoon Apu r.y."}])
    outcome = cleanup(start, TickingClock().now(), ORDERS, Sentences(language))
    after = start.with_changes(outcome.plan.changes)
    assert cleanup(after, TickingClock().now(), ORDERS, Sentences(language)).plan == Plan()


def test_new_questions_are_added_where_they_are_to_stand():
    """No row has to be moved once they are written: that is a second write of the whole sheet."""
    people = [
        {"id": "H-9FK0S", "first": "Maija", "last": "Malli", "email": "maija@example.org"},
        {"id": "H-4GV9K", "first": "Maija", "last": "Mali", "email": "maija@example.org"},
        {"id": "H-7WZQ1", "first": "Pekka", "last": "Koe", "email": "pekka(at)example", "invite": "yes"},
        {"id": "H-2MBF1", "first": "Liisa", "last": "Laine", "phone": "12"},
    ]  # fmt: skip
    after, outcome = clean(book(people=people))
    numbers = after.table("review").numbers
    assert len(outcome.order) > 2 and {*outcome.order} == {*numbers}
    assert list(outcome.order) == sorted(numbers, key=numbers.__getitem__)
    assert list(outcome.order) != sorted(outcome.order)
