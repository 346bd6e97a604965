import pytest

from register.values.date import read
from register.values.reading import Reading

CASES = [
    ("12.3.2026", "2026-03-12", "", ""),
    ("12.03.2026 ", "2026-03-12", "", ""),
    ("12. 3. 2026", "2026-03-12", "", ""),
    ("12.3.26", "2026-03-12", "", ""),
    ("12.3 2026", "2026-03-12", "", ""),
    ("12.3.2026.", "2026-03-12", "", ""),
    ("to 12.3.2026", "2026-03-12", "", ""),
    ("torstaina 12. maaliskuuta 2026", "2026-03-12", "", ""),
    ("keskiviikkona 11.3.2026", "2026-03-11", "", ""),
    ("12.maaliskuuta 2026", "2026-03-12", "", ""),
    ("12. maalisk. 2026", "2026-03-12", "", ""),
    ("maaliskuun 12. päivä 2026", "2026-03-12", "", ""),
    ("maaliskuun 12. 2026", "2026-03-12", "", ""),
    ("12 mars 2026", "2026-03-12", "", ""),
    ("torsdag den 12 mars 2026", "2026-03-12", "", ""),
    ("12:e mars 2026", "2026-03-12", "", ""),
    ("5 sept. 2026", "2026-09-05", "", ""),
    ("March 12, 2026", "2026-03-12", "", ""),
    ("2026/03/12", "2026-03-12", "", ""),
    ("20260312", "2026-03-12", "", ""),
    ("2026-03-12T00:00:00", "2026-03-12", "", ""),
    ("12.3.2026 0.00.00", "2026-03-12", "", ""),
    ("46093", "2026-03-12", "", ""),
    ("46093.0", "2026-03-12", "", ""),
    ("13/3/2026", "2026-03-13", "", ""),
    ("3/13/2026", "2026-03-13", "", ""),
    ("12/3/2026", "", "date-ambiguous", "2026-03-12"),
    ("12-3-2026", "", "date-ambiguous", "2026-03-12"),
    ("12.3.", "", "date-no-year", ""),
    ("12.3.2026 klo 17.30", "", "date-impossible", "2026-03-12"),
    ("2026-03-12 17:30", "", "date-impossible", "2026-03-12"),
    ("31.2.2026", "", "date-impossible", ""),
    ("29.2.2026", "", "date-impossible", ""),
    ("1.1.3026", "", "date-impossible", ""),
    ("12.–13.3.2026", "", "date-impossible", ""),
    ("12.3.2026–14.3.2026", "", "date-impossible", ""),
    ("2026", "", "date-impossible", ""),
    ("maaliskuu 2026", "", "date-impossible", ""),
    ("ensi keväänä", "", "date-impossible", ""),
    ("99999", "", "date-impossible", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "2026-03-12",
    "2024-02-29",
    "2000-01-01",
    "1999-12-31",
    "1969-06-01",
    "1899-12-31",
    "1800-01-01",
    "2026-12-31",
    "2025-10-26",
    "2026-03-29",
    "1945-05-08",
    "2027-01-01",
    "2039-12-31",
    "2100-12-31",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_by_its_name(number):
    fi = [
        "tammi",
        "helmi",
        "maalis",
        "huhti",
        "touko",
        "kesä",
        "heinä",
        "elo",
        "syys",
        "loka",
        "marras",
        "joulu",
    ][number - 1]
    sv = "januari februari mars april maj juni juli augusti september oktober november december"
    for name in (f"{fi}kuuta", f"{fi}kuun", fi, sv.split()[number - 1], sv.split()[number - 1][:3]):
        assert read(f"1. {name} 2026").value == f"2026-{number:02}-01"
