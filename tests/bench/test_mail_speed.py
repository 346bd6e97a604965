"""How fast letters go: 5,000 of them to postfix's smtp-sink, against the PyPI tool mailmerge.

Printed, never asserted: two runs of one machine differ. What is asserted is that all arrived.
"""

from __future__ import annotations

import cProfile
import pstats
import time
from contextlib import contextmanager

import pytest

from register.book.ids import new_id
from register.letters.audience import audience
from register.letters.campaign import Mailing, campaign_name
from register.letters.entry import calendar_event
from register.ports.ledger import Announcement
from register.post.connection import Server
from register.post.smtp import Smtp
from register.rounds.dispatch import SendLimits
from register.rounds.engine import render_round
from register.rounds.invitations import send_invitations
from register.rounds.mail_room import MailRoom
from register.rounds.plan import plan_invitations
from register.rounds.round import Round
from register.state.ledger import SqliteLedger
from tests.bench import mailmerge
from tests.bench.sink import far, sink
from tests.letters.correspondence import (
    CAFE,
    ESBO,
    ESPOO,
    NOW,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    organisation,
    person,
    register,
)

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

MANY, FEW, FEWEST = 5_000, 600, 60
LATENCY = 0.02
FIRST = ("Maija", "Nils", "Amina", "Pekka", "Åsa", "Väinö", "Søren", "Zoë")


def people(count):
    """A register with so many readers, a third of them in each language."""
    homes, taken = (ESPOO, ESBO, CAFE), set[str]()
    for number in range(count):
        taken.add(new_id("H", ("bench", str(number)), taken))
    rows = [
        person(
            row_id,
            first=FIRST[number % len(FIRST)],
            last=f"Meri{number}",
            org=homes[number % 3],
            email=f"reader{number}@example.org",
            basis="legitimate_interest",
        )
        for number, row_id in enumerate(sorted(taken))
    ]
    return register(
        rows,
        organisations=[
            organisation(),
            organisation(ESBO, name="Esbo Båtklubb rf", language="sv"),
            organisation(CAFE, name="Newcomers’ Café", language="en"),
        ],
    )


def planned(count):
    book = people(count)
    return book.with_changes(plan_invitations(book, T, NOW).plan.changes)


@contextmanager
def timed(into, name):
    started = time.perf_counter()
    yield
    into[name] = into.get(name, 0.0) + time.perf_counter() - started


def office(port, connections=1):
    return Smtp(Server("127.0.0.1", port, security="none"), connections=connections)


class Measured:
    """A post office whose delivery is timed."""

    rehearsal = False

    def __init__(self, post, seconds):
        self.post, self.seconds = post, seconds

    def deliver(self, letters, clerk):
        with timed(self.seconds, "delivery"):
            self.post.deliver(letters, clerk)


def sent(book, folder, port, *, connections=1):
    """Send it all, as ``invite.py send`` does; return the seconds: all, delivery, ledger."""
    seconds: dict[str, float] = {"commits": 0}
    folder.mkdir()
    with SqliteLedger(folder) as ledger:
        record = ledger.record

        def measured(*given):
            seconds["commits"] += 1
            with timed(seconds, "ledger"):
                return record(*given)

        ledger.record = measured
        post = Measured(office(port, connections), seconds)
        room = MailRoom(
            *(post, ledger, TEMPLATES, SENDER, TOKENS, NOW), apply=True, limits=SendLimits(0, 0, 0)
        )
        with timed(seconds, "all"):
            outcome = send_invitations(book, T, room)
        assert outcome.stopped is None and not outcome.failed
        assert {one.state for one in ledger.letters(campaign_name(T))} == {"sent"}
    return seconds


def letters_of(book):
    who = audience(book, T, NOW.date())
    room = MailRoom(office(1), None, TEMPLATES, SENDER, TOKENS, NOW)
    facts = calendar_event(who.meeting).facts()
    mailing = Mailing(campaign_name(T), NOW, TOKENS)
    this = Round(mailing, who.invited, who.meeting, Announcement(0, "invitation", 1, facts))
    return render_round(book, room, this)


