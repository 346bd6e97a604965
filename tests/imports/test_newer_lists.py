"""The same list a year later: what changed is asked a cell, who is gone too; nobody is doubled."""

import pytest

from register.book.change import Change
from register.book.log import log_rows
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.imports.contact_list import import_contacts
from register.imports.succession import list_family
from register.intake.columns import guess_columns
from register.intake.sheet import ListSheet
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.contract.memory_store import MemoryStore
from tests.making import book

ORDERS, SAY, CLOCK = CleanupOptions(SAFE), Sentences("fi"), TickingClock()
HEADERS = ("Nimi", "Yhdistys", "Tehtävä", "Sähköposti", "Puhelin", "Kunta")
KAISA = (
    "Lampi, Kaisa",
    "Lahden kuvakerho ry",
    "puheenjohtaja",
    "kaisa@lampi.example",
    "0405550703",
    "Lahti",
)
JARMO = ("Rae, Jarmo", "Lahden kuvakerho ry", "jäsen", "jarmo@rae.example", "0405550799", "Lahti")
OTTO = (
    "Salo, Otto",
    "Hollolan soutajat ry",
    "sihteeri",
    "otto@salo.example",
    "0405550711",
    "Hollola",
)
ELLI = (
    "Meri, Elli",
    "Hollolan soutajat ry",
    "puheenjohtaja",
    "elli@meri.example",
    "0405550712",
    "Hollola",
)
AINO = (
    "Kivi, Aino",
    "Heinolan Martat ry",
    "puheenjohtaja",
    "aino@kivi.example",
    "0405550713",
    "Heinola",
)
YEAR = (KAISA, JARMO, OTTO, ELLI, AINO)


def but(row, **cells):
    """Return a row with other cells: n(ame), o(rganisation), r(ole), m(ail), p(hone), k(unta)."""
    return tuple(cells.get("normpk"[at] if at != 2 else "r", cell) for at, cell in enumerate(row))


class Years:
    """A register into which lists come, each taken in before the next."""

    def __init__(self, *lists, headers=HEADERS):
        self.store = MemoryStore(book())
        for number, rows in enumerate(lists):
            self.comes(rows, f"luettelo {2025 + number}.csv", headers)

    def comes(self, rows, name="uusi.csv", headers=HEADERS, **how):
        of = ListSheet(name, tuple(headers), tuple(tuple(row) for row in rows))
        there = self.store.read()
        outcome, _ = import_contacts(
            there, of, guess_columns(of), CLOCK.now(), **{"same": (), **how}
        )
        self.write(outcome)
        self.cleaned()
        return outcome

    def cleaned(self):
        self.write(cleanup(self.store.read(), CLOCK.now(), ORDERS, SAY))

    def write(self, outcome):
        self.store.write(
            outcome.plan,
            lambda changes, now: log_rows(changes, outcome.run, "2026-11-23T09:00", now),
        )

    def types(self, tab, row, column, text):
        before = self.store.book.table(tab).cell(row, column)
        change = Change(tab, row, column, before, text, "p")
        self.store.book = self.store.book.with_changes([change])

    def rows(self, tab):
        return [dict(row) for _, row in self.store.book.table(tab).rows()]

    def asked(self, *kinds):
        """Return what is asked and open: ``row: from → to``."""
        return sorted(
            (row["link"].partition(": ")[2].partition(" · ")[0], row["left"], row["right"])
            for row in self.rows("review")
            if row["kind"] in (kinds or ("list",)) and not row["done"]
        )

    def ids(self, tab="people"):
        return {
            f"{row.get('first', '')} {row.get('last', '')}{row.get('name', '')}".strip(): row["id"]
            for row in self.rows(tab)
        }

    def decides(self, word, *, about):
        found = [
            r
            for r in self.rows("review")
            if about in r["link"] and not r["done"] and r["kind"] in ("list", "bulk")
        ]
        for row in found:
            self.types("review", row["id"], "decision", word)
        self.cleaned()


