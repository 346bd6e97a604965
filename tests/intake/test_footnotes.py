"""Footnotes of a list go to the rows with their marks."""

import pytest

from register.intake.footnotes import join_footnotes
from register.intake.name_marks import without_marks
from register.sources.files import read_list
from tests.list_corpus import rows, taken_in


def joined(*cells):
    headers, body = ["Nimi", "Puhelin"], [list(row) for row in cells]
    join_footnotes(headers, body)
    return headers, body


@pytest.mark.parametrize("mark", ["*", "**", "*)", "1)", "¹", "¹⁾", "12)"])
def test_a_footnote_goes_to_the_rows_with_its_mark(mark):
    eila, ivo, note = (
        (f"Eila Kaski{mark}", "1"),
        ("Ivo Tamm", f"2 {mark}"),
        (f"{mark} jää pois", ""),
    )
    headers, body = joined(eila, ("Pia Holm", "3"), ivo, (), note)
    assert headers == ["Nimi", "Puhelin", "Alaviite"]
    assert body[0] == ["Eila Kaski", "1", "jää pois"] and body[1] == ["Pia Holm", "3", ""]
    assert body[2] == ["Ivo Tamm", "2", "jää pois"] and not any(map(any, body[3:]))


def test_a_footnote_of_two_cells_of_a_row_stands_there_once():
    _, body = joined(("Eila Kaski*", "1*"), ("* jää pois", ""))
    assert body[0] == ["Eila Kaski", "1", "jää pois"]


@pytest.mark.parametrize(
    "cells",
    [
        [("Eila Kaski", "1"), ("* jää pois", "")],
        [("Eila Kaski*", "1"), ("** jää pois", "")],
        [("Eila Kaski", "1 (klo 9-12)"), ("12) jää pois", "")],
        [("1) jää pois", ""), ("Eila Kaski 1)", "1")],
        [("Eila Kaski*", ""), ("* jää pois", "")],
    ],
)
def test_without_a_mark_and_its_footnote_below_nothing_moves(cells):
    assert joined(*cells) == (["Nimi", "Puhelin"], [list(row) for row in cells])


def test_whoever_a_footnote_says_wants_no_letters_is_not_invited():
    text = "Nimi;Yhdistys;Kutsutaan\nEila Kaski*;Kaisla ry;kyllä\nIvo Tamm;Kaisla ry;kyllä\n"
    after = taken_in(read_list(f"{text}* ei halua kirjeitä;;\n".encode(), "l.csv"))
    invited = {row["last"]: row["invite"] for row in rows(after, "people")}
    assert invited == {"Kaski": "no", "Tamm": "yes"}


@pytest.mark.parametrize("mark", ["*", "**", "¹"])
def test_a_mark_without_a_footnote_is_no_part_of_a_name(mark):
    assert without_marks(f"Eila Kaski{mark}") == ("Eila Kaski", f"Eila Kaski{mark}")