def test_against_mailmerge(tmp_path, capsys, request):
    """The whole of a sending, durable ledger and all, and the whole of theirs."""
    program = mailmerge.installed(request.config.cache.mkdir("bench"))
    book = planned(MANY)
    seconds = {}
    with timed(seconds, "write"):
        made = letters_of(book)
    size = sum(len(mail.data) for _, mail in made) / len(made)
    mailmerge.prepare(tmp_path, [draft for draft, _ in made], made[0][1].calendar)
    with sink() as server:
        with timed(seconds, "theirs"):
            mailmerge.send(program, tmp_path, server.port, MANY)
        assert server.taken() == MANY
        rows = []
        for connections in (1, 4, 16):
            before = server.taken()
            ours = sent(book, tmp_path / f"near{connections}", server.port, connections=connections)
            assert server.taken() - before == MANY
            rows.append((f"near, {connections} connection(s)", MANY / ours["all"], ours))
        theirs = MANY / seconds["theirs"]
    with capsys.disabled():
        print(f"\n{MANY:,} letters of {size / 1000:.1f} kB in fi, sv, en, with a calendar part")
        print(f"{'mailmerge ' + mailmerge.VERSION:28}{theirs:8,.0f} /s")
        for name, rate, ours in rows:
            print(
                f"{name:28}{rate:8,.0f} /s {rate / theirs:6.1f} x mailmerge;"
                f" {ours['all']:.2f} s, delivery {ours['delivery']:.2f} s, in it the ledger"
                f" {ours['ledger']:.2f} s ({ours['commits']:,} commits)"
            )
        print(f"writing them alone {MANY / seconds['write']:,.0f} /s")


def test_with_latency(tmp_path, capsys, request):
    """20 ms before each reply: connections side by side are what helps."""
    program = mailmerge.installed(request.config.cache.mkdir("bench"))
    book = planned(FEW)
    made = letters_of(book)
    mailmerge.prepare(tmp_path, [draft for draft, _ in made], made[0][1].calendar)
    rates = {}
    with sink() as server, far(server.port, LATENCY) as port:
        seconds = {}
        with timed(seconds, "theirs"):
            mailmerge.send(program, tmp_path, port, FEWEST)
        for connections in (1, 2, 4, 8, 16):
            before = server.taken()
            ours = sent(book, tmp_path / f"far{connections}", port, connections=connections)
            assert server.taken() - before == FEW
            rates[connections] = FEW / ours["delivery"]
    theirs = FEWEST / seconds["theirs"]
    with capsys.disabled():
        print(f"\n{LATENCY * 1000:.0f} ms before each reply, {FEW} letters")
        print(f"{'mailmerge ' + mailmerge.VERSION:28}{theirs:8,.0f} /s")
        for connections, rate in rates.items():
            print(
                f"{connections:2} connection(s)            {rate:8,.0f} /s"
                f" {rate / theirs:6.1f} x mailmerge, {rate / rates[1]:5.1f} x one"
            )


def test_where_the_time_goes(tmp_path, capsys):
    """Writing the letters, profiled: Markdown is read once a shape of the letter, not once a letter."""
    book = planned(MANY)
    profile = cProfile.Profile()
    profile.runcall(letters_of, book)
    stats = pstats.Stats(profile)
    total = stats.total_tt
    calls = {key[2]: value[0] for key, value in stats.stats.items()}
    with capsys.disabled():
        print(f"\nWriting {MANY:,} letters, profiled: {total:.1f} s")
        ordered = sorted(stats.stats.items(), key=lambda item: -item[1][2])[:14]
        for (file, _, name), (_, count, own, whole, _) in ordered:
            place = file.rpartition("/")[2]
            print(f"{own / total:5.0%} own {whole / total:5.0%} in all {count:9,} x {place}:{name}")
    assert calls.get("inline", 0) < MANY // 200 and calls.get("compile_templates", 0) == 0
