"""Meetings that are led from the sheet: states, previews, codes, and what stops a row."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest

from register.book.errors import ConfigError, TemporaryFailure
from register.post.attachment_folder import read_attachments
from register.rounds.mail_room import MailRoom
from register.rounds.meetings import advance_meetings, stop_meetings
from register.rounds.parcel import ReleaseSettings
from register.rounds.projection import changes_from_ledger
from register.state.ledger import SqliteLedger
from register.words.sentences import Sentences
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    NILS,
    NOW,
    PAGE,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    meeting,
    named,
    register,
    three_languages,
)
from tests.rounds.test_follow import ALL
from tests.rounds.test_invite import Killed, PostOffice, edited, room, row_of, states

HELSINKI = ZoneInfo("Europe/Helsinki")
LIISA = "liisa@example.org"
OTHER = named("T", "other")
OURS = ReleaseSettings((LIISA,), PAGE)


class Office(PostOffice):
    """Keeps the letters too; ``closed`` is a mail server that does not answer."""

    def __init__(self, faults=None):
        super().__init__(faults)
        self.letters, self.closed = [], False

    def deliver(self, letters, clerk):
        if self.closed:
            raise TemporaryFailure("The mail server is closed.")
        before = len(self.taken)
        by_address = {one.address: one for one in letters}
        try:
            super().deliver(letters, clerk)
        finally:
            self.letters += [by_address[one] for one in self.taken[before:]]

    def mails(self, to=LIISA):
        return [
            message_from_bytes(one.data, policy=default)
            for one in self.letters
            if one.address == to
        ]

    @property
    def code(self):
        """The code that the last preview brought."""
        found = re.match(r"\[(\d+-[0-9A-Z]{4})\]", self.mails()[-1]["Subject"])
        return found[1]

    @property
    def invited(self):
        return {one for one in self.taken if one != LIISA}


class Spring:
    """A register, its ledger and a clock; ``run`` is one run of what is due."""

    def __init__(self, book, folder, now=NOW):
        self.book, self.folder, self.now, self.post = book, folder, now, Office()
        self.settings, self.tokens, self.key = OURS, TOKENS, 0

    def run(self, now=None, *, killed_at=None):
        """Do what is due; ``killed_at`` is after how many writes the process dies."""
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
                *(self.post, ledger, TEMPLATES, SENDER, self.tokens, self.now),
                apply=True,
                refresh=refresh,
                attach=lambda names: read_attachments(self.folder, names, 20),
                outbox="lahtevat",
            )
            outcome = advance_meetings(self.book, room, self.settings)
        fits, conflicts = self.book.verify(outcome.plan)
        assert not conflicts
        self.book = self.book.with_changes(fits)
        return outcome

    def rests(self, now=None):
        """Whether another run changes no cell and sends nothing."""
        before, count = self.rows(), len(self.post.taken)
        self.run(now)
        return (before, count) == (self.rows(), len(self.post.taken))

    def rows(self):
        return [
            dict(row)
            for tab in ("meetings", "invitations")
            for _, row in self.book.table(tab).rows()
        ]

    def types(self, row=T, **cells):
        self.book = edited(self.book, row, "meetings", **cells)

    def does(self, now=None, **cells):
        """A person types; the next run answers."""
        self.types(**cells)
        return self.run(now)

    def cells(self, *columns, row=T):
        table = self.book.table("meetings")
        found = tuple(table.cell(row, column) for column in columns)
        return found if len(found) > 1 else found[0]

    def label(self, state):
        return Sentences("fi").label("meeting_state", state)

    def previewed(self, **cells):
        self.does(state="gather", **cells)
        self.does(state="preview")
        assert self.cells("state") == "previewed"
        return self.post.code

    def sent(self, **cells):
        self.does(state="released", release=self.previewed(**cells))
        assert self.cells("state", "remark") == ("sent", "")


@pytest.fixture
def spring(tmp_path):
    return Spring(three_languages(state="draft"), tmp_path)


def advanced(book, folder, post=None, **flags):
    """The register after one run has done what is due."""
    with room(post or PostOffice(), folder, **flags) as opened:
        outcome = advance_meetings(book, opened, OURS)
    fits, conflicts = book.verify(outcome.plan)
    assert not conflicts
    return book.with_changes(fits), outcome


def cells(book, *columns):
    table = book.table("meetings")
    return tuple(table.cell(T, column) for column in columns)


def test_gathering_lists_those_who_are_invited(tmp_path):
    book, _ = advanced(three_languages(state="gather"), tmp_path)
    assert cells(book, "state", "invited", "remark") == ("gathered", "3, katso Kutsut", "")
    assert set(states(book).values()) == {"waiting"}
    _, outcome = advanced(book, tmp_path)
    assert outcome.plan.changes == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"state": "kokoa heti"}, "”kokoa heti” ei ole sarakkeen Tila sanoja"),
        ({"date": "2026-11-01"}, "1.11.2026, ja se on jo mennyt"),
        (
            {"place": "", "start": ""},
            "Alkaa on tyhjä. Paikka on tyhjä. Täytä tai korjaa nämä solut",
        ),
        ({"area": "Atlantis"}, "Alue: sanaa ”Atlantis” ei tunneta."),
    ],
)
def test_what_stops_a_row_is_said_in_it(tmp_path, typed, said):
    book = three_languages(**{"state": "gather", **typed})
    book, _ = advanced(book, tmp_path)
    assert said in cells(book, "remark")[0]
    assert cells(book, "state") == (typed.get("state", "gather"),)
    assert states(book) == {}
    assert advanced(book, tmp_path)[1].plan.changes == ()
    mended = edited(
        book,
        T,
        "meetings",
        state="gather",
        **{k: v for k, v in meeting().items() if k in typed and k != "state"},
    )
    assert cells(advanced(mended, tmp_path)[0], "state", "remark") == ("gathered", "")


def test_two_meetings_of_one_name_are_told_apart_first(tmp_path):
    other = meeting(id=OTHER, state="draft", name="SYYSTAPAAMINEN ")
    book = register(meetings=[meeting(state="gather"), other])
    book, _ = advanced(book, tmp_path)
    assert "Toisellakin tulevalla tapaamisella on nimi ”Syystapaaminen”" in cells(book, "remark")[0]
    book = edited(book, OTHER, "meetings", state="held")
    assert cells(advanced(book, tmp_path)[0], "state") == ("gathered",)


def test_a_preview_comes_to_who_may_release_and_to_nobody_else(spring):
    code = spring.previewed()
    assert code.startswith("3-")
    assert set(spring.post.taken) == {LIISA}
    whole, *samples = spring.post.mails()
    assert sorted(one["Content-Language"] for one in samples) == ["en", "fi", "sv"]
    assert all(code in one["Subject"] for one in samples)
    text = whole.get_body(("plain",)).get_content()
    assert f"Lupa: {code}" in text and "3 kirjettä odottaa lupaasi." in text
    (page,) = whole.iter_attachments()
    assert page.get_filename() == f"{T}.html" and page.get_content_charset() == "utf-8"
    assert all(address in page.get_content() for address in ALL)
    assert spring.cells("preview", "remark") == ("3 kirjettä, sähköpostissa 23.11.2026 9.00", "")
    assert code not in str(spring.book.table("meetings").row(T))
    assert spring.rests() and len(spring.post.taken) == 4


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n", "{lower}", "{spaced}", "{dash}"])
def test_the_code_releases_just_what_was_previewed(spring, typed):
    code = spring.previewed()
    count, word = code.split("-")
    typed = typed.format(
        code, lower=code.lower(), spaced=f"{count} {word}", dash=f"{count}–{word.lower()}"
    )
    spring.does(state="released", release=typed)
    assert spring.cells("state", "remark") == ("sent", "")
    assert spring.post.invited == ALL and len(spring.post.taken) == 4 + 3
    assert spring.rests() and len(spring.post.taken) == 7


WRONG_CODE = (
    "Sarakkeen Lupa koodi ei ole viimeisimmän esikatselun koodi. Katso koodi siitä, tai valitse"
    " sarakkeeseen Tila ”esikatselu”, niin saat uuden."
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Esikatselu on sähköpostissa; kirjoita sen koodi sarakkeeseen Lupa."),
        ("3-AAAA", WRONG_CODE),
        ("tulkaa kaikki", WRONG_CODE),
        ("²-AAAA", WRONG_CODE),
        ("9" * 5000, WRONG_CODE),
    ],
)
def test_without_the_code_nothing_is_sent(spring, typed, said):
    spring.previewed()
    spring.does(state="released", release=typed)
    assert spring.cells("state", "remark") == ("released", said)
    assert spring.post.invited == set()
    spring.does(release=spring.post.code)
    assert spring.cells("state", "remark") == ("sent", "")


def test_release_without_a_preview_says_what_to_do(spring):
    spring.does(state="gather")
    spring.does(state="released", release="3-K7QX")
    assert "Kirjeitä ei ole esikatseltu" in spring.cells("remark")
    spring.does(state="draft")
    assert spring.post.taken == []


def test_preview_without_gathering_says_what_to_do(spring):
    spring.does(state="preview")
    assert spring.cells("state") == "preview"
    assert "”kokoa kutsuttavat”" in spring.cells("remark")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": "Kirjasto"}, "tapaamisen nimi, aika, paikka tai linkki"),
        ({"send_at": "2026-11-24T09:00"}, "kirjeiden lähtöpäivät"),
        ({"remind_days": "1"}, "kirjeiden lähtöpäivät"),
        ({"host": "Liisa Laine"}, "kirjeiden"),
        (None, "vastaanottajat"),
    ],
)
def test_what_changed_after_the_preview_goes_back_to_be_previewed(spring, change, said):
    code = spring.previewed()
    if change is None:
        spring.book = edited(spring.book, row_of(spring.book, NILS), send="no")
    else:
        spring.types(**change)
    spring.does(state="released", release=code)
    assert spring.cells("state") == "preview" and said in spring.cells("remark")
    assert spring.post.invited == set()
    spring.run()
    assert spring.cells("state") == "previewed" and spring.post.code != code
    spring.does(NOW + timedelta(days=2), state="released", release=spring.post.code)
    assert spring.post.invited == ALL - ({"nils@example.com"} if change is None else set())


def test_a_code_of_another_meeting_releases_nothing(tmp_path):
    other = meeting(id=OTHER, state="gather", name="Kevättapaaminen")
    book = three_languages(state="gather")
    tables = {
        **book.tables,
        "meetings": register(meetings=[meeting(state="gather"), other]).table("meetings"),
    }
    spring = Spring(book.__class__(tables, book.language), tmp_path)
    spring.run()
    spring.types(state="preview")
    spring.run()
    code = spring.post.code
    spring.types(OTHER, state="preview")
    spring.run()
    assert spring.post.code != code
    spring.does(state="released", release=spring.post.code)
    assert spring.cells("remark").startswith("Sarakkeessa Lupa on toisten kirjeiden koodi; kirj")
    assert spring.post.invited == set()


def test_an_address_that_an_editor_adds_gets_no_code_and_no_list(spring):
    """Who may release letters is the configuration's word: no cell of the sheet can add to it."""
    stranger = "vieras@example.net"
    spring.types(host=stranger, attending=stranger, preview=stranger)
    typed = {"owners": "Vieras", "owner_email": stranger, "releasers": stranger}
    choices = register(choices=[typed, {"owners": "Liisa", "releasers": stranger}]).table("choices")
    tables = {**spring.book.tables, "choices": choices}
    spring.book = spring.book.__class__(tables, spring.book.language)
    assert stranger in str([*spring.book.table("choices").rows()])
    spring.previewed()
    assert set(spring.post.taken) == {LIISA}
    shown = [cell for _, cell in spring.book.table("choices").column("releasers")]
    assert shown == [LIISA, ""]


