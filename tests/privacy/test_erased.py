"""Who was erased is known by keyed hashes: in lists, in the inbox, before letters; keys change."""

import pytest

from register.book.errors import UsageError
from register.book.hashes import Hashes
from register.book.tokens import Tokens
from register.people.erased_people import ErasedPeople, person_traits
from register.people.suppression import Bans
from register.state.keys import change_register_key, register_key, register_keys
from tests.making import book
from tests.test_disk import dead_process

ONE, TWO = b"1" * 32, b"2" * 32
PERSON = {
    "first": "Maija",
    "last": "Malli",
    "org": "Kylä ry",
    "email": "Maija@example.org",
    "phone": "040 123 4567",
}


def register_with(key, *traits, at_hand):
    hashes = Hashes((key,))
    cell = " ".join(map(hashes.made, traits))
    made = book(bans=[{"id": "E-00000", "hmac": cell, "scope": "all"}])
    object.__setattr__(made, "hashes", Hashes(at_hand) if at_hand else None)
    return made


@pytest.mark.parametrize(
    "cells",
    [
        {"email": "MAIJA@example.org"},
        {"phone": "+358401234567"},
        {"first": "maija", "last": "malli", "org": "Kylä r.y. · O-00000"},
        {"first": "Malli", "last": "Maija", "org": "Kylä ry"},
    ],
)
def test_she_is_known_by_any_of_what_was_hashed(cells):
    made = register_with(ONE, *person_traits(PERSON), at_hand=(ONE,))
    assert made.once(ErasedPeople).row(person_traits(cells)) == "E-00000"


@pytest.mark.parametrize(
    "cells",
    [
        {"email": "pekka@example.org"},
        {"first": "Maija", "last": "Malli", "org": "Toinen ry"},
        {"first": "Maija", "last": "Malli"},
        {"phone": "09 123 4567"},
        {},
    ],
)
def test_others_are_not(cells):
    made = register_with(ONE, *person_traits(PERSON), at_hand=(ONE,))
    assert made.once(ErasedPeople).row(person_traits(cells)) == ""


def test_a_mailbox_is_known_in_every_spelling_that_its_provider_takes():
    mine, other = "maija.malli@gmail.com", "maijamalli+x@googlemail.com"
    for one, two in ((mine, other), (other, mine)):
        made = register_with(ONE, *person_traits({"email": one}), at_hand=(ONE,))
        assert made.once(ErasedPeople).knows_mailbox(two)
        assert made.once(ErasedPeople).row(person_traits({"email": two})) == "E-00000"
    earlier = register_with(ONE, f"mailbox:{mine}", at_hand=(ONE,))
    assert earlier.once(ErasedPeople).knows_mailbox(mine)


def test_an_office_mailbox_and_a_switchboard_are_hashed_for_nobody():
    assert list(person_traits({"email": "info@kyla.example", "phone": "09 123 4567"})) == []


def test_no_letter_goes_to_her_whatever_kind():
    made = register_with(ONE, *person_traits(PERSON), at_hand=(ONE,))
    assert made.once(Bans).stops("maija@example.org", "cancellation") == "ban-erased"
    assert made.once(Bans).stops("pekka@example.org", "invitation") == ""


@pytest.mark.parametrize("at_hand", [(), (TWO,)])
def test_without_the_key_nobody_can_be_told_from_her_so_nobody_is_written_to(at_hand):
    made = register_with(ONE, *person_traits(PERSON), at_hand=at_hand)
    assert made.once(ErasedPeople).unreadable
    assert made.once(Bans).stops("pekka@example.org", "invitation") == "ban-key"


def test_a_changed_key_still_knows_whom_the_earlier_one_knew(tmp_path):
    folder = tmp_path / "x" / "state"
    first = register_key(folder)
    change_register_key(folder)
    change_register_key(folder)
    keys = register_keys(folder)
    assert len(keys) == 3 and keys[-1] == first and register_key(folder) == keys[0]
    assert all((folder / name).stat().st_mode & 0o777 == 0o600 for name in ("key", "key.earlier"))
    made = register_with(first, *person_traits(PERSON), at_hand=keys)
    assert not made.once(ErasedPeople).unreadable
    assert made.once(Bans).stops("maija@example.org", "invitation") == "ban-erased"
    token = Tokens(first).of("T-1", "H-1")
    assert Tokens(keys[0], keys[1:]).fits(token, "T-1", "H-1")
    assert not Tokens(keys[0]).fits(token, "T-1", "H-1")


def test_what_a_killed_run_left_of_a_key_is_taken_away(tmp_path):
    folder = tmp_path / "x" / "state"
    folder.mkdir(parents=True)
    draft = folder / f".verkosto.{dead_process()}.part"
    draft.write_bytes(b"half")
    register_key(folder)
    assert [path.name for path in folder.iterdir()] == ["key"]
    draft.hardlink_to(folder / "key")
    change_register_key(folder)
    assert {path.name for path in folder.iterdir()} == {"key", "key.earlier"}


def test_a_damaged_earlier_key_is_said(tmp_path):
    register_key(tmp_path / "x")
    change_register_key(tmp_path / "x")
    (tmp_path / "x" / "key.earlier").write_bytes(b"half")
    with pytest.raises(UsageError):
        register_keys(tmp_path / "x")
