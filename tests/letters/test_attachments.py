"""Files that go with letters: a short list of kinds, looked into; their part in the mail."""

from __future__ import annotations

import zipfile
import zlib
from email import message_from_bytes
from email.policy import default
from io import BytesIO

import pytest

from register.letters.attachments import AttachmentRefused, attachment_of, is_plain_name
from register.letters.audience import audience
from register.letters.draft import render_letters
from register.letters.entry import calendar_part
from register.letters.meeting import read_meeting
from register.letters.message import compose_letter
from register.letters.own_words import attachment_names
from tests.letters.correspondence import (
    MAILING,
    NOW,
    SENDER,
    TEMPLATES,
    T,
    meeting as meeting_row,
    register,
)

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"
CONTENT_TYPES = "<Types><Override ContentType='application/xml'/></Types>"


def package(**parts):
    """Return a zip with these parts; ``__`` in a name is a slash, ``_dot_`` a dot."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            kept = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data, kept)
    return made.getvalue()


def docx(**parts):
    return package(
        **{"[Content_Types]_dot_xml": CONTENT_TYPES, "word__document_dot_xml": "<w/>", **parts}
    )


def pdf(body):
    return b"%PDF-1.7\n" + body + b"\n%%EOF\n"


def stream(data, entries=b"/Type /ObjStm /Filter /FlateDecode"):
    packed = zlib.compress(data)
    return b"2 0 obj << " + entries + b" >>\nstream\n" + packed + b"\nendstream endobj"


ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content_dot_xml": "<o/>"}
GOOD = {
    "a.pdf": PDF,
    "b.PDF": pdf(stream(b"<< /Type /Page >>")),
    "a.docx": docx(
        word___rels__x_dot_rels="<Relationship Type='http://x/hyperlink' TargetMode='External'/>"
    ),
    "kaavio.docx": docx(word__embeddings__x_dot_xlsx=package(xl__workbook_dot_xml="<x/>")),
    "a.xlsx": package(xl__workbook_dot_xml="<x/>"),
    "a.pptx": package(ppt__presentation_dot_xml="<x/>"),
    "a.odt": package(**ODT),
    "a.png": b"\x89PNG\r\n\x1a\n...",
    "a.jpg": b"\xff\xd8\xff...",
    "a.gif": b"GIF89a...",
    "a.txt": "Ohjelma: Åbo\n".encode(),
}
ACTION = b"<< /S /JavaScript /JS (app.alert(1)) >>"
BAD = [
    ("a.exe", b"MZ", "not-allowed"),
    ("a.pdf.exe", PDF, "not-allowed"),
    ("a.docm", docx(), "not-allowed"),
    ("a.zip", docx(), "not-allowed"),
    ("a.html", b"<html>", "not-allowed"),
    ("a.svg", b"<svg>", "not-allowed"),
    ("a.csv", b"=cmd", "not-allowed"),
    ("a.doc", b"\xd0\xcf\x11\xe0", "not-allowed"),
    ("nimi", PDF, "not-allowed"),
    ("a.pdf", b"MZ\x90\0", "other-content"),
    ("a.pdf", b"", "other-content"),
    ("a.pdf", b"MZ" + PDF, "other-content"),
    ("a.pdf", PDF[:-7], "other-content"),
    ("a.pdf", pdf(ACTION), "runs"),
    ("a.pdf", pdf(b"<< /S /Java#53cript >>"), "runs"),
    ("a.pdf", pdf(b"<< /S /Launch /F (x) >>"), "runs"),
    ("a.pdf", pdf(b"<< /Names << /EmbeddedFiles 3 0 R >> >>"), "runs"),
    ("a.pdf", pdf(stream(ACTION)), "runs"),
    ("a.pdf", pdf(stream(b" " * 3_000_000 + ACTION)), "runs"),
    ("a.pdf", pdf(stream(ACTION, b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]")),
     "runs"),
    ("a.pdf", pdf(b"trailer << /Encrypt 5 0 R >>"), "locked"),
    ("a.pdf", pdf(b"\n".join([stream(b" " * 40_000_000)] * 8)), "too-large-inside"),
    ("a.docx", b"PK\x03\x04broken", "other-content"),
    ("a.docx", package(xl__workbook_dot_xml="<x/>"), "other-content"),
    ("a.docx", b"\xd0\xcf\x11\xe0", "other-content"),
    ("a.odt", package(content_dot_xml="<o/>"), "other-content"),
    ("a.docx", docx(word__vbaProject_dot_bin=b"x"), "runs"),
    ("a.docx", docx(word__kuva_dot_png=b"\xd0\xcf\x11\xe0"), "runs"),
    ("a.docx", docx(word__kuva_dot_png=b"MZ\x90"), "runs"),
    ("a.docx", docx(word__x_dot_exe=b"x"), "runs"),
    ("a.docx", docx(**{"[Content_Types]_dot_xml": "vnd.ms-word.document.macroEnabled.main"}),
     "runs"),
    ("a.docx", docx(word__embeddings__x_dot_zip=package(x_dot_js="x")), "runs"),
    ("a.xlsx", package(xl__workbook_dot_xml="x", xl__macrosheets__s_dot_xml="x"), "runs"),
    ("a.odt", package(**ODT, Basic__x_dot_xml="x"), "runs"),
    ("a.docx", docx(word___rels__x_dot_rels="<Relationship Type='http://x/attachedTemplate' "
                    "Target='http://evil' TargetMode='External'/>"), "fetches"),
    ("a.png", b"GIF89a", "other-content"),
    ("a.jpg", b"<html>", "other-content"),
    ("a.txt", b"\xff\xfe\0", "other-content"),
    ("a.txt", b"#!/bin/sh", "runs"),
    ("a.txt", b"\n <script>", "runs"),
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_goes(name):
    made = attachment_of(name, GOOD[name])
    (part,) = [message_from_bytes(made.part, policy=default)]
    assert part.get_filename() == name and part.get_payload(decode=True) == GOOD[name]


@pytest.mark.parametrize(("name", "data", "why"), BAD)
def test_what_does_not_go(name, data, why):
    with pytest.raises(AttachmentRefused) as refused:
        attachment_of(name, data)
    assert refused.value.code == why


def test_a_package_within_packages_ends():
    nested = docx()
    for _ in range(6):
        nested = docx(word__x_dot_docx=nested)
    with pytest.raises(AttachmentRefused):
        attachment_of("a.docx", nested)


@pytest.mark.parametrize(
    "name", ["Ohjelma ää.pdf", 'kevät "2027".pdf', "日本語.pdf", "a;b'c.pdf", "ä" * 100 + ".pdf"]
)
def test_a_name_comes_through_as_it_is(name):
    part = message_from_bytes(attachment_of(name, PDF).part, policy=default)
    assert part.get_filename() == name
    assert all(len(line) < 998 for line in attachment_of(name, PDF).part.split(b"\r\n"))


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x.pdf", "/etc/passwd", "a/b.pdf", "a\\b.pdf", "C:x.pdf", ".piilo.pdf",
     "x.pdf ", "a\nb.pdf", "a\u202efdp.exe", "x" * 200, "a\0.pdf", "~x.pdf", "*.pdf"],
)  # fmt: skip
def test_a_path_is_no_name(name):
    assert not is_plain_name(name)


def test_names_stand_one_a_line_or_apart():
    cell = "Ohjelma.pdf, Kartta, kevät.docx\nKuva.png; https://example.org/x\n\nOhjelma.pdf"
    assert attachment_names(cell) == ("Ohjelma.pdf", "Kartta, kevät.docx", "Kuva.png")


def test_attachments_stand_after_the_calendar_and_are_shared_by_all_letters():
    book = register(meetings=[meeting_row(attachments="Ohjelma ä.pdf\nKuva.png")])
    about = read_meeting(book, T)
    who = audience(book, T, NOW.date()).invited
    (draft,) = render_letters(book, about, who, TEMPLATES, SENDER, MAILING)
    assert "Liitteenä: Ohjelma ä.pdf ja Kuva.png" in draft.text
    files = [attachment_of("Ohjelma ä.pdf", PDF), attachment_of("Kuva.png", GOOD["a.png"])]
    calendar = calendar_part(draft, about, SENDER, MAILING, 0)
    letter = compose_letter(draft, SENDER, MAILING, calendar, files)
    assert files[0].part in letter.attached and letter.size == len(letter.data)
    assert any(piece is files[1].part for piece in letter.attached)
    mail = message_from_bytes(letter.data, policy=default)
    assert not mail.defects and mail.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        "multipart/alternative",
        "application/ics",
        "application/pdf",
        "image/png",
    ]
    assert [part.get_filename() for part in mail.iter_attachments()][1:] == list(letter.files)
    plain = message_from_bytes(
        compose_letter(draft, SENDER, MAILING, None, files[:1]).data, policy=default
    )
    assert [part.get_content_type() for part in plain.iter_parts()] == [
        "multipart/alternative",
        "application/pdf",
    ]