def test_nobody_is_named_to_release(spring):
    spring.settings = replace(OURS, addresses=())
    spring.does(state="gather")
    spring.does(state="preview")
    assert "[letters] release" in spring.cells("remark") and spring.post.taken == []


def test_who_asks_again_gets_another_preview(spring):
    code = spring.previewed()
    spring.does(state="preview")
    assert spring.post.code == code and len(spring.post.taken) == 8


@pytest.mark.parametrize("write", range(6))
def test_a_run_that_was_killed_anywhere_is_gone_on_with(spring, write):
    """Nothing goes twice, nothing is lost, whichever write of the register the process dies at."""
    for state in ("gather", "preview", "released"):
        cells = {"release": spring.post.code} if state == "released" else {}
        spring.types(state=state, **cells)
        with suppress(Killed):
            spring.run(killed_at=write)
        spring.run()
        spring.run()
    assert spring.cells("state", "remark") == ("sent", "")
    assert sorted(spring.post.taken) == sorted([LIISA] * 4 + list(ALL))
    assert set(states(spring.book).values()) == {"sent"}


def test_a_kill_in_the_midst_of_letters_is_gone_on_with(spring):
    code = spring.previewed()
    spring.post.faults = {"nils@example.com": Killed()}
    spring.types(state="released", release=code)
    with suppress(Killed):
        spring.run()
    spring.run()
    assert len(spring.post.taken) == len(set(spring.post.taken)) + 3
    assert states(spring.book)[NILS] == "unknown" and spring.post.invited == ALL - {
        "nils@example.com"
    }


