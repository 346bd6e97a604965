"""The text of a photographed card is taken apart; what nothing fits goes to the message."""

import re

import pytest
from hypothesis import given, strategies as st

from register.book.errors import UsageError
from register.intake.card_words import REACH_LABEL
from register.sources.card_text import CARD_HEADERS, read_card_text
from register.sources.files import read_card
from tests.sources.business_cards import CARDS as LAYOUTS

SAID_BY_ITS_COLUMN = ("nimi", "tehtävä", "järjestö", "tunnus")
"""Words of cards that only say which column a value belongs in."""

CARDS = [
    (
        "Espoon kyläyhdistys ry\nMaija-Liisa von Malli\nToiminnanjohtaja\npuh. 040 123 4567\n"
        "s-posti: maija.malli@example.org\nwww.example.org\nKylätie 1, 02100 Espoo",
        ("Maija-Liisa von Malli", "Toiminnanjohtaja", "Espoon kyläyhdistys ry", "maija.malli@example.org", "040 123 4567", "www.example.org", "02100", "Espoo", "", "", "Kylätie 1"),
    ),
    (
        "Pekka Testi\npuheenjohtaja\nKylän Apu rf\n+358 40 111 2223\n09 310 1691\npekka(at)example.org",
        ("Pekka Testi", "puheenjohtaja", "Kylän Apu rf", "pekka@example.org", "+358 40 111 2223 / 09 310 1691", "", "", "", "", "", ""),
    ),
    ("Esbo stad\n09 81621", ("", "", "Esbo stad", "", "09 81621", "", "", "", "", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row"), CARDS)
def test_a_card_is_taken_apart(text, row):
    assert read_card_text(text) == (row, True)


@pytest.mark.parametrize(("text", "wanted"), LAYOUTS)
def test_cards_of_many_layouts(text, wanted):
    row, known = read_card_text(text)
    found = dict(zip(CARD_HEADERS, row, strict=True))
    keys = ("Full name", "Role", "Organization", "E-mail", "Phone", "Website", "Postal code")
    assert known and tuple(found[key] for key in keys) == wanted


def test_nothing_on_a_card_is_lost():
    for text, _ in LAYOUTS:
        row, _ = read_card_text(text)
        said = " ".join(row).casefold()
        for word in re.findall(r"[^\W\d_]{4,}", text.casefold()):
            assert word in said or REACH_LABEL.search(word) or word in SAID_BY_ITS_COLUMN, (
                word,
                row,
            )


@pytest.mark.parametrize("text", ["", "\n \n", ";;;\n---", "x"])
def test_a_card_with_nothing_on_it_is_refused(tmp_path, text):
    path = tmp_path / "card.txt"
    path.write_text(text)
    with pytest.raises(UsageError):
        read_card(path)


@given(st.text(max_size=200))
def test_no_text_stops_it(text):
    row, _ = read_card_text(text)
    assert len(row) == len(CARD_HEADERS)


def test_a_vcard_comes_in_by_the_same_door_with_where_we_met(tmp_path):
    path = tmp_path / "card.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Maija Malli\nEND:VCARD\n")
    sheet = read_card(path).with_column("Met at", "Messut")
    (row,) = sheet.rows
    assert dict(zip(sheet.headers, row, strict=True)) == {
        "Full name": "Maija Malli",
        "Met at": "Messut",
    }
