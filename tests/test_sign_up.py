"""Open sign-up, in a workbook and in a Google Sheet: a form, its people, its queue, its spam."""

from __future__ import annotations

import csv
from email import message_from_bytes
from email.policy import default

import pytest

from tests.registers import configure, living_in
from tests.test_both_stores import MEETING, NEVER, does
from tests.test_scripts import CARDS

CONFIG = """
[letters]
from_address = "verkosto@yhdistys.example"
automatic = ["receipt"]
[mailbox]
kind = "local"
path = "mails"
[sign_up_form]
{source}
per_hour = 30
[post]
kind = "outbox"
"""
TAB = 'tab = "Ilmoittautumiset"'
HEADERS = [
    "Aikaleima",
    "Tapaaminen",
    "Nimi",
    "Sähköposti",
    "Puhelin",
    "Yhdistys",
    "Henkilöitä",
    "Tarpeet",
]
NAMES = ("Äijä", "Åsa", "Örjan", "Väinö")
EVIL = '=HYPERLINK("http://x.example";"<script>alert(1)</script>")'


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    (tmp_path / "mails").mkdir()
    with living_in(request.param, tmp_path) as made:
        opened(made)
        yield made


def opened(register, source=TAB, **cells):
    """A register with Maija and Pekka, and a meeting of three places that is open to all."""
    configure(register, CONFIG.format(source=source))
    does(0, register, "contacts.py", "import", "list.csv", "--apply")
    does(0, register, "cleanup.py", "--apply", *NEVER)
    wanted = {"Tila": "lähetetty", "Avoin ilmoittautuminen": "kyllä", "Paikkoja": "3", **cells}
    register.types_row("Tapaamiset", 2, {**MEETING, **wanted})
    does(0, register, "cleanup.py", "--apply", *NEVER)


def row(
    minute, name, email="", phone="", org="", party="", needs="", meeting="Kevätkokous", hour=9
):
    at = f"2026-11-20 {hour:02}:{minute:02}:00"
    return [at, meeting, name, email, phone, org, party, needs]


def runs(register, rows):
    register.fills("Ilmoittautumiset", [HEADERS, *rows])
    does(0, register, "cleanup.py", "--apply", *NEVER)
    return does(0, register, "replies.py", "--apply").stdout


def guests(register):
    """Name, answer, number of people of each row of Kutsut."""
    return {
        one["Yhteyshenkilö"].partition(" · ")[0]: (one["Vastaus"], one["Henkilöitä"])
        for one in register.rows("Kutsut")
        if one["Tunnus"]
    }


def asked(register):
    return [one for one in register.rows("Tarkista") if one["Laji"] == "vastaus"]


def receipts(register):
    files = sorted((register.folder / "outbox").glob("*.eml"))
    return [str(message_from_bytes(one.read_bytes(), policy=default)["To"]) for one in files]


def test_people_are_recognised_new_ones_come_in_and_the_queue_is_kept(register):
    rows = [
        row(1, "Uusi Ulla", "ulla@example.net", org="Uusi seura ry", needs="vegaani"),
        row(2, "Pekka Testi", "Pekka.Testi@example.com", party="2"),
        row(3, "maija malli", "", "040 000 0001"),
    ]
    runs(register, rows)
    assert guests(register) == {"Pekka Testi": ("tulossa", "2"), "Maija Malli": ("jonossa", "")}
    (new,) = [one for one in register.rows("Saapuneet") if "ulla" in one["Sähköposti"]]
    assert new["Lähde"].startswith("Ilmoittautuminen: Kevätkokous")
    runs(register, rows)
    assert guests(register)["Ulla Uusi"] == ("tulossa", "")
    (ulla,) = [one for one in register.rows("Yhteyshenkilöt") if one["Etunimi"] == "Ulla"]
    assert (ulla["Peruste"], ulla["Kutsutaan"]) == ("oikeutettu etu", "ei")
    assert ulla["Lähde"].startswith("Ilmoittautuminen")
    assert not asked(register)
    before = {tab: register.rows(tab) for tab in ("Kutsut", "Saapuneet", "Tarkista", "Loki")}
    runs(register, rows)
    assert {tab: register.rows(tab) for tab in before} == before