def test_a_closed_mail_server_is_tried_again(spring):
    spring.does(state="gather")
    spring.post.closed = True
    outcome = spring.does(state="preview")
    assert outcome.exit_code() == 75 and spring.cells("state") == "preview"
    assert "Postipalvelin" in spring.cells("remark")
    spring.post.closed = False
    spring.run()
    code = spring.post.code
    spring.post.closed = True
    spring.does(state="released", release=code)
    assert spring.cells("state") == "released" and spring.post.invited == set()
    spring.post.closed = False
    spring.run()
    assert spring.cells("state", "remark") == ("sent", "") and spring.post.invited == ALL


@pytest.mark.parametrize(
    "typed", [{"introduction_fi": "Aivan muuta."}, {"programme": "17.00 Muuta"}, {"host": "Muu"}]
)
def test_what_was_not_previewed_does_not_go_on_after_a_run_that_was_cut_short(spring, typed):
    """The letters are released and wait for the mail server; meanwhile somebody types."""
    code = spring.previewed()
    spring.post.closed = True
    spring.does(state="released", release=code)
    spring.post.closed = False
    spring.does(**typed)
    assert spring.post.invited == set() and spring.cells("state") == "preview"
    spring.run()
    spring.does(state="released", release=spring.post.code)
    assert spring.post.invited == ALL and spring.post.code != code


