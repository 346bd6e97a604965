"""A name is found however it is written into bytes."""

import base64
import gzip
import html
import io
import json
import quopri
import sqlite3
import zipfile
from email.header import Header
from urllib.parse import quote

import pytest

from register.privacy.search import texts_in

NAME = "Päivi Öhman-Ahola"


def zipped(data):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", data)
    return buffer.getvalue()


RAW = f"before {NAME} after, and some more so that it is long enough".encode()
FORMS = {
    "plain": RAW,
    "windows": RAW.decode().encode("cp1252"),
    "utf-16": RAW.decode().encode("utf-16"),
    "utf-16 at an odd place": b"x" + RAW.decode().encode("utf-16-be"),
    "base64": b"Subject: x\n\n" + base64.encodebytes(RAW),
    "base64 of the web": base64.urlsafe_b64encode(RAW).rstrip(b"="),
    "quoted-printable": quopri.encodestring(RAW),
    "header": Header(NAME, "utf-8").encode().encode(),
    "percent": f"mailto:?subject={quote(NAME)}".encode(),
    "json": json.dumps({"name": NAME}).encode(),
    "entities": html.escape(RAW.decode()).encode("ascii", "xmlcharrefreplace"),
    "tags between": "<r><t>Päivi </t></r><r><t>Öhman-Ahola</t></r>".encode(),
    "gzip": gzip.compress(RAW),
    "zip": zipped(RAW),
    "json in a zip in base64": base64.b64encode(zipped(json.dumps(NAME).encode())),
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_a_name_is_found(data):
    assert any(NAME in text for text in texts_in(data))


def test_a_name_in_a_database_is_found(tmp_path):
    with sqlite3.connect(tmp_path / "x.sqlite") as db:
        db.execute("create table t (a text)")
        db.execute("insert into t values (?)", (json.dumps(NAME),))
    assert any(NAME in text for text in texts_in((tmp_path / "x.sqlite").read_bytes()))


def test_a_broken_package_is_read_as_bytes():
    assert any(NAME in text for text in texts_in(b"PK\x03\x04" + RAW))
    assert list(texts_in(b"")) == []