def test_an_unchanged_list_asks_nothing_and_adds_nothing():
    years = Years(YEAR)
    before = years.store.book
    outcome = years.comes(YEAR, "luettelo 2026.csv")
    assert not outcome.plan.changes
    assert [len(years.rows(tab)) for tab in ("people", "organisations", "inbox")] == [5, 3, 5]
    assert years.rows("review") == [dict(row) for _, row in before.table("review").rows()]


def test_one_question_a_changed_cell_old_and_new_side_by_side():
    years = Years(YEAR, (KAISA, but(JARMO, r="puheenjohtaja", p="0505550777"), OTTO, ELLI, AINO))
    assert years.asked() == [
        ("Jarmo Rae", "Puhelin: +358405550799", "Puhelin: +358505550777"),
        ("Jarmo Rae", "Tehtävä: jäsen", "Tehtävä: puheenjohtaja"),
    ]
    assert len(years.rows("people")) == 5
    years.decides("hyväksy", about="Jarmo")
    (row,) = [row for row in years.rows("people") if row["first"] == "Jarmo"]
    assert (row["role"], row["phone"]) == ("puheenjohtaja", "+358505550777")
    assert not years.asked()
    years.cleaned()
    assert not years.asked()


def test_a_changed_address_of_somebody_in_the_same_post_is_one_question_and_no_second_person():
    years = Years(YEAR, (but(KAISA, m="kaisa.lampi@uusi.example"), *YEAR[1:]))
    assert years.asked() == [
        ("Kaisa Lampi", "Sähköposti: kaisa@lampi.example", "Sähköposti: kaisa.lampi@uusi.example")
    ]
    assert not years.asked("duplicate") and len(years.rows("people")) == 5


def test_a_namesake_who_joins_the_same_organisation_is_not_taken_for_the_one_who_stays():
    years = Years(YEAR, (*YEAR, but(KAISA, m="toinen@lampi.example", p="0405559999", r="jäsen")))
    assert not years.asked()
    new, kaisa = years.rows("inbox")[-1], years.ids()["Kaisa Lampi"]
    assert kaisa not in new["result"]
    assert len(years.rows("people")) == 6 or years.asked("duplicate")


def test_roles_swapped_between_two_are_two_questions():
    years = Years(YEAR, (*YEAR[:2], but(OTTO, r="puheenjohtaja"), but(ELLI, r="sihteeri"), AINO))
    assert [one[0] for one in years.asked()] == ["Elli Meri", "Otto Salo"]


def test_who_moves_to_another_organisation_gets_a_row_there_and_is_asked_about_in_the_old_one():
    moved = ("Lampi, Kaisa", "Setlementti Iso ry", "sihteeri", KAISA[3], "0505550788", "Hollola")
    years = Years(YEAR, (moved, *YEAR[1:]))
    (asked,) = years.asked()
    assert asked[0] == "Kaisa Lampi" and "Setlementti Iso ry" in asked[2]
    both = [row for row in years.rows("people") if row["first"] == "Kaisa"]
    assert len(both) == 2 and any(row["same_human"] for row in both)
    assert not years.asked("duplicate")
    years.decides("hyväksy", about="Kaisa")
    ends = {
        row["org"].partition(" · ")[0]: row["end"]
        for row in years.rows("people")
        if row["first"] == "Kaisa"
    }
    assert ends["Lahden kuvakerho ry"] and not ends["Setlementti Iso ry"]


def test_two_posts_in_one_list_end_nothing():
    second = ("Lampi, Kaisa", "Setlementti Iso ry", "sihteeri", *KAISA[3:])
    years = Years(YEAR, (*YEAR, second))
    assert not years.asked() and len(years.rows("people")) == 6


