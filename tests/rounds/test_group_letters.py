"""Letters to a mailing, led from the sheet: previewed, released, sent once, and what stops one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from register.letters.letter_words import with_file
from register.people.mailings import LetterRow
from register.rounds.mail_room import MailRoom
from register.rounds.meetings import advance_meetings
from register.state.ledger import SqliteLedger
from tests.letters.correspondence import (
    NOW,
    SENDER,
    TEMPLATES,
    TOKENS,
    meeting,
    named,
    three_languages,
)
from tests.making import table
from tests.rounds.test_follow import ALL
from tests.rounds.test_invite import Killed, edited
from tests.rounds.test_meetings import LIISA, OURS, Office

G, J = named("G", "kaikki"), named("J", "joulukuu")
TEXTS = {
    "text_fi": "Hyvä {etunimi|ystävä},\n\njoulu on **lähellä**.\n\n{tapaamiset}\n\nTervetuloa!",
    "text_sv": "Julen är nära.\n\n{möten}",
    "text_en": "Winter is here.",
}
MAILING = {"id": G, "name": "Kaikki", "everybody": "yes"}
LETTER = {"id": J, "name": "Joulukuun kirje", "mailing": f"Kaikki · {G}", "state": "draft"}


class Desk:
    """A register with a letter, its ledger and a clock; ``run`` is one run of what is due."""

    def __init__(self, folder, *, mailing=None, bans=(), people=(), **cells):
        start = three_languages(state="sent")
        rows = {
            "mailings": [{**MAILING, **(mailing or {})}],
            "letters": [{**LETTER, **TEXTS, **cells}],
            "bans": bans,
        }
        made = {key: table(key, some) for key, some in rows.items()}
        self.book = replace(start, tables={**start.tables, **made})
        for one in people:
            self.book = edited(self.book, one.pop("id"), "people", **one)
        self.folder, self.now, self.post, self.drafts = folder, NOW, Office(), {}

    def run(self, now=None, *, killed_at=None):
        self.now = now or self.now
        writes = iter(range(1000))

        def refresh(plan):
            fits, conflicts = self.book.verify(plan)
            assert not conflicts
            if next(writes) == killed_at:
                raise Killed
            self.book = self.book.with_changes(fits)
            return self.book

        with SqliteLedger(self.folder, clock=lambda: self.now) as ledger:
            room = MailRoom(
                *(self.post, ledger, TEMPLATES, SENDER, TOKENS, self.now),
                apply=True,
                refresh=refresh,
                drafts=self.drafts,
            )
            return advance_meetings(self.book, room, OURS)

    def does(self, now=None, **cells):
        self.book = edited(self.book, J, "letters", **cells)
        return self.run(now)

    def cell(self, column):
        return self.book.table("letters").cell(J, column)

    def previewed(self, **cells):
        self.does(state="preview", **cells)
        assert self.cell("state") == "previewed", self.cell("remark")
        return self.post.code

    def sent(self, **cells):
        self.does(state="released", release=self.previewed(**cells))
        assert (self.cell("state"), self.cell("remark")) == ("sent", "")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def body(desk, to):
    (mail,) = desk.post.mails(to)
    return mail["Subject"], mail.get_body(("plain",)).get_content()


def test_a_letter_goes_to_its_mailing_in_each_readers_language(desk):
    desk.sent(subject_sv="Decemberbrev", subject_en="December")
    assert desk.post.invited == ALL
    subject, text = body(desk, "maija.meri@example.org")
    assert subject == "Joulukuun kirje"
    assert "Hyvä Maija," in text and "joulu on lähellä" in text
    assert "Syystapaaminen, torstai 3.12.2026 klo 17.30–19.30" in text
    assert text.index("Tulossa alueellasi") < text.index("Tervetuloa!")
    subject, text = body(desk, "nils@example.com")
    assert subject == "Decemberbrev" and "På gång i ditt område" in text
    subject, text = body(desk, "amina@esimerkki.example")
    assert subject == "December" and "Coming in your area" not in text


def test_each_preview_has_a_letter_of_each_language_and_the_page(desk):
    desk.previewed()
    mails = desk.post.mails()
    assert len(mails) == 4
    assert all(one["Subject"].startswith("[3-") for one in mails)
    assert "Kirjeet" in mails[0].get_body(("plain",)).get_content()
    assert {one.get_filename() for one in mails[0].iter_attachments()} == {f"{J}.html"}
    assert desk.post.invited == set()
    assert desk.cell("preview").startswith("3 kirjettä")


def test_nothing_goes_without_the_code(desk):
    desk.does(state="released")
    assert "esikatsel" in desk.cell("remark")
    desk.previewed()
    desk.does(state="released")
    desk.does(release="3-AAAA")
    assert desk.post.invited == set() and desk.cell("state") == "released"


@pytest.mark.parametrize(
    "cells",
    [{"text_fi": "Muuta."}, {"name": "Toinen aihe"}, {"send_at": "2026-12-01 09:00"}],
)
def test_what_has_changed_since_the_preview_is_previewed_again(desk, cells):
    code = desk.previewed()
    desk.does(state="released", release=code, **cells)
    assert desk.post.invited == set() and desk.cell("state") == "preview"
    desk.run()
    desk.does(state="released", release=desk.post.code)
    if "send_at" in cells:
        assert "1.12.2026 9.00" in desk.cell("remark")
        desk.run(NOW + timedelta(days=8, hours=1))
    assert desk.post.invited == ALL


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"mailing": "Viikko"}, "ei ole jakelu"),
        ({"mailing": ""}, "ei ole jakelu"),
        ({"text_fi": "", "text_sv": "", "text_en": ""}, "Teksti fi on tyhjä"),
        ({"text_fi": "Tule: {paikka}"}, "tapaamisen kenttiä ei täytetä"),
        ({"text_sv": "Hej {fornman}"}, "Teksti sv"),
        ({"text_fi": "Katso {tapaamiset} täältä"}, "Teksti fi"),
        ({"text_fi": "[Tästä](https://evil.example/)"}, "evil.example"),
        ({"name": "Hei {etunimi}"}, "Aihe"),
        ({"subject_sv": "a\nb"}, "Aihe sv"),
        ({"file": "tammikuu"}, "tammikuu.fi.md"),
        ({"state": "lähetä heti"}, "lähetä heti"),
    ],
)
def test_what_stops_a_letter_is_said_in_its_row(desk, cells, said):
    desk.does(**{"state": "preview", **cells})
    assert said in desk.cell("remark")
    assert desk.post.taken == []


@pytest.mark.parametrize(
    ("mailing", "said"),
    [
        ({"everybody": ""}, "ei kerro, keitä"),
        ({"everybody": "", "area": "koko Suomi"}, "on koko rekisteri"),
        ({"everybody": "", "area": "Kemi"}, "ei ole ketään"),
        ({"everybody": "", "area": "Atlantis"}, "Atlantis"),
    ],
)
def test_a_mailing_in_doubt_stops_its_letter(tmp_path, mailing, said):
    desk = Desk(tmp_path, mailing=mailing)
    desk.does(state="preview")
    assert said in desk.cell("remark") and desk.post.taken == []


@pytest.mark.parametrize("scope", ["all", "invitations"])
def test_who_refused_invitations_gets_no_letter(tmp_path, scope):
    ban = {"id": named("E", "x"), "email": "nils@example.com", "scope": scope, "reason": "request"}
    desk = Desk(tmp_path, bans=[ban])
    desk.sent()
    assert desk.post.invited == ALL - {"nils@example.com"}


def test_a_killed_run_is_gone_on_with_nobody_twice_nobody_lost(desk):
    code = desk.previewed()
    desk.book = edited(desk.book, J, "letters", state="released", release=code)
    closed = desk.post.deliver

    def dies(letters, clerk):
        closed(letters[:1], clerk)
        raise Killed

    desk.post.deliver = dies
    with pytest.raises(Killed):
        desk.run()
    assert len(desk.post.invited) == 1
    desk.post.deliver = closed
    desk.run()
    desk.run()
    assert desk.post.invited == ALL
    assert sorted(one for one in desk.post.taken if one != LIISA) == sorted(ALL)
    assert desk.cell("state") == "sent"


def test_a_run_killed_at_any_write_sends_nothing_twice(tmp_path):
    for at in range(4):
        desk = Desk(tmp_path / str(at))
        code = desk.previewed()
        desk.book = edited(desk.book, J, "letters", state="released", release=code)
        try:
            desk.run(killed_at=at)
        except Killed:
            desk.run()
        assert sorted(one for one in desk.post.taken if one != LIISA) == sorted(ALL)
        assert desk.cell("state") == "sent"


def test_a_letter_that_has_gone_stays_gone(desk):
    desk.sent()
    before = len(desk.post.taken)
    desk.run(NOW + timedelta(days=3))
    desk.does(state="released")
    assert len(desk.post.taken) == before


def test_a_code_of_other_letters_releases_nothing(desk):
    other = named("J", "toinen")
    rows = [{**LETTER, **TEXTS}, {**LETTER, **TEXTS, "id": other, "name": "Toinen"}]
    tables = {**desk.book.tables, "letters": table("letters", rows)}
    desk.book = replace(desk.book, tables=tables)
    desk.book = edited(desk.book, other, "letters", state="preview")
    desk.run()
    code = desk.post.code
    desk.previewed()
    desk.does(state="released", release=code)
    assert "toisten kirjeiden" in desk.cell("remark") and desk.post.invited == set()


def test_only_meetings_of_the_readers_area_are_listed(tmp_path):
    desk = Desk(tmp_path)
    far = meeting(id=named("T", "far"), name="Lapin ilta", area="Rovaniemi", state="sent")
    drafted = meeting(id=named("T", "draft"), name="Luonnos", state="draft")
    past = meeting(id=named("T", "past"), name="Mennyt", date="2026-11-01", state="sent")
    strange = meeting(id=named("T", "strange"), name="Outo", area="Atlantis", state="sent")
    rows = [meeting(state="sent"), far, drafted, past, strange]
    desk.book = replace(desk.book, tables={**desk.book.tables, "meetings": table("meetings", rows)})
    desk.sent()
    _, text = body(desk, "maija.meri@example.org")
    assert "Syystapaaminen" in text
    assert not any(name in text for name in ("Lapin", "Luonnos", "Mennyt", "Outo"))


def test_a_letter_is_written_in_a_file(desk):
    desk.drafts = {
        "joulu.md": "# Joulun sanat\n\nHyvää joulua, {etunimi}!",
        "joulu.sv.md": "God jul!\n",
    }
    desk.sent(file="joulu.fi.md", text_fi="", text_sv="", text_en="")
    assert body(desk, "maija.meri@example.org")[0] == "Joulun sanat"
    assert "Hyvää joulua, Maija!" in body(desk, "maija.meri@example.org")[1]
    assert "God jul!" in body(desk, "nils@example.com")[1]
    assert "available in Finnish only" in body(desk, "amina@esimerkki.example")[1]


def test_a_file_that_was_edited_since_the_preview_is_previewed_again(desk):
    desk.drafts = {"joulu.md": "Hyvää joulua!"}
    code = desk.previewed(file="joulu", text_fi="", text_sv="", text_en="")
    desk.drafts = {"joulu.md": "Hyvää uutta vuotta!"}
    desk.does(state="released", release=code)
    assert desk.cell("state") == "preview" and desk.post.invited == set()


def test_the_cell_wins_over_the_file():
    row = LetterRow.of(J, {**LETTER, "text_fi": "Solusta.", "file": "x"})
    read = with_file(row, {"x.fi.md": "# A\nTiedostosta.", "x.en.md": "From the file."}, "fi")
    assert (read.text_fi, read.subject_fi, read.text_en) == ("Solusta.", "A", "From the file.")


def test_a_register_without_the_tabs_goes_on(desk):
    tables = {
        key: one for key, one in desk.book.tables.items() if key not in ("letters", "mailings")
    }
    desk.book = replace(desk.book, tables=tables)
    assert not desk.run().failed
