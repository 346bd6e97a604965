"""Answers in Tarkista teach the comparison: counted once, undone, forgotten, and nobody's data."""

import json
import shutil
from dataclasses import replace

import pytest

from register.match.learning import LearnedTab
from register.privacy.subject import find_subject
from register.review import answered_pairs
from register.review.answered_pairs import learn_from_decisions
from register.run.options import DEFAULTS
from register.run.session import open_session
from register.state.learned_levels import read_learning
from register.state.personal import state_traces
from tests.privacy.test_search import texts_in
from tests.registers import FileRegister
from tests.test_scripts import exits

BOOK = ("--book", "r.xlsx")
QUIET = ("--apply", "--fail-on", "never")
FIRST = ("Kaisa", "Pekka", "Juhani", "Elina", "Timo", "Outi", "Sari", "Jarmo", "Helena", "Markku",
         "Riitta", "Ville", "Noora", "Antti", "Laura", "Jukka", "Marja", "Sanna", "Hannu", "Tuula",
         "Eero", "Ilona", "Veikko", "Kirsi")  # fmt: skip
LAST = ("Ahonen", "Korpela", "Lindqvist", "Saarela", "Taipale", "Ketola", "Honkanen", "Vainio",
        "Mattila", "Pulkkinen", "Kallio", "Rantanen")  # fmt: skip
TWELVE = range(12)


def listed():
    """Yield twelve people with a slip of the pen in a second row, and twelve pairs of namesakes."""
    yield "Etunimi;Sukunimi;Yhdistys;Kunta;Puhelin"
    for n in TWELVE:
        first, last, phone = FIRST[n], LAST[n], f"040 {1000000 + n * 7919}"
        yield f"{first};{last};Espoon Martat ry;Espoo;{phone}"
        yield f"{first};{last[:-2]}{last[-1]};Espoon Martat ry;Espoo;{phone}"
        first = FIRST[n + 12]
        yield f"{first};{last};Lahden Martat ry;Lahti;"
        yield f"{first};{last};Lahden Lions ry;Lahti;"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Twelve pairs answered as one, twelve as two; all of it carried out."""
    folder = tmp_path_factory.mktemp("made")
    exits(0, folder, "create.py", *BOOK, "--apply")
    (folder / "l.csv").write_text("\n".join(listed()), encoding="utf-8")
    exits(0, folder, "contacts.py", "import", "l.csv", *BOOK, "--apply")
    exits(0, folder, "cleanup.py", *BOOK, *QUIET)
    register = FileRegister(folder)
    rows = enumerate(register.rows("Tarkista"), start=2)
    said = {
        number: "sama" if "puhelin" in row["Mitä"] else "eri"
        for number, row in rows
        if row["Laji"] == "kaksoiskappale"
    }
    assert sorted(said.values()) == ["eri"] * 12 + ["sama"] * 12
    register.types_down("Tarkista", "Päätös", said)
    exits(0, folder, "cleanup.py", *BOOK, *QUIET)
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made, tmp_path / "r")
    return tmp_path / "r"


def kept(folder):
    (path,) = folder.rglob("learned.json")
    return json.loads(path.read_text("utf-8"))


def model(folder, *flags):
    return exits(0, folder, "cleanup.py", "model", *BOOK, *flags).stdout


def test_what_was_learned_is_shown_in_words(folder):
    shown = model(folder)
    assert "vastauksista on opittu (”yhdistä” 12, ”pidä erillään” 12)" in shown
    (line,) = [line for line in shown.splitlines() if "samassa kunnassa" in line]
    assert line.split("  ")[-1].strip().startswith("puhuu sitä vastaan enemmän kuin ennen")
    assert "eri puhelinnumerot" not in shown
    assert "svaren har lärt" in model(folder, "--lang", "sv")
    assert "against it, more than before" in model(folder, "--lang", "en")


def test_rows_are_compared_as_they_stood_before_they_became_one(folder):
    """The survivor of a merge has all that either row said: its own cells are in Loki."""
    people = kept(folder)["people"]
    assert ["name", "typo", 12] in people["same"] and ["name", "exact", 12] in people["different"]


def test_another_cleanup_learns_nothing_new_and_asks_nothing_new(folder):
    before = kept(folder)
    exits(0, folder, "cleanup.py", *BOOK, *QUIET, "--detailed-exitcode")
    assert kept(folder) == before


def test_what_is_kept_names_nobody(folder):
    (path,) = folder.rglob("learned.json")
    told = " ".join(texts_in(path.read_bytes()))
    register = FileRegister(folder)
    for tab in ("Yhteyshenkilöt", "Organisaatiot", "Tarkista"):
        for row in register.rows(tab):
            cells = (row.get(key) for key in ("Sukunimi", "Puhelin", "Nimi", "Tunnus"))
            assert not any(cell and cell in told for cell in cells)
    lesson = kept(folder)["people"]
    assert all(isinstance(count, int) for *_, count in lesson["same"] + lesson["different"])


def test_an_erasure_finds_nobody_in_what_is_kept(folder):
    with open_session(replace(DEFAULTS, book=str(folder / "r.xlsx"))) as session:
        there = session.store.read()
    (path,) = folder.rglob("learned.json")
    for row_id, _ in there.table("people").rows():
        found = state_traces(path.parent, find_subject(there, row_id), {row_id})
        assert found and all(trace.file != "learned.json" for trace in found)


def test_an_undone_decision_is_not_counted(folder):
    runs = json.loads(exits(0, folder, "undo.py", *BOOK, "--format", "json").stdout)
    exits(0, folder, "undo.py", runs[0]["run"], *BOOK, "--apply")
    assert "”yhdistä” 0, ”pidä erillään” 12" in model(folder)
    exits(0, folder, "cleanup.py", *BOOK, *QUIET)
    assert kept(folder)["people"]["answered"] == [0, 12] and not kept(folder)["people"]["shifts"]


def test_it_is_forgotten_when_somebody_says_so(folder):
    before = kept(folder)
    model(folder, "--forget")
    assert kept(folder) == before
    assert "unohdettu" in model(folder, "--forget", "--apply")
    assert "vielä ei ole opittu mitään" in model(folder)
    exits(0, folder, "cleanup.py", *BOOK, *QUIET)
    assert kept(folder)["people"]["answered"] == [0, 0]


def test_what_was_learned_beside_other_weights_is_learned_anew(folder, monkeypatch):
    (path,) = folder.rglob("learned.json")
    learned = read_learning(path.parent)
    with open_session(replace(DEFAULTS, book=str(folder / "r.xlsx"))) as session:
        book = session.look()
        assert learn_from_decisions(book, learned) is learned
        monkeypatch.setattr(answered_pairs, "shipped_weights", lambda: "others")
        again = learn_from_decisions(book, replace(learned, people=LearnedTab()))
    assert again.people == learned.people and again.digest != learned.digest


def test_a_damaged_file_is_said_and_what_another_version_learned_is_learned_anew(folder):
    (path,) = folder.rglob("learned.json")
    told = kept(folder)
    path.write_text(json.dumps(told).replace('"typo"', '"no_such_level"'), "utf-8")
    model(folder)
    exits(0, folder, "cleanup.py", *BOOK, *QUIET)
    assert kept(folder) == told
    path.write_text("{", "utf-8")
    said = exits(2, folder, "cleanup.py", *BOOK, "--apply")
    assert "opittua ei voi lukea" in said.stderr and "Siirrä tiedosto pois" in said.stderr
