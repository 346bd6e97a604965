"""Somebody's list, in whatever file: the same rows come out; what is no list is said so."""

import re
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from register.book.errors import UsageError
from register.sources.files import read_file, read_list

HEADERS = ("Nimi", "Kunta", "Huom")
ROWS = (("Mäki Åsa", "Köyliö", "soita, kiitos"), ("Öhman Eija", "Sääksmäki", "00100; ok"))


def csv_text(separator, newline="\r\n"):
    lines = [separator.join(f'"{cell}"' for cell in row) for row in (HEADERS, *ROWS)]
    return newline.join(lines) + newline


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "mac-roman", "cp850"],
)
def test_every_usual_encoding_and_separator_gives_the_same_rows(encoding, separator):
    sheet = read_list(csv_text(separator).encode(encoding), "list.csv")
    assert (sheet.headers, sheet.rows, sheet.first_row_number) == (HEADERS, ROWS, 2)


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_every_line_ending_gives_the_same_rows(newline):
    assert read_list(csv_text(";", newline).encode(), "list.csv").rows == ROWS


def test_a_separator_line_a_title_and_blank_lines_stand_above_the_headers():
    text = "sep=;\nYhteystiedot 2026\n\nNimi;Puh.\nMatti Virtanen;040 123 4567\n"
    sheet = read_list(text.encode(), "list.csv")
    assert sheet.headers == ("Nimi", "Puh.")
    assert sheet.rows == (("Matti Virtanen", "040 123 4567"),)
    assert sheet.first_row_number == 5
    assert [values["cells"] for _, values in sheet.notes] == [["Yhteystiedot 2026"]]


def test_a_list_without_headers_keeps_its_first_row():
    sheet = read_list(b"Matti Virtanen;matti@example.org\nMaija Malli;maija@example.org\n", "l.csv")
    assert sheet.headers == ("", "")
    assert sheet.first_row_number == 1 and len(sheet.rows) == 2


def test_headers_that_nobody_knows_are_headers():
    sheet = read_list("Väri;Koko\npunainen;iso\nsininen;pieni\n".encode(), "l.csv")
    assert sheet.headers == ("Väri", "Koko") and len(sheet.rows) == 2


def test_ragged_rows_and_quoted_newlines_lose_nothing():
    sheet = read_list(b'Nimi;Huom\n"Matti";"rivi 1\nrivi 2";extra;\nMaija\n;\n', "l.csv")
    assert sheet.headers == ("Nimi", "Huom", "")
    assert sheet.rows == (("Matti", "rivi 1\nrivi 2", "extra"), ("Maija", "", ""))


def test_a_stray_quotation_mark_swallows_no_rows():
    text = 'Nimi;Kunta\n"Apu ry;Espoo\nToinen ry;Vantaa\nKolmas ry;Lohja\n'
    rows = read_list(text.encode(), "l.csv").rows
    assert rows == (('"Apu ry', "Espoo"), ("Toinen ry", "Vantaa"), ("Kolmas ry", "Lohja"))


