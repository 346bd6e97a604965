"""From a message to Kutsut, Kiellot and Tarkista: what is believed, what is asked, what is left."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp

import pytest

from register.book.change import Change
from register.book.ids import fingerprint
from register.book.plan import Plan
from register.book.table import Book, Table
from register.letters.tally import tally_text
from register.match.merge import merge
from register.people.meetings import Invitation
from register.ports.ledger import Announcement
from register.ports.mailbox import AnswerOnRecord
from register.post.classifier import own_identity
from register.replies.classify import classify
from register.replies.desk import Message
from register.replies.replies import read_answers
from register.review.life_cycle import settle_questions
from register.review.mail_questions import mail_questions
from register.review.orders import DecidedOrders
from register.review.question import Question
from register.review.urgency import with_urgency
from register.rounds.dispatch import SendLimits
from register.rounds.known_letters import KnownLetters
from register.rounds.receipts import send_receipts
from register.state.answers import SqliteMailboxState
from register.state.ledger import SqliteLedger
from register.words.sentences import Sentences
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    named,
    three_languages,
)
from tests.registers import FOLDERS
from tests.replies.clients import (
    AT,
    CALENDARS,
    Asked,
    apple,
    away,
    exchange,
    gmail,
    later,
    mail,
    outlook,
    replied,
    returned,
    tapped,
)
from tests.replies.phrases import CLEAR, MORE
from tests.replies.quotes import PROGRAMS, WHERE
from tests.rounds.test_follow import Archive
from tests.rounds.test_invite import (
    PostOffice,
    applied,
    edited,
    planned,
    room,
    row_of,
    send,
)

LATER = NOW + timedelta(days=5)
SAY = Sentences("fi")


def closes(book):
    """What a cleanup does to the rows of Tarkista, where it asks nothing but what mails raised."""
    asked = with_urgency(book, LATER.date(), mail_questions(book, LATER.date(), SAY))
    return [*settle_questions(book, asked, DecidedOrders(), "2026-11-28T09:00", SAY)]


OURS = own_identity([TEMPLATES], [SENDER.name, SENDER.organisation], "mx.example.org")


def added(book, tab, row_id, **cells):
    """The book with a row more."""
    changes = [Change(tab, row_id, column, "", value, "", "add") for column, value in cells.items()]
    return book.with_changes([Change(tab, row_id, "id", "", row_id, "", "add"), *changes])


@cache
def invited(topics, meeting):
    """The folder and register of a club that was made once, and what its three people were sent."""
    folder, post = Path(mkdtemp(dir=FOLDERS.name)), Archive()
    book = three_languages(**dict(meeting))
    people = [Change("people", who, "topics", "", topics, "") for who in (MAIJA, NILS, AMINA)]
    book = planned(book.with_changes(people) if topics else book)
    outcome = send(book, post, folder)
    addresses = ("maija.meri@example.org", "nils@example.com", "amina@esimerkki.example")
    asked = [Asked.of(post.letters[one].data) for one in addresses]
    return folder, applied(outcome.book, outcome), asked


class Club:
    """A register whose invitations have gone, and the letters that its people have."""

    def __init__(self, folder, topics="", **meeting):
        begun, self.book, asked = invited(topics, tuple(meeting.items()))
        shutil.copytree(begun, folder, dirs_exist_ok=True)
        self.folder = folder
        self.maija, self.nils, self.amina = asked
        self.receipts, self.notes = (), ()
        self.get()

    def get(self, *mails, now=LATER, automatic=(), settle=True):
        """Read mails; the register is then as they leave it."""
        memory = SqliteMailboxState(self.folder)
        messages = []
        for number, data in enumerate(mails):
            mark = blake2b(data, digest_size=16).hexdigest()
            key = f"file:{mark}{number}"
            if not memory.known(key):
                messages.append(Message(key, mark, classify(data, now, OURS)))
        with SqliteLedger(self.folder, clock=lambda: now) as ledger:
            letters = KnownLetters(ledger, TOKENS)
            say = Sentences("fi")
            read = read_answers(self.book, messages, ledger, letters, memory, now, say, automatic)
        self.book = applied(self.book, read.outcome)
        if settle:
            memory.keep(read.settled(), read.answers)
        self.receipts = [(one.person, one.given) for one in read.receipts]
        self.notes = {msgid: values.get("count") for msgid, values in read.outcome.notes}
        return read

    def answer(self, who):
        row = self.book.table("invitations").row(row_of(self.book, who))
        return row["rsvp"], row["rsvp_via"]

    def rows(self, tab):
        return [row for _, row in self.book.table(tab).rows()]


@pytest.fixture
def club(tmp_path):
    return Club(tmp_path)


@pytest.mark.parametrize("client", CALENDARS)
@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", "coming"), ("TENTATIVE", "maybe"), ("DECLINED", "not_coming")],
)
def test_a_calendars_reply(club, client, partstat, answer):
    club.get(CALENDARS[client](club.maija, partstat))
    assert club.answer(MAIJA) == (answer, "calendar")
    comments = [row["left"] for row in club.rows("review")]
    assert comments == (["Nähdään, tuon kahvit Maija"] if client == "kde" else [])


@pytest.mark.parametrize(
    ("word", "answer"), [("Tulossa", "coming"), ("Ehkä", "maybe"), ("En pääse", "not_coming")]
)
def test_a_link_that_was_tapped(club, word, answer):
    club.get(tapped(club.maija, word))
    assert club.answer(MAIJA) == (answer, "email")


def test_each_language_has_its_links(club):
    club.get(tapped(club.nils, "Kanske"), tapped(club.amina, "Not coming"))
    assert club.answer(NILS)[0] == "maybe" and club.answer(AMINA)[0] == "not_coming"
    assert club.book.table("meetings").cell(T, "tally") == "tulossa 0 · ehkä 1 · ei 1 · avoinna 1"


def test_a_second_reading_changes_nothing(club):
    mails = [
        gmail(club.maija, "ACCEPTED"),
        returned(club.nils),
        tapped(club.amina, "No invitations"),
        replied(club.amina, "Hello, is there parking?"),
    ]
    club.get(*mails)
    assert not club.get(*mails).outcome.plan.changes


def test_killed_between_the_register_and_the_memory(club):
    """The messages are read again, and find all done."""
    mails = [gmail(club.maija, "ACCEPTED"), returned(club.nils), replied(club.amina, "Hello?")]
    club.get(*mails, settle=False)
    assert not club.get(*mails).outcome.plan.changes
    assert not club.get(*mails).messages


def test_the_newest_answer_wins_whatever_order_they_come_in(club):
    old, new = tapped(club.maija, "Tulossa", AT), tapped(club.maija, "En pääse", later(1))
    club.get(new, old)
    assert club.answer(MAIJA)[0] == "not_coming"
    club.get(gmail(club.maija, "TENTATIVE", later(hours=2)))
    assert club.answer(MAIJA)[0] == "not_coming"
    club.get(gmail(club.maija, "TENTATIVE", later(2)))
    assert club.answer(MAIJA)[0] == "maybe"


def test_of_one_moment_the_one_that_came_last(club):
    """Some calendars repeat the stamp of the invitation: the mailbox's order then decides."""
    first = [
        tapped(club.maija, word, body=str(n)) for n in range(9) for word in ("Tulossa", "Ehkä")
    ]
    club.get(*first, tapped(club.maija, "En pääse", body="?"))
    assert club.answer(MAIJA)[0] == "not_coming"


