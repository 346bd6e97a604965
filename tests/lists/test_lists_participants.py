"""Who comes to a meeting, on paper and in a workbook; a cell is data in both."""

from datetime import date
from io import BytesIO

import openpyxl

from register.book.ids import new_id
from register.lists.participants import Participant, Participants, participant_list
from register.show.participants import participants_page, participants_workbook
from register.words.sentences import Sentences
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    NILS,
    T,
    invitation,
    meeting,
    person,
    register,
)

SAY = Sentences("fi")
EVIL = '=HYPERLINK("http://x.example";"<script>alert(1)</script>")'


def club(**answers):
    who = {MAIJA: "maija", NILS: "nils", AMINA: "amina"}
    people = [
        person(row_id, first=EVIL if name == "nils" else name, last=last)
        for (row_id, name), last in zip(who.items(), ("Meri", "Berg", "Aalto"), strict=True)
    ]
    rows = [
        invitation(row_id, f"{name}@example.org", **answers.get(name, {}))
        for row_id, name in who.items()
    ]
    return register(people, invitations=rows)


def test_those_who_come_then_those_who_perhaps_do():
    found = participant_list(
        club(maija={"rsvp": "maybe"}, nils={"rsvp": "coming"}, amina={"rsvp": "coming"}), T
    )
    assert [one.last for one in found.people] == ["Aalto", "Berg", "Meri"]
    assert [one.answer for one in found.people] == ["coming", "coming", "maybe"]
    assert found.people[0].organisation == "Espoon Kylät ry"


def test_who_does_not_come_and_who_waits():
    """No list for a no; no name tag for who waits; who came is on the list whatever they said."""
    found = participant_list(
        club(
            maija={"rsvp": "not_coming"},
            nils={"rsvp": "waitlisted"},
            amina={"rsvp": "not_coming", "attended": "yes"},
        ),
        T,
    )
    assert [one.last for one in found.people] == ["Aalto", "Berg"]
    assert [one.last for one in found.tags] == ["Aalto"]


def test_a_cell_is_data():
    found = participant_list(club(nils={"rsvp": "coming"}), T)
    page = participants_page(found, SAY)
    assert "<script>" not in page and "&lt;script&gt;" in page
    sheet = openpyxl.load_workbook(BytesIO(participants_workbook(found, SAY))).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == (EVIL, "s")
    assert [cell.value for cell in sheet[1]][:3] == ["Sukunimi", "Etunimi", "Organisaatio"]


def test_nobody_yet():
    found = participant_list(club(), T)
    assert found.people == () and "tag" not in participants_page(found, SAY).partition("<main")[2]


def test_as_in_a_finnish_index():
    names = ("Ööt", "Zetterman", "Åberg", "Ärling", "de la Cruz", "Éder")
    ids = [new_id("H", (name,), set()) for name in names]
    people = [person(one, first="Li", last=name) for one, name in zip(ids, names, strict=True)]
    rows = [invitation(one, f"{one}@example.org", rsvp="coming") for one in ids]
    found = participant_list(register(people, invitations=rows), T)
    expected = ["de la Cruz", "Éder", "Zetterman", "Åberg", "Ärling", "Ööt"]
    assert [one.last for one in found.people] == expected


def test_the_programme_stands_above_the_list():
    book = register(meetings=[meeting(programme="17.30 Kahvi\n18.00 <b>Puhe</b> / Anna Aalto")])
    page = participants_page(participant_list(book, T), SAY)
    assert "<li>17.30 Kahvi</li><li>18.00 &lt;b&gt;Puhe&lt;/b&gt; / Anna Aalto</li>" in page
    assert "Ohjelma" in page and "Ohjelma" not in participants_page(
        participant_list(club(), T), SAY
    )


def test_the_poll_is_a_sheet_of_its_own():
    rows = [invitation(MAIJA, "m@example.org", days="14.12.2026", days_not="15.12.2026")]
    about = meeting(date="", day_options="14.12.2026, 15.12.2026")
    evil = [person(first="=1+1", last="<b>")]
    found = participant_list(register(evil, meetings=[about], invitations=rows), T)
    listed, poll = openpyxl.load_workbook(BytesIO(participants_workbook(found, SAY)))
    assert (listed.title, listed.max_row, poll.title) == ("Osallistujat", 1, "Mikä päivä sopii")
    assert [one.value for one in poll[1]][2:] == ["ma 14.12. · 1", "ti 15.12. · 0"]
    assert [one.value for one in poll[2]] == ["=1+1 <b>", "Espoon Kylät ry", "kyllä", "ei"]
    assert poll["A2"].data_type == "s"


def test_who_comes_stands_above_what_was_said_of_days():
    coming = Participant("Meri", "Maija", "", "", "coming", "", "")
    days, said = ((date(2027, 4, 20), 1),), (("Maija Meri", "", (True,)),)
    where = ("T-1", "Kevätkokous", "2027-04-20", "17:30", "Kirjasto")
    page = participants_page(Participants(*where, (coming,), days=days, polled=said), SAY)
    assert page.index('class="tick"') < page.index("Mikä päivä sopii") < page.index('class="tag"')
    assert "20.4.2027 17.30 · Kirjasto" in page