def test_who_is_gone_is_asked_about_once_and_ended_on_a_yes():
    years = Years(YEAR, (KAISA, OTTO, ELLI, AINO))
    assert [one[0] for one in years.asked()] == ["Jarmo Rae"]
    years.comes((KAISA, OTTO, ELLI, AINO), "luettelo 2027.csv")
    assert [one[0] for one in years.asked()] == ["Jarmo Rae"]
    years.decides("hyväksy", about="Jarmo")
    assert [row["first"] for row in years.rows("people") if row["end"]] == ["Jarmo"]
    years.comes((KAISA, OTTO, ELLI, AINO), "luettelo 2028.csv")
    assert not years.asked()


def test_a_day_that_a_person_writes_is_the_end():
    years = Years(YEAR, (KAISA, OTTO, ELLI, AINO))
    (row,) = [row for row in years.rows("review") if row["kind"] == "list"]
    years.types("review", row["id"], "suggestion", "31.12.2025")
    years.decides("hyväksy", about="Jarmo")
    assert [row["end"] for row in years.rows("people") if row["end"]] == ["2025-12-31"]


def test_a_whole_organisation_that_is_gone_is_one_question():
    years = Years(YEAR, (KAISA, JARMO, OTTO, ELLI))
    assert [one[0] for one in years.asked()] == ["Heinolan Martat ry"]
    years.decides("hyväksy", about="Martat")
    (org,) = [row for row in years.rows("organisations") if "Martat" in row["name"]]
    assert org["status"] == "archived"
    assert [row["first"] for row in years.rows("people") if row["end"]] == ["Aino"]


def test_many_organisations_that_are_gone_are_archived_together_and_the_line_says_so():
    clubs = [but(ELLI, n=f"Meri, {name}", o=f"{name}n soutajat ry", m=f"{name}@meri.example", p="")
             for name in ("Aada", "Oona", "Saara", "Helmi", "Venla", "Iida")]  # fmt: skip
    years = Years(clubs, clubs[:3])
    review = years.store.read().table("review")
    (line,) = [row_id for row_id, row in review.rows() if row["kind"] == "bulk"]
    archive = review.notes[line, "decision"].split("\n")[2]
    assert archive.startswith("arkistoi → ") and "arkistoitu" in archive
    assert "kirjauspäivä" in archive and "mitään ei muuteta" not in archive


def test_passed_over_is_not_asked_again_next_year():
    years = Years(YEAR, (KAISA, but(JARMO, p="0505550777"), OTTO, ELLI))
    years.decides("ohita", about="")
    years.comes((KAISA, but(JARMO, p="0505550777", r="sihteeri"), OTTO, ELLI), "luettelo 2027.csv")
    assert years.asked() == [("Jarmo Rae", "Tehtävä: jäsen", "Tehtävä: sihteeri")]


def test_what_somebody_has_corrected_is_not_asked_because_the_list_repeats_itself():
    years = Years(YEAR)
    years.types("people", years.ids()["Jarmo Rae"], "phone", "+358401110000")
    years.comes((KAISA, but(JARMO, r="sihteeri"), OTTO, ELLI, AINO), "luettelo 2026.csv")
    assert years.asked() == [("Jarmo Rae", "Tehtävä: jäsen", "Tehtävä: sihteeri")]


def test_an_unanswered_change_stays_asked_in_the_third_year():
    changed = but(JARMO, p="0505550777")
    years = Years(YEAR, (KAISA, changed, *YEAR[2:]), (KAISA, but(changed, r="sihteeri"), *YEAR[2:]))
    assert [one[1] for one in years.asked()] == ["Puhelin: +358405550799", "Tehtävä: jäsen"]


def test_a_list_with_fewer_columns_asks_nothing():
    years = Years(YEAR)
    years.comes([row[:2] for row in YEAR], "jäsenet.csv", HEADERS[:2])
    assert not years.asked() and len(years.rows("people")) == 5


