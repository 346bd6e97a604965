"""What people type into Tarkista is carried out or answered beside it; on both stores."""

from itertools import combinations

import pytest

from tests.story.test_one_person import cells, clean, does, filled

TWIN = {"Nimi": "Lähimmäisapu ry", "Kotikunta": "Espoo", "Tyyppi": "yhdistys", "Lähde": "messut"}
ORGANISATIONS = [
    {**TWIN, "Nimi": "Kissatalo ry", "Kotikunta": "Kuoppio"},
    {**TWIN, "Nimi": "Koiratalo ry", "Kotikunta": "Lojha"},
    {**TWIN, "Nimi": "Lintutalo ry", "Kotikunta": "Lojha"},
    {**TWIN, "Nimi": "Hevostalo ry", "Puhelin": "040 123"},
    TWIN,
    {**TWIN, "Aiheet": "nuoret"},
    {**TWIN, "Aiheet": "perheet"},
]


def about(register, words):
    """Return the line of Tarkista that asks about this, and what it says."""
    rows = cells(register, "Tarkista", "Mitä", "Päätös", "Vastaus", "Käsitelty", "Ehdotus")
    (found,) = [(n, row) for n, row in enumerate(rows, start=2) if all(w in row[0] for w in words)]
    return found


def asked_pairs(register, ids):
    """Return the two ids of each open question about two of these rows."""
    open_now = [row[0] for row in cells(register, "Tarkista", "Mitä", "Käsitelty") if not row[1]]
    return [two for two in combinations(ids, 2) if any(all(i in m for i in two) for m in open_now)]


def decides(register, *words, suggestion="", decision=""):
    line, _ = about(register, words)
    if suggestion:
        register.types("Tarkista", line, "Ehdotus", suggestion)
    if decision:
        register.types("Tarkista", line, "Päätös", decision)


def test_every_decision_is_carried_out_or_answered(register):
    filled(register, "Organisaatiot", ORGANISATIONS)
    clean(register)
    ids = register.column("Organisaatiot", "Tunnus")
    decides(register, "Kissatalo", "Kuoppio", decision="OK.")
    decides(register, "Koiratalo", suggestion="vanda", decision=" Hyväksy ")
    decides(register, "Lintutalo", decision="poista")
    decides(register, "Hevostalo", decision="0401234567")
    said_same = asked_pairs(register, ids[4:])
    assert len(said_same) == 2
    for two, word in zip(said_same, ("SAMA", "samma"), strict=True):
        decides(register, *two, decision=word)
    said = clean(register).stdout

    towns = register.column("Organisaatiot", "Kotikunta")
    assert towns[:3] == ["Kuopio", "Vantaa", "Lojha"]
    assert register.column("Organisaatiot", "Puhelin")[3] == "+358401234567"
    for words in (("Kissatalo", "Kuoppio"), ("Koiratalo",), ("Hevostalo",), *said_same):
        assert about(register, words)[1][3], words
        assert not about(register, words)[1][2]
    refused = about(register, ("Lintutalo",))[1]
    assert refused[2].startswith("”poista” ei käy tähän") and not refused[3]
    assert refused[2] in " ".join(said.split())
    decides(register, "Lintutalo", decision="kyllä")
    clean(register)
    assert register.column("Organisaatiot", "Tila")[4:].count("yhdistetty") == 2
    gone = [cell for cell in register.column("Organisaatiot", "Yhdistetty") if cell]
    assert len(gone) == 2 and len(set(gone)) == 1
    topics = [cell for cell in register.column("Organisaatiot", "Aiheet")[4:] if "," in cell]
    assert topics and set(topics[0].split(", ")) == {"nuoret", "perheet"}
    assert register.column("Organisaatiot", "Kotikunta")[2] == "Lohja"
    assert not [row for row in cells(register, "Tarkista", "Vastaus", "Käsitelty") if row[0]]


@pytest.mark.parametrize("decision", ["", "hyväksy"])
def test_a_value_in_ehdotus_is_never_written_over(register, decision):
    filled(register, "Organisaatiot", ORGANISATIONS[1:2])
    clean(register)
    decides(register, "Koiratalo", suggestion="Vihti", decision=decision)
    clean(register)
    _, row = about(register, ("Koiratalo",))
    assert row[4] == "Vihti"
    assert register.column("Organisaatiot", "Kotikunta")[0] == ("Vihti" if decision else "Lojha")  # fmt: skip
    assert bool(row[3]) == bool(decision) and ("Vihti" in row[2]) != bool(decision)
    assert does(register, "cleanup.py", "--cron", "--fail-on", "never").stdout == ""
