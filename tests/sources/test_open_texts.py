"""LibreOffice's documents of words as lists: what stands in them, and what is refused."""

import zipfile
from io import BytesIO

import pytest

from register.book.errors import UsageError
from register.sources.files import read_list

KIND = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
ROW = (
    "<table:table-row>"
    "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    "</table:table-row>"
)


def text(body, styles="", before=""):
    """Return a document with this body."""
    out = BytesIO()
    content = (
        f"{before}<office:document-content {SPACES} xmlns:xlink='http://www.w3.org/1999/xlink'>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", KIND)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", content)
    return out.getvalue()


def table(*rows):
    return f"<table:table>{''.join(ROW.format(*row) for row in rows)}</table:table>"


LIST = ("Nimi", "Puhelin"), ("Eila Kaski", "040 111 2222"), ("Ivo Tamm", "050 333 4444")


def test_deleted_text_is_not_read_and_links_lead_to_addresses():
    changes = "<text:tracked-changes><text:p>Pia Holm 040 555 6666</text:p></text:tracked-changes>"
    link = '<text:a xlink:href="mailto:ivo@tuulia.example">Ivo<text:s/>Tamm</text:a>'
    sheet = read_list(text(changes + table(*LIST[:2], (link, ""))), "list.odt")
    assert sheet.rows == (
        ("Eila Kaski", "040 111 2222"),
        ("Ivo Tamm ivo@tuulia.example", ""),
    )


def test_what_is_struck_through_and_what_notes_say_goes_with_the_row():
    styles = (
        '<style:style style:name="T1"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
    )
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>"
        "Soita illalla</text:p></text:note-body></text:note>"
    )
    struck = '<text:span text:style-name="T1">Eila Kaski</text:span>'
    rows = LIST[0], (struck, "040 111 2222"), (f"Ivo Tamm{note}", "050 333 4444")
    sheet = read_list(text(table(*rows), styles), "list.odt")
    eila, ivo = (dict(zip(sheet.headers, row, strict=True)) for row in sheet.rows)
    assert "Yliviivattu" in eila and eila["Yliviivattu"] and not ivo["Yliviivattu"]
    assert any("Soita illalla" in cell for cell in ivo.values())


def test_a_text_box_stands_below_its_paragraph():
    box = "<draw:frame><draw:text-box><text:p>Ivo Tamm, 050 333 4444</text:p></draw:text-box></draw:frame>"
    sheet = read_list(text(f"<text:p>Eila Kaski, 040 111 2222{box}</text:p>"), "list.odt")
    assert [row[0] for row in sheet.rows if row[0]] == ["Eila Kaski", "Ivo Tamm"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (text("", before='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "broken"),
        (text("<text:p>"), "broken"),
        (text("<text:section>" * 5_000 + "</text:section>" * 5_000), "broken"),
        (
            text(
                table(*LIST).replace(
                    "<table:table-row", '<table:table-row table:number-rows-repeated="999999"'
                )
            ),
            "too large",
        ),
        (
            text(
                table(*LIST).replace(
                    "<table:table-cell", '<table:table-cell table:number-columns-repeated="9999"'
                )
            ),
            "too large",
        ),
        (
            text(
                table(*LIST).replace(
                    "<table:table-cell", '<table:table-cell table:number-columns-spanned="x"'
                )
            ),
            "broken",
        ),
    ],
    ids=["a document type", "cut off", "sections in sections", "rows", "columns", "no number"],
)
def test_a_hostile_document_is_refused_in_one_sentence(data, said):
    with pytest.raises(UsageError, match=said):
        read_list(data, "list.odt")
