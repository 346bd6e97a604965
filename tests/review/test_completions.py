"""What the inbox knows of blank cells is one question a tab, and nothing is filled in unasked."""

import pytest

from register.book.change import Change
from register.book.ids import new_id
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.people.refusals import rows_named
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

CLUBS = [
    {"name": f"Yhdistys {n} ry", "municipality": "Espoo", "type": "association", "source": "x",
     "business_id": "", "email": f"info@y{n}.example"}
    for n in range(4)
]  # fmt: skip
URLS = [f"https://y{n}.example" for n in range(4)]


def clean(start):
    outcome = cleanup(start, TickingClock().now(), CleanupOptions(SAFE), Sentences(start.language))
    return start.with_changes(outcome.plan.changes)


def cards(*urls, start=0):
    return [
        {"id": new_id("S", (str(start + n),), ()), "org": CLUBS[n]["name"], "municipality": "Espoo",
         "email": CLUBS[n]["email"], "url": url, "source": "lista"}
        for n, url in enumerate(urls)
    ]  # fmt: skip


def asked(there):
    rows = there.table("review").rows()
    return {
        case: row
        for case, row in rows
        if not row["done"] and "Kotisivu" in row["link"] + row["left"]
    }


def urls(there):
    return [cell for _, cell in there.table("organisations").column("url")]


def said(there, case, word, column="decision"):
    return there.with_changes([Change("review", case, column, "", word, "p")])


def register(*found):
    return clean(clean(book(organisations=CLUBS, inbox=cards(*found))))


def test_what_lists_know_is_one_question():
    there = register(*URLS)
    ((case, row),) = asked(there).items()
    assert urls(there) == [""] * 4 and row["left"].count(", ") == 3 and not rows_named(row)
    done = clean(said(there, case, "tee näin"))
    assert urls(done) == URLS and not asked(done)
    assert clean(done).tables == done.tables


def test_who_fills_in_a_row_first_is_left_out():
    there = register(*URLS)
    (case,) = asked(there)
    (one, _), *_ = there.table("organisations").rows()
    there = there.with_changes(
        [Change("organisations", one, "url", "", "https://oma.example", "p")]
    )
    assert urls(clean(said(there, case, "tee näin"))) == ["https://oma.example", *URLS[1:]]


@pytest.mark.parametrize("word", ["jätä näin", "ei"])
def test_what_is_passed_over_stays_so_and_a_later_list_is_asked_about(word):
    there = register(*URLS)
    (case,) = asked(there)
    quiet = clean(said(there, case, word))
    assert urls(quiet) == [""] * 4 and not asked(quiet)
    more = [
        Change("inbox", card["id"], key, "", cell, "import", "add")
        for card in cards(*(url + "/uusi" for url in URLS), start=10)
        for key, cell in card.items()
    ]
    assert asked(clean(clean(quiet.with_changes(more))))


def test_a_few_are_asked_about_one_by_one():
    there = register(*URLS[:2])
    assert len(asked(there)) == 2
    for case in asked(there):
        there = said(there, case, "kirjoita ehdotus")
    assert urls(clean(there)) == [*URLS[:2], "", ""]


def test_of_a_cell_of_which_several_things_are_known_a_person_says_which_is_right():
    several = [*cards(URLS[0]), *cards(URLS[1], start=5), *cards(URLS[2], start=7)]
    there = clean(clean(book(organisations=CLUBS, inbox=several)))
    ((case, row),) = asked(there).items()
    assert all(url in row["message"] for url in URLS[:3]) and not row["suggestion"]
    assert urls(clean(said(there, case, URLS[1], "value")))[0] == URLS[1]


def test_what_somebody_types_about_a_row_that_is_known_is_asked_about_and_goes_to_its_notes():
    clubs = [{"id": "O-0QXJF", "name": "Kaislan Apu ry", "notes": "vanha tuttu"}]
    text = "Kaislan Apu ry on lopettanut toimintansa 2025"
    there = clean(book(organisations=clubs, inbox=[{"id": "S-0QXJF", "text": text}]))
    (case,) = [row_id for row_id, row in there.table("review").rows() if text in row["message"]]
    after = clean(said(there, case, "tee näin"))
    assert after.table("organisations").cell("O-0QXJF", "notes") == f"vanha tuttu\n{text}"
    assert after.table("review").cell(case, "done")
    stages = [
        row for _, row in after.table("review").rows() if row["left"].startswith("Kumppanuus")
    ]
    assert [row["suggestion"] for row in stages] == ["päättynyt"]


def test_the_message_of_a_listed_row_that_is_known_stays_where_it_is():
    clubs = [{"id": "O-0QXJF", "name": "Kaislan Apu ry"}]
    row = {"id": "S-0QXJF", "org": "Kaislan Apu ry", "text": "huone 12", "at": "2026-11-20"}
    there = clean(book(organisations=clubs, inbox=[row]))
    assert not [1 for _, one in there.table("review").rows() if "huone 12" in one["message"]]