def told(club, sequence):
    """Changes of the meeting have gone, as many as this."""
    with SqliteLedger(club.folder, clock=lambda: NOW) as ledger:
        ledger.announce(T, Announcement(sequence, "change", sequence, {}))


def test_a_calendars_sequence_weighs_more_than_its_clock(club):
    told(club, 2)
    club.get(apple(club.maija, "DECLINED", AT, sequence=2))
    club.get(apple(club.maija, "ACCEPTED", later(1), sequence=1))
    assert club.answer(MAIJA)[0] == "not_coming"


@pytest.mark.parametrize("changes", [0, 2])
@pytest.mark.parametrize("impossible", [999_999_999, 3])
def test_an_impossible_sequence_locks_out_no_later_answer(club, changes, impossible):
    """Only we count changes up: no calendar knows of more than we have told."""
    told(club, changes)
    club.get(apple(club.maija, "ACCEPTED", AT, sequence=impossible))
    club.get(apple(club.maija, "DECLINED", later(1), sequence=changes))
    assert club.answer(MAIJA)[0] == "not_coming"
    told(club, changes + 1)
    club.get(apple(club.maija, "TENTATIVE", later(2), sequence=changes + 1))
    assert club.answer(MAIJA)[0] == "maybe"
    club.get(apple(club.maija, "DECLINED", later(3), sequence=changes))
    assert club.answer(MAIJA)[0] == "maybe"


def test_an_impossible_sequence_that_an_earlier_version_kept(club):
    SqliteMailboxState(club.folder).keep(
        [], {(T, MAIJA): AnswerOnRecord("coming", AT, 999_999_999, 1)}
    )
    club.get(apple(club.maija, "DECLINED", later(1), sequence=0))
    assert club.answer(MAIJA)[0] == "not_coming"


def test_a_clock_that_is_ahead_does_not_win_for_ever(club):
    club.get(tapped(club.maija, "Tulossa", later(4000)))
    club.get(tapped(club.maija, "En pääse", later(6)), now=LATER + timedelta(days=1))
    assert club.answer(MAIJA)[0] == "not_coming"


