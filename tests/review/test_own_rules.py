"""A decision given once for a rule: it acts from then on, until somebody empties its cell."""

from dataclasses import replace

import pytest

from register.book.change import Change
from register.book.log import log_rows
from register.book.schema import schema
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.review.own_rules import own_rules, unknown_rules
from register.stores.layout import first_rows
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.contract.memory_store import MemoryStore
from tests.making import book, table, with_headers

CLOCK = TickingClock()
PHONES = [f"040 111 22{n:02}" for n in range(4)]
RIGHT = [f"+3584011122{n:02}" for n in range(4)]
HOSTILE = (
    "name-in-capitals; rm -rf", "=HYPERLINK(\"x\")", "kaikki", "*", "email-impossible", "\u202e",
    "personal-identity-code", "x" * 50_000,
)  # fmt: skip


def register(language="fi", phones=PHONES, **choices):
    rows = [
        {"name": f"Yhdistys {n} ry", "municipality": "Esbo" if language == "sv" else "Espoo", "type": "association",
         "source": "x", "phone": phone, "language": language}
        for n, phone in enumerate(phones)
    ]  # fmt: skip
    room = list(first_rows(schema().tab("choices"), language))
    room[0] |= choices
    store = MemoryStore(book(language, organisations=rows, choices=room))
    run(store)
    return store


def run(store, rules=()):
    say = Sentences(store.book.language)
    outcome = cleanup(store.read(), CLOCK.now(), CleanupOptions(rules), say)
    store.write(
        outcome.plan, lambda changes, now: log_rows(changes, outcome.run, "2026-11-23T09:00", now)
    )
    return [say(msgid, **values) for msgid, values in outcome.notes]


def types(store, tab, row, column, text):
    before = store.book.table(tab).cell(row, column)
    store.book = store.book.with_changes([Change(tab, row, column, before, text, "p")])


def lines(store):
    rows = store.book.table("review").rows()
    return [case for case, row in rows if row["kind"] == "bulk" and not row["done"]]


def cells(store, tab, column):
    return [cell for _, cell in store.book.table(tab).column(column) if cell]


def always(store, word):
    (line,) = lines(store)
    assert "always" in store.book.table("review").formats[line, "decision"].split()
    types(store, "review", line, "decision", word)
    types(store, "review", line, "by", "Maija")
    run(store)
    return line


@pytest.mark.parametrize(
    ("language", "word"),
    [("fi", "hyväksy aina"), ("sv", "Godkänn alltid."), ("en", "always accept")],
)
def test_a_rule_acts_from_then_on_and_is_shown(language, word):
    store = register(language)
    line = always(store, word)
    assert cells(store, "organisations", "phone") == RIGHT
    assert store.book.table("review").cell(line, "done")
    assert cells(store, "review", "by") == ["Maija"] * (len(RIGHT) + 1)
    named = Sentences(language).named("rule", "phone-form")
    assert cells(store, "choices", "always") == [named]
    first, *_ = store.book.table("organisations").numbers
    types(store, "organisations", first, "phone", "050 444 5556")
    run(store)
    assert cells(store, "organisations", "phone") == ["+358504445556", *RIGHT[1:]]
    assert not lines(store)


@pytest.mark.parametrize("word", ["jätä näin", "ei", "kysy myöhemmin"])
@pytest.mark.parametrize("way", ["always", "cell", "configuration"])
def test_what_a_person_left_as_it_is_no_rule_writes_over(way, word):
    store = register()
    mine = next(
        i for i, row in store.book.table("review").rows() if row["left"].endswith(PHONES[0])
    )
    types(store, "review", mine, "decision", word)
    if way == "always":
        always(store, "hyväksy aina")
    else:
        if way == "cell":
            first = next(iter(store.book.table("choices").numbers))
            types(store, "choices", first, "always", "phone-form")
        run(store, ("phone-form",) if way == "configuration" else ())
    assert cells(store, "organisations", "phone") == [PHONES[0], *RIGHT[1:]]
    assert bool(store.book.table("review").cell(mine, "done")) == (word != "kysy myöhemmin")


