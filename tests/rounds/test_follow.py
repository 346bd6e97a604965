"""Reminder, change, cancellation, thanks, resolve, trial: who gets them, when they may go, how often."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from icalendar import Calendar

from register.book.change import Change
from register.book.errors import BookLocked, LeaseTaken, SafetyStop, UsageError
from register.ports.ledger import Release
from register.rounds.dispatch import SendLimits
from register.rounds.follow import send_follow
from register.rounds.invitations import send_invitations
from register.rounds.projection import changes_from_ledger
from register.rounds.resolve import resolve_unknown
from register.rounds.trial import try_letters
from register.state.ledger import SqliteLedger
from tests.letters.correspondence import AMINA, MAIJA, NILS, T, register, three_languages
from tests.rounds.test_invite import (
    NOW,
    Killed,
    PostOffice,
    applied,
    edited,
    planned,
    room,
    row_of,
    send,
    sent,
    states,
)

ALL = {"amina@esimerkki.example", "maija.meri@example.org", "nils@example.com"}


class Archive(PostOffice):
    """Keeps the letters as well."""

    def deliver(self, letters, clerk):
        self.letters = {one.address: one for one in letters}
        super().deliver(letters, clerk)


def went(book, kind, post, folder, **flags):
    """The register after such a letter has gone."""
    reminders = flags.pop("reminders", 1)
    with room(post, folder, **flags) as opened:
        outcome = send_follow(book, T, kind, opened, reminders=reminders)
    return applied(outcome.book, outcome), outcome


def event(letter):
    mail = message_from_bytes(letter.data, policy=default)
    part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
    whole = Calendar.from_ical(part.get_content())
    assert whole["METHOD"] == part.get_param("method")
    (found,) = whole.walk("VEVENT")
    return found, whole["METHOD"]


@pytest.fixture
def invited(tmp_path):
    return sent(planned(three_languages()), PostOffice(), tmp_path)


def test_a_reminder_goes_to_those_who_have_not_answered(invited, tmp_path):
    book = edited(invited, row_of(invited, NILS), rsvp="not_coming")
    post = PostOffice()
    book, outcome = went(book, "reminder", post, tmp_path)
    assert set(post.taken) == ALL - {"nils@example.com"}
    table = book.table("invitations")
    assert table.cell(row_of(book, MAIJA), "reminded_at") == "2026-11-23T09:00"
    assert table.cell(row_of(book, NILS), "reminded_at") == ""
    assert ("{count} have answered", {"count": 1}) in outcome.notes


def test_reminders_are_counted(invited, tmp_path):
    """So often and no more; each round is a campaign of its own."""
    post = Archive()
    book, _ = went(invited, "reminder", post, tmp_path, reminders=2)
    first = {one.message_id for one in post.letters.values()}
    book, _ = went(book, "reminder", post, tmp_path, reminders=2)
    assert not first & {one.message_id for one in post.letters.values()}
    assert len(post.taken) == 6
    with pytest.raises(SafetyStop):
        went(book, "reminder", post, tmp_path, reminders=2)


def test_a_round_that_was_cut_short_goes_on(invited, tmp_path):
    """What is left of it is sent, as the same round; nobody gets it twice."""
    post = PostOffice({"nils@example.com": "planned"})
    book, _ = went(invited, "reminder", post, tmp_path)
    assert len(post.taken) == 2
    went(book, "reminder", post, tmp_path)
    assert sorted(post.taken) == sorted(ALL)


@pytest.mark.parametrize(
    ("tab", "cells"),
    [
        ("people", {"end": "2026-11-22"}),
        ("people", {"email": "uusi@example.com"}),
        ("people", {"status": "archived"}),
        ("invitations", {"send": "no"}),
        ("invitations", {"send_state": "bounced"}),
    ],
)
def test_who_gets_no_reminder(invited, tmp_path, tab, cells):
    row = NILS if tab == "people" else row_of(invited, NILS)
    post = PostOffice()
    went(edited(invited, row, tab, **cells), "reminder", post, tmp_path)
    assert set(post.taken) == ALL - {"nils@example.com"}


JOINED = "ulla.uusi@example.net"


@pytest.mark.parametrize("rsvp", ["coming", "waitlisted", "not_coming"])
@pytest.mark.parametrize("first", ["invited", "nobody is"])
@pytest.mark.parametrize("kind", ["reminder", "change", "cancellation", "details", "thanks"])
def test_who_joined_by_themselves_is_told_what_the_others_are(tmp_path, first, kind, rsvp):
    """They have had no invitation of ours: only the sign-up that a form or a mail has brought."""
    book = three_languages()
    book = sent(planned(book), PostOffice(), tmp_path) if first == "invited" else book
    ulla = {"first": "Ulla", "last": "Uusi", "email": JOINED, "language": "fi", "invite": "no"}
    ulla |= {"source": "Ilmoittautuminen: Syystapaaminen", "basis": "legitimate_interest"}
    row = {"meeting": T, "person": "Ulla Uusi · H-ZZZZZ", "email": JOINED, "rsvp": rsvp}
    rows = {("people", "H-ZZZZZ"): ulla, ("invitations", "K-ZZZZZ"): row}
    book = book.with_changes(
        Change(tab, row_id, key, "", value, "", "add")
        for (tab, row_id), cells in rows.items()
        for key, value in ({"id": row_id} | cells).items()
    )
    state = {"cancellation": "cancelled", "thanks": "held"}.get(kind, "sent")
    place = {"place": "Kirjasto"} if kind == "change" else {}
    post = PostOffice()
    went(edited(book, T, "meetings", state=state, **place), kind, post, tmp_path)
    told = {"change": ("coming", "waitlisted"), "details": ("coming",), "thanks": ("coming",)}
    told["cancellation"] = told["change"]
    assert post.taken.count(JOINED) == (rsvp in told.get(kind, ()))


@pytest.mark.parametrize("kind", ["reminder", "change"])
def test_what_follows_stands_below_the_invitation(tmp_path, kind):
    """In a mail program that shows letters in threads; the invitation itself follows nothing."""
    first, second = Archive(), Archive()
    book = sent(planned(three_languages()), first, tmp_path)
    if kind == "change":
        book = edited(book, T, "meetings", place="Kirjasto")
    went(book, kind, second, tmp_path)
    for address, letter in second.letters.items():
        mail = message_from_bytes(letter.data, policy=default)
        above = {mail[name].strip() for name in ("In-Reply-To", "References")}
        assert above == {first.letters[address].message_id}
    assert b"In-Reply-To" not in first.letters["nils@example.com"].data


def banned(book, scope):
    rows = register(bans=[{"id": "E-00000", "email": "nils@example.com", "scope": scope}])
    return book.__class__({**book.tables, "bans": rows.tables["bans"]}, book.language)


@pytest.mark.parametrize(
    ("scope", "rsvp", "gets"),
    [
        ("all", "coming", False),
        ("invitations", "coming", True),
        ("invitations", "maybe", False),
        ("invitations", "", False),
    ],
)
def test_a_ban_and_a_cancellation(invited, tmp_path, scope, rsvp, gets):
    """Who has said yes is told even of what they would not be invited to again."""
    book = edited(invited, row_of(invited, NILS), rsvp=rsvp)
    book = banned(edited(book, T, "meetings", state="cancelled"), scope)
    post = PostOffice()
    went(book, "cancellation", post, tmp_path)
    assert ("nils@example.com" in post.taken) is gets


def test_a_change(invited, tmp_path):
    """It says what was before; the calendars' SEQUENCE rises, the UID stays; only when changed."""
    post = Archive()
    with pytest.raises(SafetyStop, match="Nothing"):
        went(invited, "change", post, tmp_path)
    book = edited(invited, T, "meetings", date="2026-12-10", start="18:00")
    with pytest.raises(SafetyStop, match="changed"):
        went(book, "reminder", post, tmp_path)
    book, _ = went(book, "change", post, tmp_path)
    assert sorted(post.taken) == sorted(ALL)
    letter = post.letters["maija.meri@example.org"]
    found, method = event(letter)
    assert (method, found["SEQUENCE"]) == ("REQUEST", 1)
    assert found["DTSTART"].dt.isoformat() == "2026-12-10T18:00:00+02:00"
    text = message_from_bytes(letter.data, policy=default).get_body(("plain",)).get_content()
    assert "torstai 3.12.2026 klo 17.30" in text and "Paikka on uusi" not in text
    went(book, "change", post, tmp_path)
    assert len(post.taken) == 3
    book = edited(book, T, "meetings", place="Kirjasto")
    went(book, "change", post, tmp_path)
    second = event(post.letters["maija.meri@example.org"])[0]
    assert second["SEQUENCE"] == 2 and second["UID"] == found["UID"]


