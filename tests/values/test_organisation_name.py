import pytest

from register.values.organisation_name import legal_form, organisation_key, read
from register.values.reading import Reading

CASES = [
    (" Espoon  Apu r.y.", "Espoon Apu ry", "", ""),
    ("Espoon Apu, RY", "Espoon Apu ry", "", ""),
    ("Espoon Apu r y", "Espoon Apu ry", "", ""),
    ("Esbo Hjälp R.F.", "Esbo Hjälp rf", "", ""),
    ("Cafe\u0301 ry", "Café ry", "", ""),
    ("Espoon\nApu ry", "Espoon Apu ry", "", ""),
    ("”Espoon Apu ry”", "Espoon Apu ry", "", ""),
    ('"Espoon Apu"', "Espoon Apu", "", ""),
    ("ESPOON APU RY", "", "organisation-name-capitals", "Espoon apu ry"),
    ("VANTAAN 4H-YHDISTYS RY", "", "organisation-name-capitals", "Vantaan 4H-yhdistys ry"),
    (
        "ESPOON JÄRJESTÖJEN YHTEISÖ (EJY) RY",
        "",
        "organisation-name-capitals",
        "Espoon järjestöjen yhteisö (EJY) ry",
    ),
    ("Espoon\u202eApu ry", "", "text-hidden", "EspoonApu ry"),
    ("ESPOON\u2028APU RY", "", "text-hidden", "Espoon apu ry"),
    ("Esp\u043eon Apu ry", "", "text-mixed-scripts", ""),
    ("x" * 2001, "", "text-too-long", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "Espoon Apu ry",
    "Esbo Hjälp rf",
    "EJY ry",
    "MLL",
    "SPR Espoo",
    "HUS Jorvi",
    "IT-TUKI KY",
    "Nuorten YSTÄVÄT ry",
    '"Espoon Apu" ry',
    "Yhdistys ”Ilo”",
    "”Ilo” ja ”Toivo”",
    "Apu ry:n Espoon osasto",
    "Kaarinan Harry",
    "Larry",
    "Ry",
    "Espoon kaupunki",
    "Laurea-ammattikorkeakoulu",
    "Дом",
    "K-Kauppa Oy",
    '""',
    "4H",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        *[("Espoon Apu ry", "ESPOON APU R.Y.", True), ("Esbo Hjälp rf", "esbo hjälp", True)],
        *[("Cafe\u0301 ry", "Café", True), ("A-klinikka", "A klinikka", True)],
        *[("Espoon kaupunki", "Espoo", False), ("Espoon seurakunta", "Espoon kunta", False)],
        *[("Apu ry", "Apu säätiö", False), ("Apu ky", "Apu", False)],
    ],
)
def test_what_two_spellings_share(one, other, same):
    assert (organisation_key(one) == organisation_key(other)) is same


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[("Espoon Apu ry", "association"), ("Esbo Hjälp r.f.", "association")],
        *[("Apusäätiö sr", "foundation"), ("Espoon seurakunta", "parish"), ("Apu Oy", "company")],
        *[("Lapin hyvinvointialue", "county"), ("Espoon kaupunki", "municipality")],
        *[("Siuntion kunta", "municipality"), ("Esbo stad", "municipality")],
        *[("Korsholms kommun", "municipality"), ("Espoon kaupunki / Esbo stad", "municipality")],
        *[("Teatteri Kaupunki", ""), ("Nuorten kaupunki", ""), ("Barnens stad", ""), ("Kunta", "")],
        *[("Kaislan vapaaehtoinen palokunta", ""), ("Kaislan lippukunta", "")],
        *[("Kylätoimikunta", ""), ("Kaislan osakaskunta", "")],
        *[("Espoon Apu", ""), ("Kerho", ""), ("", ""), ("Harry", ""), ("Maakuntalehti", "")],
    ],
)
def test_the_form_that_a_name_tells(name, kind):
    assert legal_form(name) == kind
