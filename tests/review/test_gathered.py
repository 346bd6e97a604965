"""What a list brings by the dozen is one question: shared posts, unknown topics and names."""

import pytest

from register.book.change import Change
from register.book.schema import schema
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.rules import SAFE
from register.stores.layout import first_rows
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

TOPICS = ("uinti", "Uinti", "idrott, kulttuuri", "KÄSITYÖT")
CLUBS = [
    {"name": f"Yhdistys {n} ry", "municipality": "Espoo", "type": "association", "source": "x"}
    for n in range(4)
]
ROOM = {"choices": list(first_rows(schema().tab("choices"), "fi"))}


def clean(start):
    outcome = cleanup(start, TickingClock().now(), CleanupOptions(SAFE), Sentences(start.language))
    return start.with_changes(outcome.plan.changes)


def typed(there, *cells):
    return there.with_changes(
        [Change(*cell, there.table(cell[0]).cell(*cell[1:]), text, "p") for *cell, text in cells]
    )


def still_open(there, word):
    rows = there.table("review").rows()
    return {
        case: row
        for case, row in rows
        if not row["done"] and (word in row["message"] or word in row["link"])
    }


def of_topics(topics=TOPICS):
    clubs = [row | {"topics": topic} for row, topic in zip(CLUBS, topics, strict=False)]
    return clean(book(organisations=clubs, **ROOM))


def cells(there, tab, column):
    return [cell for _, cell in there.table(tab).column(column) if cell]


def test_unknown_topics_are_one_question_and_are_offered_when_a_person_says_so():
    there = of_topics()
    ((case, row),) = still_open(there, "Aiheet").items()
    assert row["left"] == "uinti; Uinti; idrott; KÄSITYÖT"
    assert cells(there, "organisations", "status") == ["check"] * 4
    assert all("valikossa" in text for text in there.table("organisations").notes.values())
    before = cells(there, "choices", "topics")
    done = clean(typed(there, ("review", case, "decision", "tee näin")))
    assert cells(done, "choices", "topics") == [*before, "uinti", "idrott", "KÄSITYÖT"]
    assert done.table("review").cell(case, "done")
    assert cells(done, "organisations", "topics") == ["uinti", "uinti", *TOPICS[2:]]
    assert cells(done, "organisations", "status") == ["ok"] * 4
    assert not still_open(done, "Aiheet") and not done.table("organisations").notes


@pytest.mark.parametrize("word", ["jätä näin", "ei"])
def test_what_is_passed_over_is_asked_no_more_but_a_new_topic_is(word):
    there = of_topics()
    (case,) = still_open(there, "Aiheet")
    quiet = clean(typed(there, ("review", case, "decision", word)))
    assert not still_open(quiet, "Aiheet")
    assert cells(quiet, "choices", "topics") == cells(there, "choices", "topics")
    rows = [row for row, _ in quiet.table("organisations").rows()]
    news = ("melonta", "suunnistus", "uinti, purjehdus")
    edits = (("organisations", row, "topics", new) for row, new in zip(rows, news, strict=False))
    again = clean(typed(quiet, *edits))
    ((_, row),) = still_open(again, "Aiheet").items()
    assert row["left"] == "melonta; suunnistus; purjehdus"


def test_two_unknown_topics_are_asked_about_one_by_one():
    assert len(still_open(of_topics(TOPICS[2:]), "Aiheet")) == 2


def test_what_is_decided_about_one_row_stays_its_own():
    there = of_topics(("idrott", "KÄSITYÖT", "kulttuuri", "kulttuuri"))
    one, two = still_open(there, "Aiheet")
    rows = [row for row, _ in there.table("organisations").rows()]
    news = (("organisations", row, "topics", "uinti") for row in rows[2:])
    more = clean(typed(there, ("review", one, "value", "kulttuuri"), *news))
    assert more.table("review").cell(one, "done") and more.table("review").cell(two, "done")
    ((_, row),) = still_open(more, "Aiheet").items()
    assert (
        row["left"] == "KÄSITYÖT; uinti"
        and cells(more, "organisations", "topics")[0] == "kulttuuri"
    )


def test_what_no_list_should_offer_is_asked_about_alone():
    there = of_topics(("=HYPERLINK(1)", "x" * 50, "<b>moi</b>", "uinti"))
    assert len(still_open(there, "Aiheet")) >= 3
    assert not any(row["left"].startswith("uinti") for row in still_open(there, "Aiheet").values())


def test_topics_are_asked_about_alone_where_their_tab_has_no_room():
    clubs = [row | {"topics": topic} for row, topic in zip(CLUBS, TOPICS, strict=True)]
    assert len(still_open(clean(book(organisations=clubs)), "Aiheet")) == 4


def of_posts(count=3):
    start = clean(book(organisations=CLUBS[:count]))
    names = [
        start.reference("organisations", row) for row, _ in start.table("organisations").rows()
    ]
    people = [
        {"first": first, "last": f"Meri{n}", "org": name, "role": "puheenjohtaja", "group": "x"}
        for n, name in enumerate(names)
        for first in ("Aino", "Otto")
    ]
    return clean(book(organisations=[row for _, row in start.table("organisations").rows()], people=people))  # fmt: skip


