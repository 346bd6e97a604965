"""Clocks that step back, and the nights in which they are turned: the caps hold, nothing goes twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from register.rounds.dispatch import SendLimits
from register.rounds.invitations import send_invitations
from register.rounds.mail_room import MailRoom
from register.rounds.plan import plan_invitations
from register.state.ledger import SqliteLedger
from tests.letters.correspondence import NOW, SENDER, TEMPLATES, TOKENS, T, three_languages
from tests.rounds.test_invite import PostOffice, applied

HELSINKI = ZoneInfo("Europe/Helsinki")
COMING = {"date": "2027-05-03", "rsvp_by": "2027-04-26"}


@cache
def planned():
    book = three_languages(**COMING)
    return applied(book, plan_invitations(book, T, NOW))


def sent(book, post, folder, clock, **limits):
    """Send at the moment that the clock shows; return the register after it, and the outcome."""
    with SqliteLedger(folder, clock=clock) as ledger:
        room = MailRoom(
            *(post, ledger, TEMPLATES, SENDER, TOKENS, clock().astimezone(HELSINKI)),
            apply=True,
            limits=SendLimits(**{"per_day": 0, **limits}),
        )
        outcome = send_invitations(book, T, room)
    return applied(outcome.book, outcome), outcome


def at(*moment, fold=0):
    return datetime(*moment, tzinfo=HELSINKI, fold=fold)


@pytest.mark.parametrize(
    ("first", "minutes", "limits"),
    [
        (at(2027, 3, 28, 2, 59), 31, {"per_hour": 2}),
        (at(2026, 10, 25, 3, 45), 31, {"per_hour": 2}),
        (at(2027, 3, 27, 4, 30), 23 * 60 + 30, {"per_day": 2}),
        (at(2026, 10, 24, 4, 30), 23 * 60 + 30, {"per_day": 2}),
    ],
)
def test_caps_in_the_nights_when_clocks_are_turned(tmp_path, first, minutes, limits):
    """An hour is an hour and a day 24 of them, whatever the clock on the wall shows."""
    begun = first.astimezone(UTC)
    post = PostOffice()
    book, outcome = sent(planned(), post, tmp_path, lambda: begun, **limits)
    assert len(post.taken) == 2 and outcome.exit_code() == 75
    soon = begun + timedelta(minutes=minutes)
    book, outcome = sent(book, post, tmp_path, lambda: soon, **limits)
    assert len(post.taken) == 2 and outcome.exit_code() == 75
    later = soon + timedelta(minutes=31)
    sent(book, post, tmp_path, lambda: later, **limits)
    assert len(post.taken) == 3


@given(st.lists(st.integers(-300, 90), min_size=1, max_size=8))
def test_a_clock_that_steps_back(tmp_path_factory, steps):
    """In no run of one hour by the clock, forward or back, do more go than may; none goes twice."""
    folder, post, book = tmp_path_factory.mktemp("ledger"), PostOffice(), planned()
    now, latest, before = NOW, None, 0
    for minutes in (0, *steps):
        now += timedelta(minutes=minutes)
        book, _ = sent(book, post, folder, lambda now=now: now, per_hour=1)
        new = len(post.taken) - before
        assert new <= 1
        if latest is not None and now < latest + timedelta(hours=1):
            assert new == 0
        if new:
            latest, before = now, len(post.taken)
    book, _ = sent(book, post, folder, lambda: NOW + timedelta(days=30))
    assert sorted(post.taken) == sorted(set(post.taken)) and len(post.taken) == 3


def test_a_clock_that_steps_back_between_two_letters(tmp_path):
    """Within one run: what the ledger says of when is odd, what it says of whether is not."""
    ticks = iter(range(10_000))
    clock = lambda: NOW - timedelta(minutes=next(ticks))  # noqa: E731
    post = PostOffice()
    book, outcome = sent(planned(), post, tmp_path, clock)
    assert len(post.taken) == 3 and outcome.exit_code() == 0
    assert {row["send_state"] for _, row in book.table("invitations").rows()} == {"sent"}
    book, outcome = sent(book, post, tmp_path, lambda: NOW - timedelta(days=400))
    assert len(post.taken) == 3 and not outcome.plan.changes


def test_kutsut_says_when_by_the_clock_on_the_wall(tmp_path):
    """Half past three comes twice that night; both times it is half past three."""
    for folder, moment in (("a", at(2026, 10, 25, 3, 30)), ("b", at(2026, 10, 25, 3, 30, fold=1))):
        begun = moment.astimezone(UTC)
        book, _ = sent(planned(), PostOffice(), tmp_path / folder, lambda begun=begun: begun)
        times = {row["sent_at"] for _, row in book.table("invitations").rows()}
        assert times == {"2026-10-25T03:30"}
