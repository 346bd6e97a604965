"""Questions about two rows that stand as they would be asked are not put into words again."""

import pytest

from register.book.change import Change, added_row
from register.review import pair_questions, standing
from tests.cleanup.test_cleanup import clean
from tests.making import book

ONE = {"id": "H-WR637", "first": "Maija", "last": "Aalto", "phone": "+358401234567"}
TWO = {
    "id": "H-0JCDN", "first": "Maija", "last": "Alto", "phone": "+358401234567", "role": "sihteeri",
    "email": "maija.aalto@apu.example",
}  # fmt: skip


@pytest.fixture
def put(monkeypatch):
    """Begin with nothing known; return what is put into words from then on."""
    asked, plain = [], pair_questions._cells
    monkeypatch.setattr(pair_questions, "STANDING", standing.StandingQuestions())

    def counted(there, pair, *of):
        asked.append((pair.left, pair.right))
        return plain(there, pair, *of)

    monkeypatch.setattr(pair_questions, "_cells", counted)
    return asked


def cleaned(there):
    """Clean as the next run does, which knows what was asked, and as one that knows nothing."""
    kept = dict(pair_questions.STANDING.asked)
    pair_questions.STANDING.learn({})
    plain, _ = clean(there)
    pair_questions.STANDING.learn(kept)
    told, _ = clean(there)
    assert told == plain
    return told


def the_pair(there):
    ((case_id, _),) = [one for one in there.table("review").rows() if one[1]["kind"] == "duplicate"]
    return case_id


def test_what_stands_as_it_would_be_asked_is_left_standing(put):
    there, _ = clean(book(people=[ONE, TWO]))
    assert put == [("H-0JCDN", "H-WR637")]
    put.clear()
    cleaned(there)
    assert len(put) == 1, "only by the run that knows nothing"


@pytest.mark.parametrize(
    ("tab", "column", "text"),
    [
        ("people", "role", "puheenjohtaja"),
        ("people", "email", "toinen.osoite@apu.example"),
        ("review", "message", "Jotain muuta?"),
        ("review", "suggestion", "Maija Aalto"),
        ("review", "left", ""),
    ],
)
def test_what_differs_is_put_into_words_again(put, tab, column, text):
    there, _ = clean(book(people=[ONE, TWO]))
    row = the_pair(there) if tab == "review" else "H-0JCDN"
    before = there.table(tab).cell(row, column)
    put.clear()
    cleaned(there.with_changes([Change(tab, row, column, before, text, "hand")]))
    assert len(put) == 2


def test_a_ban_may_change_what_becomes_of_two_rows(put):
    there, _ = clean(book(people=[ONE, TWO]))
    ban = {"id": "K-00000", "email": TWO["email"], "reason": "request", "scope": "all"}
    put.clear()
    cleaned(there.with_changes(added_row("bans", ban, "hand")))
    assert len(put) == 2


def test_what_was_asked_is_kept_only_where_it_is_something_else(put):
    there, _ = clean(book(people=[ONE, TWO]))
    assert pair_questions.STANDING.fresh
    cleaned(there)
    assert not pair_questions.STANDING.fresh