def test_posts_that_two_hold_are_one_question_and_each_row_says_who_else_holds_it():
    there = of_posts()
    ((case, row),) = still_open(there, "Päättyi").items()
    assert row["message"].startswith("3 tehtävää") and len(row["left"].split()) == 6
    noted = [text for _, text in there.table("people").notes.items() if "puheenjohtaja" in text]
    assert len(noted) == 3 and len(set(noted)) == 3
    second = next(one for one, row in there.table("people").rows() if row["first"] == "Otto")
    fewer = clean(typed(there, ("people", second, "end", "2026-01-01")))
    assert fewer.table("review").cell(case, "message").startswith("2 tehtävää")
    quiet = clean(typed(fewer, ("review", case, "decision", "jätä näin")))
    assert quiet.table("review").cell(case, "done") and not still_open(quiet, "Päättyi")
    assert clean(quiet).tables == quiet.tables


def test_all_who_hold_one_post_are_in_one_question():
    """Three hold each of 45 posts, more than one question names."""
    clubs = [{"name": f"Seura {n} ry", "municipality": "Espoo"} for n in range(45)]
    start = clean(book(organisations=clubs))
    rows = [row for _, row in start.table("organisations").rows()]
    people = [
        {"first": first, "last": f"Meri{n}", "org": start.reference("organisations", row["id"]), "role": "pj"}
        for n, row in enumerate(rows)
        for first in ("Aino", "Otto", "Elli")
    ]  # fmt: skip
    there = clean(book(organisations=rows, people=people))
    of = {row_id: row["org"] for row_id, row in there.table("people").rows()}
    asked = [
        {of[one] for one in row["left"].split()} for row in still_open(there, "Päättyi").values()
    ]
    assert len(asked) == 2 and asked[0].isdisjoint(asked[1])
    assert sum(len(row["left"].split()) for row in still_open(there, "Päättyi").values()) == 135
    assert clean(there).tables == there.tables


def test_two_posts_that_two_hold_are_asked_about_one_by_one():
    assert len(still_open(of_posts(2), "kummankin")) == 2


def of_strangers(*clubs):
    """People of clubs of which only "Oulun kuoro ry" is in the register."""
    known = [{"name": "Oulun kuoro ry", "municipality": "Oulu"}]
    people = [
        {"first": "Aino", "last": f"Meri{n}", "role": "jäsen", "org": club, "source": "lista"}
        for n, club in enumerate(clubs)
    ]
    return clean(book(organisations=known, people=people))


def test_a_name_nobody_knows_is_one_question_and_one_value_goes_into_all_its_rows():
    there = of_strangers(*["Kylä 7 ry"] * 4, "Kylä 8 ry")
    ((case, row),) = still_open(there, "Kylä 7 ry").items()
    assert len(row["left"].split()) == 4 and "4 rivillä" in row["message"]
    assert len(still_open(there, "Kylä 8 ry")) == 1
    assert cells(there, "people", "status") == ["check"] * 5
    assert sum("Kylä 7 ry" in text for text in there.table("people").notes.values()) == 4
    assert clean(there).tables == there.tables
    done = clean(typed(there, ("review", case, "value", "Oulun kuoro")))
    (name,) = [
        done.reference("organisations", one) for one, _ in done.table("organisations").rows()
    ]
    assert cells(done, "people", "org") == [name] * 4 + ["Kylä 8 ry"]
    assert done.table("review").cell(case, "done") and not still_open(done, "Kylä 7 ry")


def test_a_name_that_is_passed_over_is_asked_about_when_new_rows_say_it():
    there = of_strangers(*["Kylä 7 ry"] * 3)
    (case,) = still_open(there, "Kylä 7 ry")
    quiet = clean(typed(there, ("review", case, "decision", "jätä näin")))
    assert quiet.table("review").cell(case, "done") and not still_open(quiet, "Kylä 7 ry")
    rows = [row for _, row in quiet.table("people").rows()]
    news = [row | {"id": "", "last": f"Vuori{n}"} for n, row in enumerate(rows)]
    tables = {
        key: [row for _, row in quiet.table(key).rows()] for key in ("organisations", "review")
    }
    more = clean(book(people=[*rows, *news], **tables))
    ((later, row),) = still_open(more, "Kylä 7 ry").items()
    assert later != case and len(row["left"].split()) == 3


def test_a_name_that_was_added_to_the_register_closes_its_question():
    there = of_strangers(*["Kylä 7 ry"] * 3)
    (case,) = still_open(there, "Kylä 7 ry")
    tables = {key: [row for _, row in there.table(key).rows()] for key in ("people", "review")}
    done = clean(book(organisations=[{"name": "Kylä 7 ry"}], **tables))
    assert done.table("review").cell(case, "done")
    assert all(org.startswith("Kylä 7 ry · O-") for org in cells(done, "people", "org"))
