"""Who does what where: every figure agrees with pandas, and with what the page and the CSV show."""

import csv
import io
import json
from datetime import date

import pandas as pd
import pytest

from register.book.change import Change
from register.book.ids import new_id
from register.book.table import Book
from register.lists.present import frame_of
from register.lists.regional import regional_gaps
from register.lists.selection import Selection, SelectionCriteria, select_part
from register.show import coverage, coverage_matrix
from register.values import places
from register.words.sentences import Sentences
from tests.large_register import large_register
from tests.making import book, table

TODAY = date(2026, 11, 23)
SINCE = "2025-11-23"
TOPICS = ("tilat", "nuoret", "Kulttuuri", "kulttuuri")
TOWN = {m.name_fi: m.code for m in places.municipalities()}


@pytest.fixture(scope="module")
def register():
    plain = large_register(5, 300, 600)
    cells = [
        Change("organisations", row_id, "topics", "", ", ".join(TOPICS[: n % 4 + 1]), "")
        for n, (row_id, _) in enumerate(plain.table("organisations").rows())
        if n % 5
    ] + [
        Change("people", row_id, column, plain.table("people").cell(row_id, column), cell, "")
        for n, (row_id, _) in enumerate(plain.table("people").rows())
        for column, cell in (("owner", "Maija" if n % 2 else ""), ("met_at", ""), ("trust", ""))
    ]
    made = plain.with_changes(cells)
    rows = [
        {"name": "Tilaverkosto", "area": "Uusimaa", "topics": "tilat"},
        {"name": "Yleinen", "area": "Espoo, Vantaa"},
        {"name": "Valtakunnallinen", "area": "koko maa"},
        {"name": "Lakannut", "area": "Espoo", "status": "archived"},
    ]
    ids = [{"id": new_id("V", (row["name"],), ()), **row} for row in rows]
    return Book({**made.tables, "networks": table("networks", ids)}, "fi")


@pytest.fixture(scope="module")
def counted(register):
    """Return what pandas counts: by place, topic and type, from the cells alone."""
    orgs = frame_of(register.table("organisations"))
    people = frame_of(register.table("people"))
    at = people["org"].str.extract(r"(O-\w+)$")[0]
    living = people[people["verified_on"] >= SINCE].groupby(at).size()
    frame = pd.DataFrame(
        {
            "municipality": orgs["municipality"].map(TOWN),
            "topic": orgs["topics"].str.lower().str.split(", "),
            "type": orgs["type"],
            "confirmed": living.reindex(orgs.index).fillna(0).astype(int),
        }
    ).explode("topic")
    frame = frame.reset_index(names="id").drop_duplicates(["id", "topic"])
    regions = {m.code: f"r{m.region}" for m in places.municipalities()}
    return pd.concat(
        [
            frame.assign(place=frame["municipality"]),
            frame.assign(place=frame["municipality"].map(regions)),
            frame.assign(place=""),
        ]
    )


def figures(frame, value):
    grouped = frame.groupby(["place", "topic", "type"])
    found = grouped.size() if value == "organisations" else grouped[value].sum()
    return {key: int(count) for key, count in found.items()}


@pytest.mark.parametrize("value", ["organisations", "confirmed"])
def test_cells_agree_with_pandas(register, counted, value):
    cells = regional_gaps(register, TODAY, Selection(), "fi").matrix.cells
    mine = cells.assign(topic=cells["topic"].str.lower())
    told = {(row.place, row.topic, row.type): int(getattr(row, value)) for row in mine.itertuples()}
    assert told == figures(counted, value)
    assert len(told) > 300


def test_networks_and_decision_makers_beside_each_topic(register):
    found = regional_gaps(register, TODAY, Selection(), "fi").matrix
    spots = {
        place: {t.lower(): found.beside.get((place, t), (0, 0))[0] for t in found.topics}
        for place in ("049", "091", "r01", "r02", "")
    }
    assert spots["049"] == {"kulttuuri": 1, "nuoret": 1, "tilat": 2, "": 1}
    assert spots["091"] == {"kulttuuri": 0, "nuoret": 0, "tilat": 1, "": 0}
    assert spots["r01"] == spots[""] == spots["049"]
    assert not any(spots["r02"].values())
    people = frame_of(register.table("people"))
    officials = people[people["group"].isin(["official", "elected"])]
    known = officials[officials["owner"] == "Maija"]
    assert found.beside["", "tilat"][1] == len(known) > 5
    assert len(officials) > len(known) + 5