def test_a_letter_that_came_back_for_good(club):
    club.get(returned(club.nils))
    (row,) = club.rows("bans")
    assert (row["email"], row["scope"], row["reason"]) == ("nils@example.com", "all", "bounced")
    assert club.book.table("invitations").cell(row_of(club.book, NILS), "send_state") == "bounced"
    (question,) = club.rows("review")
    assert question["kind"] == "bounce" and question["link"].endswith(NILS)
    assert "nils@example.com" in question["message"]


def test_a_new_address_closes_the_question(club):
    club.get(returned(club.nils))
    club.book = edited(club.book, NILS, "people", email="nils.uusi@example.com")
    club.get()
    (question,) = club.rows("review")
    assert question["done"]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("5.2.2", "552 5.2.2 mailbox full"),
        ("4.2.2", "452 4.2.2 over quota"),
        ("5.7.1", "554 5.7.1 blocked by policy"),
        ("5.7.26", "550 5.7.26 unauthenticated mail: DMARC"),
        ("4.4.1", "connection timed out"),
        ("5.3.4", "message too big"),
        ("5.0.0", "550 spam content"),
    ],
)
def test_nobody_is_stopped_for_what_passes(club, status, said):
    club.get(returned(club.nils, status, said))
    assert not club.rows("bans") and not club.rows("review")
    assert club.book.table("invitations").cell(row_of(club.book, NILS), "send_state") == "sent"


def test_no_more_letters(club):
    club.get(tapped(club.nils, "Inga inbjudningar"), automatic=("unsubscribed", "receipt"))
    (row,) = club.rows("bans")
    assert (row["scope"], row["reason"], row["date"]) == ("invitations", "request", "2026-11-28")
    assert club.receipts == [(NILS, "invitations")]
    club.get(tapped(club.nils, "unsubscribe", later(1)), automatic=("unsubscribed", "receipt"))
    assert len(club.rows("bans")) == 1 and club.receipts == []


def test_what_is_unclear_is_read_by_a_person(club):
    club.get(replied(club.maija, "Valitettavasti en taida päästä, jos en saa kyytiä. =1+1"))
    assert club.answer(MAIJA) == ("", "")
    (row,) = club.rows("review")
    assert (row["kind"], row["suggestion"]) == ("answer", "")
    assert row["left"].startswith("Valitettavasti en taida") and "kirjoitti" not in row["left"]
    assert row["link"].endswith(row_of(club.book, MAIJA))
    assert not closes(club.book)


@pytest.mark.parametrize(
    "text",
    [
        "Kiitos, en ole enää mukana yhdistyksessä, ottakaa yhteyttä Liisaan liisa@example.com",
        "En pääse. Jäin eläkkeelle syksyllä, seuraajani on Oona Uusi.",
    ],
)
def test_whoever_writes_of_leaving_is_asked_about_apart_from_the_answer(club, text):
    club.get(replied(club.maija, text))
    asked = {row["kind"]: row for row in club.rows("review")}
    assert asked.keys() == {"answer", "person_change"}
    assert asked["person_change"]["left"] == text and MAIJA in asked["person_change"]["link"]
    assert not club.get().outcome.plan.changes


def test_a_refusal_that_is_added_to_an_answer_is_proposed_as_one(club):
    club.get(replied(club.maija, "Tulen! Muuten, emme halua enää uutiskirjettä."))
    assert club.answer(MAIJA) == ("coming", "email")
    (row,) = club.rows("review")
    assert row["suggestion"] == "Kiellot: kutsut"
    club.book = edited(club.book, row["id"], "review", decision="accept")
    club.get()
    assert [ban["reason"] for ban in club.rows("bans")] == ["request"]
    assert club.answer(MAIJA) == ("coming", "email") and club.rows("review")[0]["done"]


def test_what_is_proposed_is_carried_out_when_accepted(club):
    club.get(replied(club.maija, "En varmaan pääse."))
    assert club.answer(MAIJA) == ("", "")
    (row,) = club.rows("review")
    assert row["suggestion"] == "ei pääse"
    club.book = edited(club.book, row["id"], "review", decision="accept")
    club.get()
    assert club.answer(MAIJA) == ("not_coming", "email")
    assert club.rows("review")[0]["done"]
    assert not club.get().outcome.plan.changes


@pytest.mark.parametrize("key", ["coming", "maybe", "not_coming"])
def test_the_words_that_our_letters_ask_for_count_at_once(club, key):
    for number, text in enumerate(CLEAR[key]):
        club.book = edited(club.book, row_of(club.book, MAIJA), rsvp="", rsvp_via="")
        club.get(replied(club.maija, text, later(minutes=number)))
        assert club.answer(MAIJA) == (key, "email"), text
    assert not club.rows("review")


