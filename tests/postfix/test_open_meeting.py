"""An open meeting in a workbook, through real servers; in a shared sheet it is in the whole spring.

Its people are asked which day suits; then come parties, a queue, a form, a wave of spam.
"""

from __future__ import annotations

import csv
from collections import Counter
from email import message_from_bytes
from email.policy import default

import pytest

from tests.postfix.spring import AT, MEETING, PEOPLE, address
from tests.replies.clients import Asked
from tests.replies.quotes import PROGRAMS

pytestmark = [pytest.mark.postfix, pytest.mark.timeout(1500)]

PLACES = 6
ANSWERS = {
    "maija": ("gmail fi", "Tulemme kaksi. Olen vegaani."),
    "nils": ("outlook sv", "Vi kommer två"),
    "amina": ("apple", "Coming"),
    "vaino": ("nothing", "En pääse, mutta Liisa Virtanen tulee tilalleni."),
}
DAYS = {
    "maija": ("gmail fi", "ti ja ke käy"),
    "nils": ("outlook sv", "onsdag passar inte"),
    "amina": ("apple", "All days suit"),
    "vaino": ("nothing", "ma käy jos saan kyydin"),
}
"""What is said of Tuesday, Wednesday and Thursday."""

HEADERS = ["Aikaleima", "Nimi", "Sähköposti", "Yhdistys", "Henkilöitä", "Tarpeet"]


def row(clock, name, mailbox, party="", needs=""):
    return [f"2027-03-02 {clock}:00", name, mailbox, "", party, needs]


def comes(spring):
    """Who comes or waits, with how many, by name."""
    return {
        one["Yhteyshenkilö"].partition(" · ")[0]: (one["Vastaus"], one["Henkilöitä"] or "1")
        for one in spring.invitations()
        if one["Vastaus"]
    }


def runs(spring, when):
    spring.runs(when, code=None)
    there = comes(spring)
    assert sum(int(size) for said, size in there.values() if said == "tulossa") <= PLACES
    return there


def answer(spring, kind, answers):
    """Have people answer their letters of a kind, each in their own program; return the letters."""
    mails = [one for one in spring.mails() if f"/{kind}/" in str(one["X-Campaign-ID"])]
    letters = {str(one["To"]): bytes(one) for one in mails if "liisa" not in str(one["To"])}
    for who, (program, words) in answers.items():
        letter = next(letters[one] for one in letters if one.startswith(who))
        spring.post.takes(PROGRAMS[program](Asked.of(letter), words, "above"))
    return letters


def is_asked_which_day_suits(spring, invited):
    """The question goes once; the day that is chosen is told with what each had said of it."""
    spring.fills(2, {"Pvm": "", "Päivävaihtoehdot": "20.4.2027, 21.4.2027, 22.4.2027"})
    spring.types(Tila="esikatselu")
    spring.runs("2027-02-22 09:15", code=None)
    spring.types(Tila="saa lähettää", Lupa=spring.code())
    spring.runs("2027-02-22 09:30", code=None)
    spring.until("poll", Counter(dict.fromkeys(invited, 1)))
    answer(spring, "poll", DAYS)
    spring.post.mails(len(DAYS), "ours")
    spring.runs("2027-02-23 09:00", code=None)
    assert spring.cell("Vastaukset") == "ti 20.4. 2, ke 21.4. 2, to 22.4. 1 / 3 vastasi"
    spring.says("kutsuttavat koottu", "Päivää on kysytty.")
    spring.types(Pvm="20.4.2027")


@pytest.mark.parametrize("spring", ["xlsx"], indirect=True)
def test_an_open_meeting(spring):
    folder = spring.place.folder
    config = (folder / "config.toml").read_text(encoding="utf-8")
    config = config.replace("release = ", 'automatic = ["receipt"]\nrelease = ')
    form = '[sign_up_form]\nfile = "form.csv"\nmeeting = "Kevättapaaminen"\nper_hour = 3\n\n'
    (folder / "config.toml").write_text(f"{form}{config}", encoding="utf-8")
    rows = [
        row("09:00", "Seija Koe", address("Seija", "Koe"), "2"),
        row("09:05", "Ulla Uusi", f"ulla.uusi@{AT}", "", "gluteeniton"),
        *(row("11:30", f"Roska Nro{n}", f"roska{n}@{AT}") for n in range(500)),
    ]
    (folder / "form.csv").write_text(",".join(HEADERS) + "\n", encoding="utf-8")

    opening = {"Avoin ilmoittautuminen": "kyllä", "Paikkoja": str(PLACES), "Kiitos": "ei"}
    spring.fills(2, MEETING | opening | {"Tila": "kokoa kutsuttavat"})
    spring.runs("2027-02-22 09:00", code=None)
    invited = {address(*one[:2]) for one in PEOPLE}
    is_asked_which_day_suits(spring, invited)
    spring.types(Tila="esikatselu")
    spring.runs("2027-03-01 09:15", code=None)
    spring.types(Tila="saa lähettää", Lupa=spring.code())
    spring.runs("2027-03-01 09:30", code=None)
    spring.until("invitation", Counter(dict.fromkeys(invited, 1)))
    spring.until("poll", Counter(dict.fromkeys(invited, 1)))

    with (folder / "form.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADERS, *rows])

    letters = answer(spring, "invitation", ANSWERS)
    text = {
        to: message_from_bytes(one, policy=default).get_body(("plain",))
        for to, one in letters.items()
    }
    assert "sanoit sen sopivan" in " ".join(text[address("Maija", "Malli")].get_content().split())
    assert "var inte bland" in " ".join(text[address("Nils", "Prov")].get_content().split())
    came = len(DAYS) + len(ANSWERS)
    spring.post.mails(came, "ours")
    there = runs(spring, "2027-03-02 12:00")
    assert there["Maija Malli"] == there["Nils Prov"] == ("tulossa", "2")
    assert (there["Amina Test"], there["Seija Koe"]) == (("tulossa", "1"), ("jonossa", "2"))
    assert "Ulla Uusi" not in there and "Väinö Veto" not in there

    there = runs(spring, "2027-03-02 12:15")
    assert there["Ulla Uusi"] == ("tulossa", "1")
    assert not [one for one in there if "Nro" in one]
    head, *asked = spring.place.rows("Tarkista")
    told = [one[head.index("Mitä")] for one in asked]
    assert (
        sum("500" in one for one in told) == 1 and sum("Liisa Virtanen" in one for one in told) == 1
    )

    maija = letters[address("Maija", "Malli")]
    spring.post.takes(PROGRAMS["gmail fi"](Asked.of(maija), "Valitettavasti emme pääse.", "above"))
    spring.post.mails(came + 1, "ours")
    there = runs(spring, "2027-03-03 10:00")
    assert (there["Maija Malli"][0], there["Seija Koe"]) == ("ei pääse", ("tulossa", "2"))

    mails = len(spring.mails())
    assert runs(spring, "2027-03-03 10:15") == there
    sent = Counter((str(one["To"]), str(one["X-Campaign-ID"])) for one in spring.mails())
    assert len(spring.mails()) == mails
    assert all(count == 1 for (_, campaign), count in sent.items() if "receipt" in campaign)
    receipts = Counter(to for to, campaign in sent.elements() if "receipt" in campaign)
    assert receipts[address("Seija", "Koe")] == 2 and receipts[f"ulla.uusi@{AT}"] == 1

    spring.runs("2027-05-15 09:00", code=None)
    assert not any(one["Tarpeet"] for one in spring.invitations())
    head, *log = spring.place.rows("Loki")
    assert not any("vegaani" in cell for line in log for cell in line)