def test_hostile_cells_unknown_closed_and_crowded(register):
    rows = [
        row(1, EVIL, "evil@example.net", org=EVIL, needs=EVIL),
        row(2, "Pekka Testi", "pekka.testi@example.com", party="400"),
        row(3, "Maija Malli", "maija.malli@example.org", meeting="Ei mikään"),
        row(4, "Maija Malli", "pekka.testi@example.com"),
        row(5, "\uff1dIMAGE(1)", "image@example.net", org="Seura ry"),
    ]
    runs(register, rows)
    assert guests(register) == {}
    assert len(asked(register)) == 3 and any("kaava" in one["Mitä"] for one in asked(register))
    assert not [one for one in register.rows("Saapuneet") if "image" in one["Sähköposti"]]
    assert not [one for one in register.rows("Yhteyshenkilöt") if one["Etunimi"] == "=HYPERLINK"]
    register.types("Tapaamiset", 2, "Nimi", "Ei mikään")
    runs(register, rows)
    assert guests(register)["Maija Malli"] == ("tulossa", "")


@pytest.mark.parametrize(("header", "value"), [("Pvm", "2020-01-01"), ("Tila", "peruttu")])
def test_a_meeting_that_is_over(tmp_path, header, value):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    (tmp_path / "mails").mkdir()
    with living_in("workbook", tmp_path) as register:
        opened(register, **{header: value})
        rows = [row(1, "Pekka Testi", "pekka.testi@example.com")]
        assert "1" in runs(register, rows)
        assert guests(register) == {} and not asked(register)