def workbook(fill):
    book = openpyxl.Workbook()
    fill(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_digits_dates_and_texts_of_the_first_tab_with_a_table():
    def fill(book):
        book.active.title = "Kansi"
        book.active["A1"] = "Yhteystietoja"
        tab = book.create_sheet("Lista")
        tab.append(["Nimi", "Puhelin", "Pvm"])
        tab.append(["Matti", 358401234567, date(2026, 3, 12)])
        tab.append(["Maija", "0401234567", None])

    sheet = read_list(workbook(fill), "l.xlsx")
    assert sheet.rows == (("Matti", "358401234567", "2026-03-12"), ("Maija", "0401234567", ""))
    assert sheet.what["tab"] == "Lista"
    assert sheet.notes[0][1]["others"] == ["Kansi"]


def test_the_fullest_tab_is_read_unless_one_is_asked_for():
    def fill(book):
        book.active.title = "Ohje"
        for row in (["Nimi", "Puhelin"], ["Maija", "1"]):
            book.active.append(row)
        tab = book.create_sheet("Lista")
        for row in (["Nimi", "Puhelin"], ["Matti", "2"], ["Eeva", "3"]):
            tab.append(row)
        tab.row_dimensions[3].hidden = True

    sheet = read_list(workbook(fill), "l.xlsx")
    assert sheet.what["tab"] == "Lista" and len(sheet.rows) == 2
    assert [values["numbers"] for _, values in sheet.notes if "numbers" in values] == [["3"]]
    assert read_list(workbook(fill), "l.xlsx", "ohje").rows == (("Maija", "1"),)
    with pytest.raises(UsageError) as error:
        read_list(workbook(fill), "l.xlsx", "Muu")
    assert error.value.values["others"] == ["Ohje", "Lista"]


def test_a_cell_at_the_end_of_the_world_does_not_fill_the_memory():
    data = workbook(lambda book: book.active.cell(1_048_576, 16_384, "x"))
    with pytest.raises(UsageError, match="too large"):
        read_list(data, "l.xlsx")


def test_an_entity_bomb_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(UsageError, match="not a workbook"):
        read_list(out.getvalue(), "l.xlsx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"Nimi;Puh\n", "no rows"),
        (b"PK\x03\x04 broken", "not a workbook"),
        (b"%PDF-1.7 x", "broken"),
        (bytes(range(256)) * 20, "no text"),
        (b"Nimi;Puh\nx;" + b"y" * 40_000, "more than"),
        (b"a;b\n" * 100_200, "too large"),
        (b";" * 400 + b"\nx", "too large"),
        ((b";" * 250 + b"\n") * 13_000, "too large"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data, said):
    with pytest.raises(UsageError, match=said):
        read_list(data, "l.csv")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UsageError):
            read_file(path)


CARD = """BEGIN:VCARD
VERSION:{version}
N:Virtanen;Matti;;;
FN:Matti Virtanen
ORG:Espoon Apu ry;Hallitus
item1.TEL;TYPE=CELL:040 123 4567
TEL;VALUE=uri;TYPE=work:tel:+358-9-310-1691
EMAIL:matti@example.org
EMAIL:info@example.org
ADR:;;Katu 1;Espoo;;02100;
NOTE:rivi 1\\nrivi 2\\, jatkuu
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
END:VCARD
"""


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_vcard_becomes_a_row(version):
    sheet = read_list(CARD.format(version=version).encode(), "l.vcf")
    (row,) = sheet.rows
    assert dict(zip(sheet.headers, row, strict=True)) == {
        "Last name": "Virtanen",
        "First name": "Matti",
        "Organization": "Espoon Apu ry",
        "Department": "Hallitus",
        "E-mail": "matti@example.org",
        "E-mail 2": "info@example.org",
        "Phone": "040 123 4567 / +358-9-310-1691",
        "Note": "rivi 1\nrivi 2, jatkuu",
        "Street": "Katu 1",
        "Postal code": "02100",
        "City": "Espoo",
    }


def test_a_quoted_printable_card_of_an_old_phone_is_read():
    text = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4D=C3=A4ki;=4A=\r\n"
        "=C3=B6rn\r\nEND:VCARD\r\n"
    )
    assert read_list(text.encode(), "l.vcf").rows == (("Mäki", "Jörn"),)


def test_a_bad_card_is_set_aside_and_its_neighbours_are_read():
    good = CARD.format(version="3.0")
    bad = "BEGIN:VCARD\nVERSION:3.0\nN:Katkennut;Kortti\nthis is no line\nEND:VCARD\n"
    cut = "BEGIN:VCARD\nVERSION:3.0\nN:Puoli"
    sheet = read_list((good + bad + good + cut).encode(), "l.vcf")
    assert [number for number, _ in sheet.numbered()] == [1, 3]
    assert [values["number"] for _, values in sheet.set_aside if "number" in values] == [2, 4]


def test_a_row_that_cannot_be_read_is_named_and_its_neighbours_stay():
    data = (
        "Etunimi;Sukunimi\nPäivi;Mäki\n".encode()
        + b"Hyv\xc3;Virtanen\nMatti;Malli\nV\xe4in\xf6;Aho\n"
    )
    sheet = read_list(data, "l.csv")
    assert [cells for _, cells in sheet.numbered()] == [
        ("Päivi", "Mäki"), ("Matti", "Malli"), ("Väinö", "Aho"),
    ]  # fmt: skip
    assert [values["number"] for _, values in sheet.set_aside] == [3]


def test_a_list_in_another_alphabet_is_refused():
    data = "Όνομα;Πόλη\nΓεώργιος;Αθήνα\n".encode("iso8859-7")
    with pytest.raises(UsageError, match="encoding"):
        read_list(data, "l.csv")


