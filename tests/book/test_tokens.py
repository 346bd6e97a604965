"""Tokens: one for each scope and person, of 128 bits, known only to who has the key."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from register.book.errors import UsageError
from register.book.tokens import LENGTH, Tokens
from register.state.keys import register_key

OURS = Tokens(b"k" * 32)
words = st.text(max_size=20)


@given(words, words)
def test_a_token_fits_its_own(scope, person):
    token = OURS.of(scope, person)
    assert len(token) == LENGTH and token.isalnum() and token == token.lower()
    assert OURS.fits(token.upper(), scope, person)
    assert not Tokens(b"j" * 32).fits(token, scope, person)


@given(st.tuples(words, words), st.tuples(words, words))
def test_no_two_share_a_token(one, other):
    """Nor do scopes and persons whose letters run together: ``ab, c`` and ``a, bc``."""
    assert (OURS.of(*one) == OURS.of(*other)) is (one == other)
    assert OURS.of("ab", "c") != OURS.of("a", "bc")


def test_what_was_read_aloud_still_fits():
    token = OURS.of("T-1", "H-1")
    assert OURS.fits(token.replace("0", "O").replace("1", "l"), "T-1", "H-1")


@pytest.mark.parametrize("token", ["", "x", "ä" * 26, "0" * 26, "0" * 10_000])
def test_a_guess_does_not_fit(token):
    assert not OURS.fits(token, "T-1", "H-1")


def test_a_key_is_not_shown():
    assert "kkk" not in repr(OURS)


def test_the_key_is_made_once_and_private(tmp_path):
    folder = tmp_path / "state" / "book"
    key = register_key(folder)
    assert len(key) == 32 and register_key(folder) == key
    assert (folder / "key").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["key"]
    assert register_key(tmp_path / "other") != key


def test_a_key_that_others_can_read_is_refused(tmp_path):
    register_key(tmp_path)
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(UsageError, match="Others"):
        register_key(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_refused(tmp_path, damage):
    """A new one is never made in its place: it would make all letters that went strangers."""
    path = tmp_path / "key"
    path.write_bytes(damage)
    path.chmod(0o600)
    with pytest.raises(UsageError, match="damaged"):
        register_key(tmp_path)
    assert path.read_bytes() == damage
