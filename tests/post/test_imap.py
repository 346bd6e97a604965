"""The mailbox on a real IMAP server: known by UID and UIDVALIDITY, unmarked, capped, never deleted."""

from __future__ import annotations

import re

import pytest

from register.book.errors import ConfigError, TemporaryFailure
from register.post.imap import ImapMailbox, ImapServer
from register.post.secrets import Secret, read_secret
from register.replies.limits import LARGEST_MESSAGE
from register.state.answers import SqliteMailboxState
from tests.pymap_server import PASSWORD, USER, emptied, imap_server, signed_in
from tests.smtp_server.authority import Authority

MAIL = b"From: a@example.org\r\nSubject: %d\r\n\r\nHei\r\n"


@pytest.fixture(scope="module")
def running():
    with imap_server() as port:
        yield port


@pytest.fixture
def port(running):
    with signed_in(running) as imap:
        emptied(imap)
        for number in range(3):
            imap.append("INBOX", None, None, MAIL % number)
    return running


def server(port, **settings):
    flags = {"security": "none", "user": USER, "secret": Secret(PASSWORD), "timeout": 20}
    return ImapServer("127.0.0.1", port, **{**flags, **settings})


def test_each_message_once(port):
    with ImapMailbox(server(port)) as box:
        first = list(box.incoming(lambda key: False))
        again = list(box.incoming({one.key for one in first}.__contains__))
    assert [one.data for one in first] == [MAIL % n for n in range(3)] and again == []
    assert len({one.key for one in first}) == 3
    assert all(re.search(r"/INBOX/\d+/\d+$", one.key) for one in first)
    assert all(one.received.tzinfo for one in first)


def test_nothing_is_marked_or_deleted(port):
    with ImapMailbox(server(port)) as box:
        keys = [one.key for one in box.incoming(lambda key: False)]
        box.settle(keys)
    with signed_in(port) as imap:
        imap.select("INBOX", readonly=True)
        _, flags = imap.fetch("1:*", "(FLAGS)")
        assert len(flags) == 3 and not any(rb"\Seen" in one or rb"\Deleted" in one for one in flags)


def test_a_message_that_is_too_large_is_not_fetched(port):
    with signed_in(port) as imap:
        imap.append("INBOX", None, None, MAIL % 9 + b"x" * LARGEST_MESSAGE)
    with ImapMailbox(server(port)) as box:
        *others, large = box.incoming(lambda key: False)
    assert (large.data, large.fault) == (None, "too-large") and len(others) == 3


def test_what_is_done_with_is_moved_where_that_is_asked_for(port):
    with ImapMailbox(server(port, done="Luetut")) as box:
        keys = [one.key for one in box.incoming(lambda key: False)]
        box.settle(keys[:2])
    with signed_in(port) as imap:
        _, left = imap.select("INBOX", readonly=True)
        _, moved = imap.select("Luetut", readonly=True)
    assert (left, moved) == ([b"1"], [b"2"])


def test_folders_with_names_of_ours(port):
    """Those that could not be read have one of their own; what was left behind goes too."""
    folders = {"done": "Käsitellyt & muut", "aside": "Sivuun"}
    with ImapMailbox(server(port, **folders)) as box:
        first, second, third = (one.key for one in box.incoming(lambda key: False))
    with ImapMailbox(server(port, **folders)) as box:
        assert len(list(box.incoming([first].__contains__))) == 2
        box.settle([second], [third])
    with signed_in(port) as imap:
        assert imap.select("INBOX", readonly=True)[1] == [b"0"]
        assert imap.select('"K&AOQ-sitellyt &- muut"', readonly=True)[1] == [b"2"]
        assert imap.select("Sivuun", readonly=True)[1] == [b"1"]
    with ImapMailbox(server(port, folder="Käsitellyt & muut")) as box:
        assert len(list(box.incoming(lambda key: False))) == 2


def test_a_mailbox_that_was_made_anew(port, tmp_path):
    """The server gives other numbers (UIDVALIDITY): all is read again, and nothing done again."""
    memory = SqliteMailboxState(tmp_path)

    def reading():
        with ImapMailbox(server(port, folder="Vastaukset")) as box:
            return list(box.incoming(memory.known))

    def made(numbers):
        with signed_in(port) as imap:
            imap.create("Vastaukset")
            for number in numbers:
                imap.append("Vastaukset", None, None, MAIL % number)

    made((1, 2))
    first = reading()
    memory.keep([(one.key, str(one.data), "text") for one in first], {})
    assert reading() == []
    with signed_in(port) as imap:
        imap.delete("Vastaukset")
    made((1, 2, 3))
    again = reading()
    assert [one.data for one in again] == [MAIL % n for n in (1, 2, 3)]
    assert {one.key for one in again}.isdisjoint(one.key for one in first)
    assert [memory.has_content(str(one.data)) for one in again] == [True, True, False]


def test_a_large_mailbox_is_asked_for_part_by_part(port, monkeypatch):
    """A server's line of 150,000 numbers would be too long to be read."""
    monkeypatch.setattr("register.post.imap._ASKED", 2)
    with ImapMailbox(server(port)) as box:
        assert [one.data for one in box.incoming(lambda key: False)] == [MAIL % n for n in range(3)]


def test_what_cannot_be_read_is_told(port):
    with pytest.raises(ConfigError, match="password") as wrong:
        ImapMailbox(server(port, secret=Secret("väärä")))
    assert "väärä" not in str(wrong.value)
    with pytest.raises(ConfigError, match="folder"):
        ImapMailbox(server(port, folder="Ei ole"))
    with pytest.raises(ConfigError, match="STARTTLS"):
        ImapMailbox(server(port, security="starttls"))
    with pytest.raises((ConfigError, TemporaryFailure)):
        ImapMailbox(server(port, security="tls"))
    with pytest.raises(TemporaryFailure):
        ImapMailbox(server(1))


def test_a_password_that_is_missing_is_told_by_its_section(tmp_path):
    for file in (None, tmp_path / "nowhere"):
        with pytest.raises(ConfigError) as missing:
            read_secret(file, {}, variable="VERKOSTO_IMAP_PASSWORD", section="mailbox")
        fault = missing.value
        assert fault.values["section"] == "mailbox" and "[{section}]" in fault.remedy


def test_over_tls(tmp_path):
    """STARTTLS with a certificate of our own authority; with another authority nothing is said."""
    (tmp_path / "other").mkdir()
    ours, other = Authority(tmp_path), Authority(tmp_path / "other")
    ours.context()
    pem = tmp_path / "127.0.0.12.pem"
    with imap_server(pem, pem) as port:
        with ImapMailbox(server(port, security="starttls", ca_file=ours.file)) as box:
            assert list(box.incoming(lambda key: False))
        with pytest.raises(ConfigError, match="safe"):
            ImapMailbox(server(port, security="starttls", ca_file=other.file))