def test_a_renamed_column_and_file_is_the_same_list():
    years = Years(YEAR)
    headers = ("Yhteyshenkilö", "Seura", "Rooli", "E-mail", "Matkapuhelin", "Paikkakunta")
    years.comes((KAISA, but(JARMO, p="0505550777"), OTTO, ELLI), "syksy.csv", headers)
    assert [one[0] for one in years.asked()] == ["Heinolan Martat ry", "Jarmo Rae"]


def test_of_one_municipality_only_that_part_is_compared():
    years = Years(YEAR)
    years.comes((OTTO,), "luettelo 2026.csv")
    assert [one[0] for one in years.asked()] == ["Elli Meri"]


def test_another_list_says_nothing_about_who_is_gone():
    years = Years(YEAR)
    guests = [(f"Vieras{n}, Ville", f"Yhdistys {n} ry", "", "", "", "Turku") for n in range(9)]
    years.comes((KAISA, *guests), "messut.csv")
    assert not years.asked()


def test_a_larger_list_of_another_kind_is_no_newer_one():
    years = Years(YEAR)
    guests = [(f"Vieras{n}, Ville", f"Yhdistys {n} ry", "", "", "", "Turku") for n in range(30)]
    years.comes((KAISA, OTTO, ELLI, AINO, *guests), "Google-yhteystiedot.csv")
    assert not years.asked()


def test_a_part_of_the_rows_says_nothing_about_the_others():
    years = Years(YEAR)
    years.comes(YEAR[:4], "luettelo 2026.csv", limit=2)
    assert not years.asked()


def test_a_name_with_a_typo_is_asked_about_as_the_same_not_as_gone():
    years = Years(YEAR, (KAISA, but(JARMO, n="Rea, Jarmo"), OTTO, ELLI, AINO))
    assert not years.asked()
    assert len(years.asked("duplicate")) == 1 and len(years.rows("people")) == 5


ORGS = ("Yhdistys", "Kunta", "Puhelin", "Sähköposti", "Katuosoite", "www", "Tyyppi")
CLUBS = (
    (
        "Lahden kuvakerho ry",
        "Lahti",
        "0405550701",
        "info@kuva.example",
        "Katu 1",
        "https://kuva.example",
        "yhdistys",
    ),
    (
        "Hollolan soutajat ry",
        "Hollola",
        "0405550702",
        "info@soutu.example",
        "Ranta 2",
        "https://soutu.example",
        "yhdistys",
    ),
    (
        "Heinolan Martat ry",
        "Heinola",
        "0405550703",
        "info@martat.example",
        "Tori 3",
        "https://martat.example",
        "yhdistys",
    ),
)


def test_what_changed_of_organisations_is_asked_cell_by_cell():
    new = (
        "Lahden kuvakerho ry",
        "Lahti",
        "0505550701",
        "posti@kuva.example",
        "Katu 5",
        "https://uusi.example",
        "säätiö",
    )
    years = Years(CLUBS, (new, *CLUBS[1:]), headers=ORGS)
    assert {one[0] for one in years.asked()} == {"Lahden kuvakerho ry"}
    assert sorted(one[1].partition(":")[0] for one in years.asked()) == [
        "Katuosoite",
        "Kotisivu",
        "Puhelin",
        "Sähköposti",
        "Tyyppi",
    ]
    (line,) = [row for row in years.rows("review") if row["kind"] == "bulk" and not row["done"]]
    assert "luettelo 2026.csv" in line["message"] and "5 ehdotusta" in line["message"]
    years.types("review", line["id"], "decision", "hyväksy")
    years.cleaned()
    (row,) = [row for row in years.rows("organisations") if "kuvakerho" in row["name"]]
    assert (row["phone"], row["email"], row["address"]) == (
        "+358505550701",
        "posti@kuva.example",
        "Katu 5",
    )
    assert not years.asked() and not years.rows("people")


OFFICERS = ("Yhdistys", "Kunta", "Pj nimi", "Pj puhelin", "Siht. nimi", "Siht. puhelin")


