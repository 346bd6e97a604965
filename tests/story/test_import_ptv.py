"""PTV's public bodies come to Saapuneet, changes to Tarkista: on a workbook and a Google sheet."""

import json

import pytest

from tests.register_server import RegisterServer, area, body, guid, offers, ptv, service
from tests.registers import configure
from tests.test_scripts import exits

NAMES = {"fi": "Espoon kaupunki", "sv": "Esbo stad", "en": "City of Espoo"}
TOWN = body(
    1,
    "",
    business_id="0101263-6",
    organizationNames=[{"value": v, "language": k, "type": "Name"} for k, v in NAMES.items()],
)
ROWS = [
    TOWN,
    body(2, "Opetustoimi", business_id="0101263-6", parentOrganizationId=guid(1)),
    body(3, "=IMPORTXML(1) virasto", kind="State", code=None),
    body(4, "Espoon Apu ry", kind="Organization"),
    body(5, "Entinen virasto", kind="State", publishingStatus="Deleted"),
]


def import_ptv(register, *more, code=0, place="Espoo"):
    return exits(code, register.folder, "contacts.py", "import-ptv", place, *register.book, *more)


def cleanup(register):
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")


def test_bodies_wait_are_taken_in_and_asked_about_when_they_change(register):
    with RegisterServer(ptv(ROWS)) as server:
        configure(register, f'\n[registers]\nptv_url = "{server.url}"\n')
        before = register.content()
        said = import_ptv(register).stdout
        assert "uusia 3" in said and register.content() == before
        import_ptv(register, "--apply", "--only", "public")
        assert [c for c in register.column("Saapuneet", "Organisaatio") if c] == [
            "Espoon kaupunki",
            "=IMPORTXML(1) virasto",
        ]
        assert [c for c in register.column("Saapuneet", "Tyyppi") if c] == ["kunta", "valtio"]
        assert all(c.startswith("PTV ") for c in register.column("Saapuneet", "Lähde") if c)
        assert "Esbo stad" in register.column("Saapuneet", "Viesti")[0]
        waiting = register.content()
        import_ptv(register, "--apply", "--only", "public")
        assert register.content() == waiting
        cleanup(register)
        kept = register.content()
        import_ptv(register, "--apply", "--only", "public")
        assert register.content() == kept
        agents = {headers["User-Agent"] for _, _, headers in server.asked}
        assert all("Verkosto" in agent for agent in agents)
    town = register.column("Organisaatiot", "Y-tunnus").index("0101263-6")
    assert register.column("Organisaatiot", "Tyyppi")[town] == "kunta"
    assert register.column("Organisaatiot", "Sähköposti")[town] == "kirjaamo@example.org"
    register.types("Organisaatiot", town + 2, "Nimi", "Esbo stad")
    register.types("Organisaatiot", town + 2, "Sähköposti", "")
    with RegisterServer(ptv([{**TOWN, "publishingStatus": "Deleted"}, *ROWS[2:3]])) as server:
        file = register.folder / "config.toml"
        text = file.read_text(encoding="utf-8").replace("ptv_url", f'ptv_url = "{server.url}" #')
        file.write_text(text, encoding="utf-8")
        said = import_ptv(register, "--apply").stdout
        assert "on lakannut 1.3.2026" in said
        assert "kirjaamo" not in said


