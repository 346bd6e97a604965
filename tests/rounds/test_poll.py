"""Which day suits: a meeting asks, its people answer, one is chosen, and the invitation says so."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import given, settings, strategies as st

from register.book.table import Table
from register.replies.classify import classify
from register.replies.desk import Message
from register.replies.replies import read_answers
from register.rounds.known_letters import KnownLetters
from register.state.answers import SqliteMailboxState
from register.state.ledger import SqliteLedger
from register.words.sentences import Sentences
from tests.letters.correspondence import AMINA, MAIJA, NILS, NOW, TOKENS, three_languages
from tests.replies.clients import Asked, later, mail, replied, tapped
from tests.replies.quotes import PROGRAMS, WHERE
from tests.replies.test_flow import OURS
from tests.rounds.test_follow import ALL
from tests.rounds.test_invite import Killed, applied, row_of, states
from tests.rounds.test_meetings import LIISA, Spring

MON, TUE, WED = (f"{day}.12.2026" for day in (14, 15, 16))
DAYS = f"{MON}, {TUE}, {WED}"
POLLING = {"date": "", "day_options": DAYS, "state": "draft", "rsvp_by": "2026-12-01"}


class Poll(Spring):
    """A register whose meeting is polling, with the mailbox that its people answer to."""

    def __init__(self, folder, **cells):
        super().__init__(three_languages(**{**POLLING, **cells}), folder)
        self.notes = {}

    def letters(self, campaign="poll"):
        """The letters of a kind that have gone to others than us, by address."""
        mails = [
            (one.address, message_from_bytes(one.data, policy=default)) for one in self.post.letters
        ]
        return {
            to: one for to, one in mails if to != LIISA and f"/{campaign}/" in one["X-Campaign-ID"]
        }

    def asked(self, who):
        return Asked.of(bytes(next(one for to, one in self.letters().items() if who in to)))

    def asks(self):
        """Gather, preview and release the question."""
        self.sent_as("gathered")
        return self

    def sent_as(self, state, **cells):
        self.does(state="released", release=self.previewed(**cells))
        assert self.cells("state") == state, self.cells("remark")

    def get(self, *mails, now=None):
        """Read mails; the register is then as they leave it."""
        now = now or self.now + timedelta(days=2)
        memory, messages = SqliteMailboxState(self.folder), []
        for data in mails:
            mark = blake2b(data, digest_size=16).hexdigest()
            if not memory.known(mark):
                messages.append(Message(mark, mark, classify(data, now, OURS)))
        with SqliteLedger(self.folder, clock=lambda: now) as ledger:
            known = KnownLetters(ledger, TOKENS)
            read = read_answers(
                self.book, messages, ledger, known, memory, now, Sentences(self.book.language)
            )
        self.book = applied(self.book, read.outcome)
        memory.keep(read.settled(), read.answers)
        self.notes = {msgid: values.get("count") for msgid, values in read.outcome.notes}

    def said(self, who):
        row = self.book.table("invitations").row(row_of(self.book, who))
        return row.get("days", ""), row.get("days_not", "")

    @property
    def questions(self):
        return [row["message"] for _, row in self.book.table("review").rows()]


@pytest.fixture
def poll(tmp_path):
    return Poll(tmp_path).asks()


def test_the_question_goes_once_and_the_row_waits_for_a_day(tmp_path):
    poll = Poll(tmp_path)
    code = poll.previewed()
    text = poll.post.mails()[0].get_body(("plain",)).get_content()
    assert "saa lähettää" in text and code in text
    poll.does(state="released", release=code)
    assert set(poll.letters()) == ALL and not poll.letters("invitation")
    assert poll.cells("state", "tally") == (
        "gathered",
        "ma 14.12. 0, ti 15.12. 0, ke 16.12. 0 / 0 vastasi",
    )
    assert "kirjoita päivä sarakkeeseen Pvm" in poll.cells("remark")
    assert set(states(poll.book).values()) == {"waiting"}
    assert all(
        one.get_content_type() != "text/calendar"
        for m in poll.letters().values()
        for one in m.walk()
    )
    gone = len(poll.post.taken)
    assert poll.run().plan.changes == ()
    poll.does(state="preview")
    assert "kirjoita päivä" in poll.cells("remark") and len(poll.post.taken) == gone


@pytest.fixture(scope="module")
def letter(tmp_path_factory):
    return Poll(tmp_path_factory.mktemp("poll")).asks().asked("maija")


@pytest.mark.parametrize(("number", "program"), list(enumerate(PROGRAMS)))
def test_words_in_every_program(letter, number, program):
    """Our letter names the days as well: what is quoted of it is nobody's answer."""
    mail = PROGRAMS[program](letter, "ma ja ke käy", WHERE[number % len(WHERE)])
    verdict = classify(mail, NOW + timedelta(days=2), OURS)
    assert (verdict.days, verdict.days_added) == ((("mon", True), ("wed", True)), False)


