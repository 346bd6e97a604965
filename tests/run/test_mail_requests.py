"""Requests by mail: only from whom the configuration names, found genuine by our own server."""

from email.message import EmailMessage

import pytest

from tests.registers import configure, living_in
from tests.run.test_requests import NEW, answers, mails
from tests.test_both_stores import NEVER, does
from tests.test_scripts import CARDS

ASKER = "liisa@yhdistys.example"
PASS = f"mx.example.org; dmarc=pass header.from={ASKER.partition('@')[2]}"
CONFIG = f"""
[letters]
from_address = "rekisteri@yhdistys.example"
[mailbox]
kind = "local"
path = "mail"
authserv_id = "mx.example.org"
[requests]
to = "koordinaattori@yhdistys.example"
from = ["{ASKER}"]
"""


@pytest.fixture
def register(tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    (tmp_path / "mail").mkdir()
    with living_in("workbook", tmp_path) as made:
        does(0, made, "contacts.py", "import", "list.csv", "--apply")
        configure(made, CONFIG)
        does(0, made, "autopilot.py", "--apply", *NEVER)
        yield made


def mail(subject, *, results=(PASS,), sender=ASKER, **headers):
    """Return a message: our server's results on top, then what came with it."""
    made = EmailMessage()
    for one in results:
        made["Authentication-Results"] = one
    made["Received"] = "from somewhere by mx.example.org"
    made["From"], made["Subject"], made["To"] = sender, subject, "rekisteri@yhdistys.example"
    made["Message-ID"] = f"<{abs(hash((subject, sender, results)))}@client.example>"
    made["Reply-To"] = "thief@evil.example"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("Kiitos!")
    return made


def comes(register, *messages):
    """Have messages come and the run read them, twice; return what it said."""
    before = len([*(register.folder / "mail").iterdir()])
    for number, one in enumerate(messages, start=before):
        (register.folder / "mail" / f"{number}.eml").write_bytes(bytes(one))
    said = does(0, register, "autopilot.py", "--apply", *NEVER).stdout
    does(0, register, "autopilot.py", "--apply", *NEVER)
    return said


def what(register):
    return [one for one in register.column("Pyynnöt", "Tee") if one not in ("", "ajo")]


def test_a_list_is_asked_for_by_its_subject_and_goes_to_the_configured_address(register):
    comes(register, mail("Aluelista Espoo"), mail("Lista"), mail("gaps: Uusimaa"))
    assert what(register) == ["aluelista"]
    comes(register, mail("What is missing: Uusimaa"), mail("yhteistyöhistoria kahvi"))
    assert what(register) == ["aluelista", "puuttuvat", "yhteistyöhistoria"]
    assert [state for state, _ in answers(register)] == ["tehty", "tehty", "ei onnistunut"]
    assert {one["To"] for one in mails(register)} == {"koordinaattori@yhdistys.example"}
    subjects = [one["Subject"] for one in mails(register)]
    assert len(subjects) == 3 and "Verkosto: yhteistyöhistoria kahvi" in subjects


def test_a_list_comes_as_an_attachment_once(register):
    csv = "\n".join(";".join(row) for row in NEW).encode()
    attached, broken = mail("Uusia"), mail("Rikki")
    attached.add_attachment(csv, maintype="text", subtype="csv", filename="../../uudet.csv")
    broken.add_attachment(b"PK\x03\x04" + b"\0" * 900, "application", "zip", filename="l.xlsx")
    comes(register, attached, broken)
    assert "Nils" in register.column("Yhteyshenkilöt", "Etunimi")
    assert what(register) == ["tuo liite", "tuo liite"]
    (good, told), (bad, _) = answers(register)
    assert (good, bad) == ("tehty", "ei onnistunut") and ": 1;" in told
    (told,) = mails(register)
    assert told["Subject"] == "Verkosto: tuo liite l.xlsx"
    assert told["To"] == "koordinaattori@yhdistys.example"
    assert answers(register)[1][1] in " ".join(told.get_content().split())
    again = mail("Uusia")  # the same letter, come by another way
    again.add_attachment(csv, maintype="text", subtype="csv", filename="../../uudet.csv")
    again["Received"] = "from another"
    comes(register, again)
    assert len(what(register)) == 2
    assert register.column("Yhteyshenkilöt", "Etunimi").count("Nils") == 1


def forged_below(received_first=True):
    """Return a message whose sender wrote results of his own, in the name of our server."""
    made = mail("aluelista Espoo", results=("mx.example.org; dmarc=fail",))
    made["Authentication-Results"] = PASS
    return made


def not_ours():
    made = mail("aluelista Espoo", results=("other.example; dmarc=pass",))
    made["Authentication-Results"] = PASS  # below Received: it came with the message
    return made


HOSTILE = {
    "no results": lambda: mail("aluelista Espoo", results=()),
    "failed": lambda: mail("aluelista Espoo", results=("mx.example.org; dmarc=fail",)),
    "two that differ": lambda: mail("aluelista Espoo", results=(PASS, PASS.replace("pass", "fail"))),
    "forged below ours": forged_below,
    "in a comment": lambda: mail("aluelista Espoo", results=("mx.example.org; spf=pass (dmarc=pass)",)),
    "a server like ours": lambda: mail("aluelista Espoo", results=(PASS.replace("org;", "org.evil.example;"),)),
    "of another domain": lambda: mail("aluelista Espoo", results=("mx.example.org; dmarc=pass header.from=evil.example",)),
    "a domain like it": lambda: mail("aluelista Espoo", sender="liisa@yhdistys.example.evil.example", results=(PASS,)),
    "a letter like it": lambda: mail("aluelista Espoo", sender="liisa@yhdistуs.example", results=(PASS,)),
    "a name like it": lambda: mail("aluelista Espoo", sender=f'"{ASKER}" <x@evil.example>', results=("mx.example.org; dmarc=pass header.from=evil.example",)),
    "an automatic reply": lambda: mail("aluelista Espoo", Auto_Submitted="auto-replied"),
    "a list's": lambda: mail("aluelista Espoo", List_Id="<list.example>", Precedence="bulk"),
    "a reply": lambda: mail("Re: aluelista Espoo"),
    "what writes": lambda: mail("siivoa nyt"),
    "what takes back": lambda: mail("peru ajo 20260101-000000.0000"),
}  # fmt: skip


def test_nobody_else_asks_for_anything(register):
    messages = [made() for made in HOSTILE.values()]
    two = mail("aluelista Espoo")
    two._headers.append(("From", "other@evil.example"))
    stranger = mail("Uusia", sender="x@evil.example", results=("mx.example.org; dmarc=pass",))
    stranger.add_attachment(b"Nimi;Yhdistys\nEve;X", "text", "csv", filename="a.csv")
    comes(register, *messages, two, stranger)
    assert what(register) == [] and mails(register) == []
    assert "Eve" not in register.column("Saapuneet", "Nimi")


def test_a_flood_of_requests_ends_at_a_number(register):
    comes(register, *(mail(f"aluelista Espoo {number}") for number in range(30)))
    assert len(what(register)) == 20