def test_a_blank_cell_is_offered_and_a_swedish_name_is_no_new_name(register):
    for header, value in {
        "Nimi": "Esbo stad",
        "Tyyppi": "kunta",
        "Kotikunta": "Espoo",
        "Lähde": "lista",
    }.items():
        register.types("Organisaatiot", 2, header, value)
    cleanup(register)
    (register.folder / "ptv.json").write_text(json.dumps([TOWN]), encoding="utf-8")
    said = import_ptv(register, "--file", "ptv.json", "--apply").stdout
    assert "Yhdeltä tutulta puuttuu" in said and not filled(register, "Tarkista", "Ehdotus")
    waiting = register.content()
    import_ptv(register, "--file", "ptv.json", "--apply")
    assert register.content() == waiting
    cleanup(register)
    (asked,) = [
        number
        for number, text in enumerate(register.column("Tarkista", "Mitä"), start=2)
        if text and "kirjaamo@example.org" in text
    ]
    register.types("Tarkista", asked, "Päätös", "tee näin")
    cleanup(register)
    assert register.column("Organisaatiot", "Sähköposti")[0] == "kirjaamo@example.org"
    assert register.column("Organisaatiot", "Y-tunnus")[0] == "0101263-6"
    assert register.column("Organisaatiot", "Kotisivu")[0] == "https://www.example.org"
    kept = register.content()
    import_ptv(register, "--file", "ptv.json", "--apply")
    assert register.content() == kept


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ((200, {}, b"<html>Huolto</html>"), 2),
        ((200, {}, b'{"pageNumber": 1, "pageCount": 1, "itemList": [{"id": "x"}]}'), 2),
        ((200, {}, json.dumps({"pageCount": 1, "itemList": []}).encode()[:-3]), 2),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), 2),
        ((403, {}, b""), 2),
        ((429, {"Retry-After": "9999"}, b""), 75),
    ],
    ids=["html", "ids", "half", "redirect", "403", "429"],
)
def test_a_reply_that_cannot_be_used_changes_nothing(reply, code, register):
    with RegisterServer(lambda *_: reply) as server:
        configure(register, f'\n[registers]\nptv_url = "{server.url}"\n')
        before = register.content()
        said = import_ptv(register, "--apply", code=code).stderr
        assert said.count("\n") >= 2 and register.content() == before


def test_ids_alone_and_names_of_no_place_are_refused(register):
    listed = {"pageNumber": 1, "pageCount": 1, "itemList": [{"id": guid(1), "name": "x"}]}
    (register.folder / "ptv.json").write_text(json.dumps(listed), encoding="utf-8")
    said = import_ptv(register, "--file", "ptv.json", code=2).stderr
    assert "/Organization/list/area/Municipality/code/049" in said
    assert "Espoo" in import_ptv(register, code=2, place="Esppo").stderr
    (register.folder / "ptv.json").write_text("[]", encoding="utf-8")
    said = import_ptv(register, "--file", "ptv.json", place="Tenhola").stderr
    assert "Raasepori" in said


NEIGHBOURS = area("Municipality", "Kauniainen", "235")
SPORTS = body(
    10,
    "Esimerkin Liikkujat ry",
    kind="Organization",
    business_id="1572860-0",
    areaType="LimitedType",
    areas=[area("Municipality", "Espoo", "049"), NEIGHBOURS],
    services=offers(1, 2),
)
DOUBLE = body(
    11,
    "Esimerkin Liikkujat ry, Leppävaara",
    kind="Organization",
    business_id="1572860-0",
    areaType="LimitedType",
    areas=[area("Municipality", "Vantaa", "092")],
    emails=[],
    services=offers(3),
)
NATIONAL = body(
    12,
    "Exempelstiftelsen sr",
    kind="SotePrivate",
    code="091",
    areaType="NationwideExceptAlandIslands",
    organizationNames=[{"value": "Exempelstiftelsen sr", "language": "sv", "type": "Name"}],
)
COMPANY = body(13, "Esimerkki Oy", kind="Company", business_id="0112038-9")
SERVICES = [
    service(1, ["Liikunta ja urheilu"]),
    service(2, ["Sosiaalialan vertais-, vapaaehtois- ja kokemustoiminta"], ["KR1", "KR1.1"]),
    service(3, ["Liikunta ja urheilu"]),
]
CIVIC = [SPORTS, DOUBLE, NATIONAL, COMPANY, TOWN]


def filled(register, tab, header):
    return [cell for cell in register.column(tab, header) if cell]


def test_associations_come_with_area_topics_and_languages_and_doubles_are_one(register):
    with RegisterServer(ptv(CIVIC, services=SERVICES)) as server:
        configure(register, f'\n[registers]\nptv_url = "{server.url}"\n')
        import_ptv(register, "--apply", "--only", "associations")
        assert filled(register, "Saapuneet", "Organisaatio") == [
            "Esimerkin Liikkujat ry",
            "Exempelstiftelsen sr",
        ]
        asked = [query["guids"] for path, query, _ in server.asked if path == "/Service/list"]
        assert asked == [",".join(guid(number) for number in (1, 2, 3))]
    assert filled(register, "Saapuneet", "Tyyppi") == ["yhdistys", "säätiö"]
    assert filled(register, "Saapuneet", "Kieli") == ["fi", "sv"]
    assert filled(register, "Saapuneet", "Toiminta-alue") == ["Vantaa, Kauniainen", "koko Suomi"]
    assert filled(register, "Saapuneet", "Aiheet") == ["liikunta, ikäihmiset, vapaaehtoistoiminta"]
    assert all("CC0" in cell for cell in filled(register, "Saapuneet", "Lähde"))
    assert "Palvelu 1, Palvelu 2, Palvelu 3" in filled(register, "Saapuneet", "Viesti")[0]
    cleanup(register)
    assert filled(register, "Organisaatiot", "Toiminta-alue") == [
        "Vantaa, Kauniainen",
        "koko Suomi",
    ]
    assert filled(register, "Organisaatiot", "Aiheet") == [
        "liikunta, ikäihmiset, vapaaehtoistoiminta"
    ]
    assert filled(register, "Organisaatiot", "Kotikunta") == ["Espoo", "Helsinki"]