@pytest.mark.parametrize(
    ("who", "name", "words"),
    [
        (MAIJA, "maija", ("Päivä käy", "Kaikki käyvät", "Mikään ei käy")),
        (NILS, "nils", ("Dagen passar", "Alla dagar passar", "Ingen dag passar")),
        (AMINA, "amina", ("The day suits", "All days suit", "No day suits")),
    ],
)
def test_one_tap_a_day_in_each_language(poll, who, name, words):
    day, every, none = words
    asked = poll.asked(name)
    assert len([link for link in asked.links if quoted(f"{day}: ") in link]) == 3
    poll.get(tapped(asked, f"{day}: {WED}"), tapped(asked, f"{day}: {MON}", later(hours=1)))
    assert (poll.said(who), poll.questions) == ((f"{MON}, {WED}", ""), [])
    assert poll.cells("tally") == "ma 14.12. 1, ti 15.12. 0, ke 16.12. 1 / 1 vastasi"
    poll.get(tapped(asked, none, later(hours=2)))
    assert poll.said(who) == ("", DAYS)
    poll.get(tapped(asked, every, later(hours=3)))
    assert poll.said(who) == (DAYS, "")
    poll.get(replied(asked, "En pääse", later(hours=4)))
    assert poll.said(who) == ("", DAYS) and poll.questions == []
    assert poll.cells("tally").endswith("/ 1 vastasi")


SAID = st.lists(
    st.tuples(st.sampled_from((MON, TUE, WED, "ei")), st.integers(0, 60)),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one[1],
)


@given(SAID, st.randoms(use_true_random=False), st.integers(0, 6))
@settings(max_examples=12, deadline=None)
def test_for_each_day_the_newest_word_counts_in_whatever_order_it_comes(letter, said, chance, cut):
    """Links tapped at some minutes, brought in any order and in two runs."""
    with TemporaryDirectory() as folder:
        poll = replayed(folder)
        mails = [
            tapped(
                letter, "Mikään" if what == "ei" else f"Päivä käy: {what}", later(minutes=minute)
            )
            for what, minute in said
        ]
        chance.shuffle(mails)
        poll.get(*mails[:cut])
        poll.get(*mails[cut:])
        wanted: dict[str, bool] = {}
        for what, _ in sorted(said, key=lambda one: one[1]):
            wanted |= dict.fromkeys((MON, TUE, WED), False) if what == "ei" else {what: True}
        fits = [day for day in (MON, TUE, WED) if wanted.get(day)]
        not_ = [day for day in (MON, TUE, WED) if wanted.get(day) is False]
        assert poll.said(MAIJA) == (", ".join(fits), ", ".join(not_))
        counts = ", ".join(
            f"{name} {int(day in fits)}"
            for name, day in zip(
                ("ma 14.12.", "ti 15.12.", "ke 16.12."), (MON, TUE, WED), strict=True
            )
        )
        assert poll.cells("tally") == f"{counts} / 1 vastasi"


