"""A name is found however it is written into bytes."""

import base64
import gzip
import html
import io
import json
import quopri
import random
import sqlite3
import unicodedata
import zipfile
from email.header import Header
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from register.privacy import search
from register.privacy.search import texts_in

NAME = "Päivi Öhman-Ahola"


def zipped(data):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", data)
    return buffer.getvalue()


def folded(line, width=20):
    """Fold as calendars do: at so many bytes, be it within a letter."""
    data = line.encode()
    return b"\r\n ".join(data[at : at + width] for at in range(0, len(data), width))


def mail_with(subject):
    message = EmailMessage()
    message["Subject"] = subject
    return bytes(message)


LONG = f"Kokoontuminen pidetään torstaina ja vieraana on {NAME} Espoosta, jos hän ehtii"
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
    "short base64": base64.b64encode(NAME.encode()),
    "short base64 after words": b"the names are " + base64.b64encode(NAME.encode()),
    "encoded words that part the name": b"Subject: " + Header(LONG, "utf-8").encode().encode(),
    "encoded words of quoted-printable": mail_with(LONG),
    "a name of which one word is encoded": mail_with(NAME),
    "encoded words of base64": b"To: =?utf-8?b?UMOkaXZpIA==?=\r\n =?utf-8?b?w5ZobWFuLUFob2xh?= <x@y>",
    "a folded line": folded("DESCRIPTION:" + RAW.decode()),
    "a line folded within a letter": folded("N:Pä" + NAME, 4),
    "letters in parts": unicodedata.normalize("NFD", NAME).encode(),
    "wide letters between others": b"\0\0abc" + NAME.encode("utf-16-le") + b"tail",
    "wide letters, the other way": b"abcd" + NAME.encode("utf-16-be") + b"tail",
    "quoted-printable in percent": quote(quopri.encodestring(RAW)).encode(),
    "a folded line in base64": base64.encodebytes(folded(RAW.decode())),
    "base64 in a folded line": folded("PHOTO:" + base64.b64encode(RAW).decode()),
    "entities in quoted-printable": quopri.encodestring(
        html.escape(RAW.decode()).encode("ascii", "xmlcharrefreplace")
    ),
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


def test_what_takes_long_or_much_room_is_bounded():
    """Of noise there is little text, and of a package that unpacks to much only the beginning."""
    noise = random.Random(1).randbytes(1_000_000)
    assert sum(map(len, texts_in(noise))) < 8 * len(noise)
    assert sum(map(len, texts_in(base64.encodebytes(noise)))) < 12 * len(noise)


def packed(*files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(files):
            archive.writestr(f"{number}.txt", data)
    return buffer.getvalue()


def sealed():
    """A package whose second file says that it needs a password."""
    data = bytearray(packed(RAW, b"x"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    data[data.rindex(b"PK\x03\x04") + 6] |= 1
    return bytes(data)


DEEP = packed(packed(packed(packed(packed(RAW)))))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (packed(RAW + b" " * 1_000_000), True),
        (packed(RAW, b"a" * 300_000, b"b" * 300_000), True),
        (base64.b64encode(packed(b"c" * 600_000)), False),
        (packed(gzip.compress(b"d" * 600_000)), False),
        (sealed(), True),
        (gzip.compress(RAW * 1000)[:-40], False),
        (DEEP, False),
    ],
    ids=["large", "many", "encoded", "nested", "sealed", "torn", "deep"],
)
def test_what_is_not_searched_whole_is_said_after_the_rest(data, named, monkeypatch):
    """All that is packed in a file shares one budget, however it is divided and nested."""
    monkeypatch.setattr(search, "_MOST_UNPACKED", 500_000)
    texts = []
    with pytest.raises(search.NotAllSearched):
        texts.extend(texts_in(data))
    assert any(NAME in text for text in texts) is named or data[:2] == b"\x1f\x8b"


def test_what_is_within_the_budget_is_searched_whole():
    assert any(NAME in text for text in texts_in(packed(RAW + b" " * 400_000, b"x" * 400_000)))