def test_blank_topics_areas_and_languages_of_known_ones_are_one_question(register):
    for number, name in enumerate(("Esimerkin Liikkujat ry", "Exempelstiftelsen sr"), start=2):
        told = {"Nimi": name, "Tyyppi": "yhdistys", "Kotikunta": "Espoo", "Lähde": "lista"}
        register.types_row("Organisaatiot", number, told)
    register.types("Organisaatiot", 3, "Kotikunta", "Helsinki")
    register.types("Organisaatiot", 3, "Sähköposti", "oma@example.org")
    cleanup(register)
    with RegisterServer(ptv(CIVIC[:3], services=SERVICES)) as server:
        configure(register, f'\n[registers]\nptv_url = "{server.url}"\n')
        assert "2 tutulta puuttuu" in import_ptv(register, "--apply").stdout
    assert all(r.startswith("tuttu O-") for r in filled(register, "Saapuneet", "Tulos"))
    cleanup(register)
    (asked,) = [
        number
        for number, text in enumerate(register.column("Tarkista", "Mitä"), start=2)
        if text and "Aiheet (1)" in text and "Kieli (2)" in text
    ]
    assert len(filled(register, "Tarkista", "Mitä")) == 1
    register.types("Tarkista", asked, "Päätös", "tee näin")
    cleanup(register)
    assert filled(register, "Organisaatiot", "Kieli") == ["fi", "sv"]
    assert filled(register, "Organisaatiot", "Toiminta-alue") == [
        "Vantaa, Kauniainen",
        "koko Suomi",
    ]
    assert filled(register, "Organisaatiot", "Aiheet") == [
        "liikunta, ikäihmiset, vapaaehtoistoiminta"
    ]
    assert filled(register, "Organisaatiot", "Sähköposti")[1] == "oma@example.org"


def test_a_file_of_another_municipality_or_register_is_refused(register):
    place = area("Municipality", "Vaasa", "905")
    row = body(1, "Vasa ry", "Organization", code="905", areaType="LimitedType", areas=[place])
    (register.folder / "ptv.json").write_text(json.dumps([row]), encoding="utf-8")
    before = register.content()
    assert "toisen kunnan" in import_ptv(register, "--file", "ptv.json", "--apply", code=2).stderr
    (register.folder / "ptv.json").write_text('{"companies": []}', encoding="utf-8")
    import_ptv(register, "--file", "ptv.json", "--apply", code=2)
    assert register.content() == before


def test_who_is_listed_and_not_given_is_told_and_no_page_is_missing(register):
    def half(path, query, headers):
        if path == "/Organization/list":
            return 200, {}, json.dumps(CIVIC[:1]).encode()
        return ptv(CIVIC)(path, query, headers)

    def empty(path, query, headers):
        if query.get("page") == "2":
            return 200, {}, b'{"pageNumber": 2, "pageCount": 3, "itemList": null}'
        return ptv(CIVIC)(path, query, headers)

    with RegisterServer(half) as server:
        configure(register, f'\n[registers]\nptv_url = "{server.url}"\n')
        said = import_ptv(register, code=1).stdout
        assert "uusia 1" in said and "4 riviä ei voitu lukea" in said
        server.scene = empty
        import_ptv(register, "--apply", code=2)
    assert not filled(register, "Saapuneet", "Organisaatio")


def test_services_that_cannot_be_had_stop_the_run_before_anything_is_written(register):
    def without_services(path, query, headers):
        if path == "/Service/list":
            return 200, {}, b'[{"id": "half'
        return ptv(CIVIC)(path, query, headers)

    with RegisterServer(without_services) as server:
        configure(register, f'\n[registers]\nptv_url = "{server.url}"\n')
        before = register.content()
        import_ptv(register, "--apply", code=2)
        assert register.content() == before
