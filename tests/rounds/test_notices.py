"""The first letter to a person tells of the register (GDPR art. 14), and no other ever again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from register.book.change import Change
from register.letters.notice import RegisterKeeping
from register.letters.templates import read_templates
from register.rounds.follow import send_follow
from register.rounds.invitations import send_invitations
from register.rounds.notices import send_notices
from register.rounds.plan import plan_invitations
from register.rounds.trial import try_letters
from tests.letters.correspondence import (
    AMINA,
    FOLDER,
    MAIJA,
    NILS,
    NOW,
    SENDER,
    T,
    person,
    register,
    three_languages,
)
from tests.rounds.test_follow import Archive
from tests.rounds.test_invite import Killed, edited, room, send, sent

TELLS = {
    "fi": "Tietosi rekisterissämme",
    "sv": "Dina uppgifter i vårt register",
    "en": "Your details in our register",
}
KEEPING = RegisterKeeping(
    "Maija Vastaava, 040 1234567", "tsv@example.org", ("Kumppani ry",), True, 24
)
TOLD = replace(SENDER, keeping=KEEPING)


def texts(post):
    """What each mailbox's letter says, on one line."""
    found = {}
    for mailbox, letter in getattr(post, "letters", {}).items():
        mail = message_from_bytes(letter.data, policy=default)
        found[mailbox] = " ".join(mail.get_body(("plain",)).get_content().split())
    return found


def tells(post):
    return {box: any(one in text for one in TELLS.values()) for box, text in texts(post).items()}


def notices(book, folder, **flags):
    post = Archive()
    days = flags.pop("days", 0)
    with room(post, folder, **flags) as opened:
        outcome = send_notices(book, opened, days=days)
    return post, outcome


def test_all_that_the_law_wants_in_each_language(tmp_path):
    post, book = Archive(), three_languages()
    for who, cells in (
        (MAIJA, {"source": "Kumppanin luettelo.xlsx 3.11.2026"}),
        (NILS, {"consent_on": "2026-11-01", "consent_words": "Saa kutsua: x (kortti)"}),
        (AMINA, {"source": "https://www.espoo.example/yhdistykset?x=1"}),
    ):
        book = edited(book, who, "people", phone="+358401112222", **cells)
    with room(post, tmp_path) as opened:
        send_notices(book, replace(opened, sender=TOLD))
    said = texts(post)
    fi = said["maija.meri@example.org"]
    for part in (
        "Espoon verkosto ry (yhteys: Maija Vastaava, 040 1234567; tietosuojavastaava: tsv@",
        "Tietojesi lähde: luettelo, jonka saimme 3.11.2026.",
        "Etunimi, Sukunimi, Organisaatio, Ryhmä, Sähköposti, Puhelin",
        "Tarkoituksena on",
        "oikeutettu etumme",
        "sekä Kumppani ry.",
        "Yhdysvalloissa",
        "24 kuukautta",
        "nähdä tietosi",
        "poistattaa",
        "vastustaa",
        "https://tietosuoja.fi/",
        "https://example.org/tietosuoja",
    ):
        assert part in fi, part
    assert "Kumppanin" not in fi
    assert "came from: the site espoo.example." in said["amina@esimerkki.example"]
    sv, en = said["nils@example.com"], said["amina@esimerkki.example"]
    assert "ditt samtycke, som du kan återkalla" in sv and "överförda" in sv and "Telefon" in sv
    assert "We keep them for 24 months" in en and "Data Protection Ombudsman" in en
    assert all(text.count(one) == 1 for text, one in zip((fi, sv, en), TELLS.values(), strict=True))


def test_the_first_letter_tells_and_the_next_does_not(tmp_path):
    book, post = three_languages(), Archive()
    book = sent(_with_list(book), post, tmp_path)
    assert set(tells(post).values()) == {True} and len(tells(post)) == 3
    assert "Saat tämän viestin" not in texts(post)["maija.meri@example.org"]
    again = Archive()
    with room(again, tmp_path, clock=lambda: NOW + timedelta(days=1)) as opened:
        send_follow(book, T, "reminder", opened)
    assert set(tells(again).values()) == {False} and len(tells(again)) == 3
    assert "Saat tämän viestin" in texts(again)["maija.meri@example.org"]
    post, _ = notices(book, tmp_path)
    assert texts(post) == {}


def _with_list(book):
    return book.with_changes(plan_invitations(book, T, NOW).plan.changes)


def test_a_rehearsal_tells_nobody(tmp_path):
    book = _with_list(three_languages())
    rehearsal = Archive()
    rehearsal.rehearsal = True
    sent(book, rehearsal, tmp_path)
    assert set(tells(rehearsal).values()) == {True}
    with room(Archive(), tmp_path) as opened:
        assert opened.ledger.notices() == []
        try_letters(book, T, opened, "liisa@example.org")
        assert opened.ledger.notices() == []


