"""Who a text is about: names in any case and order, addresses, phones; others' stay."""

import pytest

from register.book.errors import UsageError
from register.privacy.subject import find_subject
from register.privacy.traces import traces
from tests.making import book

PEKKA = {
    "id": "H-00000",
    "first": "Pekka",
    "last": "Virtanen",
    "email": "Pekka.Virtanen@example.org",
    "phone": "+358401234567",
    "former_name": "Meikäläinen",
}


def subject(*others, **tabs):
    return find_subject(book(people=[PEKKA, *others], **tabs), "H-00000")


@pytest.mark.parametrize(
    "text",
    [
        "Pekka Virtanen lupasi tilan",
        "VIRTANEN, PEKKA",
        "Virtanen Pekka",
        "soitin Pekka Virtaselle",
        "Pekan Virtasen",
        "Pekka Meikäläisen nimellä",
        "pekka.virtanen@example.org",
        "myös pekka_virtanen72@posti.example",
        "numero on 040 123 4567.",
        "+358 (0)40 123 4567",
        "00358401234567",
        "358401234567",
        "https://wa.me/358401234567",
        "401234567",
        "tel:+358-40-123-4567",
        "Pekka Virtasellakin",
    ],
)
def test_what_is_about_her_loses_the_name(text):
    left = subject().redact(text)
    assert "H-00000" in left
    assert not any(word in left.lower() for word in ("virta", "meikä", "123 4567", "1234567"))


@pytest.mark.parametrize(
    "text",
    [
        "Pekka Virta",
        "Pekka Virtaniemi",
        "Liisa Virtanen",
        "pekka.virtaniemi@example.org",
        "xpekka.virtanen@example.org",
        "1040 123 45678",
        "0,401234567001",
        "+46 401234567",
        "0.401234567",
        "1 401234567",
        "pekka",
    ],
)
def test_what_is_about_others_stays(text):
    assert subject().redact(text) == text


def test_beside_her_row_parts_of_the_name_count_but_not_those_of_others():
    said = "Pekka soittaa, Pekka Testi ja Liisa Virtanen tulevat; virtaselle viesti"
    assert subject().redact(said, near=True) == (
        "H-00000 soittaa, Pekka Testi ja Liisa Virtanen tulevat; H-00000 viesti"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Soita Pekalle",
        "sovittu: Pekka Espoosta hoitaa",
        "Kysy Virtaselta avain",
        "Tampereella Pekka sanoi",
        "Avain. Anna Pekalle",
        "Virtasen Espoossa",
    ],
)
def test_beside_her_row_a_sentences_first_word_and_a_place_are_nobodys_name(text):
    assert "H-00000" in subject().redact(text, near=True)


@pytest.mark.parametrize(
    "text",
    [
        "Liisa Virtanen tulee",
        "Liisan Virtasen avain",
        "tapasin Virtanen Liisan",
        "Pekka Lahdelle",
        "tulee Testi Pekka",
        "Virtanen Oy maksaa",
    ],
)
def test_beside_her_row_a_name_of_another_stays(text):
    assert subject().redact(text, near=True) == text


INFLECTED = """
Niemi: Niemen Niemelle Niemeä Niemeen
Lahti: Lahden Lahdelta Lahteen
Ranta: Rannan Rannalle Rantaa
Mäki: Mäen Mäelle Mäkeä
Järvi: Järven Järvelle
Aalto: Aallon Aallolta
Koski: Kosken Koskelta
Kallas: Kallaksen Kallakselle Kallaan
Laine: Laineen Laineelle Lainetta
Virta: Virran Virralle
Helminen: Helmisen Helmiselle Helmistä
Lampi: Lammen Lammella
Kurki: Kurjen Kurkea
Susi: Suden Susi
Smith: Smithin Smithille Smith's
Kärnä-Ahola: Kärnä-Aholan Kärnä-Aholalle
Lindqvist: Lindqvists Lindqvistin
Heikki: Heikin Heikille
Joki: Joen Joelle
Tuomas: Tuomaan Tuomakselle
"""


@pytest.mark.parametrize("line", INFLECTED.split("\n")[1:-1])
def test_a_name_is_known_in_every_case(line):
    last, _, forms = line.partition(": ")
    row = {"id": "H-00000", "first": "Maija", "last": last}
    found = find_subject(book(people=[row]), "H-00000")
    for form in forms.split():
        assert found.redact(f"Maija {form} avain") == "H-00000 avain"
        assert found.redact(f"viesti {form.lower()}", near=True) == "viesti H-00000"