def test_a_cancellation(invited, tmp_path):
    """METHOD:CANCEL of the same UID, one SEQUENCE later; once."""
    first, post = Archive(), Archive()
    send(planned(three_languages()), first, tmp_path / "other")
    asked, _ = event(first.letters["nils@example.com"])
    with pytest.raises(SafetyStop):
        went(invited, "cancellation", post, tmp_path)
    book = edited(invited, T, "meetings", state="cancelled")
    book, _ = went(book, "cancellation", post, tmp_path)
    found, method = event(post.letters["nils@example.com"])
    assert (method, found["STATUS"], found["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert found["UID"] == asked["UID"]
    went(book, "cancellation", post, tmp_path)
    assert sorted(post.taken) == sorted(ALL)


@pytest.mark.parametrize(
    ("cells", "thanked"),
    [
        ({NILS: {"rsvp": "coming"}, MAIJA: {"rsvp": "maybe"}}, {"nils@example.com"}),
        (
            {NILS: {"rsvp": "coming", "attended": "no"}, MAIJA: {"attended": "yes"}},
            {"maija.meri@example.org"},
        ),
        (
            {
                NILS: {"attended": "yes", "substitute": "Liisa Lind"},
                MAIJA: {"attended": "yes", "party_size": "2"},
            },
            {"maija.meri@example.org"},
        ),
        ({NILS: {"rsvp": "coming", "substitute": "Liisa Lind"}}, set()),
        ({}, set()),
    ],
)
def test_thanks_go_to_who_was_there(invited, tmp_path, cells, thanked):
    """Those who are marked as present; where nobody is, those who said that they come.

    Not in whose place another came: it was not they who was there.
    """
    book = edited(invited, T, "meetings", state="held")
    for who, typed in cells.items():
        book = edited(book, row_of(book, who), **typed)
    post = PostOffice()
    went(book, "thanks", post, tmp_path)
    assert set(post.taken) == thanked


@pytest.mark.parametrize("kind", ["reminder", "change", "cancellation", "thanks"])
def test_nobody_who_was_not_invited_is_written_to(tmp_path, kind):
    """Failed, unknown and waiting letters are no invitations that have gone."""
    post = PostOffice({"nils@example.com": "unknown", "amina@esimerkki.example": "failed"})
    book = sent(planned(three_languages()), post, tmp_path)
    state = {"cancellation": "cancelled", "thanks": "held"}.get(kind, "sent")
    book = edited(book, T, "meetings", state=state, place="Muualla" if kind == "change" else "x")
    if kind == "reminder":
        book = edited(book, T, "meetings", place="Kulttuurikeskus")
    for who in (MAIJA, NILS, AMINA):
        book = edited(book, row_of(book, who), attended="yes")
    post = PostOffice()
    went(book, kind, post, tmp_path)
    assert post.taken == ["maija.meri@example.org"]


def test_resolving_by_a_person(tmp_path):
    """Said to have gone: sent. Said not to have gone: it waits, and goes with the next send."""
    post = PostOffice({"nils@example.com": "unknown", "amina@esimerkki.example": "unknown"})
    book = sent(planned(three_languages()), post, tmp_path)
    with room(post, tmp_path) as opened:
        named = resolve_unknown(book, T, opened)
        assert named.failed == 2 and named.plan.changes == ()
        outcome = resolve_unknown(book, T, opened, sent=[NILS], unsent=[AMINA])
    book = applied(book, outcome)
    assert outcome.failed == 0
    assert states(book) == {MAIJA: "sent", NILS: "sent", AMINA: "waiting"}
    book = sent(book, post, tmp_path)
    assert post.taken == ["maija.meri@example.org", "amina@esimerkki.example"]


def test_resolving_by_the_sent_mail(tmp_path):
    post = Archive({"nils@example.com": "unknown", "amina@esimerkki.example": "unknown"})
    book = sent(planned(three_languages()), post, tmp_path)
    found = [post.letters["nils@example.com"].message_id, "<other@example.org>"]
    with room(post, tmp_path) as opened:
        outcome = resolve_unknown(book, T, opened, found=found)
    assert outcome.failed == 1
    assert states(applied(book, outcome))[NILS] == "sent"


def test_resolving_by_the_sent_folder(tmp_path):
    """It is asked for the unknown letters only; one that is not there stays unknown."""
    post = Archive({"nils@example.com": "unknown", "amina@esimerkki.example": "unknown"})
    book = sent(planned(three_languages()), post, tmp_path)
    ids = {
        to: post.letters[to].message_id for to in ("nils@example.com", "amina@esimerkki.example")
    }
    asked = []

    def look(wanted):
        asked.extend(wanted)
        return {ids["nils@example.com"]}

    with room(post, tmp_path) as opened:
        outcome = resolve_unknown(book, T, opened, look=look)
        settled = resolve_unknown(book, T, opened, sent=[AMINA], look=look)
        resolve_unknown(book, T, opened, look=lambda wanted: pytest.fail("nothing is unknown"))
    assert sorted(asked[:2]) == sorted(ids.values()) and outcome.failed == 1
    assert states(applied(book, outcome))[NILS] == "sent" and settled.failed == 0


@pytest.mark.parametrize("people", [["H-00000"], [MAIJA], ["*"]])
def test_only_the_unknown_are_resolved(tmp_path, people):
    post = PostOffice({"nils@example.com": "unknown"})
    book = sent(planned(three_languages()), post, tmp_path)
    with room(post, tmp_path) as opened, pytest.raises(UsageError):
        resolve_unknown(book, T, opened, unsent=people)
    assert len(post.taken) == 2


def test_a_trial_goes_to_oneself_only(tmp_path):
    """One letter a language, before any release, and the ledger knows nothing of it."""
    book = edited(planned(three_languages()), T, "meetings", state="draft")
    post = Archive()
    with room(post, tmp_path) as opened:
        outcome = try_letters(book, T, opened, "mina@example.fi")
        assert not opened.ledger.campaigns("")
    assert outcome.plan.changes == () and post.reached == ["mina@example.fi"] * 3
    assert set(post.letters) == {"mina@example.fi"}
    mail = message_from_bytes(post.letters["mina@example.fi"].data, policy=default)
    assert mail["To"] == "mina@example.fi" and str(mail["Subject"]).startswith("[test] ")
    with room(post, tmp_path) as opened, pytest.raises(UsageError):
        try_letters(book, T, opened, "mina@example.fi, muu@example.fi")


# Release


def agreeing(given):
    return lambda wanted: given


def test_others_than_agreed_to_stop_everything(tmp_path):
    book, post = planned(three_languages()), PostOffice()
    for given in (Release(2, "00000000"), Release(3, "00000000")):
        with pytest.raises(SafetyStop, match="agreed"):
            send(book, post, tmp_path, confirm=agreeing(given))
    assert post.taken == []


def test_what_is_left_over_was_agreed_to(tmp_path):
    """The same word as before lets the rest of the same letters go, but not more people."""
    book, seen = planned(three_languages()), []

    def noting(wanted):
        seen.append(wanted)
        return wanted

    post = PostOffice({"nils@example.com": "planned"})
    book = sent(book, post, tmp_path, confirm=noting)
    send(book, post, tmp_path, confirm=agreeing(seen[0]))
    assert len(post.taken) == 3


def test_too_many_letters(tmp_path):
    post = PostOffice()
    with pytest.raises(SafetyStop):
        send(planned(three_languages()), post, tmp_path, limits=SendLimits(campaign=2))
    assert post.taken == []


@pytest.mark.parametrize("limits", [SendLimits(per_hour=2), SendLimits(per_day=2)])
def test_the_caps(tmp_path, limits):
    """So many an hour and in 24 hours, over all campaigns; the rest later, with exit code 75."""
    post = PostOffice()
    outcome = send(planned(three_languages()), post, tmp_path, limits=limits)
    assert len(post.taken) == 2 and outcome.exit_code() == 75
    book = applied(planned(three_languages()), outcome)
    outcome = send(book, post, tmp_path, limits=limits)
    assert len(post.taken) == 2 and outcome.exit_code() == 75
    send(book, post, tmp_path)
    assert len(post.taken) == 3


def test_another_computer_began(tmp_path):
    """Its letters are in Kutsut and not in our ledger: refused, until told to take over."""
    book = sent(
        planned(three_languages()), PostOffice({"nils@example.com": "planned"}), tmp_path / "a"
    )
    post = PostOffice()
    with pytest.raises(SafetyStop, match="did not send"):
        send(book, post, tmp_path / "b")
    with room(post, tmp_path / "b") as opened:
        send_invitations(book, T, opened, take_over=True)
    assert post.taken == ["nils@example.com"]


@pytest.mark.parametrize("dead", [False, True])
def test_what_was_planned_here_and_begun_by_another_is_not_ours(tmp_path, dead):
    """It had agreed and was too late; whose word Kutsut has, its moment tells."""
    books, post = [planned(three_languages())], PostOffice({"nils@example.com": Killed()})

    def refresh(plan):
        books.append(books[-1].with_changes(books[-1].verify(plan)[0]))
        return books[-1]

    def too_late():
        raise LeaseTaken("Another computer is at work.", computer="a")

    with pytest.raises(LeaseTaken):
        send(books[0], post, tmp_path / "b", hold=too_late, refresh=refresh)
    with suppress(Killed):
        send(books[0], post, tmp_path / "a", refresh=refresh)
    if not dead:  # what is unclear is told, and stays so
        books.append(sent(books[-1], post, tmp_path / "a"))
    gone = [*post.reached]
    with SqliteLedger(tmp_path / "b") as ledger:
        assert not [*changes_from_ledger(books[-1], T, ledger, NOW.tzinfo, rehearsal=False)]
    with pytest.raises(SafetyStop, match="did not send"):
        send(books[-1], post, tmp_path / "b")
    assert post.reached == gone
    sent(books[-1], post, tmp_path / "a")
    assert len(post.reached) == len(set(post.reached)) == 3


def test_the_others_claims_in_one_ledger(tmp_path):
    """A shared state folder: what another computer has claimed is not ours to call unknown."""
    with room(PostOffice(), tmp_path, host="a") as opened:
        opened.ledger.plan(f"{T}/invitation/1", [("nils@example.com", NILS, "<1@x>")])
        opened.ledger.record(f"{T}/invitation/1", ["nils@example.com"], [])
    post = PostOffice()
    with pytest.raises(SafetyStop, match="Another computer"):
        send(planned(three_languages()), post, tmp_path, host="b")
    assert post.taken == []
    send(planned(three_languages()), post, tmp_path, host="b", take_over=True)
    assert set(post.taken) == ALL - {"nils@example.com"}


def test_a_row_that_is_gone_comes_back(invited, tmp_path):
    """Kutsut is the ledger's projection: a lost row does not make its reader unknown."""
    rows = [
        row for _, row in invited.table("invitations").rows() if not row["person"].endswith(NILS)
    ]
    from tests.making import table

    book = invited.__class__({**invited.tables, "invitations": table("invitations", rows)}, "fi")
    post = PostOffice()
    book = sent(book, post, tmp_path)
    assert post.taken == [] and states(book)[NILS] == "sent"


def test_what_is_under_way_is_in_kutsut_before_it_goes(tmp_path):
    """So that another computer sees it: lähetetään, before the first letter leaves."""
    seen = []

    class Watching(PostOffice):
        def deliver(self, letters, clerk):
            seen.append("deliver")
            super().deliver(letters, clerk)

    book = planned(three_languages())

    def refresh(plan):
        seen.append({change.after for change in plan.changes})
        return book.with_changes(book.verify(plan)[0])

    outcome = send(book, Watching(), tmp_path, refresh=refresh)
    assert seen == [{"sending", "2026-11-23T09:00"}, "deliver"]
    assert set(states(applied(outcome.book, outcome)).values()) == {"sent"}


def test_a_run_that_was_cut_off_is_gone_on_with(tmp_path):
    """Kutsut says lähetetään of all; the ledger knows which have gone, and the others go now."""
    book = planned(three_languages())
    written = [book]

    def refresh(plan):
        written.append(book.with_changes(book.verify(plan)[0]))
        return written[-1]

    post = PostOffice({"nils@example.com": Killed()})
    with suppress(Killed):
        send(book, post, tmp_path, refresh=refresh)
    assert set(states(written[-1]).values()) == {"sending"}
    outcome = send(written[-1], post, tmp_path)
    assert sorted(post.taken) == sorted(ALL - {"nils@example.com"}) and outcome.failed == 1
    assert states(applied(outcome.book, outcome)) == {MAIJA: "sent", AMINA: "sent", NILS: "unknown"}


def test_kutsut_follows_while_letters_go(tmp_path, monkeypatch):
    """After so many letters it is brought up to date; then no letter is claimed and waits."""
    monkeypatch.setattr("register.rounds.dispatch.SHOWN_EVERY", 1)
    books, intents = [planned(three_languages())], []

    with room(PostOffice(), tmp_path) as opened:

        def refresh(plan):
            fits, conflicts = books[-1].verify(plan)
            assert not conflicts
            books.append(books[-1].with_changes(fits))
            intents.append([one.state for one in opened.entries(f"{T}/invitation/1")])
            return books[-1]

        outcome = send_invitations(books[0], T, replace(opened, refresh=refresh))
    seen = [sorted(states(one).values()) for one in books[1:]]
    assert seen == [sorted(["sent"] * n + ["sending"] * (3 - n)) for n in range(4)]
    assert not any("intent" in one for one in intents)
    assert set(states(applied(outcome.book, outcome)).values()) == {"sent"}


def test_a_register_that_cannot_be_written_meanwhile(tmp_path, monkeypatch):
    """The letters go all the same; Kutsut is brought up to date in the end."""
    monkeypatch.setattr("register.rounds.dispatch.SHOWN_EVERY", 1)
    book, asked, post = planned(three_languages()), [], PostOffice()

    def refresh(plan):
        asked.append(plan)
        if len(asked) > 1:
            raise BookLocked("open elsewhere")
        return book.with_changes(book.verify(plan)[0])

    outcome = send(book, post, tmp_path, refresh=refresh)
    assert len(asked) == 2 and len(post.taken) == 3 and outcome.stopped is None
    assert set(states(applied(outcome.book, outcome)).values()) == {"sent"}
