"""The one folder of attachments: its own files only, together not too large."""

from __future__ import annotations

import os
import unicodedata

import pytest

from register.book.errors import UsageError
from register.post.attachment_folder import read_attachments
from register.words.sentences import Sentences
from tests.letters.test_attachments import PDF


def said(folder, *names, most=1):
    with pytest.raises(UsageError) as refused:
        read_attachments(folder, names, most)
    return Sentences("fi").error(refused.value)


def test_files_come_in_their_order_by_name(tmp_path):
    (tmp_path / "b.pdf").write_bytes(PDF)
    (tmp_path / unicodedata.normalize("NFD", "ä.pdf")).write_bytes(PDF)
    assert [one.name for one in read_attachments(tmp_path, ("b.pdf", "ä.pdf"), 1)] == [
        "b.pdf",
        "ä.pdf",
    ]
    assert read_attachments(None, (), 1) == ()


def test_each_file_that_cannot_go_is_named(tmp_path):
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(PDF)
    folder = tmp_path / "liitteet"
    folder.mkdir()
    (folder / "linkki.pdf").symlink_to(outside)
    os.link(outside, folder / "kova.pdf")
    (folder / "kansio.pdf").mkdir()
    os.mkfifo(folder / "putki.pdf")
    (folder / "a.exe").write_bytes(b"MZ")
    (folder / "iso.pdf").write_bytes(PDF + b" " * 1024 * 1024)
    names = ("../outside.pdf", "poissa.pdf", "linkki.pdf", "kova.pdf", "kansio.pdf", "putki.pdf")
    text = said(folder, *names, "a.exe", "iso.pdf", str(outside))
    assert len(text.splitlines()) == 11
    for name in (*names, "a.exe", "iso.pdf"):
        assert f"”{name}”" in text
    assert "1 Mt" in text and "pdf, docx" in text


def test_the_files_of_a_letter_are_counted_together(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-" + b" " * 600_000 + b"%%EOF")
    assert len(read_attachments(tmp_path, ("a.pdf",), 1)) == 1
    assert "”b.pdf”" in said(tmp_path, "a.pdf", "b.pdf")


def test_without_a_folder_nothing_goes(tmp_path):
    assert "[letters] attachments" in said(None, "a.pdf")
    assert "[letters] attachments" in said(tmp_path / "gone", "a.pdf")
