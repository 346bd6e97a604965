"""Labels for those without an e-mail address, from a workbook and a Google sheet."""

import json
from io import BytesIO

from pypdf import PdfReader

from tests.test_scripts import exits

ROWS = (
    ("Paperi ry", "Testikatu 1", "02100", ""),
    ("Verkko ry", "Testikatu 2", "02100", "info@example.org"),
    ("Katuton ry", "", "02100", ""),
)


def test_labels_of_those_whom_no_mail_reaches(register):
    for number, (name, street, code, email) in enumerate(ROWS, start=2):
        cells = {"Nimi": name, "Tyyppi": "yhdistys", "Kotikunta": "Espoo", "Lähde": "lista",
                 "Katuosoite": street, "Postinumero": code, "Sähköposti": email}  # fmt: skip
        for header, cell in cells.items():
            register.types("Organisaatiot", number, header, cell)
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")
    before = register.content()
    command = ("regions.py", "labels", *register.book, "--without-email", "--sheet", "2x4")
    done = exits(0, register.folder, *command, "--municipality", "Espoo")
    assert "Tarroja: 1" in done.stdout and "Katuton ry" in done.stdout
    data = (register.folder / "labels" / "labels.pdf").read_bytes()
    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert text.splitlines() == ["Paperi ry", "Testikatu 1", "02100 ESPOO"]
    told = json.loads(exits(0, register.folder, *command, "--format", "json").stdout)
    assert told == {"file": "labels/labels.pdf", "labels": 1, "without": ["Katuton ry"]}
    assert register.content() == before