@pytest.mark.parametrize(
    ("last", "other"),
    [
        ("Mäki", "Mäkinen"),
        ("Mäki", "Mäkelä"),
        ("Niemi", "Niemelä"),
        ("Virta", "Virtanen"),
        ("Virtanen", "Virta"),
        ("Järvi", "Järvelä"),
        ("Koski", "Koskinen"),
        ("Laine", "Lainio"),
        ("Ranta", "Rantala"),
        ("Kallas", "Kallio"),
    ],
)
def test_a_longer_name_is_another(last, other):
    row = {"id": "H-00000", "first": "Maija", "last": last}
    said = f"Maija {other} tulee"
    assert find_subject(book(people=[row]), "H-00000").redact(said) == said


def test_a_name_that_two_people_have_is_left_and_named_as_doubtful():
    namesake = {"id": "H-0JCDN", "first": "Pekka", "last": "Virtanen", "email": "p@example.com"}
    there = book(
        people=[PEKKA, namesake],
        cooperation=[
            {
                "id": "Y-JVY3K",
                "matter": "Pekka Virtanen tulee",
                "person": "Pekka Virtanen · H-0JCDN",
            }
        ],
    )
    found = traces(there, find_subject(there, "H-00000"))
    about = [(t.column, t.how, t.left == t.text) for t in found if t.tab == "cooperation"]
    assert about == [("matter", "doubt", True)]


def test_what_an_erasure_keeps_of_a_ban_is_shown_to_her_all_the_same():
    ban = {"id": "E-00000", "email": PEKKA["email"], "scope": "invitations", "reason": "asked"}
    there = book(people=[PEKKA], bans=[ban])
    found = {one.column: one.goes for one in traces(there, find_subject(there, "H-00000"))
             if one.tab == "bans"}  # fmt: skip
    assert found == {"email": True, "scope": False, "reason": False}


@pytest.mark.parametrize(
    ("tab", "column", "text", "doubtful"),
    [
        ("cooperation", "matter", "Virtasen luettelo", True),
        ("cooperation", "matter", "Virtanen, avaimet", True),
        ("cooperation", "matter", "Liisa Virtanen tulee", False),
        ("cooperation", "matter", "virtanen", False),
        ("organisations", "name", "Virtasen kyläyhdistys", False),
        ("requests", "about", "Virtasen lista.csv", True),
    ],
)
def test_a_last_name_alone_stays_and_is_named_as_doubtful(tab, column, text, doubtful):
    there = book(people=[PEKKA], **{tab: [{"id": "Y-JVY3K", column: text}]})
    found = [one for one in traces(there, find_subject(there, "H-00000")) if one.tab == tab]
    assert [(one.how, one.left) for one in found] == [("doubt", text)] * doubtful


def test_a_name_in_two_of_peoples_own_columns_is_found_and_another_stays():
    rows = [
        {"id": "O-00000", "+A kuka": "Virtanen", "+B etunimi": "Pekka", "+C mitä": "avain"},
        {"id": "O-0JCDN", "+A kuka": "Virtanen", "+B etunimi": "Liisa", "+C mitä": "Pekka"},
    ]
    there = book(people=[PEKKA], organisations=rows)
    left = {t.column: t.left for t in traces(there, find_subject(there, "H-00000")) if t.goes
            and t.tab == "organisations"}  # fmt: skip
    assert left == {"+A kuka": "H-00000", "+B etunimi": ""}


def test_all_rows_of_one_human_and_the_list_rows_they_came_from_are_found():
    other = {"id": "H-0JCDN", "first": "Pekka", "last": "Virtanen", "same_human": "x · H-00000"}
    cards = [
        {"id": "S-6ZS7M", "name": "Virtanen Pekka", "email": "pekka.virtanen@example.org"},
        {"id": "S-XQK8H", "name": "Pekka V.", "result": "tuttu O-00000, tuttu H-0JCDN"},
        {"id": "S-NMKAV", "name": "Maija Malli"},
    ]
    found = subject(other, inbox=cards)
    assert (set(found.ids), set(found.cards)) == (
        {"H-00000", "H-0JCDN"},
        {"S-6ZS7M", "S-XQK8H"},
    )


def test_an_address_of_earlier_is_learnt_from_the_log():
    line = {"tab": "Yhteyshenkilöt", "row": "H-00000", "col": "Sähköposti", "run": "r"}
    found = subject(log=[{"id": "L-9GTHS", **line, "old": "vanha@example.org", "new": "x@y.fi"}])
    assert "vanha@example.org" in found.mailboxes


def test_an_office_mailbox_is_nobodys_own():
    row = {**PEKKA, "email": "info@example.org"}
    assert find_subject(book(people=[row]), "H-00000").mailboxes == frozenset()


@pytest.mark.parametrize("whom", ["H-99999", "nobody@example.org", "Pekka", ""])
def test_who_is_not_there_is_said(whom):
    with pytest.raises(UsageError):
        find_subject(book(people=[PEKKA]), whom)