def test_officers_side_by_side():
    def row(name, place, chair, phone, secretary, other):
        return (name, place, chair, phone, secretary, other)

    first = (
        row("Akaan Martat ry", "Akaa", "Raija Lehto", "0401112222", "Timo Ojala", "0503334444"),
        row("Nokian Martat ry", "Nokia", "Maija Salo", "0401112223", "Pekka Aho", "0503334445"),
    )
    second = (
        row("Akaan Martat ry", "Akaa", "Raija Lehto", "0401119999", "Liisa Ojanen", "0503334446"),
        first[1],
    )
    years = Years(first, second, headers=OFFICERS)
    assert [(one[0], one[1].partition(" ")[0]) for one in years.asked()] == [
        ("Raija Lehto", "Puhelin:"),
        ("Timo Ojala", "Akaan"),
    ]
    assert len(years.rows("people")) == 5 and len(years.rows("organisations")) == 2


def test_a_list_of_the_same_name_given_twice_is_told_apart_by_what_it_says():
    years = Years()
    years.comes(YEAR, source="Lahden luettelo")
    years.comes((KAISA, JARMO, OTTO, ELLI), source="Lahden luettelo")
    assert [one[0] for one in years.asked()] == ["Heinolan Martat ry"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tampereen yhdistysluettelo 2025", "Tampereen yhdistysluettelo 2026"),
        ("luettelo_2025.csv 3.4.2025", "luettelo-2026.xlsx 5.4.2026"),
    ],
)
def test_the_year_and_the_file_are_not_the_name_of_a_list(one, other):
    assert list_family(one) == list_family(other) != ""


def test_an_organisation_whose_name_has_another_number_is_gone_all_the_same():
    clubs = [(f"Kerho {n} ry", "Akaa", f"04055507{n:02}", "", "", "", "") for n in range(6)]
    years = Years(
        clubs, [*clubs[:5], ("Kerho 7 ry", *clubs[0][1:2], "", "", "", "", "")], headers=ORGS
    )
    assert [one[0] for one in years.asked()] == ["Kerho 5 ry"]


def test_the_same_newer_list_twice_asks_nothing_more():
    newer = (KAISA, but(JARMO, p="0505550777"), OTTO)
    years = Years(YEAR, newer)
    before = years.rows("review")
    assert not years.comes(newer, "luettelo 2026.csv").plan.changes
    assert years.rows("review") == before


def test_a_new_chair_beside_the_old_one_is_one_question():
    new = ("Uusi, Kirsi", KAISA[1], "puheenjohtaja", "kirsi@uusi.example", "0405559911", "Lahti")
    years = Years(YEAR, (new, *YEAR[1:]))
    about = [
        row for row in years.rows("review") if "Kaisa Lampi" in row["link"] and not row["done"]
    ]
    assert [row["kind"] for row in about if row["kind"] != "intake"] == ["list"]


def test_what_a_list_says_of_who_has_left_is_asked():
    headers = (*HEADERS, "Jäsenyyden tila")
    rows = [(*row, "voimassa") for row in YEAR]
    years = Years(rows, [*rows[:4], (*AINO, "eronnut")], headers=headers)
    (asked,) = years.asked()
    assert asked[0] == "Aino Kivi" and "eronnut" in asked[2]
    years.decides("hyväksy", about="Aino")
    assert [row["first"] for row in years.rows("people") if row["end"]] == ["Aino"]
    years.cleaned()
    assert not years.asked()


def test_a_change_is_told_by_the_first_list_that_said_it():
    changed = but(JARMO, p="0505550777")
    years = Years(YEAR, (KAISA, changed, *YEAR[2:]), (KAISA, but(changed, r="sihteeri"), *YEAR[2:]))
    (phone,) = [
        r["message"] for r in years.rows("review") if "Puhelin" in r["left"] and r["kind"] == "list"
    ]
    assert "luettelo 2026.csv" in phone
