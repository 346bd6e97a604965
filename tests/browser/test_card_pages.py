"""The codes of one's own card, read off the screen: the picture to share and the sheet to print."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from register.show.own_card import ON_A_SHEET, OwnCard, card_sheet, own_vcard, qr_svg
from register.words.sentences import Sentences

pytestmark = pytest.mark.browser
CARD = OwnCard(
    "Maija-Liisa Äyräpää-von Öhman",
    "järjestöyhteistyön ja kotouttamisen kehittämispäällikkö",
    "Länsi-Uudenmaan järjestöjen yhteistyöverkosto ry",
    "maija-liisa.ayrapaa-von-ohman@verkosto.example.org",
    "+358401234567",
    "https://www.verkosto.example.org/yhteystiedot",
)


def codes(picture):
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    return [one.text for one in found]


def test_the_picture_to_share_is_read(opened, tmp_path):
    path = tmp_path / "card.svg"
    path.write_bytes(qr_svg(CARD))
    with opened(path) as page:
        assert codes(page.screenshot()) == [own_vcard(CARD)]


def test_each_card_of_the_sheet_is_whole_and_its_code_is_read(opened, tmp_path):
    path = tmp_path / "cards.html"
    path.write_text(card_sheet(CARD, Sentences("fi")), encoding="utf-8")
    with opened(path, width=794, device_scale_factor=2) as page:
        page.emulate_media(media="print")
        assert codes(page.screenshot(full_page=True)) == [own_vcard(CARD)] * ON_A_SHEET
        cards = page.locator(".own-card")
        for number in range(ON_A_SHEET):
            card = cards.nth(number)
            assert card.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
            assert card.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