def test_what_is_added_to_clear_words_is_read_by_a_person(club):
    club.get(replied(club.maija, "Valitettavasti en pääse, olen matkoilla. =1+1"))
    assert club.answer(MAIJA) == ("not_coming", "email")
    (row,) = club.rows("review")
    assert row["left"].startswith("Valitettavasti en pääse") and not row["suggestion"]


def test_a_receipt_goes_to_who_answers_in_words(club):
    club.get(replied(club.maija, "Tulossa!"), automatic=("receipt",))
    assert club.receipts == [(MAIJA, "coming")]


def test_clear_words_from_another_address_are_a_persons_to_judge(club):
    unchanged(club, replied(club.maija, "Tulossa!", sender="muu@example.net"), asked=1)
    (row,) = club.rows("review")
    assert "muu@example.net" in row["message"] and row["suggestion"] == "tulossa"


def test_clear_words_about_a_meeting_that_is_over(club):
    club.book = edited(club.book, T, "meetings", state="held")
    unchanged(club, replied(club.maija, "Tulossa!"))


# Words without a token


SERVER = "mx.example.org"
PASS = f"Authentication-Results: {SERVER}; dmarc=pass header.from=example.org"


def alone(club, text, *above, sender="", to=None):
    """A mail of its own, with what our server put above it."""
    reader = to or club.maija
    data = mail(sender or f"Maija <{reader.to}>", reader.answers, "Syystapaaminen", text)
    return "".join(f"{line}\r\n" for line in above).encode() + data


def test_words_without_a_token_count_where_our_server_knows_the_sender(club):
    club.get(alone(club, "Tulossa, terv. Maija", PASS))
    assert club.answer(MAIJA) == ("coming", "email") and not club.rows("review")


@pytest.mark.parametrize(
    "above",
    [
        (),
        (f"Authentication-Results: {SERVER}; dmarc=fail header.from=example.org",),
        ("Authentication-Results: mx.elsewhere.example; dmarc=pass header.from=example.org",),
        (f"Authentication-Results: {SERVER}; dmarc=fail", PASS),
    ],
)
def test_otherwise_the_answer_is_proposed(club, above):
    unchanged(club, alone(club, "Tulossa, terv. Maija", *above), asked=1)
    (row,) = club.rows("review")
    assert row["suggestion"] == "tulossa" and row["link"].endswith(row_of(club.book, MAIJA))
    club.book = edited(club.book, row["id"], "review", decision="accept")
    club.get()
    assert club.answer(MAIJA) == ("coming", "email")


def test_where_two_invitations_are_open_nobody_knows_which_is_meant(club):
    other = named("T", "winter")
    club.book = added(
        club.book, "meetings", other, name="Talvitapaaminen", date="2027-01-20", state="sent"
    )
    invited = {"meeting": f"Talvitapaaminen · {other}", "person": f"Maija · {MAIJA}"}
    row_id = named("K", "second")
    club.book = added(
        club.book, "invitations", row_id, **invited, email=club.maija.to, send_state="sent"
    )
    club.get(alone(club, "Tulossa", PASS))
    assert club.answer(MAIJA) == ("", "") and len(club.rows("review")) == 1
    club.book = edited(club.book, other, "meetings", state="cancelled")
    club.get(alone(club, "Tulossa!", PASS))
    assert club.answer(MAIJA) == ("coming", "email")


def test_an_invitation_that_has_not_gone_cannot_be_answered(club):
    uusi, row_id = named("H", "uusi"), named("K", "uusi")
    club.book = added(club.book, "people", uusi, first="Uusi", email="uusi@example.org")
    invited = {"meeting": f"Syystapaaminen · {T}", "person": f"Uusi · {uusi}"}
    club.book = added(club.book, "invitations", row_id, **invited, email="uusi@example.org")
    club.get()
    data = alone(club, "Tulossa", PASS, to=replace(club.maija, to="uusi@example.org"))
    unchanged(club, data, asked=1)


# A wish for no more letters


@pytest.mark.parametrize("text", CLEAR["unsubscribe"])
def test_an_opt_out_counts_the_same_run(club, text):
    club.get(replied(club.maija, text))
    (row,) = club.rows("bans")
    assert (row["email"], row["scope"], row["reason"]) == (club.maija.to, "invitations", "request")
    assert not club.rows("review") and club.answer(MAIJA) == ("", "")
    assert not club.get(replied(club.maija, f"{text} ")).outcome.plan.changes


@pytest.mark.parametrize("text", MORE["unsubscribe"])
def test_what_is_added_to_an_opt_out_does_not_hold_it_up(club, text):
    club.get(replied(club.nils, text))
    assert [row["email"] for row in club.rows("bans")] == [club.nils.to]
    assert [row["suggestion"] for row in club.rows("review")] == [""]


