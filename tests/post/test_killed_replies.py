"""``replies.py`` killed with -9 between the register, the memory, the receipts and the mailbox.

The same command again ends where an unbroken run does: nothing twice, nothing lost, no receipt too
many.
"""

from __future__ import annotations

import mailbox
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from tests.crash.killed_at import killed_at
from tests.postfix.places import Place
from tests.postfix.test_postfix import MEETING
from tests.replies.clients import CALENDARS, Asked, replied, returned, tapped
from tests.story.test_meeting import Letters
from tests.test_scripts import SCRIPTS

CONFIG = """
[letters]
organisation = "Espoon verkosto ry"
from_name = "Liisa Koordinaattori"
from_address = "kutsut@verkosto.example"
automatic = ["receipt", "unsubscribed"]

[mailbox]
kind = "local"
path = "Maildir"
done = "Luetut"

[post]
kind = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
"""
NAME = "Kevätkokous"
KILLED = """
import os, signal, sys
sys.path.insert(0, {scripts!r})
import register.run.answers as answers
from register.post.maildir import LocalMailbox
from register.state.answers import SqliteMailboxState
where, name, when = {point!r}
owner = {{"answers": answers, "memory": SqliteMailboxState, "mailbox": LocalMailbox}}[where]
real = getattr(owner, name)
def killed(*given, **flags):
    done = real(*given, **flags) if when == "after" else None
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, killed)
import replies
sys.argv = ["replies.py", "--book", "r.xlsx", "--apply"]
replies.run_command(replies.command)
"""
CHILDLESS = """
import os, signal, sys
sys.path.insert(0, {scripts!r})
from register.post import classifier
real, left = classifier._hand_over, [{times}]
def killing(child, data):
    if left[0] and data.startswith(b'{{"size"') and b"Subject: No invitations" in data:
        left[0] -= 1
        os.kill(child.pid, signal.SIGKILL)
    real(child, data)
classifier._hand_over = killing
import replies
sys.argv = ["replies.py", "--book", "r.xlsx", "--apply"]
replies.run_command(replies.command)
"""
"""A run whose process that reads messages is killed over an opt-out, as for lack of memory."""
DEEDS = 40
"""A run with five answers has a hundred, one with none that are new has these."""
POINTS = [
    ("memory", "owe", "after"),
    ("memory", "keep", "before"),
    ("memory", "keep", "after"),
    ("answers", "send_receipts", "after"),
    ("memory", "replace_owed", "after"),
    ("mailbox", "settle", "before"),
]


@pytest.fixture(scope="module")
def letters():
    found = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    yield found, port
    server.stop()


@pytest.fixture(scope="module")
def answered(tmp_path_factory, letters):
    """A register whose letters have gone, and a Maildir with what came back."""
    post, port = letters
    folder = tmp_path_factory.mktemp("answered")
    place = Place(folder)
    place.configure(CONFIG.format(port=port))
    place.fill()
    place.types_row("Tapaamiset", 2, {**MEETING, "Tila": "saa lähettää"})
    place.tidy()
    place.does(0, "invite.py", "plan", NAME, "--apply")
    confirm = re.search(r"\((\d+:[0-9a-f]{8})\)", place.does(0, "invite.py", "send", NAME).stdout)
    place.does(0, "invite.py", "send", NAME, "--apply", "--confirm", confirm[1])
    sent = {one.partition("@")[0]: Asked.of(mails[0]) for one, mails in post.take().items()}
    box = mailbox.Maildir(folder / "Maildir")
    for data in (
        CALENDARS["apple"](sent["maija.malli"], "ACCEPTED"),
        tapped(sent["nils.prov"], "Kommer", body="Jag tar med kaffe."),
        tapped(sent["amina.test"], "No invitations"),
        returned(sent["puuttuu"]),
        replied(sent["vaino.veto"], "Onko pysäköintiä?"),
    ):
        box.add(data)
    kept = tmp_path_factory.mktemp("kept") / "r"
    shutil.copytree(folder, kept)
    return folder, kept


@pytest.fixture
def place(answered):
    return begun_anew(answered)


def begun_anew(answered):
    """The register as it was, in the same place: what the scripts remember is a place's own."""
    folder, kept = answered
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    return Place(folder)


def left(place):
    """What people see, without the moments of the run."""
    kutsut, bans, review = map(place.rows, ("Kutsut", "Kiellot", "Tarkista"))
    return kutsut, bans, sorted(row[:9] for row in review), place.rows("Tapaamiset")


def receipts(post):
    return Counter(
        (reader, message_from_bytes(data)["X-Campaign-ID"].split("/")[-2])
        for reader, mails in post.take().items()
        for data in mails
    )


@pytest.fixture(scope="module")
def unbroken(answered, letters):
    place = begun_anew(answered)
    place.does(0, "replies.py", "--apply")
    return left(place), receipts(letters[0])


def finished(place, letters, unbroken):
    place.does(0, "replies.py", "--apply")
    rows, sent = unbroken
    assert left(place) == rows
    assert receipts(letters[0]) == sent and sum(sent.values()) == 3
    assert len(mailbox.Maildir(place.folder / "Maildir")) == 0
    assert len(mailbox.Maildir(place.folder / "Maildir").get_folder("Luetut")) == 5
    place.does(0, "replies.py", "--apply", "--detailed-exitcode")
    assert left(place) == rows and not letters[0].all


@pytest.mark.parametrize("point", POINTS, ids=" ".join)
def test_killed_at_a_point(place, letters, unbroken, point):
    script = KILLED.format(scripts=str(SCRIPTS), point=point)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=place.folder, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    finished(place, letters, unbroken)


@pytest.mark.parametrize("seed", range(1))
def test_killed_at_random(place, letters, unbroken, seed):
    dice = random.Random(seed)
    for most in (100, DEEDS):
        done = subprocess.run(
            killed_at(dice.randrange(1, most), "replies.py", "--book", place.book, "--apply"),
            cwd=place.folder,
            capture_output=True,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
    finished(place, letters, unbroken)


@pytest.mark.parametrize(("times", "code"), [(1, 0), (2, 0), (99, 1)])
def test_an_opt_out_outlives_the_process_that_reads_it(place, letters, unbroken, times, code):
    """Killed once or twice, it is read in the same run; killed always, it waits for the next."""
    script = CHILDLESS.format(scripts=str(SCRIPTS), times=times)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=place.folder, capture_output=True, check=False
    )
    assert done.returncode == code, done.stderr
    banned = "amina.test" in str(place.rows("Kiellot"))
    assert banned == (code == 0)
    assert len(mailbox.Maildir(place.folder / "Maildir")) == (0 if banned else 1)
    if banned:
        finished(place, letters, unbroken)
        return
    place.does(0, "replies.py", "--apply")
    assert "amina.test" in str(place.rows("Kiellot"))
    assert receipts(letters[0]) == unbroken[1]