@pytest.mark.parametrize(
    "words",
    [
        "ma käy jos saan lapsenvahdin",
        "ehkä ti",
        "pe käy",
        "ma-ke",
        "ok",
        "Kumpi on parempi, ma vai ti?",
    ],
)
def test_what_is_unclear_is_asked_and_nothing_is_written(poll, words):
    poll.get(replied(poll.asked("maija"), words))
    assert poll.said(MAIJA) == ("", "")
    (question,) = poll.questions
    assert "vastaa omin sanoin, mitkä päivät sopivat" in question and "Sopivat päivät" in question


def test_a_day_of_the_week_that_is_two_days_is_asked(tmp_path):
    poll = Poll(tmp_path, day_options=f"{MON}, 21.12.2026").asks()
    poll.get(replied(poll.asked("maija"), "ma käy"))
    assert poll.said(MAIJA) == ("", "") and len(poll.questions) == 1
    poll.get(replied(poll.asked("maija"), "Ma 21.12. käy", later(1)))
    assert poll.said(MAIJA) == ("21.12.2026", "")


def test_what_others_write_in_ones_place_is_asked_and_a_forged_token_does_nothing(poll):
    asked = poll.asked("maija")
    poll.get(tapped(asked, "Kaikki", sender="Vieras <vieras@example.net>"))
    assert poll.said(MAIJA) == ("", "")
    (question,) = poll.questions
    assert "vieras@example.net" in question and f"Sopivat päivät: {DAYS}" in question
    poll.get(
        mail("Maija <maija.meri@example.org>", asked.answers, f"Kaikki käyvät [{'a' * 26}]", "")
    )
    assert poll.said(MAIJA) == ("", "") and len(poll.questions) == 1


def test_who_wants_no_invitations_is_not_asked_and_not_invited(poll):
    poll.get(tapped(poll.asked("nils"), "Inga inbjudningar"))
    poll.sent_as("sent", date="2026-12-15")
    assert set(poll.letters("invitation")) == ALL - {"nils@example.com"}


def test_the_invitation_says_which_day_was_chosen_and_how_its_reader_stood_to_it(poll):
    poll.get(
        tapped(poll.asked("maija"), f"Päivä käy: {TUE}"),
        tapped(poll.asked("nils"), f"Dagen passar: {MON}"),
    )
    assert poll.cells("tally") == "ma 14.12. 1, ti 15.12. 1, ke 16.12. 0 / 2 vastasi"
    poll.does(date="2026-12-15")
    assert poll.cells("state", "remark") == ("gathered", "")
    poll.sent_as("sent")
    assert poll.cells("tally") == "tulossa 0 · ehkä 0 · ei 0 · avoinna 3"
    text = {
        to: one.get_body(("plain",)).get_content() for to, one in poll.letters("invitation").items()
    }
    assert "Päiväksi valittiin tiistai 15.12.2026, ja sanoit sen sopivan" in flat(
        text["maija.meri@example.org"]
    )
    assert "Dagen blev tisdag 15.12.2026. Den var inte bland" in flat(text["nils@example.com"])
    assert "We asked" not in text["amina@esimerkki.example"]
    poll.get(tapped(poll.asked("amina"), f"The day suits: {MON}", later(1)))
    assert poll.said(AMINA) == ("", "")
    (question,) = poll.questions
    assert "vasta, kun päiväksi oli jo valittu 15.12.2026" in question and MON in question


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("14.12.2026, ehkä tiistai", "”ehkä tiistai” ei ole päivä"),
        ("14.12., 15.12.2026", "”14.12.” ei ole päivä"),
        (f"{MON}, {TUE}, 14.12.2026", "14.12.2026 on siinä kahdesti"),
        (MON, "päiviä on nyt 1"),
        (", ".join(f"{n}.12.2026" for n in range(10, 17)), "päiviä on nyt 7"),
        ("1.10.2026, 2.10.2026", "päivät ovat jo menneet"),
        (f"1.10.2026, {MON}", "1.10.2026 on jo mennyt"),
        ("=HYPERLINK(1)", "ei ole päivä"),
    ],
)
def test_days_that_cannot_be_asked_about(tmp_path, options, said):
    poll = Poll(tmp_path, day_options=options)
    poll.does(state="gather")
    poll.does(state="preview")
    assert said in poll.cells("remark") and poll.post.taken == []
    poll.does(state="released", release="3-AAAA")
    assert said in poll.cells("remark") and poll.post.taken == []


