"""Meetings that are led from the sheet: states, previews, codes, and what stops a row."""

from __future__ import annotations

import pytest

from register.rounds.meetings import ReleaseSettings, advance_meetings
from tests.letters.correspondence import T, meeting, named, register, three_languages
from tests.rounds.test_invite import PostOffice, edited, room, states

OTHER = named("T", "other")
OURS = ReleaseSettings(("liisa@example.org",))


def advanced(book, folder, post=None, **flags):
    """The register after one run has done what is due."""
    with room(post or PostOffice(), folder, **flags) as opened:
        outcome = advance_meetings(book, opened, OURS)
    fits, conflicts = book.verify(outcome.plan)
    assert not conflicts
    return book.with_changes(fits), outcome


def cells(book, *columns):
    table = book.table("meetings")
    return tuple(table.cell(T, column) for column in columns)


def test_gathering_lists_those_who_are_invited(tmp_path):
    book, _ = advanced(three_languages(state="gather"), tmp_path)
    assert cells(book, "state", "invited", "remark") == ("gathered", "3, katso Kutsut", "")
    assert set(states(book).values()) == {"waiting"}
    _, outcome = advanced(book, tmp_path)
    assert outcome.plan.changes == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"state": "kokoa heti"}, "”kokoa heti” ei ole sarakkeen Tila sanoja"),
        ({"date": "2026-11-01"}, "1.11.2026, ja se on jo mennyt"),
        ({"place": ""}, "Paikka on tyhjä."),
        ({"area": "Atlantis"}, "Alue: sanaa ”Atlantis” ei tunneta."),
    ],
)
def test_what_stops_a_row_is_said_in_it(tmp_path, typed, said):
    book = three_languages(**{"state": "gather", **typed})
    book, _ = advanced(book, tmp_path)
    assert said in cells(book, "remark")[0]
    assert cells(book, "state") == (typed.get("state", "gather"),)
    assert states(book) == {}
    assert advanced(book, tmp_path)[1].plan.changes == ()
    mended = edited(
        book,
        T,
        "meetings",
        state="gather",
        **{k: v for k, v in meeting().items() if k in typed and k != "state"},
    )
    assert cells(advanced(mended, tmp_path)[0], "state", "remark") == ("gathered", "")


def test_two_meetings_of_one_name_are_told_apart_first(tmp_path):
    other = meeting(id=OTHER, state="draft", name="SYYSTAPAAMINEN ")
    book = register(meetings=[meeting(state="gather"), other])
    book, _ = advanced(book, tmp_path)
    assert "Toisellakin tulevalla tapaamisella on nimi ”Syystapaaminen”" in cells(book, "remark")[0]
    book = edited(book, OTHER, "meetings", state="held")
    assert cells(advanced(book, tmp_path)[0], "state") == ("gathered",)