def test_what_a_person_accepted_once_may_be_written_again():
    store = register()
    always(store, "hyväksy aina")
    first, *_ = store.book.table("organisations").numbers
    types(store, "organisations", first, "phone", PHONES[0])
    run(store)
    assert cells(store, "organisations", "phone") == RIGHT


def test_who_empties_the_cell_is_asked_again():
    store = register()
    always(store, "hyväksy aina")
    ((row, _),) = [one for one in store.book.table("choices").column("always") if one[1]]
    types(store, "choices", row, "always", "")
    for one in list(store.book.table("organisations").numbers)[:3]:
        types(store, "organisations", one, "phone", "050 444 5556")
    run(store)
    assert cells(store, "organisations", "phone") == [*["050 444 5556"] * 3, RIGHT[3]]
    assert lines(store)


def test_it_is_taken_back_in_the_log():
    store = register()
    always(store, "hyväksy aina")
    (entry,) = [i for i, row in store.book.table("log").rows() if row["col"] == "Hyväksytään aina"]
    types(store, "log", entry, "undo", "undo")
    run(store)
    assert not cells(store, "choices", "always") and own_rules(store.book) == ()


def test_what_a_person_writes_into_the_list_counts_in_any_language():
    swedish = Sentences("sv").named("rule", "phone-form")
    store = register(always=swedish.upper())
    assert cells(store, "organisations", "phone") == RIGHT and not lines(store)


def test_the_configurations_own_rules_go_on():
    store = register(phones=(), always="phone-form")
    types(store, "organisations", "#2", "name", "Olarin  seura")
    run(store, ("organisation-name-form",))
    assert own_rules(store.book) == ("phone-form",)
    assert cells(store, "organisations", "name") == ["Olarin seura"]


GUESSES = {
    "email": [f"maija{n}@gmial.com" for n in range(4)],
    "url": [f"kysy{n}.pekalta" for n in range(4)],
    "verified_on": [f"0{n}/04/2025" for n in range(1, 5)],
    "phone": [f"040 111 22{n:02}, 040 333 44{n:02}, 040 555 66{n:02}" for n in range(4)],
}


@pytest.mark.parametrize("column", GUESSES)
def test_a_guess_is_accepted_once_and_never_for_good(column):
    rows = [{"name": f"Seura {n} ry", column: cell} for n, cell in enumerate(GUESSES[column])]
    room = list(first_rows(schema().tab("choices"), "fi"))
    store = MemoryStore(book(organisations=rows, choices=room))
    run(store)
    offers = [store.book.table("review").formats[line, "decision"].split() for line in lines(store)]
    assert offers and all("accept_all" in one and "always" not in one for one in offers)


def test_a_formula_in_the_list_lets_no_rule_act():
    there = register(always="phone-form").book
    shown = table("choices", [{"always": "phone-form"}], formulas=[(2, "always")])
    made = replace(there, tables={**there.tables, "choices": shown})
    assert own_rules(there) == ("phone-form",) and own_rules(made) == ()
    assert any("phone-form" in values["line"] for _, values in unknown_rules(made))


@pytest.mark.parametrize("line", HOSTILE)
def test_what_is_no_rule_does_nothing_and_is_told(line):
    store = register(always=line)
    assert own_rules(store.book) == () and cells(store, "organisations", "phone") == PHONES
    assert any("ei ole sääntö" in said for said in run(store))


def test_it_is_not_offered_where_the_list_is_not_there():
    store = register()
    store.book = with_headers(store.book, "choices", ["always"])
    run(store)
    (line,) = lines(store)
    assert "always" not in store.book.table("review").formats[line, "decision"].split()
    types(store, "review", line, "decision", "hyväksy aina")
    run(store)
    assert cells(store, "organisations", "phone") == PHONES
    assert "hyväksy aina" in store.book.table("review").cell(line, "answer")