def test_a_run_tells_how_far_each_meeting_has_come(spring):
    def told(**cells):
        outcome = spring.does(**cells)
        return [values["said"] for msgid, values in outcome.notes if msgid == "{meeting}: {said}"]

    assert told(state="gather") == ["kutsuttavat koottu"]
    assert told(state="preview") == ["esikatseltu"]
    assert "ei ole viimeisimmän" in told(state="released", release="3-0000")[0]
    assert told() == []


def at(*moment):
    return datetime(*moment, tzinfo=HELSINKI)


def test_letters_wait_for_their_hour(spring):
    code = spring.previewed(send_at="2026-11-24T07:30")
    assert "24.11.2026 7.30" in spring.post.mails()[-4].get_body(("plain",)).get_content()
    spring.does(state="released", release=code)
    assert spring.cells("state", "remark") == ("released", "Kirjeet lähtevät 24.11.2026 7.30.")
    spring.run(at(2026, 11, 24, 7, 29))
    assert spring.post.invited == set()
    spring.run(at(2026, 11, 24, 7, 31))
    assert spring.post.invited == ALL and spring.cells("state", "remark") == ("sent", "")


def test_without_an_hour_letters_do_not_go_at_night_nor_on_a_holiday(spring):
    spring.types(date="2027-01-20", rsvp_by="2027-01-10")
    code = spring.previewed()
    spring.does(at(2026, 12, 23, 22, 0), state="released", release=code)
    assert spring.cells("remark") == "Kirjeet lähtevät 27.12.2026 8.00."
    spring.run(at(2026, 12, 24, 12, 0))
    assert spring.post.invited == set()
    spring.run(at(2026, 12, 27, 8, 0))
    assert spring.post.invited == ALL


def test_a_missed_hour_is_made_up(spring):
    code = spring.previewed(send_at="2026-11-24T09:00")
    spring.does(state="released", release=code)
    spring.run(at(2026, 11, 25, 23, 30))
    assert spring.post.invited == ALL


def test_one_release_sends_all_that_the_preview_named(spring):
    spring.sent(remind_days="2", thanks="yes")
    text = spring.post.mails()[0].get_body(("plain",)).get_content()
    for said in ("muistutus 24.11.2026", "käytännön tiedot 1.12.2026", "kiitos 4.12.2026"):
        assert said in text
    spring.book = edited(spring.book, row_of(spring.book, NILS), rsvp="coming")
    spring.run(at(2026, 11, 24, 7, 0))
    assert len(spring.post.taken) == 7
    spring.run(at(2026, 11, 24, 8, 5))
    assert len(spring.post.taken) == 9 and spring.post.taken.count("nils@example.com") == 1
    spring.run(at(2026, 11, 24, 8, 20))
    spring.run(at(2026, 11, 30, 8, 20))
    assert len(spring.post.taken) == 9
    spring.run(at(2026, 12, 1, 8, 5))
    assert spring.post.taken[9:] == ["nils@example.com"]
    spring.run(at(2026, 12, 4, 8, 5))
    assert len(spring.post.taken) == 10
    spring.book = edited(spring.book, row_of(spring.book, AMINA), attended="yes")
    spring.does(state="held")
    assert spring.post.taken[10:] == ["amina@esimerkki.example"]
    assert spring.rests(at(2026, 12, 5, 9, 0)) and len(spring.post.taken) == 11


def test_a_reminder_that_was_missed_is_said(spring):
    spring.sent(remind_days="2")
    spring.run(at(2026, 11, 28, 9, 0))
    assert spring.cells("remark").startswith("Muistutusta 24.11.2026 ei lähetetty")
    assert len(spring.post.taken) == 7


def test_a_reminder_of_another_day_needs_another_release(spring):
    spring.sent(remind_days="2")
    spring.does(remind_days="1")
    assert spring.cells("state") == "preview"
    assert "myöhempien kirjeiden" in spring.cells("remark")
    spring.run()
    assert spring.post.code.startswith("0-")
    spring.does(state="released", release=spring.post.code)
    assert spring.cells("state", "remark") == ("sent", "")
    spring.run(at(2026, 11, 25, 8, 5))
    assert len(spring.post.taken) == 7 + 1 + 3


def test_a_meeting_that_moves_needs_a_release_of_its_own(spring):
    spring.sent()
    old = spring.post.code
    spring.does(place="Kirjasto")
    assert "”siirretty”" in spring.cells("remark")
    spring.does(state="moved")
    assert spring.cells("state", "remark") == (
        "moved",
        "Esikatselu on sähköpostissa; kirjoita sen koodi sarakkeeseen Lupa.",
    )
    assert len(spring.post.invited) == 3 and spring.post.code != old
    spring.run()
    assert len(spring.post.taken) == 4 + 3 + 4
    spring.does(release=spring.post.code)
    assert spring.cells("state", "remark") == ("sent", "")
    assert len(spring.post.taken) == 4 + 3 + 4 + 3
    assert spring.rests()


