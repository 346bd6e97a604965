"""A name goes from whatever part of a workbook's XML it stands in; all else stays as it was."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from register.privacy.search import texts_in
from register.privacy.subject import find_subject
from register.stores.scrub import _rewritten
from register.stores.workbook import Workbook
from tests.making import book
from tests.test_scripts import exits

MAIJA = {"id": "H-00000", "first": "Maija", "last": "Malli", "phone": "+358401234567"}
SUBJECT = find_subject(book(people=[MAIJA]), "H-00000")


@pytest.mark.parametrize(
    "xml",
    [
        "<vt:lpwstr>Maija Malli</vt:lpwstr>",
        '<filter val="Maija Malli"/>',
        '<dataValidation prompt="Kysy: Maija Malli"><formula1>"Maija Malli,Pekka"</formula1>'
        "</dataValidation>",
        '<definedName name="x">"Maija Malli"</definedName>',
        "<evenHeader>&amp;LMaija Malli</evenHeader><firstFooter>Malli, Maija</firstFooter>",
        '<cfRule text="Maija Malli"/>',
        '<sheet name="Maija Malli" r:id="rId1"/>',
        '<tableColumn id="1" name="Maija Malli"/>',
        "<f>IF(A1=&quot;Maija Malli&quot;,1,2)</f>",
        "<x tooltip='Maija &quot;M&quot; ja Maija Malli'/>",
        '<x a="1 > 0 Maija Malli"/>',
        "<!-- Maija Malli --><![CDATA[Maija Malli]]>",
        "<r><t>Maija </t></r>",
        '<a href="mailto:maija.malli@example.org"/>',
    ],
)
def test_no_part_of_xml_keeps_the_name(xml):
    left = _rewritten(xml, SUBJECT.redact)
    assert "Malli" not in left and "malli@" not in left
    assert ("H-00000" in left) is ("Malli" in xml or "malli@" in xml)
    assert left.count("<") == xml.count("<")


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="B2" s="4"><v>0.401234567</v></c>',
        "<x a='Pekka Testi &amp; muut'>Liisa &lt;3 Malli</x>",
        '<?xml version="1.0"?>\n<a xmlns:r="http://x/y" count=\'3\'/>',
        "<v>1e401234567</v>",
    ],
)
def test_what_is_not_the_person_stays_byte_for_byte(xml):
    assert _rewritten(xml, SUBJECT.redact) == xml


def test_a_number_that_is_a_phone_goes_and_leaves_no_word_in_a_cell_of_numbers():
    assert _rewritten("<v>0401234567</v><v>7</v>", SUBJECT.redact) == "<v></v><v>7</v>"


def test_a_workbook_opens_after_it_and_has_the_name_nowhere(tmp_path):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    path = tmp_path / "r.xlsx"
    made = openpyxl.load_workbook(path)
    sheet = made.create_sheet("Maija Malli")
    sheet.append(["Kuka", "Maija Malli", 401234567, 358401234567])
    sheet.append(['="Maija Malli"&A1'])
    sheet.append(["vara", "Malli", "Maija", "Pekka", "Malli"])
    sheet.append(["Maija", None, "Malli", 3, "Malli", "Liisa"])
    sheet.oddHeader.left.text = "Maija Malli"
    sheet.evenFooter.right.text = "Malli Maija"
    sheet.auto_filter.ref = "A1:B2"
    sheet.auto_filter.add_filter_column(1, ["Maija Malli"])
    rule = DataValidation("list", formula1='"Maija Malli,Pekka"', prompt="Maija Malli?")
    rule.add("D1")
    made["Yhteyshenkilöt"].add_data_validation(rule)
    made.defined_names["x"] = DefinedName("x", attr_text="'Maija Malli'!$A$1")
    made.save(path)
    store = Workbook(path, "fi")
    beside = [text for _, text in store.texts_beside() if SUBJECT.mentions(text)]
    assert {"Maija Malli", "Maija Malli?", '"Maija Malli,Pekka"'} <= set(beside)
    assert store.scrub(SUBJECT.redact, [])
    data = path.read_bytes()
    assert not any(SUBJECT.pattern.search(text) for text in texts_in(data))
    again = openpyxl.load_workbook(path)
    assert "H-00000" in again.sheetnames
    assert [cell.value for cell in again["H-00000"][1]][:4] == ["Kuka", "H-00000", None, None]
    rows = [[cell.value or None for cell in row] for row in again["H-00000"].iter_rows(3, 4)]
    assert rows[0] == ["vara", "H-00000", None, "Pekka", "Malli", None]
    assert rows[1] == ["H-00000", None, None, 3, "Malli", "Liisa"]
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert not [text for _, text in Workbook(path, "fi").texts_beside() if SUBJECT.mentions(text)]
