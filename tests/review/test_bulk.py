"""One decision for many alike: handed out to those that nobody has answered, each its own row."""

import pytest

from register.book.change import Change
from register.book.log import log_rows
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.contract.memory_store import MemoryStore
from tests.making import book

ORDERS, SAY, CLOCK = CleanupOptions(()), Sentences("fi"), TickingClock()
PHONES = [f"040 111 22{n:02}" for n in range(5)]


def register(phones=PHONES):
    rows = [
        {"name": f"Yhdistys {n} ry", "municipality": "Espoo", "type": "association",
         "source": "x", "phone": phone}
        for n, phone in enumerate(phones)
    ]  # fmt: skip
    store = MemoryStore(book(organisations=rows))
    run(store)
    return store


def run(store, meanwhile=()):
    outcome = cleanup(store.read(), CLOCK.now(), ORDERS, SAY)
    types(store, *meanwhile)
    store.write(
        outcome.plan,
        lambda changes, now: log_rows(changes, outcome.run, "2026-11-23T09:00", now),
    )


def types(store, *cells):
    for tab, row, column, text in cells:
        before = store.book.table(tab).cell(row, column)
        store.book = store.book.with_changes([Change(tab, row, column, before, text, "p")])


def rows(store, *, bulk):
    review = store.book.table("review")
    return {
        case: row
        for case, row in review.rows()
        if (row["kind"] == "bulk") is bulk and (bulk or "Puhelin" in row["left"])
    }


def the_line(store):
    ((case, row),) = [one for one in rows(store, bulk=True).items() if not one[1]["done"]]
    return case, row


def phones(store):
    return [cell for _, cell in store.book.table("organisations").column("phone")]


RIGHT = [f"+35840111220{n}" for n in range(5)]


def test_alike_proposals_get_a_line_that_says_how_many_they_are():
    _, line = the_line(register())
    assert "5 ehdotusta" in line["message"] and "Puhelin" in line["message"]
    assert line["left"].count(" · O-") == 5


def test_two_are_no_many():
    assert not rows(register(PHONES[:2]), bulk=True)


@pytest.mark.parametrize("word", ["hyväksy", "OK", "kyllä", "accept"])
def test_one_decision_settles_all_each_with_its_own_lines_in_the_log(word):
    store = register()
    line, _ = the_line(store)
    types(store, ("review", line, "decision", word))
    run(store)
    assert phones(store) == RIGHT
    done = rows(store, bulk=False)
    assert all(row["done"] and row["decision"] == "accept" for row in done.values())
    row = rows(store, bulk=True)[line]
    assert row["done"] and row["decision"] == word and row["right"] == "5 päätetty yhdessä"
    logged = [row for _, row in store.book.table("log").rows() if row["col"] == "Puhelin"]
    assert len({row["row"] for row in logged}) == len(logged) == 5
    run(store)
    assert not cleanup(store.read(), CLOCK.now(), ORDERS, SAY).plan.changes


def test_who_decides_for_many_has_decided_each():
    store = register()
    line, _ = the_line(store)
    one, *_ = rows(store, bulk=False)
    typed = [("review", line, "decision", "hyväksy"), ("review", line, "by", "Maija")]
    types(store, *typed, ("review", one, "by", "Pekka"))
    run(store)
    assert [row["by"] for row in rows(store, bulk=False).values()] == ["Pekka", *["Maija"] * 4]
    marked(store, row=line, column="Käsitelty")
    run(store)
    assert {row["by"] for row in rows(store, bulk=False).values()} == {"Pekka", ""}


def test_passing_over_all_keeps_them_quiet():
    store = register()
    types(store, ("review", the_line(store)[0], "decision", "ohita"))
    run(store)
    run(store)
    assert phones(store) == PHONES
    assert all(row["done"] for row in rows(store, bulk=False).values())


def test_a_single_answer_wins():
    store = register()
    one, other, *_ = rows(store, bulk=False)
    types(
        store,
        ("review", one, "decision", "ohita"),
        ("review", other, "decision", "0509998877"),
        ("review", the_line(store)[0], "decision", "hyväksy"),
    )
    run(store)
    assert phones(store) == [PHONES[0], "+358509998877", *RIGHT[2:]]
    assert rows(store, bulk=False)[one]["decision"] == "ohita"


def test_an_answer_typed_beside_one_while_the_run_writes_wins_too():
    store = register()
    one = next(iter(rows(store, bulk=False)))
    types(store, ("review", the_line(store)[0], "decision", "hyväksy"))
    run(store, meanwhile=[("review", one, "decision", "ohita")])
    assert phones(store) == [PHONES[0], *RIGHT[1:]]
    run(store)
    assert phones(store) == [PHONES[0], *RIGHT[1:]]
    assert rows(store, bulk=False)[one]["decision"] == "ohita"


@pytest.mark.parametrize("meant", ["ohita", "kysy myöhemmin", ""])
def test_who_changes_their_mind_about_the_line_while_the_run_writes_is_heard(meant):
    store = register()
    line, _ = the_line(store)
    types(store, ("review", line, "decision", "hyväksy"))
    run(store, meanwhile=[("review", line, "decision", meant)])
    row = rows(store, bulk=True)[line]
    assert (phones(store), row["decision"], row["done"]) == (PHONES, meant, "")
    assert not any(one["decision"] or one["done"] for one in rows(store, bulk=False).values())
    run(store)
    assert phones(store) == PHONES
    assert all(bool(one["done"]) is (meant == "ohita") for one in rows(store, bulk=False).values())