def test_an_opt_out_needs_no_token(club):
    club.get(alone(club, "Ei kutsuja"))
    assert [row["email"] for row in club.rows("bans")] == [club.maija.to]
    assert not club.rows("review")


def test_an_opt_out_whose_token_is_torn(club):
    club.get(tapped(forged(club.maija), "Ei kutsuja"))
    assert [row["email"] for row in club.rows("bans")] == [club.maija.to]


@pytest.mark.parametrize("how", ["tapped", "replied"])
def test_an_opt_out_from_another_address_counts_for_that_address(club, how):
    """Of whom the letter went to, a person judges."""
    other = "muu@example.net"
    data = {
        "tapped": tapped(club.maija, "Ei kutsuja", sender=other),
        "replied": replied(club.maija, "Ei kutsuja", sender=other),
    }[how]
    club.get(data)
    assert [row["email"] for row in club.rows("bans")] == [other]
    (row,) = club.rows("review")
    assert other in row["message"] and row["suggestion"] == "Kiellot: kutsut"
    club.book = edited(club.book, row["id"], "review", decision="accept")
    club.get()
    assert {row["email"] for row in club.rows("bans")} == {other, club.maija.to}


@pytest.mark.parametrize("tie", ["email", "same_human"])
def test_an_opt_out_of_the_same_person_counts_for_both_addresses(club, tie):
    """The letter went to an address that has changed since, or to one of their rows."""
    if tie == "email":
        club.book = edited(club.book, MAIJA, "people", email="maija.uusi@example.net")
    else:
        club.book = edited(club.book, NILS, "people", same_human=f"Maija Meri · {MAIJA}",
                           email="maija.uusi@example.net")  # fmt: skip
    club.get(replied(club.maija, "Ei kutsuja", sender="maija.uusi@example.net"))
    assert {row["email"] for row in club.rows("bans")} == {club.maija.to, "maija.uusi@example.net"}
    assert not club.rows("review")


def test_an_opt_out_with_a_tapped_answer(club):
    club.get(tapped(club.maija, "En pääse", body="Ei kutsuja jatkossa, kiitos."))
    assert club.answer(MAIJA)[0] == "not_coming"
    assert [row["email"] for row in club.rows("bans")] == [club.maija.to]


def test_an_opt_out_closes_what_was_asked_about_it(club):
    club.get(replied(club.maija, "Miten voi poistaa tietoni, älkää lähettäkö jos ei tarvitse?"))
    assert [row["done"] for row in club.rows("review")] == [""]
    club.get(replied(club.maija, "Ei kutsuja", later(1)))
    club.get()
    assert all(row["done"] for row in club.rows("review"))


def test_a_stranger_who_writes_the_words_is_nobody_to_us(club):
    unchanged(club, mail("uutiset@kauppa.example", "verkosto@example.org", "Ale", "Unsubscribe"))


def test_our_own_footer_is_nobodys_wish(club):
    places = [(program, where) for program in PROGRAMS.values() for where in WHERE]
    club.get(
        *(program(club.maija, "Kiitos!", where) for program, where in places),
        *(program(club.nils, "", where) for program, where in places),
    )
    assert not club.rows("bans")
    assert not any(row["suggestion"] for row in club.rows("review"))


def test_they_are_there_no_more(club):
    club.get(away(club.nils, "Jag arbetar inte längre här. Kontakta kansli@example.com."))
    (row,) = club.rows("review")
    assert row["kind"] == "person_change" and row["link"].endswith(NILS)
    assert not club.rows("bans")
    assert not closes(club.book)  # a cleanup leaves it to people


def test_the_cleanup_closes_its_own_case_of_a_change_of_person(club):
    seen = (("kind", "person_change"), ("link", f"Yhteyshenkilöt: {NILS}"))
    case = Question(fingerprint("handover", NILS), (("people", NILS),), seen)
    club.book = club.book.with_changes(
        [*settle_questions(club.book, (case,), DecidedOrders(), "2026-11-27T09:00", SAY)]
    )
    (closed,) = closes(club.book)
    assert (closed.column, closed.after) == ("done", "2026-11-28T09:00")


def test_out_of_office_says_nothing(club):
    club.get(away(club.nils, "Olen lomalla 1.12. asti. Tulossa takaisin pian."))
    assert not club.rows("review") and club.answer(NILS) == ("", "")


def test_delegated_and_another_time(club):
    delegated = exchange(
        club.maija, "ACCEPTED", attendee=';DELEGATED-TO="mailto:pekka@example.org"'
    )
    counter = outlook(club.nils, "TENTATIVE", method="COUNTER")
    club.get(delegated, counter)
    assert club.answer(MAIJA) == club.answer(NILS) == ("", "")
    assert {one["kind"] for one in club.rows("review")} == {"answer"}
    said = " ".join(row["message"] for row in club.rows("review"))
    assert "pekka@example.org" in said and "3.12.2026 17.30" in said


