"""Lists of any size: on disk and in SQL the same is found as of a small one."""

import json
import os
import platform
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from register.imports.match_large import LargeSource, match_large
from register.imports.match_organisations import match_large_organisations
from register.intake.sheet import ListSheet
from register.match.columns import people_columns
from register.match.judging import judge_people
from register.match.large import parts
from register.match.large.engine import Engine
from register.match.large.parts import COMPARED_CELLS
from register.show.document_forms import document_page
from register.show.match_tables import (
    PEOPLE_ROWS,
    make_match_tables,
    make_merged,
    matches_document,
    write_tables,
)
from register.words.sentences import Sentences
from tests.making import book
from tests.match.adversaries import people, register
from tests.match.contacts import Town
from tests.match.lists_with_births import office_register
from tests.match.training import true_pairs

SCRIPTS = Path(__file__).parents[2] / "scripts"
HEADERS = (
    *("Etunimi", "Sukunimi", "Sähköposti", "Puhelin", "Yhdistys", "Kunta", "Postinumero"),
    *("Tehtävä", "Katuosoite", "Maakunta", "Syntymäaika"),
)


def sheet(rows, name="list.csv"):
    return ListSheet(
        name, HEADERS, tuple(tuple(row.get(key, "") for key in COMPARED_CELLS) for row in rows)
    )


def found(folder, *lists, against=None, engine=None):
    """Return the connection in which lists were matched."""
    connection = duckdb.connect(str(folder / "matching.duckdb"))
    connection.execute("set enable_progress_bar = false")
    sources = [LargeSource(one, one.numbered) for one in lists]
    match_large(
        connection,
        folder,
        sources,
        against,
        lambda step, count, done=True: None,
        engine or Engine(),
    )
    return connection


def pairs(connection, which="true"):
    return {
        tuple(row)
        for row in connection.execute(f"select l, r from matches where {which}").fetchall()
    }


@pytest.fixture(scope="module")
def town():
    made = Town(31, 2_500, streets=True)
    for row, who in zip(made.rows, made.who, strict=True):
        row["born"] = (
            "",
            str(1930 + who % 70),
            f"{1 + who % 28}.{1 + who % 12}.{1930 + who % 70}",
        )[who % 3]
    return made


