"""Where a book's state is."""

from pathlib import Path

from register.state.folder import STATE_FOLDER, book_lock, state_folder
from register.state.keys import register_key
from tests.test_disk import dead_process


def test_a_book_and_its_state_may_be_moved_together(tmp_path):
    there, here = tmp_path / "there", tmp_path / "here"
    (there / "books").mkdir(parents=True)
    folder = state_folder(there / "books" / "register.xlsx", there)
    folder.mkdir(parents=True)
    there.rename(here)
    assert state_folder(here / "books" / "register.xlsx", here) == here / folder.relative_to(there)
    assert state_folder(here / "books" / "register.xlsx", here).is_dir()


def test_two_books_have_a_state_each(tmp_path):
    one, two = (state_folder(tmp_path / name / "register.xlsx", tmp_path) for name in "ab")
    assert one != two
    assert one.parent == two.parent == tmp_path / STATE_FOLDER


def test_a_book_elsewhere_and_a_sheet_are_known_by_their_address(tmp_path):
    elsewhere = Path("/elsewhere/register.xlsx")
    states = {
        state_folder(elsewhere, tmp_path),
        state_folder(elsewhere, tmp_path, str(tmp_path / "own")),
        state_folder("https://docs.google.com/spreadsheets/d/abc", tmp_path),
    }
    assert len(states) == 3
    assert (
        state_folder(elsewhere, tmp_path / "moved").name == state_folder(elsewhere, tmp_path).name
    )


def test_a_state_that_an_earlier_version_made_is_used(tmp_path):
    book = tmp_path / "register.xlsx"
    made = state_folder(book, tmp_path / "elsewhere", str(tmp_path / STATE_FOLDER))
    made.mkdir(parents=True)
    assert state_folder(book, tmp_path) == made


def test_a_second_name_of_the_key_goes_with_the_next_run_that_writes(tmp_path):
    """A run was killed between the key's getting its name and the draft's losing its own."""
    register_key(tmp_path)
    draft = tmp_path / f".verkosto.{dead_process()}.part"
    draft.hardlink_to(tmp_path / "key")
    with book_lock(tmp_path):
        assert not draft.exists()
    assert (tmp_path / "key").exists()
