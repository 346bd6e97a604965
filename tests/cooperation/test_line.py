"""A line of a notebook is taken apart; what is none is left alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.cooperation.line import read_line

TODAY = date(2026, 11, 23)
LINES = [
    (
        "12.3. Espoo / Maija Malli: kotouttamishanke, lupasi tilan, soitetaan huhtikuussa",
        ("2026-03-12", ("Espoo", "Maija Malli"), "kotouttamishanke", "lupasi tilan", "soitetaan huhtikuussa", "2026-04-30"),
    ),
    (
        "ke 24.12.: Espoo: nuoret",
        None,
    ),
    (
        "24.12. Espoo: nuoret",
        ("2025-12-24", ("Espoo",), "nuoret", "", "", ""),
    ),
    (
        "1.11.2026 Vantaan Apu ry / Pekka Testi: yhteinen ilta; sovittiin päivä 3.12.",
        ("2026-11-01", ("Vantaan Apu ry", "Pekka Testi"), "yhteinen ilta", "", "sovittiin päivä 3.12", ""),
    ),
    (
        "Esbo / Liisa Ek: lokalen, lovade nycklar, vi ringer i januari",
        ("2026-11-23", ("Esbo", "Liisa Ek"), "lokalen", "lovade nycklar", "vi ringer i januari", "2027-01-31"),
    ),
    (
        "20.11. Espoo: avustus, lähetetään hakemus 5.12.2026",
        ("2026-11-20", ("Espoo",), "avustus", "", "lähetetään hakemus 5.12.2026", "2026-12-05"),
    ),
]  # fmt: skip
NONE = ["", ":", "Espoo:", ": asia", "soita minulle", "a / b / c: d", "Espoo: ,;", "x" * 9_999]


@pytest.mark.parametrize(("text", "wanted"), [pair for pair in LINES if pair[1]])
def test_a_line_is_taken_apart(text, wanted):
    line = read_line(text, TODAY)
    assert line is not None
    said = (line.date, line.parties, line.matter, line.agreed, line.next)
    assert said == wanted[:5]
    if wanted[5]:
        assert line.due == wanted[5]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_line_is_left_alone(text):
    assert read_line(text, TODAY) is None


@given(st.text(alphabet=st.sampled_from("12.3: /,;Espo aMijhuhtikuussa\n\x00ä"), max_size=80))
def test_no_text_stops_it_and_days_are_days(text):
    line = read_line(text, TODAY)
    if line:
        assert date.fromisoformat(line.date) and line.matter and line.parties
        assert not line.due or date.fromisoformat(line.due)
