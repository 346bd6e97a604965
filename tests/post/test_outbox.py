"""The outbox: one private file a letter, whole or not at all, never outside its folder."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

import pytest

from register.book.errors import UsageError
from register.letters.message import Letter
from register.post.outbox import Outbox, file_name


def letter(message_id="<T-1.invitation.1.H-1@example.org>", text="Hei!"):
    return Letter(
        person="H-1",
        mailbox="a@example.org",
        sender="v@example.org",
        address="a@example.org",
        message_id=message_id,
        headers=(),
        calendar="",
        opening=f"To: a@example.org\r\n\r\n{text}\r\n".encode(),
    )


def test_a_letter_is_a_file(tmp_path):
    """What is written is the mail, byte for byte, and it is a rehearsal."""
    outbox = Outbox(tmp_path / "out")
    path = outbox.write(letter())
    assert path == tmp_path / "out" / "T-1.invitation.1.H-1.eml"
    assert path.read_bytes() == letter().data
    assert message_from_bytes(path.read_bytes(), policy=default)["To"] == "a@example.org"
    assert outbox.rehearsal is True


def test_only_its_owner_reads_it(tmp_path):
    path = Outbox(tmp_path / "out").write(letter())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_written_again(tmp_path):
    """The same letter replaces its file, and nothing else is left in the folder."""
    outbox = Outbox(tmp_path)
    outbox.write(letter(text="ensin"))
    outbox.write(letter(text="sitten"))
    (only,) = tmp_path.iterdir()
    assert b"sitten" in only.read_bytes()


def test_what_a_killed_run_left_is_replaced(tmp_path):
    (tmp_path / "T-1.invitation.1.H-1.part").write_text("puolikas")
    Outbox(tmp_path).write(letter())
    assert [path.suffix for path in tmp_path.iterdir()] == [".eml"]


def test_a_link_in_the_way_is_not_followed(tmp_path):
    """A link put where the draft goes does not make us write elsewhere."""
    victim = tmp_path / "victim"
    victim.write_text("oma")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "T-1.invitation.1.H-1.part").symlink_to(victim)
    Outbox(tmp_path / "out").write(letter())
    assert victim.read_text() == "oma"


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "out").write_text("tiedosto")
    with pytest.raises(UsageError, match="outbox"):
        Outbox(tmp_path / "out").write(letter())


@pytest.mark.parametrize(
    ("message_id", "name"),
    [
        ("<T-7K3MQ.invitation.1.H-9ZC41@example.org>", "T-7K3MQ.invitation.1.H-9ZC41.eml"),
        (" <a@b> ", "a.eml"),
    ],
)
def test_names(message_id, name):
    assert file_name(message_id) == name


@pytest.mark.parametrize(
    "message_id",
    ["<../../etc/passwd@x>", "</etc/passwd@x>", "<..@x>", "", "<a/b@x>", "<-rf@x>", "<ä\x00@x>"],
)
def test_a_hostile_name_stays_in_the_folder(message_id):
    """Slashes, dots and dashes at the front do not get through; a hash keeps names apart."""
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*\.eml", file_name(message_id))


def test_two_letters_never_share_a_file():
    assert file_name("<a/b@x>") != file_name("<a-b@x>")
    assert file_name("<a/b@x>") != file_name("<a+b@x>")
