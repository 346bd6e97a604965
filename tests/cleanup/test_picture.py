"""The live values at the top of the guide say how things stand, and are written where they change."""

from datetime import date, datetime

import pytest

from register.book.schema import LANGUAGES, schema
from register.book.table import Book, Table
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.cleanup.picture import picture_changes
from register.rules import SAFE
from register.show.guide import guide_rows
from register.words.sentences import Sentences
from tests.making import book
from tests.test_scripts import exits

KEYS = list(schema().enum("picture").labels)


def with_guide(start, **values):
    cells = {key: (key, values.get(key, "–")) for key in KEYS}
    numbers = {key: number for number, key in enumerate(KEYS, start=5)}
    guide = Table(schema().tab("guide"), ("id", "value"), cells, numbers)
    return Book({**start.tables, "guide": guide}, start.language)


def pictured(start, questions=()):
    changes = picture_changes(start, questions, date(2026, 11, 29), Sentences(start.language))
    made = start.with_changes(list(changes))
    return {key: made.table("guide").cell(key, "value") for key in KEYS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_has_a_place_for_each_value(language):
    rows = guide_rows(language)
    names = schema().enum("picture").labels
    assert [row[0] for row in rows if row[1:] == ("–",)] == [names[key][language] for key in KEYS]
    assert rows.index((names["open"][language], "–")) < 10


def test_the_share_of_rows_in_order_tells_what_it_was_on_a_day_and_stays_where_nothing_changes():
    rows = [
        {"id": f"O-0000{n}", "name": f"A{n}", "status": "ok" if n else "check"} for n in range(4)
    ]
    start = book(organisations=rows)

    def health(before, ran="28.11.2026"):
        return pictured(with_guide(start, health=before, run=ran))["health"]

    assert health("50 %") == "75 %; 28.11.2026 se oli 50 %"
    assert health("75 %; 24.11.2026 se oli 50 %") == "75 %; 24.11.2026 se oli 50 %"
    assert health("70 %; 24.11.2026 se oli 50 %") == "75 %; 24.11.2026 se oli 50 %"
    assert health("70 %; 15.11.2026 se oli 50 %") == "75 %; 28.11.2026 se oli 70 %"
    assert health("75 % (↑ 50 %)") == "75 %", "which read as a rise by 50"
    assert health("80 % (↑ 50 %)") == "75 %; 28.11.2026 se oli 80 %"
    assert health("50 %", "–") == health("–") == "75 %"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_share_was_is_read_in_every_language(language):
    rows = [{"id": f"O-0000{n}", "name": f"A{n}", "status": "ok"} for n in range(2)]
    start = book(language, organisations=rows)
    first = pictured(with_guide(start, health="50 %", run="28.11.2026"))["health"]
    assert "28.11.2026" in first
    started = [{**row, "status": "ok" if n else "check"} for n, row in enumerate(rows)]
    worse = with_guide(book(language, organisations=started), health=first, run="29.11.2026")
    assert "100" not in pictured(worse)["health"] and "50 %" in pictured(worse)["health"]
    bad = [{**row, "status": "check"} for row in rows]
    worst = pictured(with_guide(book(language, organisations=bad), health=first))["health"]
    assert worst.startswith("0 %") and "28.11.2026" in worst and worst.endswith("50 %")


def test_it_says_who_has_decided_this_week_and_which_meeting_comes_next():
    start = with_guide(
        book(
            review=[
                {"id": "R-1", "done": "2026-11-28T09:00", "decision": "accept", "by": "Maija"},
                {"id": "R-2", "done": "2026-11-27T09:00", "value": "x", "by": "Maija"},
                {"id": "R-3", "done": "2026-11-27T09:00", "decision": "ignore"},
                {"id": "R-4", "done": "2026-11-27T09:00"},
                {"id": "R-5", "done": "2026-11-02T09:00", "decision": "accept", "by": "Pekka"},
                {"id": "R-6", "done": "2026-11-28T09:00", "decision": "accept", "kind": "bulk"},
            ],
            meetings=[
                {"id": "T-00000", "name": "Joulu", "date": "2026-12-15", "state": "sent"},
                {"id": "T-00001", "name": "Peruttu", "date": "2026-12-01", "state": "cancelled"},
                {"id": "T-00002", "name": "Eilen", "date": "2026-11-28", "state": "sent"},
            ],
        )
    )
    told = pictured(start)
    assert told["settled"] == "3 (Maija 2 · nimeä ei kerrottu 1)"
    assert told["meeting"] == "Joulu, 15.12.2026"
    assert told["run"] == "29.11.2026"


@pytest.mark.parametrize(
    ("days", "following"),
    [
        (("2026-11-26", "2026-11-27", "2026-11-28"), "30.11.2026"),
        (("2026-11-08", "2026-11-15", "2026-11-22"), "6.12.2026"),
        (("2026-11-20", "2026-11-27", "2026-11-28"), "–"),
        (("2026-11-28",), "–"),
        (("2026-11-27", "2026-11-28", "2026-11-30"), "–"),
        (("", "eilen", "2026-13-40", "=A1"), "–"),
    ],
)
def test_the_next_run_is_told_where_the_runs_keep_a_rhythm(days, following):
    log = [{"id": f"L-{n}", "run": "x", "at": f"{day}T03:15"} for n, day in enumerate(days)]
    assert pictured(with_guide(book(log=log)))["next"] == following


def test_it_counts_the_rows_that_lack_something():
    rows = [{"name": f"A{n}", "status": "incomplete" if n else "ok"} for n in range(4)]
    told = pictured(with_guide(book(organisations=rows, people=[{"first": "A", "status": "ok"}])))
    assert told["lacking"] == "Organisaatiot 3"


def test_a_cleanup_counts_what_is_open_and_a_second_one_changes_nothing():
    start = with_guide(book(organisations=[{"id": "O-MYRB1", "name": "Apu ry", "type": "yhd"}]))
    now = datetime(2026, 11, 29, 9)
    first = cleanup(start, now, CleanupOptions(SAFE), Sentences("fi"))
    there = start.with_changes(first.plan.changes)
    waiting = sum(not row["done"] for _, row in there.table("review").rows())
    assert there.table("guide").cell("open", "value").startswith(f"{waiting} · ")
    assert there.table("guide").cell("kinds", "value") != "–"
    assert cleanup(there, now, CleanupOptions(SAFE), Sentences("fi")).plan.changes == ()


def test_the_picture_stands_in_the_guide_of_both_stores_and_nowhere_in_the_log(register):
    row = {"Nimi": "Apu ry", "Tyyppi": "yhdistyss", "Kotikunta": "Esppo"}
    register.types_row("Organisaatiot", 2, row)
    clean = ("cleanup.py", *register.book, "--apply", "--fail-on", "never")
    exits(0, register.folder, *clean)
    told = register.beside("Ohje")
    waiting = [kind for kind in register.column("Tarkista", "Laji") if kind]
    assert told["Avoinna nyt"].startswith(f"{len(waiting)} · ") and waiting
    assert told["Rivejä kunnossa"] == "0 %" and told["Seuraava tapaaminen"] == "–"
    assert "Avoinna nyt" not in "".join(register.column("Loki", "Rivi"))
    assert "guide" not in "".join(register.column("Loki", "Välilehti"))
    before = register.content()
    exits(0, register.folder, *clean)
    assert register.content() == before
