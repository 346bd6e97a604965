"""What was undone is not decided anew by the same decision; a newer decision counts."""

import pytest

from register.book.change import Change
from register.book.log import log_rows
from register.book.outcome import run_id
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.cleanup.undo import undo
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.contract.memory_store import MemoryStore
from tests.making import book

A = "O-MYRB1"
SAY, CLOCK = Sentences("fi"), TickingClock()
TWINS = [
    {"id": "H-0JCDN", "first": "Maija", "last": "Aalto", "phone": "+358401234567"},
    {"id": "H-WR637", "first": "Maija", "last": "Alto", "phone": "+358401234567"},
]
SURE = [{**row, "last": "Aalto", "email": "maija.aalto@posti.example"} for row in TWINS]
TOWN = [{"id": A, "name": "Apu ry", "type": "association", "source": "x", "municipality": "Esppo"}]
REFUSES = [
    {"at": "2026-11-01", "name": "Maija Malli", "email": "maija@example.org", "consent": "no"}
]


def opened(**tabs):
    store = MemoryStore(book(**tabs))
    run(store)
    return store


def run(store):
    outcome = cleanup(store.read(), CLOCK.now(), CleanupOptions(SAFE), SAY)
    store.write(
        outcome.plan,
        lambda changes, now: log_rows(changes, outcome.run, "2026-11-23T09:00", now),
    )


def types(store, tab, row, column, text):
    before = store.book.table(tab).cell(row, column)
    store.book = store.book.with_changes([Change(tab, row, column, before, text, "p")])


def asks(store, words):
    """Return the only question that has these words, open or not."""
    found = [one for one in store.book.table("review").rows() if words in one[1]["message"]]
    ((case, row),) = found
    return case, row


def decides(store, words, text, column="decision"):
    types(store, "review", asks(store, words)[0], column, text)
    run(store)


def undoes(store, tab, column):
    """Mark the newest line of the log about a tab's column."""
    log = store.book.table("log")
    *_, line = (n for n, row in log.rows() if (row["tab"], row["col"]) == (tab, column))
    types(store, "log", line, "undo", "undo")
    run(store)


def undoes_run(store):
    """Take back all that the run before did, as undo.py does."""
    last = max(row["run"] for _, row in store.book.table("log").rows())
    this = run_id(CLOCK.now())
    store.write(
        undo(store.book, last, this),
        lambda changes, now: log_rows(changes, this, "2026-11-23T09:00", now),
    )


def planned(store):
    return cleanup(store.read(), CLOCK.now(), CleanupOptions(SAFE), SAY).plan


def merged(store):
    return [one for one, state in store.book.table("people").column("status") if state == "merged"]  # fmt: skip


def banned(store):
    return [row["email"] for _, row in store.book.table("bans").rows() if row["email"]]


def town(store):
    return store.book.table("organisations").cell(A, "municipality")


CASES = {
    "ban": ({"inbox": REFUSES}, "ei halua kirjeitä", "tee näin", ("Kiellot", "+"), banned),
    "merge": ({"people": TWINS}, "Ovatko", "yhdistä", ("Yhteyshenkilöt", "⇄"), merged),
    "value": ({"organisations": TOWN}, "Esppo", "kirjoita ehdotus", ("Organisaatiot", "Kotikunta"), town),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "whole"), [("ban", True), ("merge", True), ("merge", False), ("value", False)]
)
def test_a_decision_that_was_undone_is_not_carried_out_again_until_it_is_given_anew(kind, whole):
    tabs, words, word, line, said = CASES[kind]
    store = opened(**tabs)
    before = said(store)
    decides(store, words, word)
    after = said(store)
    assert after != before and asks(store, words)[1]["done"]
    undoes_run(store) if whole else undoes(store, *line)
    for _ in range(3):
        assert said(store) == before
        run(store)
    _, row = asks(store, words)
    assert not row["decision"] and not row["done"] and "kumottiin" in row["answer"]
    assert not planned(store).changes
    decides(store, words, word)
    assert said(store) == after
    _, row = asks(store, words)
    assert row["done"] and not row["answer"]
    assert not planned(store).changes
    undoes_run(store) if whole else undoes(store, *line)
    run(store)
    assert said(store) == before, "undone once more"


def test_a_ban_that_was_undone_alone_does_not_come_back():
    store = opened(inbox=REFUSES)
    decides(store, "ei halua kirjeitä", "tee näin")
    undoes(store, "Kiellot", "+")
    for _ in range(3):
        run(store)
        assert not banned(store)


def test_a_merge_that_no_decision_made_is_undone_and_then_decided():
    store = opened(people=SURE)
    (gone,) = merged(store)
    undoes(store, "Yhteyshenkilöt", "⇄")
    run(store)
    assert not merged(store)
    decides(store, "Ovatko", "yhdistä")
    assert merged(store) == [gone]


@pytest.mark.parametrize("word", ["pidä erillään", "kysy myöhemmin"])
def test_what_is_decided_together_with_the_undo_stays(word):
    store = opened(people=TWINS)
    decides(store, "Ovatko", "yhdistä")
    types(store, "review", asks(store, "Ovatko")[0], "decision", word)
    undoes(store, "Yhteyshenkilöt", "⇄")
    run(store)
    assert asks(store, "Ovatko")[1]["decision"] == word and not merged(store)


def test_a_value_that_is_another_one_than_was_undone_is_written():
    store = opened(organisations=TOWN)
    decides(store, "Esppo", "kirjoita ehdotus")
    types(store, "review", asks(store, "Esppo")[0], "decision", "")
    types(store, "review", asks(store, "Esppo")[0], "value", "Vantaa")
    undoes(store, "Organisaatiot", "Kotikunta")
    run(store)
    assert town(store) == "Vantaa"


def test_who_refuses_once_more_is_asked_about_again():
    store = opened(inbox=REFUSES)
    decides(store, "ei halua kirjeitä", "tee näin")
    undoes(store, "Kiellot", "+")
    decides(store, "ei halua kirjeitä", "jätä näin")
    assert not banned(store)
    later = {"id": "#9", "at": "2026-11-22", "email": "maija@example.org", "consent": "no"}
    store.book = store.book.with_changes(
        [Change("inbox", "#9", key, "", text, "p", "add") for key, text in later.items()]
    )
    run(store)
    waiting = [row for _, row in store.book.table("review").rows() if not row["done"]]
    assert any("ei halua kirjeitä" in row["message"] for row in waiting)
