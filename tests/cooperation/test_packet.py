"""What a packet must not lose, and what a public one must not tell."""

from datetime import date

import pytest

from register.book.change import Change
from register.cooperation.events import cooperation_events, with_years
from register.cooperation.packet import handover_packet
from register.show import document_forms
from register.show.packet import packet_document
from register.show.packet_advice import how_work_goes_on
from register.words.sentences import Sentences
from tests.making import book

TODAY, SAY = date(2026, 11, 23), Sentences("fi")
CITY, MAIJA, PEKKA = "O-MYRB1", "H-XV6BG", "H-NFBG1"
BOOK = book(
    choices=[{"owners": "Anna Jatko"}, {"owners": "Jari Muu"}],
    organisations=[{"id": CITY, "name": "Espoon kaupunki", "notes": "portti ei aukea klo 16 jälkeen"}],
    people=[
        {"id": MAIJA, "first": "Maija", "last": "Malli", "org": CITY, "role": "päällikkö", "owner": "Anna Jatko", "trust": "trusts_us", "group": "official", "phone": "+358401234567", "email": "maija@example.org", "notes": "sairauslomalla"},
        {"id": PEKKA, "first": "Pekka", "last": "Julki", "org": CITY, "role": "sihteeri", "publish": "yes", "email": "pekka@example.org"},
    ],
    cooperation=[
        {"id": "Y-SSMF2", "matter": "kattojärjestön sääntömuutos", "owner": "Anna Jatko", "state": "open", "date": "2026-01-01", "next": "kysytään neuvoa", "kind": "cooperation"},
        {"id": "Y-W3GVQ", "matter": "toisen asia", "owner": "Jari Muu", "state": "open", "date": "2026-01-01", "kind": "cooperation"},
        {"id": "Y-10GZG", "matter": "Maijan läksiäiset ja Malli Maijalle lahja, 040 123 4567", "org": CITY, "person": MAIJA, "owner": "Anna Jatko", "state": "open", "date": "2026-02-01", "due": "2026-03-01", "kind": "cooperation"},
    ],
    networks=[{"id": "V-Z1XNQ", "name": "Espoon verkosto", "member": "yes", "join": "soita Maija Mallille 040 123 4567", "area": "Espoo"}],
    meetings=[
        {"id": "T-HY5K6", "name": "Kevätilta", "date": "2026-03-01", "audience": "Espoon verkosto", "state": "held"},
        {"id": "T-YR3SV", "name": "Peruttu ilta", "date": "2026-04-01", "audience": "Espoon verkosto", "state": "cancelled"},
        {"id": "T-BKR0P", "name": "Talvi-ilta", "date": "2026-12-10", "audience": "Espoon verkosto", "state": "draft", "host": MAIJA},
    ],
)  # fmt: skip


def texts(whom="Anna Jatko", **how):
    made = packet_document(handover_packet(BOOK, whom, TODAY), BOOK, SAY, **how)
    return (
        document_forms.document_text(made),
        document_forms.document_markdown(made),
        document_forms.document_page(made, SAY),
    )


def test_a_matter_without_an_organisation_is_not_lost_and_another_owners_is_not_told():
    for text in texts():
        assert text.count("kattojärjestön sääntömuutos") == 2  # what is open, and the record
        assert "Ilman organisaatiota" in text and "toisen asia" not in text


def test_a_person_may_be_named_by_name_unless_an_owner_is_called_so():
    assert texts("maija malli") == texts(MAIJA)


def test_a_cell_of_several_lines_is_told_on_one():
    lines = {"matter": "läksiäiset\nja lahja", "next": "soita\r\nensin", "agreed": "kahvit\nklo 9"}
    typed = BOOK.with_changes(
        [Change("cooperation", "Y-10GZG", key, "", cell, "") for key, cell in lines.items()]
        + [Change("people", MAIJA, "notes", "", "loma\nalkaa", "")]
    )
    made = packet_document(handover_packet(typed, "Anna Jatko", TODAY), typed, SAY)
    for text in (document_forms.document_text(made), document_forms.document_markdown(made)):
        assert "\\n" not in text
        for told in ("läksiäiset ja lahja", "soita ensin", "kahvit klo 9", "loma alkaa"):
            assert told in text


