"""What is remembered of messages: once each, and those that an earlier version blamed once more."""

import sqlite3

from register.state.answers import ANSWERS_FILE, SqliteMailboxState


def test_a_message_that_was_set_aside_stays_so(tmp_path):
    memory = SqliteMailboxState(tmp_path)
    memory.keep([("file:1", "p1", "hostile"), ("file:2", "p2", "text")], {})
    assert memory.known("file:1") and memory.known("file:2") and not memory.known("file:3")


def test_what_an_earlier_version_set_aside_is_read_once_more(tmp_path):
    """Its own process may have been ended from outside, with an opt-out in its hands."""
    memory = SqliteMailboxState(tmp_path)
    memory.keep([("file:1", "p1", "text"), ("file:2", "p2", "text")], {})
    with sqlite3.connect(tmp_path / ANSWERS_FILE) as db:
        db.execute("update message set kind = 'hostile' where print = 'p1'")
    memory = SqliteMailboxState(tmp_path)
    assert not memory.known("file:1") and memory.known("file:2")
    memory.keep([("file:1", "p1", "hostile")], {})
    assert memory.known("file:1") and SqliteMailboxState(tmp_path).known("file:1")


def test_a_message_that_was_set_aside_is_read_when_a_person_puts_it_back(tmp_path):
    """It comes under another key; the very same bytes of one that was read are a replay."""
    memory = SqliteMailboxState(tmp_path)
    memory.keep([("file:1", "p1", "hostile"), ("file:2", "p2", "text")], {})
    assert not memory.has_content("p1") and memory.has_content("p2")