def test_a_wave_of_spam_is_one_question_and_nobody_of_it_comes_in_before_it_is_answered(tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    (tmp_path / "mails").mkdir()
    with living_in("workbook", tmp_path) as register:
        opened(register, Paikkoja="")
        wave = [row(n % 60, f"Roska Nro{n}", f"roska{n}@spam.example") for n in range(500)]
        known = row(59, "Pekka Testi", "pekka.testi@example.com")
        later = row(1, "Uusi Ulla", "ulla@example.net", org="Uusi seura ry", hour=11)
        real = [known, later, row(2, "Maija Malli", "maija.malli@example.org", hour=12)]
        runs(register, [*wave, *real])
        assert set(guests(register)) == {"Pekka Testi", "Maija Malli"}
        (question,) = asked(register)
        for words in ("500", "20.11.2026 09.00 – 20.11.2026 09.59", "Roska Nro0"):
            assert words in question["Mitä"], question["Mitä"]
        came = [one["Sähköposti"] for one in register.rows("Saapuneet")]
        assert "ulla@example.net" in came and not [one for one in came if "spam" in one]
        number = register.column("Tarkista", "Tunnus").index(question["Tunnus"]) + 2
        register.types("Tarkista", number, "Päätös", "ohita")
        for _ in range(2):
            runs(register, [*wave, *real])
        assert set(guests(register)) == {"Pekka Testi", "Maija Malli", "Ulla Uusi"}
        assert len(asked(register)) == 1


def test_a_wave_that_people_let_in_comes_in_whole(register):
    """What people have said goes for who came by then: the next wave is asked about anew."""
    config = (register.folder / "config.toml").read_text(encoding="utf-8")
    config = config.replace("per_hour = 30", "per_hour = 3")
    (register.folder / "config.toml").write_text(config, encoding="utf-8")
    wave = [row(n, f"Vieras Nro{n}", f"vieras{n}@example.net") for n in range(5)]
    runs(register, wave)
    assert not [one for one in register.rows("Saapuneet") if "vieras" in one["Sähköposti"]]
    (question,) = asked(register)
    number = register.column("Tarkista", "Tunnus").index(question["Tunnus"]) + 2
    register.types("Tarkista", number, "Päätös", "hyväksy")
    runs(register, wave)
    came = [one for one in register.rows("Saapuneet") if "vieras" in one["Sähköposti"]]
    assert len(came) == 5


def test_a_csv_that_a_web_form_writes_and_a_mail_whose_subject_names_the_meeting(tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    (tmp_path / "mails").mkdir()
    with living_in("workbook", tmp_path) as register:
        opened(register, 'file = "form.csv"\nmeeting = "Kevätkokous"')
        with (tmp_path / "form.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(
                [["Nimi", "Sähköposti"], ["Pekka Testi", "pekka.testi@example.com"]]
            )
        mail = (
            "From: Maija Malli <maija.malli@example.org>\nTo: verkosto@yhdistys.example\n"
            "Subject: Ilmoittautuminen: Kevätkokous\nMessage-ID: <1@example.org>\n"
            "Date: Fri, 20 Nov 2026 09:00:00 +0200\n\nTulemme kaksi. Olen vegaani.\n"
        )
        (tmp_path / "mails" / "1.eml").write_text(mail, encoding="utf-8")
        does(0, register, "replies.py", "--apply")
        assert guests(register) == {"Pekka Testi": ("tulossa", ""), "Maija Malli": ("tulossa", "2")}
        assert not asked(register)
        does(0, register, "replies.py", "--apply")
        assert len(guests(register)) == 2


def test_a_row_that_is_moved_or_ticked_off_is_the_same_and_one_that_is_edited_is_new(register):
    """Nobody is told twice for what the coordinator does to the tab of answers."""
    rows = [
        row(1, "Pekka Testi", "pekka.testi@example.com", party="2"),
        row(2, "Uusi Ulla", "ulla@example.net", org="Uusi seura ry"),
    ]
    runs(register, rows)

    def moved(cells):
        return [cells[0], cells[3], cells[2], cells[1], *cells[4:], "hoidettu"]

    def reads(answers):
        heads = [*moved(HEADERS)[:-1], "Kuitattu"]
        register.fills("Ilmoittautumiset", [heads, *map(moved, answers)])
        return does(0, register, "replies.py", "--apply").stdout

    reads(rows)
    assert sum("ulla" in one["Sähköposti"] for one in register.rows("Saapuneet")) == 1
    does(0, register, "cleanup.py", "--apply", *NEVER)
    reads(rows)
    assert guests(register) == {"Pekka Testi": ("tulossa", "2"), "Ulla Uusi": ("tulossa", "")}
    assert sorted(receipts(register)) == ["pekka.testi@example.com", "ulla@example.net"]
    rows[0] = row(5, "Pekka Testi", "pekka.testi@example.com", party="1", hour=10)
    reads(rows)
    assert guests(register)["Pekka Testi"] == ("tulossa", "1")
    assert len(receipts(register)) == 3
    config = register.folder / "config.toml"
    named = config.read_text(encoding="utf-8").replace(TAB, 'tab = "Vastaukset 1"')
    config.write_text(named, encoding="utf-8")
    told = does(1, register, "replies.py", "--apply").stdout
    assert "Vastaukset 1" in told and "[sign_up_form]" in told


def test_mails_of_others_and_to_meetings_that_nobody_knows_are_asked_about(tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    (tmp_path / "mails").mkdir()
    with living_in("workbook", tmp_path) as register:
        opened(register, 'file = "form.csv"\nmeeting = "Kevätkokous"\nper_address = 2')
        head = "Aika;Nimi;Sähköposti;Montako tulee?;Ruokavalio\r\n"
        lines = [
            f"20.11.2026 9.0{n};{name} Öhman;sama@koti.example;;ei\r\n"
            for n, name in enumerate(NAMES)
        ]
        (tmp_path / "form.csv").write_bytes((head + "".join(lines)).encode("latin-1"))
        for number, (sender, meeting, words) in enumerate(
            (
                ("Maija Malli <maija.malli@example.org>", "Kevätkokous", "Ilmoitan Liisa Laineen."),
                ("Uuno Uusi <uuno@example.net>", "Kevätkokos", "Tulen mielelläni."),
                ("Pekka Testi <pekka.testi@example.com>", "Kevätkokous", "Onko pysäköintiä?"),
            )
        ):
            mail = (
                f"From: {sender}\nTo: verkosto@yhdistys.example\nMessage-ID: <{number}@x.example>\n"
                f"Subject: Ilmoittautuminen: {meeting}\nDate: Fri, 20 Nov 2026 09:00:00 +0200\n\n"
            )
            data = f"Content-Type: text/plain; charset=utf-8\n{mail}{words}\n".encode()
            (tmp_path / "mails" / f"{number}.eml").write_bytes(data)
        does(0, register, "replies.py", "--apply")
        assert guests(register) == {"Pekka Testi": ("tulossa", "")}
        told = sorted(one["Mitä"] for one in asked(register))
        assert len(told) == 4
        assert sum("muuta kuin kirjoittajaa (Maija Malli)" in one for one in told) == 1
        assert sum("Pekka Testi ilmoittautui ja lisäsi" in one for one in told) == 1
        assert sum("ei tunne (Kevätkokos)" in one for one in told) == 1
        assert sum("2 ilmoittautumista" in one for one in told) == 1
        new = [one["Nimi"] for one in register.rows("Saapuneet") if "sama@" in one["Sähköposti"]]
        assert new == ["Äijä Öhman", "Åsa Öhman"]