def test_what_was_decoded_wrongly_before_is_mended_and_said():
    sheet = read_list(
        "Nimi;Kunta\nPÃ¤ivi MÃƒÂ¤ki;HÃ¤meenlinna\nMatti Malli;Espoo\n".encode(), "l.csv"
    )
    assert sheet.rows == (("Päivi Mäki", "Hämeenlinna"), ("Matti Malli", "Espoo"))
    assert [values["count"] for _, values in sheet.notes] == [2]


def test_one_cell_that_is_too_long_leaves_out_its_row_only():
    data = b"Nimi;Huom\nMatti;" + b"x" * 40_000 + b"\nMaija;y\nKalle;" + b"z" * 32_767 + b"\n"
    sheet = read_list(data, "l.csv")
    assert [number for number, _ in sheet.numbered()] == [3, 4]
    assert [values["number"] for _, values in sheet.set_aside] == [2]


@pytest.mark.parametrize("charset", ["", ";CHARSET=ISO-8859-1", ";CHARSET=UTF-8"])
def test_quoted_letters_of_a_card_are_read_whatever_it_says_of_them(charset):
    text = (
        f"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE{charset}:M=E4ki;P=E4i=\r\nvi\r\n"
        f"NOTE;QUOTED-PRINTABLE:rivi=0D=0Atoinen\r\nEND:VCARD\r\n"
    )
    assert read_list(text.encode(), "l.vcf").rows == (("Mäki", "Päivi", "rivi\ntoinen"),)


def test_a_card_that_cannot_be_read_is_named():
    good = "BEGIN:VCARD\nVERSION:3.0\nN:Mäki;Päivi\nEND:VCARD\n".encode()
    bad = b"BEGIN:VCARD\nVERSION:3.0\nN:Hyv\xc3;Matti\nEND:VCARD\n"
    sheet = read_list(good + bad + good, "l.vcf")
    assert [number for number, _ in sheet.numbered()] == [1, 3]
    assert [values["number"] for _, values in sheet.set_aside] == [2]


def with_values(data, stored):
    """Return a workbook where a program has stored the values of formulas, by cell."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for cell, value in stored.items() if "worksheets/" in name else ():
                formula = rf'<c r="{cell}">(<f>[^<]*</f>)<v ?/>'
                part, count = re.subn(formula, rf'<c r="{cell}" t="str">\1<v>{value}</v>', part)
                assert count == 1
            new.writestr(name, part)
    return out.getvalue()


def calculated_list(book):
    tab = book.active
    tab.append(["Nimi", "Puhelin", "Sähköposti"])
    tab.append(["Matti", '="040"&"1"', "matti@example.org"])
    tab.append(["Maija", '="040"&"2"', "maija@example.org"])
    tab.append(["Eeva", "0403", '=IF(1=2,"x","")'])
    tab.append(["Aino", '="040"&"4"', '="aino"&"@example.org"'])
    tab.append(["Kalle", "0405", "#N/A"])


def test_formulas_are_told_and_one_that_nobody_calculated_is_no_blank():
    data = with_values(workbook(calculated_list), {"B2": "0401", "B3": "0402", "C4": ""})
    sheet = read_list(data, "l.xlsx")
    assert [row for _, row in sheet.numbered()] == [
        ("Matti", "0401", "matti@example.org"),
        ("Maija", "0402", "maija@example.org"),
        ("Eeva", "0403", ""),
        ("Kalle", "0405", "#N/A"),
    ]
    formulas, errors = sheet.notes
    assert formulas[1] == {"count": 3, "cells": ["B2–B3", "C4"]}
    assert errors[1] == {"count": 1, "cells": ["C6 (#N/A)"]}
    ((_, values),) = sheet.set_aside
    assert values == {"count": 1, "cells": ["B5 + C5"]} and sheet.left_out == 1


def test_what_is_told_of_formulas_is_bounded():
    def fill(book):
        book.active.append(["Nimi", "Puhelin"])
        for number in range(2, 200):
            book.active.append([f"Matti {number}", f'="040{number}"' if number % 2 else "040"])

    ((_, values),) = read_list(workbook(fill), "l.xlsx").set_aside
    assert values["count"] == 99 and len(values["cells"]) < 20 and values["cells"][0] == "B3"


def test_a_list_of_which_no_formula_has_a_value_is_refused_with_the_remedy():
    def fill(book):
        book.active.append(["Nimi", "Puhelin"])
        book.active.append(['="Matti"', '="040"'])
        book.active.append(['="Maija"', "0402"])

    with pytest.raises(UsageError, match=r"left out: .*A2 \+ B2.*A3.* save it") as stop:
        read_list(workbook(fill), "l.xlsx")
    assert stop.value.exit_code == 2
