"""A pioneer's kit: the register's organisations, those of the open registers, a draft meeting."""

import json

from tests.register_server import RegisterServer, body, company, paged, ptv
from tests.registers import configure
from tests.test_scripts import exits

ASSOCIATIONS = [
    company("0112038-9", "Tuttu Yhdistys ry"),
    company("1572860-0", "Uusi Yhdistys ry"),
    company("0201256-6", "Loppunut ry", end="2025-05-01"),
    company("0116297-6", "Naapurin ry", code="091"),
]
BODIES = [
    body(1, "Espoon kaupunki", business_id="0101263-6"),
    body(2, "Lähellä Oleva ry", kind="Organization", business_id="1234567-1"),
    body(3, "Uusi Yhdistys ry", kind="Organization", business_id="1572860-0"),
]


def served(path, query, headers):
    scene = paged(ASSOCIATIONS) if path == "/companies" else ptv(BODIES)
    return scene(path, query, headers)


def pioneer(register, *more, place="Espoo"):
    return exits(0, register.folder, "regions.py", "pioneer", place, *register.book, *more)


def known(register):
    cells = {"Nimi": "Tuttu yhdistys r.y.", "Y-tunnus": "0112038-9", "Kotikunta": "Espoo"}
    register.types_row("Organisaatiot", 2, {**cells, "Tyyppi": "yhdistys", "Lähde": "lista"})


def test_the_kit_lists_what_only_the_open_registers_have_and_drafts_a_meeting(register):
    known(register)
    with RegisterServer(served) as server:
        urls = f'prh_url = "{server.url}"\nptv_url = "{server.url}"\n'
        configure(register, f"\n[registers]\n{urls}")
        before = register.content()
        done = pioneer(register, "--report-dir", "kit")
        assert register.content() == before
        groups = json.loads((register.folder / "kit" / "kit.json").read_text(encoding="utf-8"))
        told = {key: [row["name"] for row in rows] for key, rows in groups.items()}
        assert told["home"] == ["Tuttu yhdistys r.y."]
        assert told["associations"] == ["Lähellä Oleva ry", "Uusi Yhdistys ry"]
        assert told["prh"] == [] and told["ptv"] == ["Espoon kaupunki"]
        links = {row["name"]: row["look_up"] for rows in groups.values() for row in rows}
        assert links["Espoon kaupunki"] == ""
        assert all("businessId=" in link for name, link in links.items() if "ry" in name.split())
        page = (register.folder / "kit" / "kit.html").read_text(encoding="utf-8")
        assert "https://yhdistysrekisteri.prh.fi/basicinformation" in page
        assert "kaupparekisteri" in page
        assert "Uusi Yhdistys ry" in done.stdout and "Loppunut" not in done.stdout
        pioneer(register, "--apply")
        asked = len(server.asked)
        pioneer(register, "--apply", "--offline")
        assert len(server.asked) == asked
    assert [c for c in register.column("Tapaamiset", "Nimi") if c] == [
        "Espoon järjestöjen ensimmäinen yhteinen tapaaminen"
    ]
    assert [c for c in register.column("Tapaamiset", "Tila") if c] == ["luonnos"]
    assert not any(register.column("Saapuneet", "Organisaatio"))


def test_without_the_open_registers_the_kit_is_the_registers_and_says_so(register):
    known(register)
    with RegisterServer(lambda *_: (200, {}, b"<html>Huolto</html>")) as server:
        urls = f'prh_url = "http://127.0.0.1:9"\nptv_url = "{server.url}"\n'
        configure(register, f"\n[registers]\n{urls}")
        done = pioneer(register, "--apply", place="Esbo")
    assert "Tuttu yhdistys r.y." in done.stdout
    assert "PRH ei vastaa nyt" in done.stderr and "PTV vastasi jotakin" in done.stderr
    assert done.stderr.count("Luettelosta puuttuu") == 2
    assert [c for c in register.column("Tapaamiset", "Tila") if c] == ["luonnos"]