@pytest.mark.parametrize(
    ("column", "meant"), [("decision", "ohita"), ("decision", ""), ("value", "0401234567")]
)
def test_who_changes_their_mind_about_one_question_while_the_run_writes_is_heard(column, meant):
    store = register(PHONES[:1])
    (one,) = rows(store, bulk=False)
    types(store, ("review", one, "decision", "hyväksy"))
    run(store, meanwhile=[("review", one, column, meant)])
    assert phones(store) == PHONES[:1] and not rows(store, bulk=False)[one]["done"]
    run(store)
    assert phones(store) == [PHONES[0] if column == "decision" else "+358401234567"]


def test_the_line_goes_when_its_members_are_settled():
    store = register(PHONES[:3])
    line, _ = the_line(store)
    types(store, *(("review", one, "decision", "hyväksy") for one in rows(store, bulk=False)))
    run(store)
    assert rows(store, bulk=True)[line]["done"] and not rows(store, bulk=True)[line]["right"]


@pytest.mark.parametrize("word", ["sama", "0401234567", "höpö"])
def test_what_does_not_fit_is_answered_and_asks_for_nothing(word):
    store = register()
    line, _ = the_line(store)
    types(store, ("review", line, "decision", word))
    run(store)
    row = rows(store, bulk=True)[line]
    assert "ei käy tähän" in row["answer"] and not row["done"]
    assert phones(store) == PHONES
    types(store, ("review", line, "decision", "hyväksy"))
    run(store)
    assert phones(store) == RIGHT and not rows(store, bulk=True)[line]["answer"]


def test_who_does_not_know_leaves_all_open():
    store = register()
    types(store, ("review", the_line(store)[0], "decision", "en tiedä"))
    run(store)
    assert phones(store) == PHONES and the_line(store)[1]["decision"] == "en tiedä"


def test_what_could_not_be_done_is_answered_on_its_row_and_keeps_the_line_open():
    store = register()
    one = next(iter(rows(store, bulk=False)))
    types(store, ("review", one, "suggestion", "viisi"))
    line, _ = the_line(store)
    types(store, ("review", line, "decision", "hyväksy"))
    run(store)
    assert phones(store) == [PHONES[0], *RIGHT[1:]]
    row = rows(store, bulk=True)[line]
    assert row["answer"].startswith("Yksi ") and not row["done"]
    assert rows(store, bulk=False)[one]["answer"] and not rows(store, bulk=False)[one]["done"]
    types(store, ("review", one, "suggestion", "0401112200"))
    run(store)
    run(store)
    assert phones(store) == RIGHT
    assert rows(store, bulk=True)[line]["done"] and not rows(store, bulk=True)[line]["answer"]


def test_who_comes_after_the_decision_is_asked_about_anew():
    store = register()
    line, _ = the_line(store)
    types(store, ("review", line, "decision", "hyväksy"))
    run(store)
    ids = [row for row, _ in store.book.table("organisations").rows()]
    types(store, *(("organisations", one, "phone", "050 444 5556") for one in ids[:4]))
    run(store)
    new, row = the_line(store)
    assert new != line and not row["decision"]
    run(store)
    assert phones(store)[:4] == ["050 444 5556"] * 4


def test_a_member_that_nobody_has_seen_is_not_decided():
    store = register(PHONES[:4])
    line, _ = the_line(store)
    types(store, ("review", line, "decision", "hyväksy"))
    last = [row for row, _ in store.book.table("organisations").rows()][3]
    types(store, ("organisations", last, "phone", "050 444 5556"))
    run(store)
    assert phones(store) == [*RIGHT[:3], "050 444 5556"]


def marked(store, *, row, column):
    for line, entry in store.book.table("log").rows():
        if entry["row"] == row and entry["col"] == column and not entry["undone"]:
            types(store, ("log", line, "undo", "undo"))


def decided():
    store = register()
    line, _ = the_line(store)
    types(store, ("review", line, "decision", "hyväksy"))
    run(store)
    return store, line


def test_one_of_them_is_taken_back_alone():
    store, line = decided()
    one = [row for row, _ in store.book.table("organisations").rows()][1]
    marked(store, row=one, column="Puhelin")
    run(store)
    assert phones(store) == [RIGHT[0], PHONES[1], *RIGHT[2:]]
    assert rows(store, bulk=True)[line]["done"]


def test_all_are_taken_back_with_their_line():
    store, line = decided()
    marked(store, row=line, column="Käsitelty")
    run(store)
    assert phones(store) == PHONES
    run(store)
    assert phones(store) == PHONES
    new, row = the_line(store)
    assert new != line and not row["decision"]
    types(store, ("review", new, "decision", "hyväksy"))
    run(store)
    assert phones(store) == RIGHT, "a decision that is newer than the undo counts"


@pytest.mark.parametrize("word", ["", "hyväksy"])
def test_one_value_for_many_is_not_written(word):
    store = register()
    line, _ = the_line(store)
    types(store, ("review", line, "value", "0401234567"), ("review", line, "decision", word))
    run(store)
    assert phones(store) == PHONES
    assert "0401234567" in rows(store, bulk=True)[line]["answer"]
    types(store, ("review", line, "value", ""), ("review", line, "decision", "hyväksy"))
    run(store)
    assert phones(store) == RIGHT


@pytest.mark.parametrize(
    ("there", "after"), [("accept all", "hyväksy kaikki"), ("kysy Maijalta", "kysy Maijalta")]
)
def test_a_lines_proposal_follows_what_it_proposes_and_a_persons_text_stays(there, after):
    store = register()
    case, _ = the_line(store)
    types(store, ("review", case, "suggestion", there))
    run(store)
    assert the_line(store)[1]["suggestion"] == after
