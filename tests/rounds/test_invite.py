"""Invitations from the plan to the ledger: vetoes, rehearsals, crashes, and nobody written twice."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given, strategies as st

from register.book.errors import SafetyStop, UsageError
from register.letters.meeting import find_meeting
from register.ports.post import SendState
from register.post.outbox import Outbox
from register.rounds.invitations import send_invitations
from register.rounds.mail_room import MailRoom
from register.rounds.plan import plan_invitations
from register.rounds.status import invitation_status
from register.state.ledger import SqliteLedger
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    MAILING,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    invitation,
    meeting,
    person,
    register,
    three_languages,
)

ALL = {MAIJA, NILS, AMINA}


class Killed(BaseException):
    """The process is gone: nothing after it runs but what the next process does."""


class PostOffice:
    """A real post office: it keeps what it has taken, and fails where it is told to.

    ``faults`` are what becomes of a letter instead: a state, or the end of everything.
    """

    rehearsal = False

    def __init__(self, faults: dict[str, object] | None = None) -> None:
        self.reached: list[str] = []
        self.taken: list[str] = []
        self.faults = faults or {}

    def deliver(self, letters, clerk):
        for letter in letters:
            if letter.mailbox not in clerk.record([letter], []):
                continue
            self.reached.append(letter.address)
            fault = self.faults.pop(letter.address, "sent")
            if isinstance(fault, BaseException):
                raise fault
            if fault == "sent":
                self.taken.append(letter.address)
            clerk.record([], [SendState(letter.mailbox, fault, "said so")])


def planned(book):
    """The register after ``invite.py plan --apply``."""
    return applied(book, plan_invitations(book, T, NOW))


def applied(book, outcome):
    fits, conflicts = book.verify(outcome.plan)
    assert not conflicts
    return book.with_changes(fits)


@contextmanager
def room(post, folder, **flags):
    with SqliteLedger(
        folder,
        clock=flags.pop("clock", lambda: NOW),
        **{k: flags.pop(k) for k in ("host", "take_over") if k in flags},
    ) as ledger:
        yield MailRoom(post, ledger, TEMPLATES, SENDER, TOKENS, NOW, **{"apply": True, **flags})


def send(book, post, folder, **flags):
    with room(post, folder, **flags) as opened:
        return send_invitations(book, T, opened)


def sent(book, post, folder, **flags):
    """The register after ``invite.py send --apply``."""
    return applied(book, send(book, post, folder, **flags))


def row_of(book, who):
    table = book.table("invitations")
    return next(row_id for row_id, row in table.rows() if row["person"].endswith(who))


def states(book):
    return {row["person"][-7:]: row["send_state"] for _, row in book.table("invitations").rows()}


def edited(book, row_id, tab="invitations", **cells):
    """The register after a person has typed these cells."""
    from register.book.change import Change
    from register.book.plan import Plan

    table = book.table(tab)
    plan = Plan.of(
        [Change(tab, row_id, k, table.cell(row_id, k), v, "by hand") for k, v in cells.items()]
    )
    return book.with_changes(book.verify(plan)[0])


def told(book, folder):
    with SqliteLedger(folder) as ledger:
        return {
            one["person"]: one["state"] for one in invitation_status(book, T, ledger)["letters"]
        }


@contextmanager
def unchanged_by(book, folder, post):
    """Nothing is sent, nothing is left to do."""
    before = list(post.taken)
    yield
    outcome = send(book, post, folder)
    assert post.taken == before
    assert outcome.plan.changes == ()


def test_a_plan_is_rows_that_wait():
    """One row a person, with what its reader needs; a second plan proposes nothing."""
    book = planned(three_languages())
    rows = {row["person"][-7:]: row for _, row in book.table("invitations").rows()}
    assert set(rows) == ALL
    assert rows[NILS]["send_state"] == "waiting" and rows[NILS]["send"] == ""
    assert (rows[NILS]["email"], rows[NILS]["org"]) == ("nils@example.com", "Esbo Båtklubb rf")
    assert rows[NILS]["meeting"] == f"Syystapaaminen · {T}"
    assert plan_invitations(book, T, NOW).plan.changes == ()


def test_send_takes_those_who_wait_and_are_not_vetoed(tmp_path):
    """A person said ei: no letter, and their row stays as it is."""
    book = planned(three_languages())
    book = edited(book, row_of(book, NILS), send="no")
    post = PostOffice()
    book = sent(book, post, tmp_path)
    assert sorted(post.taken) == ["amina@esimerkki.example", "maija.meri@example.org"]
    assert states(book) == {MAIJA: "sent", AMINA: "sent", NILS: "waiting"}
    row = book.table("invitations").row(row_of(book, MAIJA))
    assert row["sent_at"] == "2026-11-23T09:00"
    assert book.table("meetings").cell(T, "state") == "sent"


def test_a_letter_is_claimed_before_it_goes(tmp_path):
    """At the moment of delivery the ledger on the disk already says intent."""
    seen = []

    class Watched(PostOffice):
        def deliver(self, letters, clerk):
            self.taken = Seen(tmp_path, {one.address: one.message_id for one in letters})
            super().deliver(letters, clerk)

    class Seen(list):
        def __init__(self, folder, ids):
            super().__init__()
            self.folder, self.ids = folder, ids

        def append(self, address):
            with sqlite3.connect(self.folder / "ledger.sqlite") as db:
                query = "select state from letter where message_id = ?"
                seen.append(db.execute(query, (self.ids[address],)).fetchone())
            db.close()
            super().append(address)

    send(planned(three_languages()), Watched(), tmp_path)
    assert seen == [("intent",)] * 3


def test_a_second_send_sends_to_nobody(tmp_path):
    post = PostOffice()
    book = sent(planned(three_languages()), post, tmp_path)
    assert len(post.taken) == 3
    with unchanged_by(book, tmp_path, post):
        pass


def test_a_second_send_after_the_book_was_lost(tmp_path):
    """Kutsut still says waiting: the ledger knows better, and brings it up to date."""
    waiting, post = planned(three_languages()), PostOffice()
    send(waiting, post, tmp_path)
    book = sent(waiting, post, tmp_path)
    assert len(post.taken) == 3
    assert set(states(book).values()) == {"sent"}


@pytest.mark.parametrize("state", ["draft", "held", "cancelled", "", "released!"])
def test_a_meeting_that_nobody_released(state, tmp_path):
    book = edited(planned(three_languages()), T, "meetings", state=state)
    post = PostOffice()
    with pytest.raises(SafetyStop) as stop:
        send(book, post, tmp_path)
    assert stop.value.exit_code == 6
    assert post.taken == []
    assert set(told(book, tmp_path).values()) == {"planned"}


@pytest.mark.parametrize("scope", ["all", "invitations", "??"])
def test_a_ban_between_plan_and_send(scope, tmp_path):
    """It is asked again at the last moment, however the address is written."""
    book = planned(three_languages())
    rows = [{"id": "E-00000", "email": "Nils@EXAMPLE.com", "scope": scope}]
    book = book.__class__(
        {**book.tables, "bans": register(bans=rows).tables["bans"]}, book.language
    )
    post = PostOffice()
    book = sent(book, post, tmp_path)
    assert "nils@example.com" not in post.taken and len(post.taken) == 2
    assert states(book)[NILS] == "blocked"
    assert told(book, tmp_path)[NILS] == "blocked"


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"end": "2026-11-22"}, "blocked"),
        ({"invite": "no"}, "blocked"),
        ({"email": "uusi@example.com"}, "waiting"),
    ],
)
def test_a_person_who_changed_between_plan_and_send(cells, state, tmp_path):
    """The row is what was agreed to: another address waits for another plan."""
    book = edited(planned(three_languages()), NILS, "people", **cells)
    post = PostOffice()
    book = sent(book, post, tmp_path)
    assert len(post.taken) == 2
    assert states(book)[NILS] == state


def test_killed_between_claim_and_settle(tmp_path):
    """Nobody knows whether that letter went: it never goes again, and every send says so."""
    book, post = planned(three_languages()), PostOffice({"nils@example.com": Killed()})
    with suppress(Killed):
        send(book, post, tmp_path)
    outcome = send(book, post, tmp_path)
    book = applied(book, outcome)
    assert outcome.failed == 1
    assert sorted(post.taken) == ["amina@esimerkki.example", "maija.meri@example.org"]
    assert states(book) == {MAIJA: "sent", AMINA: "sent", NILS: "unknown"}
    assert told(book, tmp_path)[NILS] == "unknown"
    again = send(planned(book), post, tmp_path)
    assert again.failed == 1 and again.plan.changes == ()
    assert len(post.taken) == 2


@pytest.mark.parametrize(
    ("fault", "state", "later"),
    [
        ("planned", "waiting", 3),
        ("failed", "failed", 2),
        ("unknown", "unknown", 2),
    ],
)
def test_a_letter_that_fails_does_not_stop_the_rest(fault, state, later, tmp_path):
    post = PostOffice({"nils@example.com": fault})
    outcome = send(planned(three_languages()), post, tmp_path)
    book = applied(planned(three_languages()), outcome)
    assert outcome.failed == (fault != "planned") and len(post.taken) == 2
    assert states(book)[NILS] == state
    send(planned(book), post, tmp_path)
    assert len(post.taken) == later


def test_a_rehearsal_stands_in_nobodys_way(tmp_path):
    """It says so in Kutsut, leaves the meeting alone, is done once, and the real send goes."""
    outbox = Outbox(tmp_path / "out")
    book = sent(planned(three_languages()), outbox, tmp_path / "state")
    assert set(states(book).values()) == {"rehearsed"}
    assert set(told(book, tmp_path / "state").values()) == {"rehearsed"}
    assert book.table("meetings").cell(T, "state") == "released"
    assert len(list((tmp_path / "out").glob("*.eml"))) == 3
    assert send(book, outbox, tmp_path / "state").plan.changes == ()
    assert plan_invitations(book, T, NOW).plan.changes == ()
    post = PostOffice()
    book = sent(book, post, tmp_path / "state")
    assert len(post.taken) == 3
    assert set(told(book, tmp_path / "state").values()) == {"sent"}
    assert send(book, outbox, tmp_path / "state").plan.changes == ()


def test_an_outbox_that_cannot_be_written(tmp_path):
    """The fault is told once, with its exit code; the letters wait."""
    (tmp_path / "out").write_text("a file")
    outcome = send(planned(three_languages()), Outbox(tmp_path / "out"), tmp_path / "state")
    assert outcome.plan.changes == ()
    assert isinstance(outcome.stopped, UsageError) and outcome.exit_code() == 2


def test_without_apply_nothing_goes(tmp_path):
    """The plan says what would come of it; the ledger is as it was."""
    book, post = planned(three_languages()), PostOffice()
    outcome = send(book, post, tmp_path, apply=False)
    assert post.taken == [] and len(outcome.plan.changes) == 7
    with SqliteLedger(tmp_path) as ledger:
        assert list(ledger.letters(f"{T}/invitation/1")) == []


def test_a_limit_is_a_part_and_the_rest_goes_later(tmp_path):
    post = PostOffice()
    book = sent(planned(three_languages()), post, tmp_path, limit=2)
    assert len(post.taken) == 2
    sent(book, post, tmp_path)
    assert len(set(post.taken)) == len(post.taken) == 3


def test_a_fault_in_one_letter_stops_all(tmp_path):
    """Letters are written before the first one goes."""
    post, broken = PostOffice(), {**TEMPLATES}
    broken["invitation.sv.md.j2"] += "{{ meeting.nothing }}"
    with SqliteLedger(tmp_path) as ledger, pytest.raises(UsageError, match="none has been sent"):
        opened = MailRoom(post, ledger, broken, SENDER, TOKENS, NOW, apply=True)
        send_invitations(planned(three_languages()), T, opened)
    assert post.taken == []


@given(
    st.lists(st.sampled_from(["plan", "send", "rehearse", "kill", "lose the book"]), max_size=12)
)
def test_nobody_is_ever_written_to_twice(tmp_path_factory, steps):
    """Whatever is done in whatever order, whatever dies, and whichever book comes back."""
    folder = tmp_path_factory.mktemp("law")
    start = book = three_languages()
    post, outbox = PostOffice(), Outbox(folder / "out")
    for step in steps:
        match step:
            case "plan":
                book = planned(book)
            case "send":
                book = sent(book, post, folder)
            case "rehearse":
                book = sent(book, outbox, folder)
            case "kill":
                post.faults = {"nils@example.com": Killed()}
                with suppress(Killed):
                    send(book, post, folder)
                post.faults.clear()
            case _:
                book = planned(start)
    assert len(post.reached) == len(set(post.reached))


def test_status_names_each_letter(tmp_path):
    """The five keys of the contract, by person."""
    book = sent(planned(three_languages()), PostOffice(), tmp_path)
    book = edited(book, row_of(book, MAIJA), rsvp="coming")
    with SqliteLedger(tmp_path) as ledger:
        letters = invitation_status(book, T, ledger)["letters"]
    assert [one["person"] for one in letters] == sorted(ALL)
    assert next(one for one in letters if one["person"] == MAIJA) == {
        "person": MAIJA,
        "address": "maija.meri@example.org",
        "state": "sent",
        "message_id": f"<{T}.invitation.1.{MAIJA}.{MAILING.token(MAIJA)}@example.org>",
        "rsvp": "coming",
    }


@pytest.mark.parametrize(
    "named", [T, T.lower(), f" {T} ", f"Syystapaaminen · {T}", "syystapaaminen"]
)
def test_a_meeting_may_be_named_in_several_ways(named):
    assert find_meeting(three_languages(), named) == T


@pytest.mark.parametrize(
    "named", ["", "T-00000", "#2", "Kevättapaaminen", "syys", MAIJA, "x" * 10_000]
)
def test_a_meeting_that_is_not_there(named):
    """The nearest is named, with its id; nothing is guessed."""
    with pytest.raises(UsageError) as stop:
        find_meeting(three_languages(), named)
    assert ("{meeting}  {name}", {"meeting": T, "name": "Syystapaaminen"}) in stop.value.faults


def test_a_meeting_without_an_id_is_found():
    """It was typed since the last cleanup, which gives it one."""
    with pytest.raises(UsageError, match="no id yet"):
        find_meeting(register(meetings=[meeting(id="")]), "syystapaaminen")


def test_two_meetings_of_one_name_are_not_guessed_at():
    two = register(meetings=[meeting(), meeting(id="T-00000")])
    with pytest.raises(UsageError):
        find_meeting(two, "Syystapaaminen")


def test_a_letter_on_its_way_from_another_row(tmp_path):
    """Two people who share a mailbox get one letter, also where both have a row."""
    people = [person(), person(NILS, first="Nils")]
    rows = [invitation(MAIJA, "maija.meri@example.org"), invitation(NILS, "maija.meri@example.org")]
    post = PostOffice()
    book = sent(register(people, invitations=rows), post, tmp_path)
    assert post.taken == ["maija.meri@example.org"]
    assert sorted(states(book).values()) == ["blocked", "sent"]
