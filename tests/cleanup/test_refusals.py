"""Who a list says wants no letters is not invited, whatever else is said, and is asked about."""

from __future__ import annotations

import pytest

from register.book.change import Change, added_row
from register.book.log import log_rows
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.intake.refusals import consent_kind, refuses_letters
from register.intake.sheet import ListSheet
from register.letters.audience import audience
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.letters.correspondence import MAIJA, NOW, T, person, register

SAY = Sentences("fi")
BEFORE = NOW.replace(month=10)

REFUSED = [
    *(("Tila", word) for word in ("Perunut tilauksen", "perunut", "Perui", "kielsi", "PERUNUT ")),
    *(("Tila", word) for word in ("ei saa lähettää", "Unsubscribed", "opted out", "Opted-out")),
    *(
        ("Status", word)
        for word in ("declined", "Do not contact", "don't mail", "perunut 3.5.2024")
    ),
    *(("Status", word) for word in ("avböjt", "avanmält", "Avanmäld", "inga inbjudningar")),
    *(("Lupa", word) for word in ("ei", "Ei", "NEJ", "no", "0", "FALSE", "perunut", "ei kiitos")),
    *(("Suostumus", "ei"), ("GDPR", "no"), ("GDPR-suostumus", "nej"), ("Samtycke", "nej")),
    *(("Markkinointilupa", "ei"), ("Saa lähettää", "ei"), ("Får skickas", "nej"), ("Kutsut", "ei")),
    *(("Opt-out date", "3.5.2024"), ("Unsubscribed at", "2024-05-03 10:11"), ("Opt-out", "x")),
    *(("Ei saa lähettää", "x"), ("Perunut", "kyllä"), ("Suoramarkkinointikielto", "K")),
    *(("Perumispäivä", "3.5."), ("Avanmäld", "ja"), ("Do not email", "TRUE"), ("Kielto", "kutsut")),
    *(
        ("Uutiskirje", "perunut"),
        ("Newsletter", "unsubscribed"),
        ("Uutiskirje peruttu", "3.5.2024"),
    ),
    *(("Huom", "puhelu 3.5.: ei saa lähettää"), ("Huom", "Ei enää kutsuja, kiitos!")),
    *(("Status", word) for word in ("bounced", "Hard bounce", "Invalid email", "osoite ei toimi")),
    *(("Väri", "perunut"), ("", "unsubscribed"), ("RSVP", "unsubscribed")),
]
FREE = [
    *(("Tila", word) for word in ("Tilannut", "aktiivinen", "subscribed", "ok", "Perunayhdistys")),
    *(("Lupa", word) for word in ("kyllä", "x", "", "ei vielä kysytty", "ei tiedossa")),
    *(("Opt-out", word) for word in ("", "ei", "no", "0", "FALSE", "-", "ei ole", "ei vielä")),
    *(("Kuvauslupa", "ei"), ("Saa julkaista", "ei"), ("Foto tillstånd", "nej"), ("Väri", "ei")),
    *(
        ("Uutiskirje", "ei"),
        ("Nyhetsbrev", "nej"),
        ("Huom", "Perui kokouksen 3.5."),
        ("Huom", "ei"),
    ),
    *(
        ("RSVP", "declined"),
        ("Vastaus", "ei"),
        ("Osallistuu", "nej"),
        ("Sähköposti", "ei sähköpostia"),
    ),
    *(
        ("Rooli", "kieltolain tutkija"),
        ("Tila", "ei tilaa kalenterissa"),
        ("Huom", "perui viestillä"),
    ),
]


@pytest.mark.parametrize(("header", "cell"), REFUSED)
def test_what_refuses(header, cell):
    assert refuses_letters(header, cell, at_length=header == "Huom")


@pytest.mark.parametrize(("header", "cell"), FREE)
def test_what_does_not(header, cell):
    assert not refuses_letters(header, cell, at_length=header in ("Huom", "Sähköposti"))


def test_a_newsletter_is_no_invitation_and_no_word_stands_for_it():
    assert consent_kind("Uutiskirje") == "newsletter"
    ((_, row),) = brought_in(("Uutiskirje", "ei"))[0].table("inbox").rows()
    assert row["consent"] == ""


def lists(header, cell):
    headers = ("Etunimi", "Sukunimi", "Yhdistys", "Sähköposti", header)
    row = ("Otto", "Meri", "Meri ry", "otto@meri.example", cell)
    return ListSheet("list.csv", headers, (row,))


def brought_in(column, start=None, agreed=True, now=BEFORE):
    start = start or register([])
    sheet = lists(*column)
    outcome, _ = import_contacts(start, sheet, guess_columns(sheet), now, agreed=agreed)
    return start.with_changes(outcome.plan.changes), outcome