def test_a_meeting_that_is_called_off_needs_a_release_of_its_own(spring):
    spring.sent()
    spring.does(state="cancelled")
    assert len(spring.post.taken) == 4 + 3 + 4
    spring.does(release="3-0000")
    assert "ei ole viimeisimmän" in spring.cells("remark")
    spring.does(release=spring.post.code)
    told = "Peruutus on kerrottu 3 ihmiselle."
    assert spring.cells("state", "remark") == ("cancelled", told)
    assert len(spring.post.taken) == 4 + 3 + 4 + 3
    spring.run()
    assert len(spring.post.taken) == 14


def test_called_off_before_anybody_was_invited_writes_to_nobody(spring):
    spring.previewed()
    spring.does(state="cancelled")
    said = "Yhtään kirjettä ei ollut lähetetty, eikä lähetetä."
    assert spring.post.invited == set() and spring.cells("remark") == said
    spring.run(at(2026, 12, 4, 9, 0))
    assert spring.cells("remark") == ""


def test_an_older_register_is_left_alone(tmp_path):
    """Without the columns there is no such flow; ``invite.py`` works as ever."""
    book = three_languages(state="gather")
    table = book.table("meetings")
    later = ("release", "remark", "invited", "preview", "send_at", "remind_days", "thanks")
    kept = [key for key in table.columns if key not in later]
    rows = {row_id: [row[key] for key in kept] for row_id, row in table.rows()}
    older = table.__class__(table.tab, kept, rows, table.numbers)
    spring = Spring(book.__class__({**book.tables, "meetings": older}, book.language), tmp_path)
    assert not spring.book.table("meetings").has("release")
    assert spring.rests() and spring.cells("state") == "gather"


def invites_late(spring, at_moment):
    """Somebody new is gathered, previewed and released, after the others' letters have gone."""
    adds_person(spring)
    for state in ("gather", "preview"):
        spring.does(at_moment, state=state)
    spring.types(state="released", release=spring.post.code)
    with SqliteLedger(spring.folder) as ledger:  # as reading the answers does, before the letters
        found = changes_from_ledger(spring.book, T, ledger, HELSINKI, rehearsal=False)
        spring.book = spring.book.with_changes(found)
    spring.run(at_moment)
    assert spring.cells("state", "remark") == ("sent", "")


def test_who_is_invited_late_is_reminded_and_thanked_like_the_others(spring):
    spring.sent(remind_days="2", thanks="yes")
    spring.run(at(2026, 11, 24, 8, 5))
    assert len(spring.post.taken) == 7 + 3
    invites_late(spring, at(2026, 11, 24, 12, 0))
    count = len(spring.post.taken)
    assert spring.post.taken.count("lea@example.org") == 1
    spring.run(at(2026, 11, 24, 12, 15))
    assert len(spring.post.taken) == count
    spring.run(at(2026, 11, 25, 8, 5))
    spring.run(at(2026, 11, 25, 8, 20))
    assert spring.post.taken[count:] == ["lea@example.org"]
    late = row_of(spring.book, named("H", "late"))
    spring.book = edited(spring.book, late, rsvp="coming")
    spring.run(at(2026, 12, 1, 8, 5))
    spring.does(at(2026, 12, 4, 8, 5), state="held")
    assert spring.post.taken[count + 1 :] == ["lea@example.org"] * 2


def test_no_code_lets_nobody_be_invited(spring):
    """Those who were gathered are all outside the area that the row names now."""
    spring.does(state="gather", remind_days="2")
    spring.does(state="preview", area="Utsjoki")
    assert spring.cells("state", "preview") == ("preview", "") and not spring.post.letters
    assert "ketään" in spring.cells("remark")


def test_a_day_that_moves_after_the_reminder_stops_no_later_letter(spring):
    spring.sent(remind_days="2")
    spring.book = edited(spring.book, row_of(spring.book, NILS), rsvp="coming")
    spring.run(at(2026, 11, 24, 8, 5))
    count = len(spring.post.taken)
    spring.does(at(2026, 11, 27, 9, 0), rsvp_by="2026-11-30", place="Kirjasto", state="moved")
    spring.does(at(2026, 11, 27, 9, 15), release=spring.post.code)
    assert spring.cells("state", "remark") == ("sent", "")
    moved = spring.post.taken[count:]
    spring.run(at(2026, 11, 28, 9, 0))
    spring.run(at(2026, 12, 1, 8, 5))
    assert spring.post.taken[count + len(moved) :] == ["nils@example.com"]
    assert spring.cells("state", "remark") == ("sent", "")


def test_a_meeting_of_long_ago_is_left_alone_however_little_its_row_says(spring):
    spring.does(state="held", date="2019-01-02", start="", place="", area="")
    assert spring.cells("state", "remark") == ("held", "")