@pytest.mark.parametrize("what", ["gone", "merged"])
def test_an_answer_of_somebody_who_is_not_in_the_register_any_more(club, what):
    """Erased, or one with another row, since the letter went: what they ask for is done still."""
    people = club.book.table("people")
    if what == "merged":
        club.book = edited(club.book, MAIJA, "people", status="merged")
    else:
        rows = {key: row for key, row in people.cells.items() if key != MAIJA}
        others = Table(people.tab, people.columns, rows, people.numbers)
        club.book = Book({**club.book.tables, "people": others}, club.book.language)
    club.get(
        tapped(club.maija, "En pääse"),
        tapped(club.maija, "Ei kutsuja", later(hours=1)),
        returned(club.maija),
        replied(club.maija, "Onko pysäköintiä?"),
        away(club.maija, "En ole enää järjestön palveluksessa."),
        automatic=("receipt", "unsubscribed"),
    )
    assert {row["email"] for row in club.rows("bans")} == {"maija.meri@example.org"}
    links = [row["link"] for row in club.rows("review") if row["kind"] != "answer"]
    assert len(links) == (2 if what == "merged" else 0)


def test_two_rows_that_have_become_one_have_one_invitation_one_answer_and_one_place(tmp_path):
    """Either letter's token answers for the human, and no run brings the other row back."""
    club = Club(tmp_path, capacity="2")
    club.get(tapped(club.maija, "Tulossa"))
    whole = club.book
    merged = [*merge(whole, "people", NILS, MAIJA, "same")]
    club.book = whole.with_changes(merged)
    assert club.book.with_changes(Plan.of(merged).inverse().changes).tables == whole.tables
    club.get(tapped(club.nils, "Kommer", later(hours=1)), exchange(club.maija, "ACCEPTED"))
    (row,) = [one for one in Invitation.to(club.book, T) if one.person_id in (MAIJA, NILS)]
    assert (row.person_id, row.rsvp, row.send_state) == (NILS, "coming", "sent")
    assert tally_text(club.book, T) == "tulossa 1 · ehkä 0 · ei 0 · avoinna 1"
    club.get(tapped(club.maija, "En pääse", later(hours=2)))
    assert club.answer(NILS)[0] == "not_coming" and not club.rows("review")


def test_a_question_stays_as_urgent_as_it_is(club):
    club.get(replied(club.maija, "Onko pysäköintiä?"))
    asked = club.rows("review")
    club.get()
    assert club.rows("review") == asked and asked[0]["severity"] == "error"


# Trust


def unchanged(club, *mails, asked=0, **flags):
    before = club.book
    read = club.get(*mails, **flags)
    for tab in ("invitations", "bans", "people", "meetings"):
        assert club.book.table(tab) == before.table(tab)
    assert len(club.rows("review")) - len(before.table("review")) == asked
    return read


FALSE = "0123456789abcdefghjkmnpqrs"


def forged(asked):
    """The same letter with a token that somebody has made up."""
    token = asked.uid.rpartition(".")[0]
    return replace(
        asked,
        uid=asked.uid.replace(asked.uid.split("@")[0].split(".")[-1], FALSE),
        links=tuple(link.replace(link[-29:-3], FALSE) for link in asked.links),
        message_id=f"<{T}.invitation.1.{MAIJA}.{FALSE}@example.org>" if token else "",
        data=asked.data.replace(asked.message_id.encode(), f"<a.{FALSE}@example.org>".encode()),
    )


def test_forged_tokens_change_nothing(club):
    fake = forged(club.maija)
    unchanged(
        club,
        gmail(fake, "DECLINED"),
        tapped(fake, "En pääse"),
        returned(fake),
        replied(fake, "En pääse"),
    )


@pytest.mark.parametrize("how", [gmail, exchange, outlook])
def test_an_answer_from_another_address_is_a_persons_to_judge(club, how):
    data = how(replace(club.maija, to="muu@example.net"), "ACCEPTED")
    unchanged(club, data, asked=1)
    (row,) = club.rows("review")
    assert "muu@example.net" in row["message"] and row["suggestion"] == "tulossa"


def test_an_attendee_who_is_not_the_reader(club):
    """A delegate answers with the reader's own sender, or a client writes another attendee."""
    data = apple(club.maija, "ACCEPTED").replace(b"mailto:maija.meri@", b"mailto:pekka@")
    data = data.replace(b'EMAIL="maija.meri@', b'EMAIL="pekka@')
    unchanged(club, data, asked=1)
    (row,) = club.rows("review")
    assert "pekka@example.org" in row["message"]