@pytest.mark.parametrize("reached", ["nils@example.com", "maija.meri@example.org"])
def test_after_a_kill_nobody_is_told_twice(tmp_path, reached):
    """The letter in whose midst the run was killed may have gone: it has told its reader."""
    book, post = three_languages(), Archive({reached: Killed()})
    with pytest.raises(Killed), room(post, tmp_path) as opened:
        send_notices(book, opened)
    again, _ = notices(book, tmp_path)
    assert set(post.reached).isdisjoint(texts(again)) and reached in post.reached
    assert len({*post.reached, *texts(again)}) == 3
    last, _ = notices(book, tmp_path)
    assert texts(last) == {}


def test_a_letter_that_did_not_go_after_all_tells_when_it_goes(tmp_path):
    book, post = register([person()]), Archive({"maija.meri@example.org": "failed"})
    with room(post, tmp_path) as opened:
        send_notices(book, opened)
        assert opened.ledger.notices() == []
    later, _ = notices(_with_list(book), tmp_path)
    assert texts(later) == {}
    post = Archive()
    send(_with_list(book), post, tmp_path)
    assert set(tells(post).values()) == {True}


def test_after_a_merge_and_with_another_address_nobody_is_told_twice(tmp_path):
    book = register([person(), person(NILS, email="maija@toinen.example", source="Messut 2025")])
    one = book.with_changes([_change(book, NILS, "invite", "no"), _change(book, NILS, "email", "")])
    notices(one, tmp_path)
    merged = [
        _change(book, MAIJA, "status", "merged"),
        _change(book, MAIJA, "merged_into", f"Maija Meri · {NILS}"),
    ]
    post, _ = notices(book.with_changes(merged), tmp_path)
    assert texts(post) == {}
    post, _ = notices(book, tmp_path)
    assert set(texts(post)) == {"maija@toinen.example"}


def _change(book, who, column, after):
    return Change("people", who, column, book.table("people").cell(who, column), after, "test")


def test_a_letter_that_came_back_has_told_nobody(tmp_path):
    notices(register([person()]), tmp_path)
    ban = {"id": "E-00001", "email": "maija.meri@example.org", "scope": "all", "reason": "bounced"}
    moved = register([person(email="maija@uusi.example")], bans=[ban])
    post, _ = notices(moved, tmp_path)
    assert tells(post) == {"maija@uusi.example": True}


def test_who_is_not_to_be_invited_is_told_and_who_is_banned_is_not(tmp_path):
    ban = {"id": "E-00001", "email": "nils@example.com", "scope": "all"}
    book = register([person(invite="no"), person(NILS, email="nils@example.com")], bans=[ban])
    post, outcome = notices(book, tmp_path)
    assert set(texts(post)) == {"maija.meri@example.org"}
    assert ("{count} must not be written to", {"count": 1}) in outcome.notes


def test_by_itself_only_when_the_month_is_running_out(tmp_path):
    book = register([person(added_on="2026-11-15"), person(NILS, email="nils@example.com")])
    post, _ = notices(book, tmp_path, days=21)
    assert set(texts(post)) == {"nils@example.com"}
    post, _ = notices(book, tmp_path)
    assert set(texts(post)) == {"maija.meri@example.org"}


def test_a_shared_mailbox_tells_all_who_read_it(tmp_path):
    book = _with_list(register([person(), person(NILS, first="Nils", last="Berg")]))
    send(book, Archive(), tmp_path)
    post, _ = notices(book, tmp_path)
    assert texts(post) == {}


def test_what_was_agreed_to_is_the_same_when_another_letter_has_told_meanwhile(tmp_path):
    book = _with_list(three_languages())
    with room(Archive(), tmp_path, apply=False) as opened:
        before = dict(send_round_notes(book, opened))
    notices(book, tmp_path)
    with room(Archive(), tmp_path, apply=False) as opened:
        assert dict(send_round_notes(book, opened)) == before


def send_round_notes(book, opened):
    notes = send_invitations(book, T, opened).notes
    return [(msgid, str(values)) for msgid, values in notes if "release" in values]


def test_templates_of_ones_own_cannot_leave_it_out(tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    plain = "---\nsubject: Hei\npreheader: Hei\nfrom-name: Me\n---\nTule mukaan!\n"
    for language in ("fi", "sv", "en"):
        (folder / f"invitation.{language}.md.j2").write_text(plain, encoding="utf-8")
    (folder / "mail.html.j2").write_bytes((FOLDER / "mail.html.j2").read_bytes())
    own = {
        **{name: text for name, text in read_templates(FOLDER).items() if name[:7] == "notice."},
        **read_templates(folder),
    }
    post = Archive()
    with room(post, tmp_path / "state") as opened:
        send_invitations(_with_list(three_languages()), T, replace(opened, templates=own))
    assert set(tells(post).values()) == {True}
    html = message_from_bytes(post.letters["nils@example.com"].data, policy=default)
    assert re.search(TELLS["sv"], html.get_body(("html",)).get_content())


@pytest.mark.parametrize("source", ["https://paha.example", "{{ 7*7 }}", "**x** [a](b)"])
def test_what_the_row_says_is_data(tmp_path, source):
    post, _ = notices(register([person(source=source)]), tmp_path)
    (text,) = texts(post).values()
    assert "https://paha.example" not in text
    assert source in text or "https" in source
