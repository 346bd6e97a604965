"""``invite.py send`` at a terminal, and twice at the same moment."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections import Counter
from threading import Event
from time import sleep

import pytest

from tests.imap_server import ImapServer
from tests.post.test_killed_script import (  # noqa: F401 (fixtures)
    CONFIG,
    NAME,
    agreement,
    begun,
    place,
    planned,
)
from tests.smtp_server.authority import Authority
from tests.smtp_server.scripted import Scripted
from tests.test_scripts import SCRIPTS


def at_a_terminal(place, typed):  # noqa: F811
    """Give the command at a terminal, type an answer; return the exit code and what it showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(SCRIPTS / "invite.py"), "send", NAME, "--book", place.book]
    process = subprocess.Popen(
        [*command, "--apply", "--lang", "en"],
        cwd=place.folder,
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while b"Type the count" not in shown:
        shown += os.read(ours, 4096)
    os.write(ours, f"{typed}\n".encode())
    code = process.wait(120)
    os.close(ours)
    return code, shown.decode()


def test_just_these_letters_are_shown_before_anybody_agrees_to_them(place):  # noqa: F811
    """A page of them is made where nobody has had a preview of just these."""
    page = place.folder / "preview" / "outbox.html"
    with Scripted().running() as server:
        place.configure(CONFIG.format(port=server.port))
        code, shown = at_a_terminal(place, "")
        assert (code, server.ids) == (2, []) and str(page.relative_to(place.folder)) in shown
        assert shown.index("outbox.html") < shown.index("Type the count")
        assert "practical details" in shown and page.read_text("utf-8").count("@verkosto.ex") >= 5
        place.types("Tapaamiset", 2, "Esittely fi", "Kahvia on.")
        code, shown = at_a_terminal(place, "5")
        assert (code, len(server.ids)) == (0, 5) and "Kahvia on." in page.read_text("utf-8")
        place.types("Tapaamiset", 2, "Tila", "peruttu")
        done = place.does(0, "invite.py", "cancel", NAME)
    assert "outbox.html" in done.stderr and len(server.ids) == 5


@pytest.mark.parametrize("typed", ["5", "4", "", "yes", "05"])
def test_the_count_is_typed(place, typed):  # noqa: F811
    with Scripted().running() as server:
        place.configure(CONFIG.format(port=server.port))
        code, shown = at_a_terminal(place, typed)
    assert "5 letters will go" in shown
    assert (code, len(server.ids)) == ((0, 5) if typed == "5" else (2, 0))


def test_two_runs_at_the_same_moment(place):  # noqa: F811
    """One sends; the other says that the register is in use, and sends nothing."""
    other_ended = Event()

    def script(at, to, number):
        if at == "greeting":
            other_ended.wait(120)
        return ""

    with Scripted(script).running() as server:
        confirm = agreement(place, server)
        both = [begun(place, confirm) for _ in range(2)]
        while all(process.poll() is None for process in both):
            sleep(0.05)
        other_ended.set()
        codes = sorted(process.wait(120) for process in both)
    assert codes == [0, 5]
    assert all(number == 1 for number in Counter(server.ids).values()) and len(server.ids) == 5
    assert {letter["state"] for letter in place.status(NAME)} == {"sent"}


def test_a_letter_that_nobody_heard_of_is_found_in_the_sent_folder(place, tmp_path, monkeypatch):  # noqa: F811
    """Unknown: told by every send, never sent again; settled by the copy that the server kept."""

    def script(at, to, number):
        return "lost" if (at, number) == ("dot", 2) else ""

    with Scripted(script).running() as server:
        confirm = agreement(place, server)
        assert begun(place, confirm).wait(120) == 1
        assert begun(place, confirm).wait(120) == 1
        assert len(server.ids) == 5
    lost = [one["message_id"] for one in place.status(NAME) if one["state"] == "unknown"]
    assert len(lost) == 1 and lost[0] in server.ids
    authority = Authority(tmp_path)
    monkeypatch.setenv("VERKOSTO_SMTP_PASSWORD", "sala")
    with ImapServer(authority.context(), {"Sent": server.ids}).running() as imap:
        place.configure(
            CONFIG.format(port=server.port)
            + f'user = "liisa"\nimap_host = "127.0.0.1"\nimap_port = {imap.port}\n'
            f'ca_file = "{authority.file}"\n'
        )
        place.does(0, "invite.py", "resolve", NAME, "--sent-folder", "--apply")
    assert {one["state"] for one in place.status(NAME)} == {"sent"}
    assert sum("lähetetty" in row for row in place.rows("Kutsut")) == 5
