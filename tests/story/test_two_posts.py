"""One person with three posts: list, cleanup, letter, ban, said to be one, told apart; on both stores."""

from tests.story.test_one_person import NEVER, cells, clean, does, filled

LIST = """Nimi;Yhdistys;Tehtävä;Sähköposti;Puhelin;Kunta
Kaisa Lampi;Lahden kuvakerho ry;puheenjohtaja;kaisa.lampi@mail.example;0405550703;Lahti
Kaisa Lampi;Setlementti Iso ry;sihteeri;kaisa.lampi@mail.example;0405550703;Lahti
Kaisa Lampi;Lahden marttayhdistys ry;rahastonhoitaja;kaisa.lampi@mail.example;;Lahti
"""
MEETING = {
    "Nimi": "Tapaaminen", "Laji": "verkostotapaaminen", "Pvm": "2030-04-09", "Alkaa": "17:00",
    "Paikka": "Lahti", "Alue": "Lahti", "Kutsupohja": "invitation", "Vastaa viimeistään": "2030-04-01",
    "Tila": "luonnos",
}  # fmt: skip


def people(register):
    rows = cells(register, "Yhteyshenkilöt", "Tunnus", "Organisaatio", "Sama ihminen", "Tila")
    return [row for row in rows if row[0]]


def planned(register):
    does(register, "cleanup.py", "--apply", *NEVER)
    (meeting,) = filter(None, register.column("Tapaamiset", "Tunnus"))
    does(register, "invite.py", "plan", meeting, "--apply")
    return meeting


def test_three_posts_one_human(register):
    (register.folder / "list.csv").write_text(LIST, encoding="utf-8")
    does(register, "contacts.py", "import", "list.csv", "--apply")
    clean(register)
    rows = people(register)
    assert len(rows) == 3 and len({row[1] for row in rows}) == 3
    assert sorted(bool(row[2]) for row in rows) == [False, True, True]
    assert "kaksoiskappale" not in register.column("Tarkista", "Laji")

    for number in range(2, 5):
        register.types("Yhteyshenkilöt", number, "Kutsutaan", "kyllä")
    filled(register, "Tapaamiset", [MEETING])
    meeting = planned(register)
    assert len(list(filter(None, register.column("Kutsut", "Tunnus")))) == 1
    register.types("Tapaamiset", 2, "Tila", "saa lähettää")
    does(register, "invite.py", "send", meeting, "--apply")
    (letter,) = (register.folder / "outbox").glob("*.eml")
    assert "\nTo: kaisa.lampi@mail.example\n" in letter.read_text(encoding="utf-8")

    register.types("Yhteyshenkilöt", 3, "Sähköposti", "lampi@tyo.example")
    filled(register, "Kiellot", [
        {"Osoite": "kaisa.lampi@mail.example", "Laajuus": "kutsut", "Syy": "pyyntö", "Pvm": "2026-11-01"},
    ])  # fmt: skip
    filled(register, "Tapaamiset", [{**MEETING, "Nimi": "Toinen"}], first=3)
    clean(register)
    second = list(filter(None, register.column("Tapaamiset", "Tunnus")))[1]
    does(register, "invite.py", "plan", second, "--apply")
    assert len(list(filter(None, register.column("Kutsut", "Tunnus")))) == 1

    register.types("Yhteyshenkilöt", 5, "Etunimi", "Kaisa")
    filled(register, "Yhteyshenkilöt", [
        {"Sukunimi": "Lampi", "Sähköposti": "kaisa.lampi@mail.example", "Puhelin": "+358401111111",
         "Organisaatio": "Neljäs ry"},
    ], first=5)  # fmt: skip
    clean(register)
    for decision, tied in (("sama", 3), ("eri", 2)):
        line = 2 + register.column("Tarkista", "Laji").index("kaksoiskappale")
        register.types("Tarkista", line, "Päätös", decision)
        clean(register)
        assert len(people(register)) == 4
        assert sum(bool(row[2]) for row in people(register)) == tied, decision
    assert "yhdistetty" not in register.column("Yhteyshenkilöt", "Tila")
