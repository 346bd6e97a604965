"""What cleanup makes of the planted register: what is listed is made, the rest is asked about."""

import pytest

from register.book.change import Change
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.intake.typed_rows import TYPED_ROW_REASON
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book
from tests.rules.planted import planted

SAY = Sentences("fi")
A = "O-MYRB1"


def clean(start, rules=SAFE):
    outcome = cleanup(start, TickingClock().now(), CleanupOptions(rules), SAY)
    fits, conflicts = start.verify(outcome.plan)
    assert conflicts == ()
    return start.with_changes(fits), outcome


@pytest.fixture(scope="module")
def cleaned():
    start = planted().book
    return start, *clean(start)


def test_a_second_cleanup_of_the_planted_register_proposes_nothing(cleaned):
    _, after, _ = cleaned
    _, second = clean(after)
    assert second.plan.changes == ()


def test_only_forms_and_places_of_cells_change_in_what_people_wrote(cleaned):
    start, _, outcome = cleaned
    written = [
        change
        for change in outcome.plan.changes
        if change.kind == "set" and change.before and change.tab != "review"
        if not start.table(change.tab).tab.column(change.column).tool
    ]
    assert written
    assert all(set(change.reason.split(" + ")) <= {*SAFE, TYPED_ROW_REASON} for change in written)


def test_each_decision_in_the_review_tab_has_its_sentence(cleaned):
    _, after, _ = cleaned
    for _, row in after.table("review").rows():
        assert row["message"].strip() and "{" not in row["message"]
        assert "131052" not in "".join(row.values())


@pytest.mark.parametrize(
    ("rules", "email", "asked"),
    [
        (SAFE, "a@gmial.com", 1),
        ((*SAFE, "email-typo"), "a@gmail.com", 0),
        ((), "a@gmial.com", 1),
    ],
)
def test_a_listed_rule_is_made_and_others_are_proposed(rules, email, asked):
    row = {"id": A, "name": "x ry", "type": "association", "municipality": "Espoo", "source": "y"}
    after, _ = clean(book(organisations=[row | {"email": "a@gmial.com"}]), rules)
    assert after.table("organisations").cell(A, "email") == email
    proposals = [
        r["suggestion"] for _, r in after.table("review").rows() if "gmail" in r["suggestion"]
    ]
    assert len(proposals) == asked


def test_with_no_rule_listed_even_a_form_is_a_question():
    row = {"id": A, "name": "x ry", "type": "association", "municipality": "Espoo", "source": "y"}
    after, _ = clean(book(organisations=[row | {"phone": "040 123 4567"}]), ())
    assert after.table("organisations").cell(A, "phone") == "040 123 4567"
    assert "+358401234567" in [r["suggestion"] for _, r in after.table("review").rows()]


CERTAIN = {"phone": "040 123 4567 / 050 765 4321", "email": "toimisto(at)apu.example;",
           "municipality": "Vammala", "url": "www.apu.example"}  # fmt: skip


def test_what_is_certain_is_mended_and_can_be_taken_back():
    start = book(organisations=[{"id": A, "name": "Apu ry", "type": "association", **CERTAIN}])
    after, outcome = clean(start)
    cells = dict(after.table("organisations").row(A))
    wanted = {"phone": "+358401234567", "phone2": "+358507654321", "url": "https://www.apu.example",
              "email": "toimisto@apu.example", "municipality": "Sastamala"}  # fmt: skip
    assert {key: cells[key] for key in wanted} == wanted
    asked = [row["kind"] for _, row in after.table("review").rows()]
    assert asked == ["incomplete"]
    phones = [one for one in outcome.plan.changes if one.column in ("phone", "phone2")]
    assert len({one.group for one in phones}) == 1 and phones[0].group


def test_a_configuration_that_lists_its_own_rules_keeps_to_them():
    start = book(organisations=[{"id": A, "name": "Apu ry", "type": "association", **CERTAIN}])
    after, _ = clean(start, ("email-form", "phone-form", "municipality-form", "url-form"))
    cells = dict(after.table("organisations").row(A))
    assert {key: cells[key] for key in CERTAIN} == CERTAIN
    asked = [row["kind"] for _, row in after.table("review").rows()]
    assert asked.count("warning") == len(CERTAIN)


def test_a_start_and_an_end_in_one_cell_are_parted_by_an_answer():
    start = book(meetings=[{"id": "T-0QXJF", "name": "Järjestöilta", "start": "klo 17-19"}])
    asked, _ = clean(start, SAFE)
    (case,) = (i for i, r in asked.table("review").rows() if r["suggestion"].startswith("Alkaa"))
    answer = Change("review", case, "decision", "", "accept", "test")
    after, _ = clean(asked.with_changes([answer]), SAFE)
    (meeting,) = (row for _, row in after.table("meetings").rows())
    assert (meeting["start"], meeting["end"]) == ("17:00", "19:00")