@pytest.fixture(scope="module")
def matched(town, tmp_path_factory):
    """The town matched by several processes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "VALUES_OF_A_PART", 1_000)
        connection = found(tmp_path_factory.mktemp("large"), sheet(town.rows))
    with connection:
        yield connection


def test_the_same_is_compared_as_in_a_small_list(town, matched):
    small = people_columns(town.rows).drop(columns=["unique_id", "line"])
    large = matched.execute("select * from cells order by id").df()
    for column in small.columns:
        one, two = (frame[column].fillna("").astype(str).tolist() for frame in (small, large))
        assert one == two, column


def test_as_much_is_found_as_in_a_small_list(town, matched):
    truth = true_pairs(town.who)
    small = {(one.left, one.right) for one in judge_people(town.rows)}
    large = pairs(matched)
    right, wanted = len(large & truth), len(small & truth)
    assert right >= 0.96 * wanted
    assert right / len(large) >= wanted / len(small) - 0.01


def test_badly_written_names_with_births_are_found_as_in_a_small_list(tmp_path):
    rows, who = office_register(people=120)
    small = {(one.left, one.right) for one in judge_people(rows)}
    with found(tmp_path, sheet(rows)) as connection:
        large, truth = pairs(connection), true_pairs(who)
    assert len(large & truth) >= 0.9 * len(small & truth) and len(large - truth) <= 3


def test_what_is_certain_is_certain_in_a_small_list_too(town, matched):
    small = {(one.left, one.right) for one in judge_people(town.rows) if one.decision == "certain"}
    large = pairs(matched, "certain")
    assert large <= small & true_pairs(town.who)
    assert len(large) >= 0.95 * len(small)


MAIJA = {"first": "Maija", "last": "Aalto", "email": "maija.aalto@posti.example"}
PEKKA = {"first": "Pekka", "last": "Aalto", "email": "maija.aalto@posti.example"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({**MAIJA, "last": "Aalto sr"}, {**MAIJA, "last": "Aalto jr"}),
        ({**MAIJA, "first": "M"}, {**MAIJA, "first": "M"}),
        ({**MAIJA, "email": "maja77@posti.example", "phone": "0401111111", "org": "Kissatalo ry"},
         {**MAIJA, "email": "maja77@posti.example", "phone": "0402222222", "org": "Seura ry"}),
        ({"first": "Ei", "last": "tiedossa", "email": "a@posti.example"},
         {"first": "Ei", "last": "tiedossa", "email": "a@posti.example"}),
    ],
)  # fmt: skip
def test_nothing_doubtful_is_certain(tmp_path, one, two):
    with found(tmp_path, sheet([one, two])) as connection:
        assert pairs(connection, "certain") == set()


def test_a_mailbox_of_a_couple_makes_nobody_certain(tmp_path):
    with found(tmp_path, sheet([MAIJA, PEKKA, MAIJA])) as connection:
        assert pairs(connection, "certain") == set()


def test_of_certain_pairs_that_one_row_contradicts_none_is_certain(tmp_path):
    rows = [MAIJA, {**MAIJA, "phone": "0401111111", "org": "Kissatalo ry"}, MAIJA]
    with found(tmp_path, sheet(rows)) as connection:
        assert pairs(connection, "certain") == {(0, 1), (0, 2), (1, 2)}
        assert connection.execute("select count(distinct cluster) from members").fetchall() == [
            (1,)
        ]


def test_a_column_may_be_blank_in_one_part_and_filled_in_another(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "VALUES_OF_A_PART", 1)
    filled = {**MAIJA, "last": "Aalto sr", "street": "Koivukatu 7", "phone": "0401234567"}
    rows = [MAIJA, filled, {"first": "Ei", "last": "tiedossa"}]
    with found(tmp_path, sheet(rows)) as connection:
        assert connection.execute("select count(*) from cells").fetchall() == [(3,)]


def test_several_lists_are_matched_and_linked_to_the_register(tmp_path):
    known = book(people=[{"id": "H-0JCDN", **MAIJA}, {"id": "H-WR637", **MAIJA}])
    lists = sheet([MAIJA], "one.csv"), sheet([MAIJA], "two.csv")
    with found(tmp_path, *lists, against=known) as connection:
        assert pairs(connection) == {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)}
    alone = tmp_path / "alone"
    alone.mkdir()
    with found(alone, lists[0], against=known) as connection:
        assert pairs(connection) == {(0, 1), (0, 2)}


def match(folder, *arguments, code=0, **options):
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "contacts.py"), "match", *map(str, arguments)],
        capture_output=True, encoding="utf-8", cwd=folder, check=False, **options,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def two(tmp_path):
    rows = "Nimi;Sähköposti;Huom\nMaija Aalto;maija.aalto@posti.example;=1+1\n"
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(rows, encoding="utf-8")
    return tmp_path


def test_the_command_writes_pairs_and_clusters(two):
    done = match(two, "a.csv", "b.csv", "--format", "json", "--report-dir", "out", "--lang", "en")
    (pair,) = json.loads(done.stdout)["pairs"]
    assert (pair["left"], pair["right"], pair["decision"]) == ("a.csv:2", "b.csv:2", "certain")
    assert {one["comparison"] for one in pair["evidence"]} == {"name", "email"}
    assert "2 rows are read." in done.stderr
    out = two / "out"
    assert {path.name for path in out.iterdir()} == {
        *("matches.parquet", "matches.csv", "clusters.parquet", "clusters.csv", "matches.html"),
        *("merged.parquet", "merged.csv"),
    }
    assert all(path.stat().st_mode & 0o077 == 0 for path in out.iterdir())
    clusters = pd.read_csv(out / "clusters.csv", sep=";", dtype=str)
    assert clusters["list"].tolist() == ["a.csv", "b.csv"]
    with duckdb.connect() as connection:
        (kept,) = connection.execute(f"select count(*) from '{out}/matches.parquet'").fetchall()
    assert kept == (1,)


def test_a_parquet_file_is_a_list_too(tmp_path):
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select * from (values ('Maija', 'Aalto', 2100), ('Aalto', 'Maija', 2100)) "
            f"as list(Etunimi, Sukunimi, Postinumero)) to '{tmp_path}/it''s.parquet'"
        )
    (pair,) = json.loads(match(tmp_path, "it's.parquet", "--format", "json").stdout)["pairs"]
    assert (pair["left"], pair["right"]) == (1, 2)


def test_a_broken_parquet_file_is_said(tmp_path):
    (tmp_path / "broken.parquet").write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    assert "Parquet" in match(tmp_path, "broken.parquet", code=2).stderr


def test_a_full_disk_is_said_and_leaves_nothing_behind(two):
    (two / "tmp").mkdir()
    done = match(
        two, "a.csv", "b.csv", code=75, env={**os.environ, "TMPDIR": str(two / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096)),
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert list((two / "tmp").iterdir()) == []


def test_who_ends_the_run_from_outside_leaves_nothing_behind(tmp_path):
    (tmp_path / "tmp").mkdir()
    rows = "".join(f"Maija;Aalto;maija.aalto{n}@posti.example\n" for n in range(50_100))
    (tmp_path / "list.csv").write_text(f"Etunimi;Sukunimi;Sähköposti\n{rows}", encoding="utf-8")
    command = [sys.executable, str(SCRIPTS / "contacts.py"), "match", "list.csv", "--lang", "en"]
    run = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
        encoding="utf-8", env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
    )  # fmt: skip
    assert run.stderr.readline() == "50,100 rows are read.\n"
    assert list((tmp_path / "tmp").iterdir())
    run.terminate()
    assert "Stopped" in run.communicate()[1]
    assert run.returncode == 2
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_next_run_removes_what_a_killed_one_has_left(two):
    left, lives, others = (
        two / f"verkosto-{name}"
        for name in (f"{platform.node()}-999999999-a", f"{platform.node()}-{os.getpid()}-a", "elsewhere-999999999-a")
    )  # fmt: skip
    for folder in (left, lives, others):
        folder.mkdir()
        (folder / "matching.duckdb").touch()
    (two / f"verkosto-{platform.node()}-999999998-a").symlink_to(lives)
    match(two, "a.csv", "b.csv", env={**os.environ, "TMPDIR": str(two)})
    assert not left.exists() and [*lives.iterdir()] and [*others.iterdir()]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_that_is_made_to_mislead_is_certain_on_disk(seed, tmp_path):
    rows, _ = register(seed, people, 1_500)
    with found(tmp_path, sheet(rows)) as connection:
        assert pairs(connection, "certain") == set()
        assert pairs(connection)


def test_two_lists_are_merged_and_linked_and_nothing_is_lost(tmp_path):
    headers = ("Etunimi", "Sukunimi", "Sähköposti", "Puhelin", "Ruokavalio")
    mailbox = MAIJA["email"]
    one = (("Maija", "Aalto", mailbox, "", "kasvis"), ("Pekka", "Niemi", "", "0405551234", ""))
    two = (
        *(("Maija", "Aalto", mailbox, "0401234567", ""), ("Pekka", "Niemi", "", "0405551234", "")),
        ("Liisa", "Salo", "liisa.salo@posti.example", "", ""),
    )
    lists = ListSheet("a.csv", headers, one), ListSheet("b.csv", headers, two)
    known = book(people=[{"id": "H-0JCDN", **MAIJA}])
    with found(tmp_path, *lists, against=known) as connection:
        make_match_tables(connection, PEOPLE_ROWS, Sentences("en"))
        write_tables(connection, tmp_path, PEOPLE_ROWS, several=True)
        shown = document_page(
            matches_document(connection, PEOPLE_ROWS, Sentences("en")), Sentences("en")
        )
    assert "a.csv:2 = b.csv:2: the same e-mail address and the same name (99 % likely)" in shown
    merged = pd.read_csv(tmp_path / "merged.csv", sep=";", dtype=str).fillna("")
    rows = {row["rows"]: row for row in merged.to_dict("records")}
    assert set(rows) == {"a.csv:2, b.csv:2", "a.csv:3", "b.csv:3", "b.csv:4"}
    maija = rows["a.csv:2, b.csv:2"]
    assert maija["register"] == "H-0JCDN" and maija["phone"] == "0401234567"
    assert "kasvis" in maija["others"]
    assert rows["a.csv:3"]["maybe"] == "b.csv:3"
    assert rows["b.csv:4"]["register"] == rows["b.csv:4"]["maybe"] == ""


def test_every_column_of_the_page_has_its_title(tmp_path):
    with found(
        tmp_path, sheet([{**MAIJA, "postcode": "02100", "street": "Koivukatu 7"}] * 2)
    ) as connection:
        make_match_tables(connection, PEOPLE_ROWS, Sentences("fi"))
        shown = document_page(
            matches_document(connection, PEOPLE_ROWS, Sentences("fi")), Sentences("fi")
        )
    assert "Postinumero" in shown and "Katuosoite" in shown
    assert "postcode" not in shown


def test_what_differs_between_merged_rows_is_kept(tmp_path):
    rows = [{**MAIJA, "role": "sihteeri", "phone": "0401111111"}, {**MAIJA, "role": "jäsen"}]
    with found(tmp_path, sheet(rows)) as connection:
        make_match_tables(connection, PEOPLE_ROWS, Sentences("en"))
        make_merged(connection, PEOPLE_ROWS)
        kept = connection.execute("select role, phone, also from merged").fetchall()
    assert kept == [("sihteeri", "0401111111", '{"role":["jäsen"]}')]


ORGANISATIONS = """Yhdistys;Y-tunnus;Kunta;Puhelin;Huom
Espoon Sydänyhdistys ry;0116297-6;Espoo;09 1234567;=1+1
Kuopion Kissatalo ry;;Kuopio;;
"""


def test_lists_of_organisations_are_matched_and_merged_too(tmp_path):
    (tmp_path / "a.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (tmp_path / "b.csv").write_text(
        ORGANISATIONS.replace("Espoon Sydän", "ESPOON SYDÄN").replace("ry;;Kuopio", "ry;;Espoo"),
        encoding="utf-8",
    )
    match(tmp_path, "a.csv", "b.csv", "--report-dir", "out", "--lang", "en")
    pairs = pd.read_csv(tmp_path / "out" / "matches.csv", sep=";", dtype=str)
    found = pairs[["left_row", "right_row", "decision"]].to_numpy().tolist()
    assert sorted(found) == [["2", "2", "certain"], ["3", "3", "likely"]]
    merged = pd.read_csv(tmp_path / "out" / "merged.csv", sep=";", dtype=str).fillna("")
    assert merged["rows"].tolist() == ["a.csv:2, b.csv:2", "a.csv:3", "b.csv:3"]
    assert merged["business_id"].tolist() == ["0116297-6", "", ""]
    assert merged["maybe"].tolist() == ["", "b.csv:3", "a.csv:3"]
    assert "Espoon Sydänyhdistys" in (tmp_path / "out" / "matches.html").read_text("utf-8")


def test_organisations_are_linked_to_the_register(tmp_path):
    known = book(
        organisations=[{"id": "O-0JCDN", "name": "Kuopion Kissatalo ry", "municipality": "Kuopio"}]
    )
    headers, *rows = [line.split(";") for line in ORGANISATIONS.splitlines()]
    one = ListSheet("a.csv", tuple(headers), tuple(map(tuple, rows)))
    with duckdb.connect() as connection:
        sources = [LargeSource(one, one.numbered)]
        match_large_organisations(connection, sources, known, lambda step, count, done=True: None)
        assert connection.execute("select l, r, certain from matches").fetchall() == [(1, 2, False)]


def test_a_list_of_people_and_one_of_organisations_are_not_one(tmp_path):
    (tmp_path / "a.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (tmp_path / "b.csv").write_text("Nimi;Sähköposti\nMaija Aalto;m@posti.example\n", "utf-8")
    assert "b.csv" in match(tmp_path, "a.csv", "b.csv", code=2).stderr