def test_another_computer_leaves_a_meeting_to_the_one_that_previewed_it(spring, tmp_path):
    """Neither writes over what the other has said: both run all the time."""
    (tmp_path / "other").mkdir()
    code = spring.previewed()
    here, there = spring.folder, tmp_path / "other"
    spring.types(state="released", release=code, send_at="")
    spring.folder = there
    spring.run(at(2026, 11, 23, 22, 0))
    assert "Toinen tietokone" in spring.cells("remark")
    spring.folder = here
    spring.run(at(2026, 11, 23, 22, 0))
    assert spring.cells("remark") == "Kirjeet lähtevät 24.11.2026 8.00."
    spring.folder = there
    assert spring.rests(at(2026, 11, 24, 8, 5))
    assert spring.cells("remark") == "Kirjeet lähtevät 24.11.2026 8.00."
    spring.folder = here
    spring.run(at(2026, 11, 24, 8, 5))
    assert spring.post.invited == ALL and spring.cells("state", "remark") == ("sent", "")
    spring.folder = there
    spring.does(at(2026, 11, 24, 9, 0), place="Kirjasto")
    assert spring.cells("state", "remark") == ("sent", "")
    for state in ("moved", "cancelled"):
        spring.does(at(2026, 11, 24, 9, 15), state=state)
    assert len(spring.post.taken) == 4 + 3


def test_a_fault_of_the_configuration_is_said_in_the_rows_that_ask_for_letters():
    book = three_languages(state="preview")
    fault = ConfigError(
        "{address} is the example of a sender; nothing is sent in its name.",
        remedy="Give your own in the configuration: [letters] from_address.",
        address="a@b.example",
    )
    outcome = stop_meetings(book, fault, None, NOW.date())
    book = book.with_changes(outcome.plan.changes)
    assert outcome.exit_code() == 2
    assert cells(book, "state", "remark") == (
        "preview",
        "a@b.example on vain esimerkkiosoite; sen nimissä ei lähetetä mitään. "
        "Anna omasi asetuksissa: [letters] from_address.",
    )
    for state in ("draft", "gather", "sent", "held"):
        book = three_languages(state=state)
        assert stop_meetings(book, fault, None, NOW.date()).exit_code() == 0


def stopped_by_fault(spring, now=None):
    """The next run's configuration is broken; return its exit code and what the row says."""
    fault = ConfigError("The password file {file} is empty.", file="salasana")
    with SqliteLedger(spring.folder) as ledger:
        outcome = stop_meetings(spring.book, fault, ledger, (now or spring.now).date())
    spring.book = spring.book.with_changes(outcome.plan.changes)
    return outcome.exit_code(), spring.cells("remark")


STOPPED = (2, "Salasanatiedosto salasana on tyhjä.")


def test_a_fault_of_the_configuration_is_said_where_a_later_letter_is_promised(spring):
    spring.sent(remind_days="2", thanks="yes")
    assert stopped_by_fault(spring) == STOPPED
    spring.run()
    assert spring.cells("remark") == ""
    spring.types(state="held")
    assert stopped_by_fault(spring, at(2026, 12, 1, 8, 5)) == STOPPED
    spring.run(at(2026, 12, 1, 8, 5))
    assert stopped_by_fault(spring, at(2027, 1, 7, 8, 5)) == (0, "")


def test_a_fault_of_the_configuration_is_said_where_a_meeting_is_called_off(spring):
    spring.sent()
    spring.types(state="cancelled")
    assert stopped_by_fault(spring) == STOPPED
    spring.run()
    spring.does(release=spring.post.code)
    assert "kerrottu 3" in spring.cells("remark") and len(spring.post.taken) == 14
    assert stopped_by_fault(spring) == (0, "Peruutus on kerrottu 3 ihmiselle.")


def test_a_fault_of_one_computer_says_nothing_of_a_meeting_that_another_leads(spring, tmp_path):
    (tmp_path / "other").mkdir()
    code, here = spring.previewed(), spring.folder
    spring.types(state="released", release=code)
    spring.folder = tmp_path / "other"
    assert stopped_by_fault(spring) == (0, "")
    spring.folder = here
    assert stopped_by_fault(spring) == STOPPED


def test_a_rehearsal_says_that_nobody_has_got_a_letter(spring):
    """Who asks for a preview after it is told why there is nothing to show."""
    code = spring.previewed()
    spring.post.rehearsal = True
    spring.post.faults = dict.fromkeys(ALL, "rehearsed")
    with suppress(KeyError):
        code = spring.previewed()
    spring.does(state="released", release=code)
    assert "Harjoitus" in spring.cells("remark")
    count = len(spring.post.taken)
    spring.does(state="preview")
    assert "harjoiteltu" in spring.cells("remark") and len(spring.post.taken) == count


@pytest.mark.parametrize("step", ["preview", "released"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("poissa.pdf", None),
        ("suuri.pdf", b"%PDF-1.4" + b"x" * 30_000_000),
        ("ohjelma.exe", b"MZ" + bytes(100)),
        ("ohjelma.pdf", b"MZ" + bytes(100)),
    ],
)
def test_an_attachment_that_cannot_go_is_said_in_the_row(spring, step, name, data):
    """Gone, too large, or a program: also where that comes about after the preview."""
    (spring.folder / "ohjelma.txt").write_text("17.00 Tervetuloa", encoding="utf-8")
    code = spring.previewed(attachments="ohjelma.txt")
    count = len(spring.post.taken)
    if data is not None:
        (spring.folder / name).write_bytes(data)
    spring.does(state=step, release=code, attachments=name)
    assert name in spring.cells("remark")
    assert (spring.cells("state"), len(spring.post.taken)) == (step, count)


