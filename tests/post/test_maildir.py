"""Mailboxes on this computer: a Maildir, an mbox file, a folder of .eml files; each message once."""

from __future__ import annotations

import mailbox
import os

import pytest

from register.book.errors import UsageError
from register.post.maildir import LocalMailbox
from register.replies.limits import LARGEST_MESSAGE

MAIL = b"From: a@example.org\nSubject: %d\n\nHei\n"


def read(box, known=()):
    return list(box.incoming(set(known).__contains__))


@pytest.fixture
def maildir(tmp_path):
    box = mailbox.Maildir(tmp_path / "Maildir")
    for number in range(3):
        box.add(MAIL % number)
    return tmp_path / "Maildir"


def test_a_maildir(maildir):
    found = read(LocalMailbox(maildir))
    assert sorted(one.data for one in found) == [MAIL % n for n in range(3)]
    assert len({one.key for one in found}) == 3 and all(one.received.tzinfo for one in found)
    assert read(LocalMailbox(maildir), [one.key for one in found]) == []


def test_a_message_of_a_maildir_keeps_its_key_when_it_is_read(maildir):
    """A mail program moves it from new to cur and adds flags to its name."""
    keys = {one.key for one in read(LocalMailbox(maildir))}
    for file in (maildir / "new").iterdir():
        file.rename(maildir / "cur" / f"{file.name}:2,RS")
    assert {one.key for one in read(LocalMailbox(maildir))} == keys


def test_nothing_is_changed_unless_it_is_asked_for(maildir):
    before = sorted(maildir.rglob("*"))
    box = LocalMailbox(maildir)
    box.settle([one.key for one in read(box)])
    assert sorted(maildir.rglob("*")) == before


def test_what_is_done_with_is_moved(maildir):
    """Also what an earlier run dealt with, before it was cut off; nothing is lost on the way."""
    box = LocalMailbox(maildir, "Käsitellyt", "Sivuun")
    first, second, third = (one.key for one in read(box, ()))
    box = LocalMailbox(maildir, "Käsitellyt", "Sivuun")
    assert len(read(box, [first])) == 2
    box.settle([second], [third])
    moved = mailbox.Maildir(maildir).get_folder("K&AOQ-sitellyt")
    assert len(moved) == 2 and all("S" in one.get_flags() for one in moved)
    assert len(mailbox.Maildir(maildir).get_folder("Sivuun")) == 1
    assert read(LocalMailbox(maildir)) == []
    assert (maildir / ".Sivuun").stat().st_mode & 0o077 == 0


def test_links_and_odd_files_are_left_alone(maildir, tmp_path):
    (tmp_path / "secret").write_bytes(b"x")
    (maildir / "new" / "1.link").symlink_to(tmp_path / "secret")
    (maildir / "new" / "2.folder").mkdir()
    os.mkfifo(maildir / "new" / "3.pipe")
    assert len(read(LocalMailbox(maildir))) == 3


def test_a_message_that_is_too_large_or_cannot_be_read(maildir, monkeypatch):
    (maildir / "new" / "0.large").write_bytes(b"x" * (LARGEST_MESSAGE + 1))
    large, *others = read(LocalMailbox(maildir))
    assert (large.data, large.fault) == (None, "too-large") and len(others) == 3

    def refused(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refused)
    assert {one.fault for one in read(LocalMailbox(maildir))} == {"too-large", "Permission denied"}


def test_an_mbox(tmp_path):
    path = tmp_path / "mbox"
    box = mailbox.mbox(path)
    for number in range(3):
        box.add(MAIL % number + b"\nFrom here on it is quoted.\n")
    box.close()
    found = read(LocalMailbox(path))
    assert [one.data.count(b"\nFrom here") for one in found] == [1, 1, 1]
    box = mailbox.mbox(path)
    box.remove(0)
    box.close()
    known = [one.key for one in found]
    assert read(LocalMailbox(path), known) == []
    box = mailbox.mbox(path)
    box.add(MAIL % 9)
    box.close()
    (new,) = read(LocalMailbox(path), known)
    assert b"Subject: 9" in new.data


def test_a_large_message_of_an_mbox(tmp_path):
    path = tmp_path / "mbox"
    path.write_bytes(b"From a\n" + b"x" * 12_000_000 + b"\n\nFrom b\n" + MAIL % 1)
    large, small = read(LocalMailbox(path))
    assert (large.data, large.fault) == (None, "too-large") and small.data == MAIL % 1


def test_a_folder_of_eml_files(tmp_path):
    """A name says little there: another message under it is another message."""
    (tmp_path / "1.eml").write_bytes(MAIL % 1)
    (tmp_path / "notes.txt").write_bytes(b"x")
    (one,) = read(LocalMailbox(tmp_path))
    assert read(LocalMailbox(tmp_path), [one.key]) == []
    (tmp_path / "1.eml").write_bytes(MAIL % 2)
    (other,) = read(LocalMailbox(tmp_path), [one.key])
    assert other.data == MAIL % 2


def test_no_such_mailbox(tmp_path):
    with pytest.raises(UsageError, match="no mailbox"):
        LocalMailbox(tmp_path / "nowhere")