def test_the_page_the_csv_and_json_say_the_same(register, counted):
    say, found = Sentences("fi"), regional_gaps(register, TODAY, Selection(), "fi")
    wanted = figures(counted, "organisations")
    told = json.loads(json.dumps(coverage.coverage_values(found)))["matrix"]
    assert {(c["place"], c["topic"].lower(), c["type"]): c["organisations"] for c in told} == wanted
    text = coverage_matrix.matrix_csv(found, say).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == sum(place != "" for place, _, _ in wanted)
    espoo = [r for r in rows if r["Kotikunta"] == "Espoo" and r["Tyyppi"] == "yhdistys"]
    assert {
        "" if r["Aihe"] == "ei nimettyä aihetta" else r["Aihe"].lower(): int(r["järjestöt"])
        for r in espoo
    } == {t: n for (place, t, sort), n in wanted.items() if (place, sort) == ("049", "association")}
    shown = coverage_matrix.matrix_table(found.matrix, say)
    assert sum(count for _, counts, _ in shown["rows"] for count, _ in counts) == sum(
        count for (place, _, _), count in wanted.items() if place == ""
    )


def test_a_topic_that_is_asked_for_narrows_what_counts():
    org, net = new_id("O", ("o",), ()), new_id("V", ("v",), ())
    small = book(
        organisations=[
            {"id": org, "name": "A", "municipality": "Espoo", "topics": "tilat, nuoret"}
        ],
        networks=[{"id": net, "name": "Nuorisoverkosto", "area": "Espoo", "topics": "nuoret"}],
        people=[
            {"last": "B", "group": "official", "municipality": "Espoo", "trust": "trusts_us", "topics": "nuoret"},
            {"last": "C", "group": "elected", "municipality": "Espoo", "met_at": "messut"},
            {"last": "D", "group": "elected", "municipality": "Espoo", "topics": "tilat"},
        ],
        cooperation=[
            {"date": "2026-10-01", "org": f"A · {org}", "kind": "meeting", "topic": "nuoret"}
        ],
    )  # fmt: skip

    def espoo(*topics):
        chosen = select_part(small, SelectionCriteria(topics=topics), "fi")
        found = regional_gaps(small, TODAY, chosen, "fi")
        (spot,) = (s for area in found.areas for s in area.spots if s.code == "049")
        return spot.networks, spot.decision_makers, spot.trusted, spot.together, found.matrix.topics

    assert espoo() == (1, 2, 1, 1, ("nuoret", "tilat"))
    assert espoo("nuoret") == (1, 2, 1, 1, ("nuoret",))
    assert espoo("tilat") == (0, 1, 0, 0, ("tilat",))


def test_a_topic_of_valikot_that_nobody_works_on_is_a_blank_row():
    small = book(choices=[{"topics": "yksinäisyys"}])
    found = regional_gaps(small, TODAY, Selection(), "fi")
    rows = coverage_matrix.matrix_table(found.matrix, Sentences("fi"))["rows"]
    assert [(name, counts) for name, counts, _ in rows] == [("yksinäisyys", [])]
    assert "yksinäisyys" in coverage.coverage_page(found, Sentences("fi"), "Aukot")


def test_a_cell_is_data_in_the_page_s_script():
    small = book(
        organisations=[
            {"name": "A", "municipality": "Espoo", "topics": "</script><b>x", "type": "<i>"}
        ]
    )
    page = coverage.coverage_page(
        regional_gaps(small, TODAY, Selection(), "fi"), Sentences("fi"), "x"
    )
    assert "<b>x" not in page and "<i>" not in page
    assert page.count("</script>") == 2
