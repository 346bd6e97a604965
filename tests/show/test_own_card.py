"""One's own card: other programs read the vCard, and no cell adds a line to it."""

from io import BytesIO

import pytest
import vobject
import zxingcpp
from PIL import Image

from register.show.own_card import OwnCard, card_sheet, own_vcard, qr_png, qr_svg
from register.words.sentences import Sentences

MINE = OwnCard(
    "Maija Malli", "koordinaattori", "Verkosto ry", "maija@example.org", "+358401234567", ""
)


def test_another_program_reads_the_card():
    card = vobject.readOne(own_vcard(MINE))
    assert (card.fn.value, card.n.value.family, card.title.value) == (
        "Maija Malli",
        "Malli",
        "koordinaattori",
    )
    assert (card.email.value, card.tel.value) == ("maija@example.org", "+358401234567")
    assert card.version.value == "3.0"


def test_a_line_break_in_a_value_is_no_line_of_the_card():
    card = vobject.readOne(own_vcard(OwnCard("A\r\nTEL:1", "t;,\nEMAIL:x", "", "", "", "")))
    assert "tel" not in card.contents and "email" not in card.contents


LONG = OwnCard(
    "Maija-Liisa Äyräpää-von Öhman",
    "järjestöyhteistyön ja kotouttamisen kehittämispäällikkö",
    "Länsi-Uudenmaan järjestöjen yhteistyöverkosto ry",
    "maija-liisa.ayrapaa-von-ohman@verkosto.example.org",
    "+358401234567",
    "https://www.verkosto.example.org/yhteystiedot/maija-liisa",
)


@pytest.mark.parametrize("card", [MINE, LONG, OwnCard("Å", "", "", "", "", "")])
def test_a_phone_reads_the_code_as_the_card(card):
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(qr_png(card))))
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.text == own_vcard(card)
    read = vobject.readOne(found.text)
    assert read.fn.value == card.name
    assert [line.value for line in read.contents.get("email", [])] == [card.email or None][
        : bool(card.email)
    ]


def test_the_pictures_and_the_sheet_hold_the_code():
    assert qr_png(MINE).startswith(b"\x89PNG") and b"<svg" in qr_svg(MINE)
    page = card_sheet(MINE, Sentences("fi"))
    assert page.count('own-card"') == 10 and page.count("data:image/svg") == 10
    assert "040 1234567" in page
