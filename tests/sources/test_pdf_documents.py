"""PDFs as lists: letters and lines on a page become rows, and what is refused."""

import zlib
from pathlib import Path

import pytest

from register.book.errors import UsageError
from register.sources import pdf_document
from register.sources.files import read_list
from register.sources.pdf_document import read_pdf

LISTS = Path(__file__).parent.parent / "data" / "lists"


def pdf(*streams, trailer=b""):
    """Return a PDF with one page for each content stream."""
    pages = [4 + 2 * n for n in range(len(streams))]
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % page for page in pages), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for page, stream in zip(pages, streams, strict=True):
        packed = zlib.compress(stream)
        parts += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (page + 1),
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF"
        % (len(parts) + 1, table, len(parts) + 1, trailer, len(out))
    )


def written(*words):
    """Return the content of a page with words at their places."""
    shown = (b"1 0 0 1 %d %d Tm (%s) Tj " % (x, y, text.encode()) for x, y, text in words)
    return b"BT /F 10 Tf " + b"".join(shown) + b"ET"


def columns(y, *cells):
    return [(x, y, cell) for x, cell in zip((50, 180, 320), cells, strict=True) if cell]


def test_what_comes_again_on_each_page_is_read_once_and_page_numbers_are_none():
    page = [(50, 780, "Yhdistysluettelo"), *columns(760, "Nimi", "Puhelin", "Huom")]
    first = [*page, *columns(740, "Eila Kaski", "040 555 0101", ""), (300, 20, "1 (2)")]
    second = [*page, *columns(740, "Oiva Salo", "", "ei postia"), (300, 20, "2 (2)")]
    assert read_pdf(pdf(written(*first), written(*second)), "l.pdf").rows == [
        ["Yhdistysluettelo"],
        ["Nimi", "Puhelin", "Huom"],
        ["Eila Kaski", "040 555 0101", ""],
        ["Oiva Salo", "", "ei postia"],
        [],
    ]


@pytest.mark.parametrize("name_at", [720, 709], ids=["top", "bottom"])
def test_a_name_of_two_lines_is_one_wherever_its_row_is_set(name_at):
    words = [
        *columns(740, "Nimi", "Yhdistys", "Puhelin"),
        *columns(720, "", "Kaislan Invalidit ja", ""),
        *columns(709, "", "Omaishoitajat ry", ""),
        *columns(name_at, "Eila Kaski", "", "040 555 0101"),
        *columns(690, "Oiva Salo", "Kaislan kerho ry", "040 555 0102"),
    ]
    assert read_list(pdf(written(*words)), "l.pdf").rows == (
        ("Eila Kaski", "Kaislan Invalidit ja Omaishoitajat ry", "040 555 0101"),
        ("Oiva Salo", "Kaislan kerho ry", "040 555 0102"),
    )


def test_an_address_that_a_cell_breaks_is_put_together():
    ruled = b"".join(b"%d 700 m %d 760 l S " % (x, x) for x in (40, 160, 260)) + b"".join(
        b"40 %d m 260 %d l S " % (y, y) for y in (700, 740, 760)
    )
    words = [
        *((45, 745, "Nimi"), (165, 745, "Sposti")),
        *((45, 725, "Eila Kaski"), (165, 725, "eila.kaski@kais"), (165, 712, "la.example")),
    ]
    assert read_pdf(pdf(ruled + written(*words)), "l.pdf").rows[:2] == [
        ["Nimi", "Sposti"],
        ["Eila Kaski", "eila.kaski@kaisla.example"],
    ]


REFUSED = {
    "pictures alone": ((LISTS.parent / "scanned.pdf").read_bytes(), "pictures"),
    "cut off": ((LISTS / "pdf-lines-en.pdf").read_bytes()[:3_000], "broken"),
    "nothing": (b"%PDF-1.7\n" + bytes(500), "broken"),
    "little that unpacks to much": (pdf(b" " * 20_000_000), "too large"),
    "a lock": (
        pdf(
            b"",
            trailer=b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a) (a)] "
            % (b"x" * 32, b"y" * 32),
        ),
        "password",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_pdf_that_cannot_be_read_is_refused_in_one_sentence(what):
    data, said = REFUSED[what]
    with pytest.raises(UsageError, match=said):
        read_list(data, "l.pdf")


@pytest.mark.parametrize(("bound", "most"), [("_MOST_PAGES", 1), ("_MOST_LETTERS", 10)])
def test_a_pdf_is_measured_before_it_is_read(monkeypatch, bound, most):
    monkeypatch.setattr(pdf_document, bound, most)
    page = written((50, 700, "Eila Kaski 040 555 0101"))
    with pytest.raises(UsageError, match="too large"):
        read_list(pdf(page, page), "l.pdf")