def test_a_uid_that_names_somebody_else(club):
    """Maija's token under Nils's id, or about another meeting."""
    for old, new in ((MAIJA, NILS), (T, "T-00000")):
        unchanged(
            club,
            outlook(replace(club.maija, uid=club.maija.uid.replace(old, new)), "DECLINED"),
        )


def test_a_link_and_an_entry_of_two_readers_in_one_mail(club):
    """The calendar's reply is Maija's, the address that it goes to has the token of Nils."""
    token = club.nils.uid.partition("@")[0].rpartition(".")[2]
    data = apple(replace(club.maija, answers=f"vastaukset+{token}@example.org"), "DECLINED")
    unchanged(club, data)


def test_a_link_tapped_by_somebody_else(club):
    """They have been sent the letter on: their answer is not the reader's."""
    unchanged(club, tapped(club.maija, "Tulossa", sender="muu@example.net"), asked=1)


def test_a_token_of_somebody_else(club):
    """Nils has his own token, and writes as Maija with it; or puts both into one mail."""
    both = mail(
        club.maija.to,
        club.maija.answers,
        club.nils.link("Kommer")[1] + club.maija.link("Tulossa")[1],
        "",
    )
    unchanged(club, tapped(club.nils, "Kommer", sender=club.maija.to), asked=1)
    unchanged(club, both)


def test_no_token_and_no_bounce(club):
    """A bounce without our Message-ID may be anybody's."""
    unchanged(club, returned(club.nils, original=False))


def test_a_bounce_of_where_the_mail_was_sent_on_to(club):
    unchanged(club, returned(club.nils, recipient="vanha@example.net"), asked=1)


def test_the_very_same_message_again(club):
    data = tapped(club.maija, "Tulossa")
    club.get(data)
    club.get(tapped(club.maija, "En pääse", later(1)))
    unchanged(club, b"X-Spam: no\r\n" + data)
    again = club.get(data, data)
    assert not again.outcome.plan.changes


@pytest.mark.parametrize(
    "cells", [{"state": "cancelled"}, {"state": "held"}, {"date": "2026-11-20"}]
)
def test_an_answer_that_comes_too_late(club, cells):
    club.book = edited(club.book, T, "meetings", **cells)
    unchanged(club, gmail(club.maija, "ACCEPTED"))


@pytest.mark.parametrize("sender", ["mallory@example.net", "MAILER-DAEMON@mail.example.org"])
def test_mail_that_has_nothing_to_do_with_us(club, sender):
    unchanged(club, mail(sender, "verkosto@example.org", "Tulossa: kaikki!", "Hei, olen tulossa"))


def test_a_person_of_the_register_who_just_writes(club):
    unchanged(
        club, mail(club.maija.to, "verkosto@example.org", "Hei", "Olen tulossa, terv. M"), asked=1
    )


# Places


def test_places_and_the_queue(tmp_path):
    club = Club(tmp_path, capacity="1")
    flags = {"automatic": ("receipt",)}
    club.get(tapped(club.maija, "Tulossa"), tapped(club.nils, "Kommer", later(hours=1)), **flags)
    assert club.receipts == [(MAIJA, "coming"), (NILS, "waitlisted")]
    club.get(tapped(club.amina, "Coming", later(hours=2)), **flags)
    tally = club.book.table("meetings").cell(T, "tally")
    assert tally == "tulossa 1 · ehkä 0 · ei 0 · avoinna 0 · jonossa 2"
    club.get(tapped(club.maija, "En pääse", later(1)), **flags)
    assert club.answer(NILS)[0] == "coming" and club.answer(AMINA)[0] == "waitlisted"
    assert set(club.receipts) == {(MAIJA, "not_coming"), (NILS, "placed")}
    memory = SqliteMailboxState(tmp_path)
    assert memory.last_answer(T, NILS) == AnswerOnRecord("coming", later(hours=1), -1, 2)


@pytest.mark.parametrize("client", CALENDARS)
def test_who_is_in_the_queue_is_told_also_where_their_calendar_says_that_they_come(
    tmp_path, client
):
    club = Club(tmp_path, capacity="1")
    club.get(tapped(club.maija, "Tulossa"))
    club.get(CALENDARS[client](club.nils, "ACCEPTED", later(hours=1)), automatic=("receipt",))
    assert club.answer(NILS)[0] == "waitlisted" and club.receipts == [(NILS, "waitlisted")]


def test_without_receipts_a_free_place_is_told_and_not_given(tmp_path):
    club = Club(tmp_path, capacity="1")
    club.get(tapped(club.maija, "Tulossa"), tapped(club.nils, "Kommer", later(hours=1)))
    read = club.get(tapped(club.maija, "En pääse", later(1)))
    assert club.answer(NILS)[0] == "waitlisted"
    assert any("free" in msgid for msgid, _ in read.outcome.notes)


