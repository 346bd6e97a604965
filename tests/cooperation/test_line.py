"""A line of a notebook is taken apart; what is none is left alone."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from register.cooperation.line import NotedMatter, read_noted_line, read_noted_lines

TODAY = date(2026, 11, 23)


def matter(name, agreed="", next_="", due="", kind="contact"):
    return NotedMatter(name, agreed, next_, due, kind)


MARCH = "2026-03-12"
BOTH = ("Espoo", "Maija Malli")
LINES = [
    (
        "12.3. Espoo / Maija Malli: kotouttamishanke, lupasi tilan, soitetaan huhtikuussa",
        (MARCH, BOTH, matter("kotouttamishanke", "lupasi tilan", "soitetaan huhtikuussa", "2026-04-30")),
    ),
    ("ke 24.12.: Espoo: nuoret", ("2025-12-24", ("Espoo",), matter("nuoret"))),
    ("24.12. Espoo: nuoret", ("2025-12-24", ("Espoo",), matter("nuoret"))),
    (
        "1.11.2026 Vantaan Apu ry / Pekka Testi: yhteinen ilta; sovittiin päivä 3.12.",
        ("2026-11-01", ("Vantaan Apu ry", "Pekka Testi"), matter("yhteinen ilta", "", "sovittiin päivä 3.12.", "2026-12-03")),
    ),
    (
        "Esbo / Liisa Ek: lokalen, lovade nycklar, vi ringer i januari",
        ("2026-11-23", ("Esbo", "Liisa Ek"), matter("lokalen", "lovade nycklar", "vi ringer i januari", "2027-01-31")),
    ),
    (
        "20.11. Espoo: avustus, lähetetään hakemus 5.12.2026",
        ("2026-11-20", ("Espoo",), matter("avustus", "", "lähetetään hakemus 5.12.2026", "2026-12-05")),
    ),
    ("12 mars Esbo / Liisa Ek: lokal, ringer i april", (MARCH, ("Esbo", "Liisa Ek"), matter("lokal", "", "ringer i april", "2026-04-30"))),
    ("March 12 Espoo / Maija Malli: a room, promised one, we call in April", (MARCH, BOTH, matter("a room", "promised one", "we call in April", "2026-04-30"))),
    ("2026-03-12 Espoo: tila", (MARCH, ("Espoo",), matter("tila"))),
    ("12/3/2026 Espoo: tila", (MARCH, ("Espoo",), matter("tila"))),
    ("12.3.26 Espoo: tila", (MARCH, ("Espoo",), matter("tila"))),
    ("12.–13.3. Espoo: seminaari", (MARCH, ("Espoo",), matter("seminaari"))),
    ("12.3.-14.3. Espoo: seminaari", (MARCH, ("Espoo",), matter("seminaari"))),
    ("12. maaliskuuta Espoo: tila", (MARCH, ("Espoo",), matter("tila"))),
    ("to 12.3. klo 14:30 Espoo / Maija Malli: tila", (MARCH, BOTH, matter("tila"))),
    ("Espoo / Maija Malli 12.3.: tila", (MARCH, BOTH, matter("tila"))),
    ("eilen Espoo: tila", ("2026-11-22", ("Espoo",), matter("tila"))),
    ("12.3. tavattu Espoo / Maija Malli: tila", (MARCH, BOTH, matter("tila", kind="meeting"))),
    ("Träffade 12.3. Esbo: lokal", (MARCH, ("Esbo",), matter("lokal", kind="meeting"))),
    ("12.3. soitto Espoo: tila", (MARCH, ("Espoo",), matter("tila"))),
    ("12.3. Espoo: tarjous kokoustila iltaisin", (MARCH, ("Espoo",), matter("kokoustila iltaisin", kind="offer"))),
    ("12.3. Esbo: behov, tolk på somaliska", (MARCH, ("Esbo",), matter("tolk på somaliska", kind="need"))),
    ("12.3. tapaaminen Espoo, Maija Malli. Sovittiin ilta", (MARCH, ("Espoo, Maija Malli",), matter("Sovittiin ilta", kind="meeting"))),
    ("12.3. Espoo - tila, lupasi avaimet", (MARCH, ("Espoo",), matter("tila", "lupasi avaimet"))),
    ("12.3. Espoo: hanke. Lupasi tilan. Soitetaan viikolla 15.", (MARCH, ("Espoo",), matter("hanke", "Lupasi tilan", "Soitetaan viikolla 15", "2026-04-10"))),
    ("12.3. Espoo: hanke, soitan huomenna, lupasi tilan", (MARCH, ("Espoo",), matter("hanke", "lupasi tilan", "soitan huomenna", "2026-03-13"))),
    ("12.3. Espoo: hanke, lupasi 1,5 htv, palataan kahden viikon päästä", (MARCH, ("Espoo",), matter("hanke", "lupasi 1,5 htv", "palataan kahden viikon päästä", "2026-03-26"))),
    ("12.3. Espoo: hanke, soitetaan huhtikuun alussa", (MARCH, ("Espoo",), matter("hanke", "", "soitetaan huhtikuun alussa", "2026-04-10"))),
    ("30.12. Espoo: vuosi, soitetaan tammikuussa", ("2025-12-30", ("Espoo",), matter("vuosi", "", "soitetaan tammikuussa", "2026-01-31"))),
    ("12.3. Espoo: hanke, jatketaan syksyllä", (MARCH, ("Espoo",), matter("hanke", "", "jatketaan syksyllä", "2026-11-30"))),
    ("12.3. Espoo: project, they may call us", (MARCH, ("Espoo",), matter("project", "they may call us"))),
    ("12.3. Espoo: hanke, ei kiinnosta", (MARCH, ("Espoo",), matter("hanke", "ei kiinnosta"))),
    ("12.3. Espoo: ti 14.4. klo 17.30", (MARCH, ("Espoo",), matter("ti 14.4. klo 17.30"))),
    ("12.3. Maija Malli soitti: ei tilaa", (MARCH, ("Maija Malli",), matter("ei tilaa"))),
    ("EJY:n kokous 12.3.: sovittiin kutsu, hoidan salin", (MARCH, ("EJY",), matter("sovittiin kutsu", "", "hoidan salin", kind="meeting"))),
    ("12.3. Apu ry:n Maija Malli: tila", (MARCH, ("Apu ry:n Maija Malli",), matter("tila"))),
    ("12.3. klo 14:30 EJY: tila", (MARCH, ("EJY",), matter("tila"))),
    ("Espoo: sovittiin 14.4.", ("2026-11-23", ("Espoo",), matter("sovittiin 14.4."))),
    ("Kalle Testi tarvitsee avustajia talkoisiin", ("2026-11-23", ("Kalle Testi",), matter("avustajia talkoisiin", kind="need"))),
    ("Leena Virta etsii projektoria 12.12.", ("2026-11-23", ("Leena Virta",), matter("projektoria 12.12.", "", "", "2026-12-12", kind="need"))),
    ("Martat tarjoavat leivontakurssia", ("2026-11-23", ("Martat",), matter("leivontakurssia", kind="offer"))),
    ("Nils Öhman behöver hjälp på fredag", ("2026-11-23", ("Nils Öhman",), matter("hjälp på fredag", "", "", "2026-11-27", kind="need"))),
    ("Maija Malli: Kalle tarvitsee avaimen", ("2026-11-23", ("Maija Malli",), matter("Kalle tarvitsee avaimen"))),
]  # fmt: skip
NONE = [
    *("", ":", "Espoo:", ": asia", "soita minulle", "Espoo: ,;", "x" * 9_999),
    *("katso https://example.org/a, b", "12.3. hanke, lupasi tilan", "31.2. hanke"),
]


@pytest.mark.parametrize(("text", "wanted"), LINES)
def test_a_line_is_taken_apart(text, wanted):
    line = read_noted_line(text, TODAY)
    assert line is not None
    assert (line.date, line.parties, *line.matters) == wanted


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_line_is_left_alone(text):
    assert read_noted_line(text, TODAY) is None


def test_a_semicolon_begins_another_matter():
    line = read_noted_line("12.3. Espoo: tila, lupasi avaimet; joulu, varataan sali 1.12.", TODAY)
    assert line.matters == (
        matter("tila", "lupasi avaimet"),
        matter("joulu", "", "varataan sali 1.12.", "2026-12-01"),
    )


@pytest.mark.parametrize(
    "step",
    [
        *("soita Maijalle", "peru kokous ja lähetä uusi kutsu", "pitää varata tila"),
        *("on vielä lähetettävä hinnasto", "ring Maija", "vi måste boka salen"),
        *("must book the room", "cancel the hall"),
    ],
)
def test_a_matter_that_is_nothing_but_a_step_is_open(step):
    assert read_noted_line(f"Espoo: {step}", TODAY).matters == (matter(step, "", step),)


@pytest.mark.parametrize("told", ["tilat", "hinnasto lähetetty", "soitti", "hallen bokad"])
def test_what_is_no_step_is_not(told):
    assert not read_noted_line(f"Espoo: {told}", TODAY).matters[0].is_open


def test_a_cell_may_hold_several_lines_or_one_that_is_broken():
    text = "12.3. Espoo: tila\n13.3. Vantaa: hanke"
    assert [line.date for line in read_noted_lines(text, TODAY)] == [MARCH, "2026-03-13"]
    (line,) = read_noted_lines("12.3. Espoo: tila,\nlupasi avaimet", TODAY)
    assert line.matters == (matter("tila", "lupasi avaimet"),)


def test_a_day_that_does_not_exist_is_no_day_and_the_line_is_not_dated():
    line = read_noted_line("31.2. Espoo: tila", TODAY)
    assert not line.dated and line.date == ""


@given(st.text(alphabet=st.sampled_from("12.3: /,;-Espo aMijhuhtikuussa\n\x00äv"), max_size=80))
def test_no_text_stops_it_and_days_are_days(text):
    for line in read_noted_lines(text, TODAY):
        assert date.fromisoformat(line.date) and line.matters and line.parties
        for told in line.matters:
            assert told.matter and (not told.due or date.fromisoformat(told.due))
