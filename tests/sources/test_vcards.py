"""Cards as phones and mail programs write them come into Saapuneet, whatever their age or letters."""

from __future__ import annotations

import tracemalloc
from base64 import b64encode
from pathlib import Path

import pytest

from register.book.errors import UsageError
from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.sources.cards import read_vcards
from register.sources.files import read_file
from tests.conftest import TickingClock
from tests.making import book

NOW = TickingClock().now()
PHOTO = b64encode(bytes(range(256)) * 40).decode()
FOLDED = "\r\n ".join(PHOTO[at : at + 72] for at in range(0, len(PHOTO), 72))
NAME = ("Väinö", "Öhman", "Ålands Föräldrar rf", "vaino.ohman@example.org", "+358401234567")


def card(version: str, *lines: str, newline: str = "\r\n") -> str:
    return newline.join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


REST = ("EMAIL;INTERNET:vaino.ohman@example.org", "TEL;CELL:+358 40 123 4567")
CARDS = {
    "an old phone's Latin letters": card(
        "2.1",
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=D6hman;V=E4in=F6",
        "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:V=E4in=F6 =D6hman",
        "ORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=C5lands F=F6r=E4ldrar rf",
        *REST,
    ).encode(),
    "an old phone's UTF-8, its lines broken": card(
        "2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96hman;V=C3=A4in=",
        "=C3=B6;;;",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85lands =",
        "F=C3=B6r=C3=A4ldrar rf",
        *REST,
    ).encode(),
    "letters of Windows, undeclared": card(
        "3.0", "N:Öhman;Väinö;;;", "FN:Väinö Öhman", "ORG:Ålands Föräldrar rf", *REST
    ).encode("cp1252"),
    "UTF-16 with its mark": card(
        "3.0", "N:Öhman;Väinö;;;", "FN:Väinö Öhman", "ORG:Ålands Föräldrar rf", *REST
    ).encode("utf-16"),
    "a photo in folded base64": card(
        "3.0",
        "N:Öhman;Väinö;;;",
        "FN:Väinö Öhman",
        "ORG:Ålands Föräldrar rf;",
        *REST,
        f"PHOTO;ENCODING=b;TYPE=JPEG:{FOLDED}",
    ).encode(),
    "a photo as version 4 writes it": card(
        "4.0",
        "N:Öhman;Väinö;;;",
        "FN:Väinö Öhman",
        "ORG:Ålands Föräldrar rf",
        "EMAIL;TYPE=work:vaino.ohman@example.org",
        "TEL;VALUE=uri;TYPE=cell:tel:+358-40-123-4567",
        f"PHOTO:data:image/jpeg;base64,{PHOTO}",
    ).encode(),
    "an iPhone's groups": card(
        "3.0",
        "PRODID:-//Apple Inc.//iPhone OS 17.0//EN",
        "N:Öhman;Väinö;;;",
        "FN:Väinö Öhman",
        "ORG:Ålands Föräldrar rf;",
        "item1.EMAIL;type=INTERNET;type=pref:vaino.ohman@example.org",
        "item1.X-ABLabel:_$!<Work>!$_",
        "TEL;type=CELL;type=VOICE;type=pref:+358 40 123 4567",
    ).encode(),
    "line ends of Unix": card(
        "3.0",
        "N:Öhman;Väinö;;;",
        "FN:Väinö Öhman",
        "ORG:Ålands Föräldrar rf",
        *REST,
        newline="\n",
    ).encode(),
}


def came_in(path: Path, start=None):
    sheet = read_file(path).with_column("Met at", "Järjestömessut")
    start = start or book()
    targets = [column.key for column in start.table("inbox").tab.columns]
    outcome, _ = import_contacts(start, sheet, guess_columns(sheet, (), targets), NOW)
    fits, conflicts = start.verify(outcome.plan)
    assert not conflicts
    return start.with_changes(fits)


def rows(after):
    return [{k: v for k, v in row.items() if v} for _, row in after.table("inbox").rows()]


@pytest.mark.parametrize("shape", CARDS)
def test_a_card_comes_in_whole(tmp_path, shape):
    path = tmp_path / "card.vcf"
    path.write_bytes(CARDS[shape])
    (row,) = rows(came_in(path))
    name = row.get("name") or f"{row['first']} {row['last']}"
    found = (*name.split(), row["org"], row["email"], row["phone"].replace(" ", ""))
    assert tuple(one.replace("-", "").removeprefix("tel:") for one in found) == NAME
    assert row["met_at"] == "Järjestömessut"
    assert PHOTO[:40] not in str(row)


def test_a_department_is_no_part_of_the_organisations_name(tmp_path):
    path = tmp_path / "card.vcf"
    path.write_text(
        card("3.0", "N:Salo;Sari;;;", "FN:Sari Salo", "ORG:Kylän Apu ry;Hallitus;Tiimi")
    )
    (row,) = rows(came_in(path))
    assert row["org"] == "Kylän Apu ry"
    assert row["text"] == "Department: Hallitus, Tiimi"


def test_two_thousand_cards_come_in_and_a_second_time_adds_none(tmp_path):
    path = tmp_path / "phone.vcf"
    path.write_text(
        "".join(
            card("3.0", f"N:Malli;Maija {n};;;", f"FN:Maija {n} Malli", f"EMAIL:m{n}@example.org")
            for n in range(2000)
        )
    )
    after = came_in(path)
    assert len({row["email"] for row in rows(after)}) == len(rows(after)) == 2000
    assert len(rows(came_in(path, after))) == 2000


def test_a_card_that_is_cut_off_is_set_aside_and_its_neighbours_come_in(tmp_path):
    path = tmp_path / "half.vcf"
    whole = card("3.0", "N:Malli;Maija;;;", "FN:Maija Malli", "EMAIL:maija@example.org")
    path.write_text(whole + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Puolikas")
    assert [row["email"] for row in rows(came_in(path))] == ["maija@example.org"]


@pytest.mark.parametrize("text", ["", "\ufeff", "BEGIN:VCARD\r\nEND:VCARD\r\n", "ei kortti\n"])
def test_a_file_with_nothing_in_it_is_refused(tmp_path, text):
    path = tmp_path / "empty.vcf"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        came_in(path)


def test_a_picture_of_many_megabytes_takes_no_more_memory_than_the_file_a_few_times(tmp_path):
    picture = "\n ".join(["A" * 72] * 100_000)
    text = card("3.0", "FN:Eila Kaski", f"PHOTO;ENCODING=b;TYPE=JPEG:{picture}", "TEL:0401112222")
    read_vcards(card("3.0", "FN:Eila Kaski"), "small.vcf")
    tracemalloc.start()
    try:
        found, aside = read_vcards(text, "list.vcf")
        assert tracemalloc.get_traced_memory()[1] < 5 * len(text)
    finally:
        tracemalloc.stop()
    assert found == [["Full name", "Phone"], ["Eila Kaski", "0401112222"]]
    assert [values for _, values in aside] == [{"count": 1}]