def cleaned(book, *, invite=True):
    outcome = cleanup(book, NOW, CleanupOptions(SAFE, invite=invite), SAY)
    return book.with_changes(outcome.plan.changes), outcome


def question(book):
    found = [
        (row_id, row)
        for row_id, row in book.table("review").rows()
        if "Kiellot" in row["suggestion"] and not row["done"]
    ]
    return found[0] if found else None


def answers(book, decision):
    return book.with_changes(
        [Change("review", question(book)[0], "decision", "", decision, "by hand")]
    )


@pytest.mark.parametrize("agreed", [True, False])
@pytest.mark.parametrize(("header", "cell"), REFUSED)
def test_a_refusal_is_kept_said_and_asked_about(header, cell, agreed):
    """--agreed and --invite never overrule a cell."""
    book, outcome = brought_in((header, cell), agreed=agreed)
    said = [values for text, values in outcome.notes if "refuse letters" in text]
    assert said[0]["count"] == 1 and said[0]["numbers"] == ["2"]
    book, run = cleaned(book)
    ((_, row),) = book.table("people").rows()
    assert (row["first"], row["invite"]) == ("Otto", "no")
    _, asked = question(book)
    assert "otto@meri.example" in asked["message"] and asked["suggestion"] == "Kiellot: kutsut"
    (told,) = (values for text, values in run.notes if "have refused letters" in text)
    assert [one.partition(" · ")[0] for one in told["who"]] == ["Otto Meri"]
    again = cleanup(book, NOW, CleanupOptions(SAFE, invite=True), SAY)
    assert again.plan.changes == () and again.notes == ()


@pytest.mark.parametrize(("header", "cell"), FREE)
def test_others_of_the_list_are_invited(header, cell):
    book, outcome = brought_in((header, cell))
    assert not any("refuse letters" in text for text, _ in outcome.notes)
    book, _ = cleaned(book)
    assert question(book) is None
    assert [row["invite"] for _, row in book.table("people").rows()] == ["yes"]


def test_yes_makes_a_ban_and_closes_the_question():
    book, _ = cleaned(brought_in(("Tila", "unsubscribed"))[0])
    book, _ = cleaned(answers(book, "accept"))
    ((_, ban),) = book.table("bans").rows()
    assert (ban["email"], ban["scope"], ban["reason"]) == (
        "otto@meri.example",
        "invitations",
        "request",
    )
    assert question(book) is None
    assert cleaned(book)[1].plan.changes == ()


def test_no_leaves_it_and_never_asks_again():
    book, _ = cleaned(brought_in(("Tila", "unsubscribed"))[0])
    book, _ = cleaned(answers(book, "ignore"))
    assert question(book) is None and not list(book.table("bans").rows())
    assert cleaned(book)[1].plan.changes == ()


KNOWN = [person(first="Otto", last="Meri", email="Otto@Meri.example")]


@pytest.mark.parametrize("taken_in", [False, True])
def test_somebody_known_gets_no_letter_until_a_person_has_answered(taken_in):
    """Whom the register invites already: the newer word counts until it has been looked at."""
    book = register(KNOWN)
    assert audience(book, T, NOW.date()).count == 1
    book, _ = brought_in(("Status", "Unsubscribed"), book)
    if taken_in:
        book, _ = cleaned(book)
        assert question(book)
    found = audience(book, T, NOW.date())
    assert found.count == 0 and found.why(MAIJA) == "refused"
    if taken_in:
        assert audience(cleaned(answers(book, "ignore"))[0], T, NOW.date()).count == 1
        banned = audience(cleaned(answers(book, "accept"))[0], T, NOW.date())
        assert banned.why(MAIJA) == "ban-invitations"


def test_a_later_yes_takes_it_back():
    book, _ = brought_in(("Status", "Unsubscribed"), register(KNOWN))
    book, _ = brought_in(("Lupa", "kyllä"), book, now=NOW)
    assert audience(book, T, NOW.date()).count == 1
    book, _ = cleaned(book)
    assert question(book) is None


def test_what_somebody_typed_into_lupa_counts():
    row = {
        "id": "S-00000",
        "at": "2026-10-01",
        "first": "Otto",
        "last": "Meri",
        "consent": "perunut",
    }
    book, _ = cleaned(register(KNOWN, inbox=[{**row, "email": "otto@meri.example"}]))
    assert question(book) and audience(book, T, NOW.date()).count == 0


