"""To whom a list with somebody in it went is in her export, and goes when she is erased."""

from __future__ import annotations

import json

import pytest

from register.disk import readable_by_others
from tests.registers import FileRegister
from tests.test_scripts import exits

BOOK = ("--book", "r.xlsx")
LISTS = ("regions.py", "lists", *BOOK, "--report-dir", "out")
PARTNER = "Kumppani ry; Matti Saaja"


@pytest.fixture
def folder(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    (tmp_path / "list.csv").write_text(
        "Nimi;Yhdistys;Sähköposti;Kotikunta\nMaija Malli;Kylä ry;m@kyla.example;Espoo\n"
        "Pekka Testi;Tuki ry;p@tuki.example;Vantaa\n",
        "utf-8",
    )
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    exits(0, tmp_path, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    return tmp_path


def receivers(folder, whom):
    """Who got lists with a person in them, by their export; what is on its page."""
    exits(0, folder, "privacy.py", "export", whom, *BOOK, "--report-dir", "hers")
    (file,) = (folder / "hers").glob("*.json")
    (page,) = (folder / "hers").glob("*.html")
    files, text = json.loads(file.read_text("utf-8"))["files"], page.read_text("utf-8")
    for path in (file, page):
        path.unlink()
    return [one["receiver"] for one in files if one["sort"] == "receiver"], text


def test_only_who_was_in_the_list_has_its_receiver_in_her_export(folder):
    exits(0, folder, *LISTS, "--municipality", "Espoo", "--for", PARTNER)
    found, page = receivers(folder, "m@kyla.example")
    assert found == [PARTNER] and PARTNER in page
    assert receivers(folder, "p@tuki.example")[0] == []
    described = exits(0, folder, "privacy.py", "describe", *BOOK).stdout
    assert PARTNER in described
    exits(0, folder, *LISTS, "--public", "--for", "Kaikille")
    assert receivers(folder, "m@kyla.example")[0] == [PARTNER]
    (kept,) = folder.rglob("receivers.sqlite")
    assert not readable_by_others(kept) and b"Malli" not in kept.read_bytes()
    exits(0, folder, "privacy.py", "erase", "m@kyla.example", *BOOK, "--apply")


def test_every_form_that_names_people_keeps_to_whom_it_went(folder):
    register = FileRegister(folder)
    register.types("Yhteyshenkilöt", 2, "Ryhmä", "viranhaltija")
    register.types("Yhteyshenkilöt", 2, "Luottamus", "luottaa meihin")
    her = register.column("Yhteyshenkilöt", "Tunnus")[0]
    register.types("Verkostot", 2, "Nimi", "Kylät")
    register.types("Verkostot", 2, "Alue", "Espoo")
    register.types("Verkostot", 2, "Yhteyshenkilö", f"Maija Malli · {her}")
    meeting = {"Nimi": "Ilta", "Pvm": "10.10.2036", "Alkaa": "17.30", "Alue": "Espoo"}
    register.types_row("Tapaamiset", 2, meeting)
    exits(0, folder, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    meeting = register.column("Tapaamiset", "Tunnus")[0]
    coming = {"Tapaaminen": f"Ilta · {meeting}", "Yhteyshenkilö": f"Maija Malli · {her}",
              "Vastaus": "tulossa"}  # fmt: skip
    register.types_row("Kutsut", 2, coming)
    commands = {
        "networks": ("regions.py", "networks"),
        "decision-makers": ("regions.py", "decision-makers", "Espoo"),
        "packet": ("handover.py", "packet", her),
        "participants": ("invite.py", "participants", meeting),
    }
    for what, command in commands.items():
        stop = exits(2, folder, *command, *BOOK, "--for", what)
        assert "--report-dir" in stop.stderr
        exits(0, folder, *command, *BOOK, "--for", what, "--report-dir", "out")
    assert set(receivers(folder, her)[0]) == set(commands)
    assert receivers(folder, "p@tuki.example")[0] == []


def test_a_list_that_is_not_saved_goes_to_nobody(folder):
    stop = exits(2, folder, "regions.py", "lists", *BOOK, "--for", PARTNER)
    assert PARTNER in stop.stderr and "--report-dir" in stop.stderr
    exits(0, folder, *LISTS)
    assert not list(folder.rglob("receivers.sqlite"))


def test_a_page_for_a_municipality_s_site_names_nobody(folder):
    exits(0, folder, "regions.py", "publish", "--municipality", "Espoo", *LISTS[2:])
    written = [path for path in (folder / "out").rglob("*") if path.is_file()]
    assert written
    for path in written:
        text = path.read_text("utf-8")
        assert not any(one in text for one in ("Maija", "Malli", "m@kyla.example"))