def test_letters_that_did_not_go_are_said_in_the_row(spring):
    code = spring.previewed()
    spring.post.faults = {"nils@example.com": "failed"}
    spring.does(state="released", release=code)
    said = "Yksi kirje ei lähtenyt; Kutsut kertoo kenen."
    assert spring.cells("state", "remark") == ("sent", said)
    assert spring.rests() and spring.cells("remark") == said


def test_the_code_of_an_earlier_preview_of_the_same_meeting_is_called_so(spring):
    spring.sent()
    spring.types(place="Kirjasto")
    spring.does(state="moved")
    first = spring.post.code
    spring.does(start="18.00", release=first)
    assert spring.post.code != first
    spring.run()
    said = "Sarakkeen Lupa koodi ei ole viimeisimmän esikatselun koodi. Katso koodi uusimmasta"
    said += " esikatselusta."
    assert spring.cells("state", "remark") == ("moved", said)


@pytest.mark.parametrize(
    ("moment", "typed", "ends"),
    [
        (at(2026, 11, 23, 12, 0), {"introduction_fi": "Uutta."}, "previewed"),
        (at(2026, 11, 28, 9, 0), {"introduction_fi": "Uutta."}, "previewed"),
        (at(2026, 12, 2, 9, 0), {"introduction_fi": "Uutta."}, "sent"),
        (at(2026, 11, 28, 9, 0), {"remind_days": "1"}, "sent"),
    ],
)
def test_what_changes_after_letters_went_is_asked_once_and_settles(spring, moment, typed, ends):
    """Whatever the day: the old code frees nothing, the new one ends it, no run repeats another."""
    spring.sent(remind_days="2")
    spring.book = edited(spring.book, row_of(spring.book, NILS), rsvp="coming")
    spring.run(at(2026, 11, 24, 8, 5))
    if ends == "sent":
        spring.run(at(2026, 12, 1, 8, 5))
    old = spring.cells("release")
    spring.does(moment, **typed)
    for state in ("sent", "released", "sent"):
        spring.types(state=state, release=old)
        spring.run()
        spring.run()
        told, count = spring.cells("state", "remark"), len(spring.post.taken)
        assert told == (ends, "")
        assert spring.rests() and len(spring.post.taken) == count
    if ends == "previewed":
        spring.does(state="released", release=spring.post.code)
        assert spring.cells("state", "remark") == ("sent", "")
    assert spring.rests()


def test_a_missed_letter_whose_words_have_changed_goes_once_it_is_released_anew(spring):
    spring.sent()
    spring.book = edited(spring.book, row_of(spring.book, NILS), rsvp="coming")
    spring.does(at(2026, 12, 2, 9, 0), details="Kahvia on.")
    spring.run()
    whole = spring.post.mails()[-1].get_body(("plain",)).get_content()
    assert "käytännön tiedot 1.12.2026" in whole and len(spring.post.invited) == 3
    spring.does(state="released", release=spring.post.code)
    count = len(spring.post.taken)
    spring.run(at(2026, 12, 2, 9, 15))
    spring.run(at(2026, 12, 2, 9, 30))
    assert spring.post.taken[count:] == ["nils@example.com"]
    assert spring.cells("state", "remark") == ("sent", "")


def test_what_is_asked_for_after_letters_went_is_released_as_well(spring):
    """A reminder or thanks that no preview named is not passed over in silence."""
    spring.sent()
    spring.does(remind_days="2", thanks="yes")
    assert spring.cells("state") == "preview" and "myöhempien kirjeiden" in spring.cells("remark")
    spring.run()
    spring.does(state="released", release=spring.post.code)
    count = len(spring.post.taken)
    spring.run(at(2026, 11, 24, 8, 5))
    assert len(spring.post.taken) == count + 3 and spring.cells("state") == "sent"


def test_thanks_that_are_not_what_was_released_wait_for_a_code_of_their_own(spring):
    """The minutes come after the meeting: their letter is previewed, released and sent once."""
    spring.sent(thanks="yes")
    old = spring.cells("release")
    for one in (NILS, AMINA):
        spring.book = edited(spring.book, row_of(spring.book, one), attended="yes")
    (spring.folder / "muistio.txt").write_text("Sovittiin.", encoding="utf-8")
    spring.does(at(2026, 12, 4, 9, 0), state="held", minutes="muistio.txt")
    state, remark = spring.cells("state", "remark")
    assert state == "held" and remark.startswith("Kiitoskirje on muuttunut")
    count = len(spring.post.taken)
    assert spring.rests() and len(spring.post.taken) == count
    assert spring.post.code != old and spring.post.code.startswith("2-")
    spring.does(release=spring.post.code)
    assert sorted(spring.post.taken[count:]) == ["amina@esimerkki.example", "nils@example.com"]
    assert spring.cells("state", "remark") == ("held", "")
    spring.book = edited(spring.book, row_of(spring.book, MAIJA), attended="yes")
    spring.run(at(2026, 12, 5, 9, 0))
    assert spring.post.taken[count + 2 :] == ["maija.meri@example.org"]
    assert spring.rests()