def many(count, start=None, now=BEFORE):
    """A register that a list of people who refuse letters, and of one who does not, came into."""
    headers = ("Etunimi", "Sukunimi", "Yhdistys", "Sähköposti", "Lupa")
    rows = [
        (f"Otto{chr(97 + n % 26)}", "Meri", f"Meri {n} ry", f"otto{n}@meri.example", "ei")
        for n in range(count)
    ]
    rows.append(("Aino", "Lehto", "Meri ry", "aino@meri.example", "kyllä"))
    sheet, start = ListSheet("list.csv", headers, tuple(rows)), start or register([])
    outcome, _ = import_contacts(start, sheet, guess_columns(sheet), now)
    return start.with_changes(outcome.plan.changes)


def questions(book):
    return [row for _, row in book.table("review").rows() if "Kiellot" in row["suggestion"]]


def test_a_list_of_refusals_is_one_question_and_one_yes_bans_them_all():
    book, outcome = cleaned(many(7))
    (asked,) = questions(book)
    assert asked["message"].startswith("7 riviä välilehdellä Saapuneet kieltäytyy kirjeistä")
    assert len(asked["left"].split()) == 7
    assert [values["count"] for text, values in outcome.notes if "refused" in text] == [7]
    invited = [row["first"] for _, row in book.table("people").rows() if row["invite"] == "yes"]
    assert invited == ["Aino"]
    book, outcome = cleaned(answers(book, "accept"))
    bans = [row for _, row in book.table("bans").rows()]
    assert sorted(row["email"] for row in bans) == [f"otto{n}@meri.example" for n in range(7)]
    assert len({row["source"] for row in bans}) == 7
    lines = log_rows(outcome.plan.changes, outcome.run, "2026-11-23T09:00", book)
    assert len([line for line in lines if (line["tab"], line["col"]) == ("Kiellot", "+")]) == 7
    assert questions(book)[0]["done"] and cleaned(book)[1].plan.changes == ()


def test_a_list_of_refusals_that_is_passed_over_is_not_asked_about_again():
    book, _ = cleaned(answers(cleaned(many(3))[0], "ignore"))
    assert questions(book)[0]["done"] and not list(book.table("bans").rows())
    assert cleaned(book)[1].plan.changes == ()
    book, _ = cleaned(many(5, book, now=NOW))
    (_, asked) = questions(book)
    assert len(asked["left"].split()) == 2 and not asked["done"]


def test_who_should_not_be_banned_leaves_the_question_by_their_own_row():
    book, _ = cleaned(many(3))
    (before,) = questions(book)
    card = before["left"].split()[0]
    book = book.with_changes([Change("inbox", card, "consent", "no", "yes", "by hand")])
    book, _ = cleaned(book)
    (asked,) = questions(book)
    assert asked["left"] == before["left"].removeprefix(f"{card} ") and not asked["done"]
    book, _ = cleaned(answers(book, "accept"))
    assert len(list(book.table("bans").rows())) == 2


def test_what_somebody_has_decided_of_one_is_carried_out_though_others_are_asked_at_once():
    book, _ = cleaned(many(1))
    book = many(4, answers(book, "accept"), now=NOW)
    book, _ = cleaned(book)
    ((_, ban),) = book.table("bans").rows()
    assert ban["email"] == "otto0@meri.example"
    assert [len(row["left"].split()) for row in questions(book) if not row["done"]] == [3]


def test_a_question_names_no_more_rows_than_its_cell_can_hold():
    book, _ = cleaned(many(230))
    assert sorted(len(row["left"].split()) for row in questions(book)) == [30, 200]
    assert all(len(row["left"]) <= 2000 for row in questions(book))


def test_what_an_organisation_refuses_is_one_question_whose_yes_bans_all_of_it():
    org = {"id": "O-0QXJF", "name": "Meri ry", "email": "info@meri.example"}
    start = register([{**KNOWN[0], "org": "Meri ry · O-0QXJF"}])
    added = [
        *added_row("organisations", org, "x"),
        *added_row("inbox", {"id": "S-0QXJF", "text": "Meri ry ei halua kutsuja"}, "x"),
    ]
    book, _ = cleaned(start.with_changes(added))
    _, asked = question(book)
    assert asked["left"] == "Meri ry ei halua kutsuja" and "Meri ry · O-0QXJF" in asked["message"]
    assert sum("Kiellot" in row["suggestion"] for _, row in book.table("review").rows()) == 1
    book, _ = cleaned(answers(book, "accept"))
    assert {row["email"] for _, row in book.table("bans").rows()} >= {
        "Otto@meri.example",
        org["email"],
    }
    assert book.table("inbox").cell("S-0QXJF", "result") == "tuttu O-0QXJF"
    assert (
        question(book) is None and cleanup(book, NOW, CleanupOptions(SAFE), SAY).plan.changes == ()
    )