def test_a_network_is_told_with_its_meetings_past_and_to_come():
    found = handover_packet(BOOK, "Anna Jatko", TODAY).network_meetings["V-Z1XNQ"]
    assert [meeting.name for meeting in found] == ["Talvi-ilta", "Kevätilta"]
    assert all("10.12.2026 Talvi-ilta, 1.3.2026 Kevätilta" in text for text in texts())


def test_a_meeting_whose_day_is_not_read_yet_is_told_last():
    typed = {"id": "T-SSMF2", "name": "Aamukahvit", "date": "9.12.", "state": ""}
    cells = [Change("meetings", "T-SSMF2", key, "", cell, "", "add") for key, cell in typed.items()]
    found = handover_packet(BOOK.with_changes(cells), "Anna Jatko", TODAY).meetings
    assert [meeting.name for meeting in found] == ["Talvi-ilta", "Aamukahvit"]


SECRETS = [
    *("Maija", "Malli", "040", "@", "sairaus", "portti", "luottaa", "Talvi-ilta", "kysytään"),
    *("myöhässä", "päällikkö (", "Jari Muu"),
]


@pytest.mark.parametrize("whom", ["Anna Jatko", PEKKA])
@pytest.mark.parametrize("secret", SECRETS)
def test_a_public_packet_tells_no_secret(whom, secret):
    for text in texts(whom, public=True):
        body = text.rpartition("</style>")[2].replace("\\", "")
        assert secret not in body
        assert "Pekka Julki" in body and "Espoon verkosto" in body


def test_the_full_packet_tells_what_the_public_one_hides():
    for secret in SECRETS[:-3]:
        assert all(secret in text.replace("\\", "") for text in texts()), secret


def test_a_newcomer_reads_how_to_undo_and_where_the_passwords_are_told_of():
    for text in texts():
        assert "Näin työ jatkuu" in text and "kumoa" in text and "config.toml" in text
    assert all("config.toml" not in text for text in texts(public=True))


def test_a_packet_shows_the_second_phone_beside_the_first():
    two = BOOK.with_changes([Change("people", MAIJA, "phone2", "", "+358917345678", "hand")])
    made = packet_document(handover_packet(two, "Anna Jatko", TODAY), two, SAY)
    said = document_forms.document_text(made)
    assert said.count("040 1234567, 09 17345678") == 2  # whom to greet first, and who is who


@pytest.mark.parametrize(("reason", "banned"), [("request", True), ("bounced", False)])
def test_a_ban_of_another_of_a_humans_mailboxes_is_told_unless_it_came_back(reason, banned):
    other = "H-C30J9"
    people = [dict(row) for _, row in BOOK.table("people").rows()]
    tied = {"id": other, "first": "Maija", "last": "Malli", "org": "O-C30J9", "same_human": f"Maija Malli · {MAIJA}", "email": "maija@toinen.example"}  # fmt: skip
    refused = {"id": "E-MYRB1", "email": "maija@toinen.example", "scope": "all", "reason": reason}
    organisations = [dict(row) for _, row in BOOK.table("organisations").rows()]
    cooperation = [dict(row) for _, row in BOOK.table("cooperation").rows()]
    there = book(
        choices=[{"owners": "Anna Jatko"}], organisations=organisations, people=[*people, tied],
        cooperation=cooperation, bans=[refused],
    )  # fmt: skip
    bans = handover_packet(there, "Anna Jatko", TODAY).bans
    assert bans == (((MAIJA, "ban-all"),) if banned else ())


