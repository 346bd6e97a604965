"""Lists of grants bring in who is alive: on a workbook and a Google sheet."""

import json

import pytest
from openpyxl import Workbook

from tests.register_server import body
from tests.test_scripts import exits

STATE = [
    ["Valtionavustukset 2025"],
    [],
    ["Avustuksen saaja", "Maakunta", "Myöntäjä", "Käyttötarkoitus", "Myönnetty €", "Vuosi"],
    ["Esimerkin Liikkujat ry (1572860-0)", "Uusimaa", "OKM", "seuratuki", "5 000,00", 2025],
    ["Esimerkin Liikkujat r.y. (1572860-0)", "Uusimaa", "OKM", "kesäleiri", 1200, 2024],
    ["ESIMERKIN LIIKKUJAT RY (1572860-0)", "Uusimaa", "STEA", "", 1200, 2023],
    ["Toinen Yhdistys ry", "", "OKM", "toiminta", "0,00 €", 2025],
    ["Virtanen Matti (0201256-6)", "Uusimaa", "OKM", "apuraha", 900, 2025],
    ["Matti Virtanen", "Uusimaa", "OKM", "apuraha", 900, 2025],
    ["Yksityishenkilö", "", "OKM", "apuraha", 900, 2025],
    ["Yhteensä", "", "", "", "8 200", ""],
]


def save(register, rows, name="avustukset.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(register.folder / name)
    return name


def grants(register, file, *more, code=0):
    return exits(code, register.folder, "contacts.py", "import-grants", file, *register.book, *more)


def cleanup(register):
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")


def filled(register, tab, header):
    return [cell for cell in register.column(tab, header) if cell]


def test_an_organisation_of_many_grants_is_one_that_lives_and_private_people_stay_out(register):
    file = save(register, STATE)
    before = register.content()
    said = grants(register, file).stdout
    assert "Avustuksia 3, organisaatioita 1" in said and register.content() == before
    assert "3 saajaa" in said and "Yhden rivin saaja ei saanut" in said
    assert "Avustuksen saaja → recipient" in said and "Käyttötarkoitus → purpose" in said
    grants(register, file, "--apply")
    assert filled(register, "Saapuneet", "Organisaatio") == ["Esimerkin Liikkujat ry"]
    assert filled(register, "Saapuneet", "Y-tunnus") == ["1572860-0"]
    assert filled(register, "Saapuneet", "Toiminta-alue") == ["Uusimaa"]
    assert filled(register, "Saapuneet", "Elonmerkki") == ["2025 avustus (OKM)"]
    assert filled(register, "Saapuneet", "Viesti") == [
        "2025 avustus (OKM): seuratuki\n2024 avustus (OKM): kesäleiri\n2023 avustus (STEA)"
    ]
    assert "Virtanen" not in json.dumps(register.content(), default=str, ensure_ascii=False)
    waiting = register.content()
    grants(register, file, "--apply")
    assert register.content() == waiting
    cleanup(register)
    assert filled(register, "Organisaatiot", "Elonmerkki") == ["2025 avustus (OKM)"]
    newer = [["Hakija", "Y-tunnus", "Avustus 2026"], ["Esimerkin Liikkujat ry", "1572860-0", 700]]
    grants(register, save(register, newer, "uusi.xlsx"), "--granter", "Espoo", "--apply")
    cleanup(register)
    assert filled(register, "Organisaatiot", "Nimi") == ["Esimerkin Liikkujat ry"]
    assert filled(register, "Organisaatiot", "Elonmerkki") == ["2026 avustus (Espoo)"]
    grants(register, save(register, STATE[:4], "vanha.xlsx"), "--source", "vanha", "--apply")
    cleanup(register)
    assert filled(register, "Organisaatiot", "Elonmerkki") == ["2026 avustus (Espoo)"]
    entry = body(1, "Esimerkin Liikkujat ry", "Organization", business_id="1572860-0")
    (register.folder / "ptv.json").write_text(json.dumps([entry]), encoding="utf-8")
    more = (*register.book, "--file", "ptv.json", "--apply")
    exits(0, register.folder, "contacts.py", "import-ptv", "Espoo", *more)
    assert filled(register, "Organisaatiot", "Elonmerkki") == ["1.3.2026 muuttunut: PTV"]


@pytest.mark.parametrize(
    ("rows", "flags", "said"),
    [
        ([["Nimi", "Sähköposti"], ["A ry", "a@example.org"]], (), "avustusluettelolta"),
        ([["Saaja", "Myönnetty"], ["A ry", 5]], (), "--year"),
        ([["Saaja", "Myönnetty", "Vuosi"], ["A ry", 5, 2024]], ("--year", "2026"), "2024"),
        ([["Saaja", "Myönnetty 2019"], ["A ry", 5]], ("--year", "2025"), "2019"),
        ([["Saaja", "Myönnetty", "Vuosi"], ["A ry", 5, 2031]], (), "2031"),
        (
            [["Saaja", "Myönnetty", "Vuosi"], ["A ry", 5, 2024]],
            ("--map", "Seura=recipient"),
            "Saaja",
        ),
        (
            [["Saaja", "Myönnetty", "Vuosi"], ["A ry", 5, 2024]],
            ("--map", "Saaja=name"),
            "recipient",
        ),
    ],
    ids=[
        "no grants",
        "no year",
        "another year",
        "another year's column",
        "to come",
        "no column",
        "no part",
    ],
)
def test_what_is_no_list_of_the_years_grants_is_refused(rows, flags, said, register):
    before = register.content()
    file = save(register, rows)
    assert said in grants(register, file, *flags, "--apply", code=2).stderr
    assert register.content() == before
