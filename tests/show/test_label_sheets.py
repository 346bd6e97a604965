"""Labels as a PDF: read as a reader does, each in its place, letters of every kind."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from register.lists.labels import AddressLabel, AddressLabels
from register.show.label_sheets import LABEL_SHEETS, labels_pdf, unprintable_names
from register.words.sentences import Sentences

DAY = date(2026, 11, 29)


def labels(*names):
    found = [AddressLabel((name, "Testikatu 1 A 2", "00100 HELSINKI")) for name in names]
    return AddressLabels(tuple(found), ())


def made(found, sheet="3x7"):
    return labels_pdf(found, sheet, "Tarrat", DAY, Sentences("fi"))


def placed(pdf):
    """Return each line of each page with its place in millimetres from the top left."""
    found = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages):
        height = float(page.mediabox.height)

        def seen(text, _matrix, place, _font, _size, number=number, height=height):
            if text.strip():
                x, y = place[4] * 25.4 / 72, (height - place[5]) * 25.4 / 72
                found.append((number, x, y, text.strip()))

        page.extract_text(visitor_text=seen)
    return found


@pytest.mark.parametrize(
    "name",
    ["Žemaitijan ystävät ry", "Åbo Akademis studentkår rf", "Русский клуб Хельсинки ry", "Ǩêǯǯ sr"],
)
def test_letters_of_finlands_languages_are_read_as_they_are(name):
    text = PdfReader(BytesIO(made(labels(name)))).pages[0].extract_text()
    assert name in text and "00100 HELSINKI" in text
    assert not unprintable_names(labels(name))


@pytest.mark.parametrize(("sheet", "pages"), [("3x7", 3), ("2x4", 6)])
def test_every_line_stands_within_a_label_of_its_sheet(sheet, pages):
    names = [f"Yhdistys numero {n} ry" for n in range(41)] + ["W" * 180, "pitkä sana " * 18]
    pdf, size = made(labels(*names), sheet), LABEL_SHEETS[sheet]
    assert len(PdfReader(BytesIO(pdf)).pages) == pages
    assert sum(text == "00100 HELSINKI" for *_, text in placed(pdf)) == len(names)
    for _, x, y, text in placed(pdf):
        across = (x - size.left) % (size.width + size.gap)
        assert 3.5 < across < size.width, text
        assert 0 < (y - size.top) < size.down * size.height, text


def test_the_same_labels_give_the_same_bytes_and_none_give_a_blank_page():
    assert made(labels("A ry")) == made(labels("A ry"))
    assert PdfReader(BytesIO(made(labels()))).pages[0].extract_text() == ""


def test_what_the_font_lacks_is_told_and_marks_do_nothing():
    found = labels("😀 ry", "<b>x</b> (\\) %PDF ry", "a\r\nb\u202ec ry")
    assert unprintable_names(found) == ["😀 ry"]
    text = PdfReader(BytesIO(made(found))).pages[0].extract_text()
    assert "? ry" in text and "<b>x</b> (\\) %PDF ry" in text and "\u202e" not in text