def test_who_wants_less_is_told_by_what():
    """What narrows no more than a wider ban does is not told besides."""
    people = [dict(row) for _, row in BOOK.table("people").rows()]
    mailbox = next(one["email"] for one in people if one["id"] == MAIJA)
    bans = [
        {"id": "E-MYRB1", "email": mailbox, "scope": "reminders", "reason": "request"},
        {"id": "E-C30J9", "email": mailbox, "scope": "invitations", "topic": "liikunta"},
    ]
    kept = {
        key: [dict(row) for _, row in BOOK.table(key).rows()]
        for key in ("organisations", "people", "cooperation")
    }
    there = book(choices=[{"owners": "Anna Jatko"}], bans=bans, **kept)
    made = handover_packet(there, "Anna Jatko", TODAY)
    assert made.bans == ()
    assert made.narrower == ((MAIJA, "ban-reminders", ""), (MAIJA, "ban-topic", "liikunta"))
    said = document_forms.document_text(packet_document(made, there, SAY))
    assert "ei halua muistutuksia." in said and "viestejä tästä aiheesta: liikunta." in said
    bans[0]["scope"] = "all"
    made = handover_packet(
        book(choices=[{"owners": "Anna Jatko"}], bans=bans, **kept), "Anna Jatko", TODAY
    )
    assert (made.bans, made.narrower) == (((MAIJA, "ban-all"),), ())


def test_a_matter_that_names_only_a_person_stands_with_their_organisation():
    rows = {
        "choices": [{"owners": "Anna Jatko"}],
        "organisations": [{"id": CITY, "name": "Espoon kaupunki"}],
        "people": [{"id": MAIJA, "first": "Maija", "last": "Malli", "org": CITY}],
        "cooperation": [
            {"id": "Y-SSMF2", "matter": "näyttely", "person": MAIJA, "owner": "Anna Jatko", "state": "open", "date": "2026-11-20", "due": "2026-12-11"}
        ],
    }  # fmt: skip
    there = book(**rows)
    made = packet_document(handover_packet(there, "Anna Jatko", TODAY), there, SAY)
    told = document_forms.document_markdown(made)
    assert "Ilman organisaatiota" not in told and "### Espoon kaupunki" in told


def test_days_and_hours_of_a_table_are_never_broken():
    *_, page = texts()
    assert 'class="whole">10.12.2026<' in page


def test_a_day_without_a_year_is_told_with_the_year_that_the_next_cleanup_writes():
    days = {"date": "20.11.", "due": "20.12."}
    typed = BOOK.with_changes(
        Change("cooperation", "Y-SSMF2", key, "", day, "") for key, day in days.items()
    )
    (event,) = (
        one for one in cooperation_events(with_years(typed, TODAY)) if one.row_id == "Y-SSMF2"
    )
    assert (event.date, event.due) == ("2026-11-20", "2026-12-20")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_names_the_tabs_as_they_stand_in_the_sheet_whatever_language_its_reader_has(language):
    say = Sentences(language, sheet="fi")
    made = packet_document(handover_packet(BOOK, "Anna Jatko", TODAY), BOOK, say)
    advice = str(next(section for section in made.sections if section.key == "goes-on"))
    assert all(title in advice for title in ("Tarkista", "Saapuneet", "Loki", "Ohje"))
    assert say.title("review") not in advice


def test_it_says_what_waits_whom_not_to_write_to_and_how_to_change_the_computer():
    there = {
        "review": [{"id": "R-1", "message": "?"}, {"id": "R-2", "done": "2026-11-01"}],
        "inbox": [{"id": "S-0QXJF", "text": "Kiitos"}],
        "bans": [{"id": "E-0QXJF", "email": "a@x.example", "scope": "all"}, {"scope": "lifted"}],
        "choices": [{"releasers": "anna@x.example"}],
    }
    advice = str(how_work_goes_on(book(**there), Sentences("en")))
    for said in (
        *("questions in Review: 1", "wait in Inbox: 1", "Addresses in Bans: 1"),
        *("anna@x.example may release", "doctor.py --save", "doctor.py --restore"),
    ):
        assert said in advice