@pytest.mark.parametrize(
    ("state", "wanted"),
    [("gathered", "kokoa kutsuttavat"), ("previewed", "esikatselu"), ("sent", "esikatselu")],
)
def test_a_state_that_only_the_program_sets_is_questioned_where_it_is_not_so(spring, state, wanted):
    if state != "gathered":
        spring.does(state="gather")
    spring.does(state=state)
    said = f"Ohjelma merkitsee itse ”{spring.label(state)}”"
    assert spring.cells("state") == state and spring.cells("remark").startswith(said)
    assert wanted in spring.cells("remark") and spring.post.taken == []
    assert spring.rests()
    spring.run(at(2026, 12, 4, 9, 0))
    assert spring.cells("remark") == ""


def adds_person(spring, **cells):
    """Somebody new stands in the register, like Nils but for these cells."""
    people = spring.book.table("people")
    row = {**dict(people.row(NILS)), "id": named("H", "late"), "first": "Lea", "last": "Late"}
    row |= {"email": "lea@example.org", **cells}
    rows = {one: [dict(r).get(k, "") for k in people.columns] for one, r in people.rows()}
    rows[row["id"]] = [row.get(key, "") for key in people.columns]
    numbers = {one: number for number, one in enumerate(rows, start=2)}
    table = people.__class__(people.tab, people.columns, rows, numbers)
    tables = {**spring.book.tables, "people": table}
    spring.book = spring.book.__class__(tables, spring.book.language)


@pytest.mark.parametrize("after", ["gathered", "previewed", "sent"])
def test_who_fits_a_changed_area_is_said_and_not_written_to_unseen(spring, after):
    adds_person(spring, municipality="Tampere")
    if after == "gathered":
        spring.does(state="gather")
    else:
        spring.previewed() if after == "previewed" else spring.sent()
    spring.types(area="Espoo, Tampere")
    for _ in range(4):
        spring.run()
    if spring.cells("state") == "previewed" and after == "sent":
        spring.does(state="released", release=spring.post.code)
        spring.run()
    assert spring.cells("state") == after
    assert spring.cells("remark").startswith("Yksi muukin kuuluisi nyt kutsuttaviin (Alue, Kohder")
    assert "lea@example.org" not in spring.post.taken
    spring.does(state="gather")
    spring.does(state="preview")
    spring.does(state="released", release=spring.post.code)
    assert spring.cells("state", "remark") == ("sent", "")
    assert spring.post.taken.count("lea@example.org") == 1


def test_who_was_gathered_and_does_not_fit_any_more_is_said(spring):
    spring.does(state="gather")
    spring.does(area="Utsjoki")
    assert spring.cells("remark").startswith("3 kootuista ei enää kuulu kutsuttaviin")
    spring.does(area="Espoo")
    assert spring.cells("remark") == ""


def test_who_was_gathered_late_and_passed_over_is_said(spring):
    spring.sent()
    adds_person(spring)
    spring.does(state="gather")
    spring.does(state="sent")
    assert spring.cells("remark").startswith("Yksi kootuista ei ole vielä saanut kirjettä: valitse")


def test_a_preview_that_goes_to_a_folder_says_where(spring):
    spring.post.rehearsal = True
    spring.post.faults = {LIISA: "rehearsed"}
    spring.does(state="gather")
    spring.does(state="preview")
    assert spring.cells("preview") == "3 kirjettä, kansiossa lahtevat 23.11.2026 9.00"


def test_where_nobody_fits_it_is_said_until_somebody_does(spring):
    spring.does(state="gather", area="Utsjoki")
    spring.run()
    assert spring.cells("state", "invited") == ("gathered", "0, katso Kutsut")
    assert spring.cells("remark").startswith("Ketään, johon Alue ja Kohderyhmä sopivat, ei voi kut")
    spring.does(area="Espoo")
    assert spring.cells("remark").startswith("3 muutakin kuuluisi nyt kutsuttaviin")


def test_a_column_that_a_register_gets_later_asks_for_no_new_release(spring):
    """``create.py --apply`` adds it, blank, to a meeting whose letters have gone."""
    whole = spring.book.table("meetings")
    kept = [key for key in whole.columns if key != "day_options"]
    assert len(kept) == len(whole.columns) - 1
    spring.book = with_meetings(spring.book, kept)
    spring.sent(remind_days="2", thanks="yes")
    spring.book = with_meetings(spring.book, whole.columns)
    assert spring.rests() and spring.cells("state", "remark") == ("sent", "")


def with_meetings(book, columns):
    """The register with these columns of meetings; what it lacks of them is blank."""
    table = book.table("meetings")
    rows = {one: [dict(row).get(key, "") for key in columns] for one, row in table.rows()}
    meetings = table.__class__(table.tab, columns, rows, table.numbers)
    return book.__class__({**book.tables, "meetings": meetings}, book.language)
