"""Notes in the workbook: what other programs wrote is kept, what we write they can read."""

import subprocess
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from register.book.change import Change

from register.book.errors import BookUnreadable
from register.book.log import log_rows
from register.book.notes import MARK, join_note, split_note, tidy_note
from register.book.plan import Plan
from register.stores.comments import notes_of, put_notes
from register.stores.comments_xml import EMPTY, put_notes_xml, read_notes
from register.stores.package import pack_workbook, read_package
from register.stores.workbook import Workbook

NAME = ("O-00000", "name")
HEAD = '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
RICH = (
    f"{HEAD}<authors><author>Maija</author></authors><commentList>"
    '<comment ref="B2" authorId="0" shapeId="0"><text><r><rPr><b/></rPr><t>Maija:</t></r>'
    '<r><t xml:space="preserve">\nsoita &lt;ensin&gt;</t></r></text></comment>'
    '<comment ref="C3" authorId="0"><text><t>Pelkkä teksti</t></text></comment>'
    "</commentList></comments>"
).encode()


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-03-02T09:30", book)


def note(before, after, column="name"):
    return Change("organisations", "O-00000", column, before, after, "note", "note")


@pytest.fixture
def store(tmp_path):
    store = Workbook(tmp_path / "register.xlsx")
    store.create("fi", [["# Ohje"]], {}, apply=True)
    cells = {"id": "O-00000", "name": "Espoon Martat ry", "phone": "x"}
    rows = [Change("organisations", "O-00000", k, "", v, "test", "add") for k, v in cells.items()]
    store.write(Plan.of(rows), lines)
    return store


def write(store, *changes):
    return store.write(Plan.of(changes), lines)


def test_the_parts_of_a_note():
    for people in ("", "Soita", "Soita\n\nhuomenna\n"):
        assert split_note(join_note(people, "Uusi\nrivi")) == (people, "Uusi\nrivi")
        assert join_note(people, "") == people
    assert split_note(f"Maija kirjoitti: {MARK}") == (f"Maija kirjoitti: {MARK}", "")
    assert tidy_note(f"a\x00\u2028 b\n{MARK}\n\n") == "a b\nVerkosto"
    assert len(tidy_note("x" * 5000)) == 1000


def test_a_persons_rich_text_stays_byte_for_byte():
    xml, gained, lost = put_notes_xml(RICH, {(2, 2): "Meiltä", (3, 3): "Myös", (9, 1): "Oma"})
    assert (gained, lost) == ({(9, 1)}, set())
    assert read_notes(xml) == {(2, 2): "Meiltä", (3, 3): "Myös", (9, 1): "Oma"}
    assert b"<r><rPr><b/></rPr><t>Maija:</t></r>" in xml
    back, gained, lost = put_notes_xml(xml, {(2, 2): "", (3, 3): "", (9, 1): ""})
    assert (gained, lost) == (set(), {(9, 1)})
    assert read_notes(back) == {}
    same = back.replace(b"<author>Verkosto</author>", b"")
    assert same.replace(b"<r><t>Pelkk", b"<t>Pelkk").replace(b"ksti</t></r>", b"ksti</t>") == RICH


def test_a_part_with_a_prefix_and_an_empty_list():
    xml = RICH[: RICH.index(b"<authors>")].replace(b"<comments xmlns=", b"<x:comments xmlns:x=")
    xml += b"<x:authors/><x:commentList/></x:comments>"
    made, gained, _ = put_notes_xml(xml, {(5, 28): "Meiltä"})
    assert gained == {(5, 28)} and read_notes(made) == {(5, 28): "Meiltä"}
    assert b'<x:comment ref="AB5" authorId="0">' in made
    assert put_notes_xml(made, {(5, 28): "Meiltä"})[0] == made


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<comments/>",
        b"<comments",
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + EMPTY.partition(b"\n")[2],
        EMPTY.replace(b"<commentList>", b'<commentList><comment ref="1A"><text/></comment>'),
        EMPTY.replace(b"<commentList>", b"<commentList><comment><text/></comment>"),
    ],
)
def test_a_part_that_is_none_is_refused(xml):
    with pytest.raises(BookUnreadable):
        read_notes(xml)


def test_two_thousand_notes_are_read_back(store):
    package = read_package(store.path)
    sheet = package.sheets["Organisaatiot"]
    wanted = {(row, 2): f"Rivi {row}" for row in range(2, 2002)}
    parts = dict(package.parts)
    put_notes(parts, sheet, wanted)
    assert notes_of(parts, sheet) == wanted
    put_notes(parts, sheet, dict.fromkeys(wanted, ""))
    assert notes_of(parts, sheet) == {}
    assert b"<v:shape " not in next(v for k, v in parts.items() if k.endswith(".vml"))
    store.path.write_bytes(pack_workbook(parts))
    assert len(store.read().table("organisations")) == 1


def test_openpyxl_keeps_ours_and_we_keep_its(store):
    write(store, note("", "Meiltä"))
    workbook = openpyxl.load_workbook(store.path)
    sheet = workbook["Organisaatiot"]
    sheet["C2"].comment = Comment("Maijalta", "Maija")
    workbook["Yhteyshenkilöt"]["C5"].comment = Comment("Toisaalla", "Maija")
    workbook.save(store.path)
    assert store.read().table("organisations").notes == {NAME: "Meiltä"}
    write(store, note("Meiltä", "Toinen"), note("", "Kolmas", "phone"))
    workbook = openpyxl.load_workbook(store.path)
    sheet = workbook["Organisaatiot"]
    assert sheet["B2"].comment.text == f"{MARK}\nToinen"
    assert sheet["C2"].comment.text == "Maijalta"
    assert workbook["Yhteyshenkilöt"]["C5"].comment.text == "Toisaalla"
    assert store.read().table("organisations").notes == {
        NAME: "Toinen",
        ("O-00000", "phone"): "Kolmas",
    }


def test_every_part_is_declared_once_and_every_relation_leads_somewhere(store):
    write(store, note("", "Meiltä"))
    write(store, note("", "Toinen", "phone"))
    with zipfile.ZipFile(store.path) as archive:
        names = archive.namelist()
        types = archive.read("[Content_Types].xml").decode()
    assert len(names) == len(set(names))
    assert types.count('Extension="vml"') == 1
    assert types.count("comments+xml") == sum("comments" in name for name in names) == 1


@pytest.mark.office
def test_libreoffice_shows_ours_and_keeps_them(store, tmp_path):
    workbook = openpyxl.load_workbook(store.path)
    workbook["Organisaatiot"]["C2"].comment = Comment("Maijalta", "Maija")
    workbook.save(store.path)
    write(store, note("", "Meiltä <b> ”ä”\ntoinen rivi"), note("", "Lisäys", "short"))
    (tmp_path / "out").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run(
        [*command, str(tmp_path / "out"), str(store.path)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    again = Workbook(tmp_path / "out" / "register.xlsx")
    assert again.read().table("organisations").notes == {
        NAME: "Meiltä <b> ”ä”\ntoinen rivi",
        ("O-00000", "short"): "Lisäys",
    }
    write(again, note("Meiltä <b> ”ä”\ntoinen rivi", ""), note("Lisäys", "", "short"))
    sheet = openpyxl.load_workbook(again.path)["Organisaatiot"]
    assert sheet["B2"].comment is None
    assert sheet["C2"].comment.text.strip() == "Maijalta"