def test_an_answer_by_hand(club):
    club.book = edited(club.book, row_of(club.book, MAIJA), rsvp="coming")
    club.get()
    assert club.answer(MAIJA) == ("coming", "by_hand")
    club.get(tapped(club.maija, "En pääse"))
    assert club.answer(MAIJA) == ("not_coming", "email")


def test_a_receipt_that_is_owed_goes_once(club):
    """The mail server gives up in the midst: the next run sends the rest, nobody gets two."""
    mails = [tapped(club.maija, "Tulossa"), tapped(club.nils, "Kommer", later(hours=1))]
    memory, post = SqliteMailboxState(club.folder), PostOffice()
    memory.owe(club.get(*mails, automatic=("receipt",)).receipts)
    with room(post, club.folder, limits=SendLimits(per_day=4)) as opened:
        done = send_receipts(club.book, memory.owed(), opened)
    assert done.stopped and post.taken == [club.maija.to]
    memory.replace_owed(done.owed)
    with room(post, club.folder) as opened:
        memory.replace_owed(send_receipts(club.book, memory.owed(), opened).owed)
    assert sorted(post.taken) == [club.maija.to, club.nils.to] and memory.owed() == ()


def test_a_receipt_for_a_place_that_became_free_is_owed_too(tmp_path):
    """No message asks for it: it must be kept until it has gone, and goes once."""
    club = Club(tmp_path, capacity="1")
    automatic = ("receipt",)
    club.get(tapped(club.maija, "Tulossa"), tapped(club.nils, "Kommer", later(hours=1)))
    memory, post = SqliteMailboxState(club.folder), PostOffice()
    read = club.get(tapped(club.maija, "En pääse", later(hours=2)), automatic=automatic)
    memory.owe(read.receipts)
    assert club.answer(NILS)[0] == "coming" and len(memory.owed()) == 2
    with room(post, club.folder, limits=SendLimits(per_day=3)) as opened:
        memory.replace_owed(send_receipts(club.book, memory.owed(), opened).owed)
    assert post.taken == [] and len(memory.owed()) == 2
    with room(post, club.folder) as opened:
        memory.replace_owed(send_receipts(club.book, memory.owed(), opened).owed)
        send_receipts(club.book, read.receipts, opened)
    assert sorted(post.taken) == [club.maija.to, club.nils.to] and memory.owed() == ()


def test_a_receipt_never_says_what_the_register_does_not(club):
    """Promised, then the register was not written, or somebody typed another answer."""
    read = club.get(tapped(club.maija, "Tulossa"), automatic=("receipt",))
    club.book = edited(club.book, row_of(club.book, MAIJA), rsvp="not_coming")
    post = PostOffice()
    with room(post, club.folder) as opened:
        done = send_receipts(club.book, read.receipts, opened)
    assert post.taken == [] and done.owed == [] and not done.stopped


@pytest.mark.parametrize(
    ("word", "answer"), [("Tulossa", "coming"), ("Ei kutsuja", ""), ("Tiedot ovat", "")]
)
def test_words_below_a_tapped_answer_are_read_by_a_person(club, word, answer):
    if word == "Tiedot ovat":
        address, subject = club.maija.link("Tulossa")
        token = subject[subject.index("[") :]
        data = mail(f"<{club.maija.to}>", address, f"Tiedot ovat oikein {token}", "Puh. muuttui.")
    else:
        data = tapped(club.maija, word, body="Onko esteetön?\n\nTerveisin\nMaija")
    club.get(data)
    assert club.answer(MAIJA)[0] == answer
    (asked,) = club.rows("review")
    assert asked["left"].startswith(("Onko esteetön?", "Puh. muuttui."))


@pytest.mark.parametrize(
    "body", ["", "Hei!\n\nTerveisin\n\nLähetetty iPhonesta", "-- \nMaija", "Kiitos kutsusta!"]
)
def test_a_greeting_below_a_tapped_answer_is_nobodys_business(club, body):
    club.get(tapped(club.maija, "Tulossa", body=body))
    assert club.answer(MAIJA)[0] == "coming" and not club.rows("review")


def test_nothing_is_sent_to_a_machine(club):
    """Google's own Auto-Submitted reply is an answer; a receipt to it there is none."""
    club.get(gmail(club.maija, "ACCEPTED"), apple(club.nils, "ACCEPTED"), automatic=("receipt",))
    assert club.receipts == [(NILS, "coming")]


def test_an_open_question_is_not_written_again_by_the_next_run(club):
    """It is as urgent as the cleanup says, run after run."""
    club.get(replied(club.maija, "Ehkä, jos saan kyydin"))
    before = club.rows("review")
    assert [row["severity"] for row in before] == ["error"]
    club.get()
    assert club.rows("review") == before
