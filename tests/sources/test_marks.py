"""The marks of a sheet whose cells are laid out anew."""

from register.sources.marked_rows import with_marks
from register.sources.marks import SheetMarks
from register.words.sentences import Sentences


def test_comments_on_cells_that_have_no_new_place_are_all_told_by_their_old_ones():
    marks = SheetMarks(comments={(1, 1): "vanha lista", (9, 1): "kysy Eilalta", (3, 1): "oma"})
    moved = marks.moved({(3, 1): (2, 1)}).moved({(2, 1): (2, 1)})
    found = with_marks(["Nimi"], [["Kaisla ry"]], 2, moved, (), Sentences("en"))
    assert found.rows == [["Kaisla ry", "Nimi: oma"]]
    ((_, values),) = found.notes
    assert values["count"] == 2
    assert "A1: vanha lista" in values["comments"] and "A9: kysy Eilalta" in values["comments"]
