"""Word documents as lists: what stands in them beside cells, and what is refused."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from register.book.errors import UsageError
from register.sources import word_document
from register.sources.files import read_list

BOARD = (Path(__file__).parent.parent / "data" / "lists" / "word-board.docx").read_bytes()
MAIN = "word/document.xml"


def altered(part=MAIN, old=b"<w:body>", new=b"", data=BOARD, **added):
    """Return a document with one text in a part replaced, and with further parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new, 1) if name == part else content)
        for name, content in added.items():
            after.writestr(name, content)
    return out.getvalue()


def written(*blocks):
    """Return a document with these blocks alone."""
    with zipfile.ZipFile(BytesIO(BOARD)) as package:
        body = package.read(MAIN)
    start, end = body.index(b"<w:body>") + len(b"<w:body>"), body.index(b"<w:sectPr")
    return altered(old=body[start:end], new="".join(blocks).encode())


def paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text, look=""):
    tabs = text.replace("\t", "</w:t><w:tab/><w:t>")
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{tabs}</w:t></w:r>"


def table(*rows):
    cells = (
        "".join(f"<w:tc>{paragraph(cell if '<' in cell else run(cell))}</w:tc>" for cell in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


STRUCK = "<w:strike/>"
HOSTILE = {
    "a document type": (
        altered(old=b"<w:document", new=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document'),
        "broken",
    ),
    "hidden by its encoding": (altered(old=b"<?xml", new=b"\xff\xfe<?xml"), "broken"),
    "tables in tables": (
        altered(
            new=b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 4_000 + b"</w:tc></w:tr></w:tbl>" * 4_000
        ),
        "broken",
    ),
    "a cell over all columns": (
        altered(old=b"<w:tcW", new=b'<w:gridSpan w:val="99999999"/><w:tcW'),
        "too large",
    ),
    "a cell over no number of columns": (
        altered(old=b"<w:tcW", new=b'<w:gridSpan w:val="x"/><w:tcW'),
        "broken",
    ),
    "cut off": (BOARD[:2_000], "broken"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_document_is_refused_in_one_sentence(what):
    data, said = HOSTILE[what]
    with pytest.raises(UsageError, match=said):
        read_list(data, "list.docx")


@pytest.mark.parametrize(
    ("bound", "most"), [("_MOST_TEXT", 4_000), ("_MOST_TAGS", 100), ("_MOST_PARTS", 2)]
)
def test_a_document_is_measured_before_it_is_read(monkeypatch, bound, most):
    monkeypatch.setattr(word_document, bound, most)
    with pytest.raises(UsageError, match="too large"):
        read_list(BOARD, "list.docx")


def test_macros_and_what_lies_elsewhere_are_left_alone():
    relations = "word/_rels/document.xml.rels"
    away = (
        b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="http://192.0.2.1/x.dotm" TargetMode="External"/>'
        b"</Relationships>"
    )
    data = altered(relations, b"</Relationships>", away, **{"word/vbaProject.bin": b"x"})
    assert read_list(data, "list.docm").rows == read_list(BOARD, "list.docx").rows


def test_struck_text_comments_and_footnotes_of_a_cell_go_with_its_row():
    sheet = read_list(
        written(
            table(
                ("Nimi", "Puhelin", "Sähköposti"),
                ("Eila Kaski", run("040 555 0101", STRUCK), "eila@kisa.example"),
                (run("Oiva Mäki", STRUCK), run("040 555 0102", STRUCK), ""),
            )
        ),
        "list.docx",
    )
    assert sheet.rows == (
        ("Eila Kaski", "", "eila@kisa.example", "Puhelin: 040 555 0101"),
        ("Oiva Mäki", "040 555 0102", "", "koko rivi"),
    )


def test_what_is_struck_out_of_a_text_is_left_out_and_told_of():
    sheet = read_list(
        written(
            paragraph(run("Puheenjohtaja Eila Kaski, 040 555 0101")),
            paragraph(run("Sihteeri Oiva Mäki, 040 555 0102", STRUCK)),
            paragraph(run("Sihteeri Aune Salo, 040 555 0103")),
        ),
        "list.docx",
    )
    assert [row[0] for row in sheet.rows if any(row)] == ["Eila Kaski", "Aune Salo"]
    assert {"cells": ["Sihteeri Oiva Mäki, 040 555 0102"]} in [values for _, values in sheet.notes]


def test_a_person_beside_a_table_becomes_a_row_and_a_footer_does_not():
    sheet = read_list(
        written(
            paragraph(run("Luettelon kokosi Aune Salo, 040 555 0103")),
            table(("Etunimi", "Sukunimi", "Puhelin"), ("Eila", "Kaski", "040 555 0101")),
            paragraph(run("Lisätietoja: Oiva Mäki, 040 555 0102")),
        ),
        "list.docx",
    )
    assert [row[:3] for row in sheet.rows if any(row)] == [
        ("Eila", "Kaski", "040 555 0101"),
        ("Aune", "Salo", "040 555 0103"),
    ]
    assert {"cells": ["Lisätietoja: Oiva Mäki, 040 555 0102"]} in [v for _, v in sheet.notes]


def test_a_document_of_words_online_has_its_text_under_another_number():
    data = altered("_rels/.rels", b"word/document.xml", b"word/document2.xml")
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name).replace(b"/word/document.xml", b"/word/document2.xml")
            after.writestr(name.replace("document.xml", "document2.xml"), content)
    assert read_list(out.getvalue(), "list.docx").rows == read_list(BOARD, "list.docx").rows


def heading(text):
    return paragraph('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', run(text))


def test_a_list_under_a_heading_beside_a_table_keeps_its_town_and_is_not_said_to_be_left_out():
    found = read_list(
        written(
            heading("Akaa"),
            paragraph(run("Viialan Seutu ry, siht. Anna Ojanen 0400-987 654")),
            paragraph(),
            table(
                ("Yhdistys", "Nimi", "Puhelin"), ("Eräjärvi-seura", "Pekka Salmi", "050 555 1234")
            ),
            paragraph(run("Lisätietoja: Kaija Virta, 040 777 6666")),
        ),
        "a.docx",
    )
    (row,) = [row for row in found.rows if "Anna Ojanen" in row]
    assert "Akaa" in row
    left = [values["cells"] for msgid, values in found.notes if "Beside the tables" in msgid]
    assert left == [["Lisätietoja: Kaija Virta, 040 777 6666"]]