def test_a_day_that_nobody_was_asked_about_stops_the_row(poll):
    gone = len(poll.post.taken)
    poll.does(date="2026-12-18")
    assert "18.12.2026 ei ole yksikään niistä päivistä" in poll.cells("remark")
    poll.does(state="preview")
    assert (
        "(ma 14.12., ti 15.12., ke 16.12.)" in poll.cells("remark") and len(poll.post.taken) == gone
    )
    poll.sent_as("sent", day_options="")


def test_all_days_pass_while_the_row_waits(poll):
    poll.run(NOW + timedelta(days=40))
    assert "eikä mitään niistä valittu" in poll.cells("remark")


def test_days_that_pass_between_the_preview_and_the_release(tmp_path):
    poll = Poll(tmp_path)
    poll.does(NOW + timedelta(days=22), state="released", release=poll.previewed())
    assert "14.12.2026 on jo mennyt" in poll.cells("remark") and not poll.letters()


def test_the_code_of_the_question_releases_no_invitation(poll):
    code = poll.cells("release")
    gone = len(poll.letters())
    poll.does(date="2026-12-15", state="released", release=code)
    assert poll.cells("state") == "preview" and not poll.letters("invitation")
    poll.run()
    assert poll.cells("state") == "previewed" and len(poll.letters()) == gone
    poll.does(state="released", release=poll.post.code)
    assert set(poll.letters("invitation")) == ALL


@pytest.mark.parametrize("killed_at", [0, 1])
def test_a_run_that_is_killed_is_gone_on_with_and_nobody_is_asked_twice(tmp_path, killed_at):
    poll = Poll(tmp_path)
    code = poll.previewed()
    poll.post.faults = {"nils@example.com": Killed()} if killed_at else {}
    poll.types(state="released", release=code)
    with suppress(Killed):
        poll.run(killed_at=None if killed_at else 0)
    poll.run()
    poll.run()
    asked = [one for one in poll.post.taken if one != LIISA]
    assert len(asked) == len(set(asked)) == 3 - killed_at
    assert poll.cells("state") == "gathered"
    assert ("saattoi" in poll.cells("remark") or "ehkä" in poll.cells("remark")) is bool(killed_at)


def test_another_computer_does_not_ask_again(poll, tmp_path):
    (tmp_path / "other").mkdir()
    other = Poll(tmp_path / "other")
    other.book = poll.book
    other.does(state="preview")
    assert "ei tältä tietokoneelta" in other.cells("remark") and not other.post.taken


def test_an_older_register_without_the_columns(tmp_path):
    poll = Poll(tmp_path)
    poll.book = without(poll.book, "invitations", "days", "days_not")
    poll.does(state="gather")
    poll.does(state="preview")
    assert "create.py --apply" in poll.cells("remark") and not poll.post.taken
    spring = Spring(without(three_languages(state="draft"), "meetings", "day_options"), tmp_path)
    spring.sent()


def without(book, tab, *keys):
    """The register without some columns."""
    table = book.table(tab)
    kept = [one for one in table.columns if one not in keys]
    cells = {row_id: tuple(table.cell(row_id, one) for one in kept) for row_id, _ in table.rows()}
    older = Table(table.tab, kept, cells, table.numbers)
    return replace(book, tables={**book.tables, tab: older})


def quoted(text):
    return quote(text, safe="")


def flat(text):
    return " ".join(text.split())


@cache
def asked_once():
    """The poll once its question has gone, and the files of its state."""
    with TemporaryDirectory() as folder:
        poll = Poll(Path(folder)).asks()
        return poll, {one.name: one.read_bytes() for one in Path(folder).iterdir()}


def replayed(folder):
    """A copy of that poll in a folder of its own."""
    poll, files = asked_once()
    for name, data in files.items():
        (Path(folder) / name).write_bytes(data)
    mine = copy(poll)
    mine.folder = Path(folder)
    return mine
