"""``privacy.py export``: all that is held on one person, in every place, and nothing of others."""

import json

import pytest

from register.privacy.export import Export, other_people_named
from register.privacy.subject import find_subject
from tests.making import book
from tests.test_scripts import exits, run, types

LIST = """Nimi;Yhdistys;Sähköposti;Puh.;Kunta;Lupa
Maija Malli;Espoon kyläyhdistys ry;maija.malli@example.org;040 123 4567;Espoo;kyllä
Pekka Testi;Vantaan asukasyhdistys ry;pekka.testi@example.com;0400000002;Vantaa;ei
"""
BOOK = ("--book", "r.xlsx")


def test_all_of_one_person_is_shown_and_saved(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    quiet = ("--apply", "--fail-on", "never")
    exits(0, tmp_path, "cleanup.py", *BOOK, *quiet, "--report-dir", "reports")
    types(tmp_path, "Yhteyshenkilöt", 3, "Sähköposti", "m.malli@example.com")
    exits(0, tmp_path, "cleanup.py", *BOOK, *quiet)
    saved = ("--report-dir", "out", "--format", "json", "--lang", "fi")
    done = exits(0, tmp_path, "privacy.py", "export", "m.malli@example.com", *BOOK, *saved)
    value = json.loads(done.stdout)
    assert value["person"]["names"] == ["Maija Malli"]
    assert value["person"]["phones"] == ["+358401234567"]
    assert set(value["person"]["addresses"]) == {"m.malli@example.com", "maija.malli@example.org"}
    (grounds,) = value["grounds"]
    assert grounds["basis"] == "consent" and grounds["source"].startswith("list.csv")
    places = {place.rpartition("/")[2] for place in value["counts"]}
    notes = {place for place in places if place.startswith("comment")}
    assert notes, "the notes that say what each decision would do"
    files = {place for place in places - notes if not place.endswith(".xlsx")}
    assert any(place.endswith(".xlsx") for place in places), "copies of the register"
    tabs = {"people", "inbox", "log", "review"}
    assert tabs | {"journal.sqlite", "cleanup.html", "cleanup.json", "cleanup.md"} == files
    assert "Pekka Testi" not in json.dumps(value["register"], ensure_ascii=False)
    pages = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert pages == [".html", ".json"]
    page = next((tmp_path / "out").glob("*.html")).read_text(encoding="utf-8")
    assert "Tietosi: Maija Malli" in page and "tietosuoja@om.fi" in page
    for told in ("verkoston ylläpito", "Kuka tietoja saa", "24 kuukautta", "profiloida"):
        assert told.lower() in page.lower(), told
    assert "oikeutettu etu" not in page


def test_who_is_not_there_is_told_so(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    done = run(tmp_path, "privacy.py", "export", "nobody@example.org", *BOOK)
    assert done.returncode == 2 and "nobody@example.org" in done.stderr


PEKKA = {"id": "H-00000", "first": "Pekka", "last": "Virtanen", "email": "p@example.org"}
ANNA = {"id": "H-0JCDN", "first": "Anna", "last": "Lahti", "phone": "+358401112222"}
NAMESAKE = {**PEKKA, "id": "H-6ZS7M", "email": "pekka2@example.org"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Pekka lupasi avaimen ja Anna Lahti · H-0JCDN tulee",
            "Pekka lupasi avaimen ja {anna} tulee",
        ),
        ("Virtanen ja Anna Lahden (040 111 2222) auto", "Virtanen ja {anna} ({anna}) auto"),
        ("pekka2@example.org on toinen, p@example.org minun", "{other} on toinen, {mine} minun"),
        ("Pekka Virtanen tulee", "Pekka Virtanen tulee"),
        ("Anna avain Pekalle", "Anna avain Pekalle"),
    ],
)
def test_in_free_text_others_of_the_register_are_ids_and_her_own_words_stay(text, left):
    there = book(people=[PEKKA, ANNA, NAMESAKE])
    subject = find_subject(there, "H-00000")
    export = Export(subject, (), (), (), other_people_named(there, subject, [text]))
    marks = {"anna": "H-0JCDN", "other": "H-6ZS7M", "mine": "p@example.org"}
    assert export.without_others(text) == left.format(**marks)
