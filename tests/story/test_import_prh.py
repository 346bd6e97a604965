"""PRH's associations come to Saapuneet, changes to Tarkista: on a workbook and a Google sheet."""

import json

from tests.register_server import RegisterServer, company, paged
from tests.registers import configure
from tests.test_scripts import exits

ROWS = [
    company("0112038-9", "Uusi Nimi ry", former=("Vanha Nimi ry",), post="02600"),
    company("1572860-0", "=HYPERLINK(1) ry"),
    company("0201256-6", "Loppunut ry", end="2025-05-01"),
    company("0116297-6", "Naapurin ry", code="091"),
]


def import_prh(register, *more, code=0, place="Espoo"):
    return exits(code, register.folder, "contacts.py", "import-prh", place, *register.book, *more)


def test_new_ones_wait_changes_are_asked_and_decided(register):
    for header, value in {
        "Nimi": "Vanha nimi r.y.",
        "Tyyppi": "yhdistys",
        "Kotikunta": "Espoo",
        "Lähde": "lista",
        "Y-tunnus": "0112038-9",
        "Postinumero": "02100",
    }.items():
        register.types("Organisaatiot", 2, header, value)
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")
    with RegisterServer(paged(ROWS, size=1)) as server:
        configure(register, f'\n[registers]\nprh_url = "{server.url}"\n')
        before = register.content()
        import_prh(register)
        assert register.content() == before
        import_prh(register, "--apply")
        import_prh(register, "--apply")
        assert [c for c in register.column("Saapuneet", "Organisaatio") if c] == [
            "=HYPERLINK(1) ry"
        ]
    assert "1572860-0" in register.column("Saapuneet", "Y-tunnus")
    assert any(cell.startswith("PRH ") for cell in register.column("Saapuneet", "Lähde"))
    wanted = register.column("Tarkista", "Ehdotus")
    assert wanted.count("Uusi Nimi ry") == 1 and wanted.count("02600") == 1
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")
    row = register.column("Tarkista", "Ehdotus").index("Uusi Nimi ry") + 2
    assert not any(register.column("Tarkista", "Käsitelty")[row - 2 :][:1])
    register.types("Tarkista", row, "Päätös", "hyväksy")
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")
    assert register.column("Organisaatiot", "Nimi")[0] == "Uusi Nimi ry"
    assert register.column("Organisaatiot", "Postinumero")[0] == "02100"
    row = register.column("Tarkista", "Ehdotus").index("Uusi Nimi ry") + 2
    assert register.column("Tarkista", "Käsitelty")[row - 2] != ""


def test_a_downloaded_file_will_do_and_a_broken_one_is_refused(register):
    file = register.folder / "prh.json"
    file.write_text(json.dumps({"totalResults": 4, "companies": ROWS}), encoding="utf-8")
    import_prh(register, "--file", "prh.json", "--apply")
    found = [cell for cell in register.column("Saapuneet", "Organisaatio") if cell]
    assert sorted(found) == ["=HYPERLINK(1) ry", "Uusi Nimi ry"]
    before = register.content()
    for broken in (file.read_bytes()[:-9], b"<html>", '{"companies": ["ä"]}'.encode("latin-1")):
        file.write_bytes(broken)
        import_prh(register, "--file", "prh.json", "--apply", code=2)
    import_prh(register, "--file", "prh.json", code=2, place="Esppo")
    assert register.content() == before


def test_pages_without_an_end_bring_nothing(register):
    def endless(_path, query, _headers):
        rows = [company("0112038-9", f"Yhdistys {query['page']} ry")]
        return 200, {}, json.dumps({"totalResults": 10**9, "companies": rows}).encode()

    with RegisterServer(endless) as server:
        configure(register, f'\n[registers]\nprh_url = "{server.url}"\n')
        before = register.content()
        import_prh(register, "--apply", code=2)
        assert register.content() == before and len(server.asked) <= 50


def test_what_is_not_in_the_trade_register_is_told_honestly(register):
    with RegisterServer(paged([])) as server:
        configure(register, f'\n[registers]\nprh_url = "{server.url}"\n')
        said = import_prh(register).stdout
    assert "voi hyvin olla toiminnassa" in said and "yhdistysrekisteri.prh.fi" in said
    assert "lakannut" not in said


def test_a_cooperative_is_brought_in_where_it_is_asked_for(register):
    form = {"type": "26", "descriptions": [{"languageCode": "1", "description": "Osuuskunta"}]}
    village = {**company("0201256-6", "Kyläkauppa osk"), "companyForms": [form]}
    with RegisterServer(paged([*ROWS, village])) as server:
        configure(register, f'\n[registers]\nprh_url = "{server.url}"\n')
        said = import_prh(register, "--form", "cooperatives", "--apply").stdout
        assert {query["companyForm"] for _, query, _ in server.asked} == {"OK"}
    assert "kaupparekisteri" not in said
    assert [c for c in register.column("Saapuneet", "Organisaatio") if c] == ["Kyläkauppa osk"]
    assert all("CC BY 4.0" in c for c in register.column("Saapuneet", "Lähde") if c)


def test_a_file_of_another_municipality_is_refused(register):
    rows = json.dumps({"totalResults": 1, "companies": [company("0116297-6", "A ry", code="091")]})
    (register.folder / "prh.json").write_text(rows, encoding="utf-8")
    assert "toisen kunnan" in import_prh(register, "--file", "prh.json", code=2).stderr
