"""A person in every place where the tool can put somebody, and where people can."""

import csv
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import openpyxl
from openpyxl.comments import Comment

from tests.registers import FileRegister, configure
from tests.replies.clients import Asked, away, mail, replied, returned, tapped
from tests.test_scripts import exits, run

LIST = """Nimi;Yhdistys;Sähköposti;Puh.;Kunta;Lupa
Päivi Kärnä-Ahola;Espoon kyläyhdistys ry;paivi.ka@kyla.example;040 765 4321;Espoo;kyllä
Pekka Testi;Espoon kyläyhdistys ry;pekka.testi@kyla.example;0400000002;Espoo;kyllä
"""
HER, HIM = "paivi.ka@kyla.example", "pekka.testi@kyla.example"
LIISA = "liisa@yhdistys.example"
CONFIG = f"""
[letters]
from_address = "me@yhdistys.example"
automatic = ["receipt", "unsubscribed", "digest", "freshness"]
release = ["{LIISA}"]
[mailbox]
kind = "local"
path = "mails"
authserv_id = "mx.example.org"
[requests]
to = "{LIISA}"
from = ["{LIISA}"]
[privacy]
automatic = ["ask"]
[sign_up_form]
"""
POST = """
[post]
kind = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
"""
DAYS = [datetime.now(UTC).date() + timedelta(days=n) for n in (30, 31)]
MEETING = {
    "Nimi": "Syystapaaminen",
    "Laji": "verkostotapaaminen",
    "Pvm": "10.10.2036",
    "Alkaa": "17.30",
    "Paikka": "Kirjasto",
    "Alue": "Espoo",
    "Vastaa viimeistään": "1.10.2036",
    "Avoin ilmoittautuminen": "kyllä",
}
FORM = [
    ["Aikaleima", "Tapaaminen", "Nimi", "Sähköposti", "Puhelin", "Yhdistys", "Henkilöitä"],
    ["2026-11-20 09:00:00", "Syystapaaminen", "Päivi Kärnä-Ahola", HER, "040 765 4321", "", "2"],
]
UNCLEAN = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("pragma journal_mode = " + sys.argv[2])
db.execute("pragma cache_size = 1")
db.execute("create table if not exists spare (said text)")
db.execute("insert into spare values ('Kärnä-Ahola, Päivi')")
if sys.argv[2] == "persist":
    db.execute("begin")
    db.execute("update spare set said = 'x' || hex(zeroblob(100000))")
os._exit(9)
"""
"""Leaves a write-ahead log, or a rollback journal that is still to be played back."""


def number_of(register, tab, header, value):
    return register.column(tab, header).index(value) + 2


def typed(register, tab, row, **cells):
    for header, value in cells.items():
        register.types(tab, row, header.replace("_", " "), value)


def noted(register, tab, row, text):
    """Have a person write a note on the second cell of a row."""
    if isinstance(register, FileRegister):
        workbook = openpyxl.load_workbook(register.folder / "r.xlsx")
        workbook[tab].cell(row, 2).comment = Comment(text, "Anna")
        workbook.save(register.folder / "r.xlsx")
    else:
        register._person.note(tab, f"B{row}", text)


class Planting:
    """Types and sends what puts her there; ``her_id`` is her row's."""

    def __init__(self, register, letters):
        self.register, self.folder, self.book = register, register.folder, register.book
        self.letters = letters
        (self.folder / "mails").mkdir()
        self.her_id = ""

    def does(self, script, *arguments):
        return exits(0, self.folder, script, *arguments, *self.book).stdout

    def cleans(self):
        self.does("cleanup.py", "--apply", "--fail-on", "never")

    def tries(self, script, *arguments):
        """Run what may have something to say in its exit code."""
        done = run(self.folder, script, *arguments, *self.book)
        assert done.returncode in (0, 1), done.stdout + done.stderr

    def sends(self, *command):
        agreed = re.search(r"\d+:[0-9a-f]{8}", self.does("invite.py", *command))
        if agreed:
            self.does("invite.py", *command, "--apply", "--confirm", agreed[0])

    def letter(self, kind, to):
        """The last letter of a kind that went to an address."""
        mails = [(message_from_bytes(data), data) for one, data in self.letters.all if one == to]
        return Asked.of([data for one, data in mails if f"/{kind}/" in one["X-Campaign-ID"]][-1])

    def code(self):
        """The code in the last preview of the coordinator's mail."""
        mine = [data for to, data in self.letters.all if to == LIISA]
        subject = str(message_from_bytes(mine[-1], policy=default)["Subject"])
        return re.match(r"\[(\d+-[0-9A-Z]{4})\]", subject)[1]

    def comes(self, *mails):
        """Have mails come, and read them."""
        box = self.folder / "mails"
        for data in mails:
            (box / f"{len(list(box.iterdir()))}.eml").write_bytes(data)
        self.tries("replies.py", "--apply")


def plant(register, letters, port):
    """Put her everywhere, letters going to a server at this port; return the planting."""
    planting = Planting(register, letters)
    source = (
        'tab = "Ilmoittautumiset"' if isinstance(register, FileRegister) else 'file = "form.csv"'
    )
    configure(register, f"{CONFIG}{source}\n")
    (register.folder / "list.csv").write_text(LIST, encoding="utf-8")
    planting.does(
        "contacts.py", "import", "list.csv", "--source", "Päivi Kärnä-Aholan lista", "--apply"
    )
    planting.cleans()
    _people(planting)
    _tabs_of_people(planting)
    planting.cleans()
    _meeting(planting, port)
    _answers(planting)
    _days(planting)
    _group_letter(planting)
    _requests(planting)
    _files(planting)
    planting.comes(returned(planting.letter("invitation", HER)))
    _databases(planting)
    return planting


def _people(planting):
    register = planting.register
    her = number_of(register, "Yhteyshenkilöt", "Sukunimi", "Kärnä-Ahola")
    him = number_of(register, "Yhteyshenkilöt", "Sukunimi", "Testi")
    planting.her_id = register.column("Yhteyshenkilöt", "Tunnus")[her - 2]
    whole = f"Päivi Kärnä-Ahola · {planting.her_id}"
    typed(register, "Yhteyshenkilöt", her, Tehtävä="sihteeri", Huom="varo: koira puree")
    typed(register, "Yhteyshenkilöt", him, Tehtävä="puheenjohtaja", Seuraaja=whole)
    planting.cleans()
    typed(register, "Yhteyshenkilöt", her, Sähköposti="päivi.x@kyla.example")
    planting.cleans()
    typed(register, "Yhteyshenkilöt", her, Sähköposti=HER)
    noted(register, "Yhteyshenkilöt", her, "hänellä on vaalea talo")


def _tabs_of_people(planting):
    register, whole = planting.register, f"Päivi Kärnä-Ahola · {planting.her_id}"
    typed(
        register,
        "Yhteistyö",
        2,
        Pvm="12.3.2026",
        Organisaatio="Espoon kyläyhdistys ry",
        Yhteyshenkilö=whole,
        Laji="yhteistyö",
        Asia="Kylätalo",
        Mitä_sovittiin="Päivi ja Pekka Testi hoitavat; Kärnä-Aholalta avain",
        Vastuu="Anna",
        Tilanne="auki",
    )
    typed(register, "Verkostot", 2, Nimi="Kylät", Alue="Espoo", Yhteyshenkilö=whole)
    typed(register, "Organisaatiot", 2, Huom="Avain Päivi Kärnä-Aholalla, 0407654321")
    typed(register, "Valikot", 2, Vastuuhenkilöt="Päivi Kärnä-Ahola", Aiheet="liikunta")
    register.types_row("Tapaamiset", 2, MEETING)
    typed(register, "Tapaamiset", 2, Isäntä=whole, Meiltä_mukana="Päivi Kärnä-Ahola")
    noted(register, "Organisaatiot", 2, "soita: Päivi Kärnä-Ahola, Pekka Testi")
    register.fills(
        "Omat",
        [
            ["Kuka", "Mitä"],
            ["Päivi Kärnä-Ahola", "avain"],
            ["Pekka", "ovi"],
            ["Kärnä-Ahola", "Päivi"],
        ],
    )
    if isinstance(register, FileRegister):
        register.fills("Ilmoittautumiset", FORM)
    else:
        with (planting.folder / "form.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(FORM)
    typed(register, "Jakelut", 2, Nimi="Kylät", Alue="Espoo", Lisäksi=whole, Ei_näitä=whole)
    typed(register, "Jakelut", 3, Nimi="Kaikki", Saa_olla_kaikki="kyllä")


def _meeting(planting, port):
    register = planting.register
    planting.does("invite.py", "plan", "Syystapaaminen", "--apply")
    planting.does("invite.py", "preview", "Syystapaaminen")
    typed(register, "Tapaamiset", 2, Tila="saa lähettää")
    planting.sends("send", "Syystapaaminen")  # a rehearsal
    configure(register, POST.format(port=port))
    planting.sends("send", "Syystapaaminen")
    for notice in ("notice", "freshness", "digest"):
        planting.sends(notice)


def _answers(planting):
    """She and others write: words, a substitute, a sign-up, a topic, a successor."""
    register = planting.register
    hers, his = (planting.letter("invitation", one) for one in (HER, HIM))
    her, him = f"Päivi Kärnä-Ahola <{HER}>", f"Pekka Testi <{HIM}>"
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    planting.comes(
        mail(her, "me@yhdistys.example", "Ilmoittautuminen: Syystapaaminen", "Tulen.", at=at),
        replied(
            hers,
            "Tulemme kaksi. Olen vegaani. Onko pysäköintiä? T. Päivi Kärnä-Ahola, 040 765 4321",
            at + timedelta(minutes=1),
            sender=her,
        ),
        replied(
            his,
            "En pääse, mutta Päivi Kärnä-Ahola tulee tilalleni.",
            at + timedelta(minutes=2),
            sender=him,
        ),
        replied(hers, "Ei enää liikunta-asioita", at + timedelta(minutes=3), sender=her),
        away(
            his,
            f"En ole enää yhdistyksessä. Seuraajani on Päivi Kärnä-Ahola, {HER}",
            at + timedelta(minutes=4),
        ),
    )
    rows = {one: number_of(register, "Kutsut", "Osoite", one) for one in (HER, HIM)}
    typed(register, "Kutsut", rows[HER], Vastaus="tulossa", Henkilöitä="2", Tarpeet="koira puree")
    typed(register, "Kutsut", rows[HER], Kysymys="Onko siellä vaalea talo?", Tilalla="koira puree")
    typed(
        register,
        "Kutsut",
        rows[HIM],
        Tilalla="Päivi Kärnä-Ahola",
        Kysymys="Tuleeko Päivi Kärnä-Ahola?",
    )
    typed(register, "Kiellot", 8, Osoite=HER, Laajuus="muistutukset", Syy="pyyntö")


def _days(planting):
    """She is asked which day suits, and answers."""
    first, second = (f"{one.day}.{one.month}.{one.year}" for one in DAYS)
    typed(
        planting.register,
        "Tapaamiset",
        3,
        Nimi="Ilta",
        Laji="verkostotapaaminen",
        Alkaa="18.00",
        Paikka="Kirjasto",
        Alue="Espoo",
        Päivävaihtoehdot=f"{first}, {second}",
        Tila="kokoa kutsuttavat",
    )
    planting.cleans()
    planting.does("invite.py", "advance", "--apply")
    _released(planting, "Tapaamiset", 3)
    asked = planting.letter("poll", HER)
    planting.comes(tapped(asked, f"Päivä käy: {first}", sender=f"Päivi Kärnä-Ahola <{HER}>"))


def _group_letter(planting):
    typed(
        planting.register,
        "Kirjeet",
        2,
        Aihe="Päivi Kärnä-Ahola kiittää",
        Jakelu="Kaikki",
        Teksti_fi="Soita: Päivi Kärnä-Ahola, 0407654321",
    )
    planting.cleans()
    _released(planting, "Kirjeet", 2)


def _released(planting, tab, row):
    """A person looks at a preview and lets it go."""
    typed(planting.register, tab, row, Tila="esikatselu", Lähetysaika="1.1.2026 9.00")
    planting.does("invite.py", "advance", "--apply")
    typed(planting.register, tab, row, Tila="saa lähettää", Lupa=planting.code())
    planting.does("invite.py", "advance", "--apply")


def _requests(planting):
    """Somebody asks for what there is about her, in the sheet and by mail, with a list."""
    for row, asked in enumerate(("yhteistyöhistoria", "perehdytyspaketti", "jakelun väki"), 2):
        typed(planting.register, "Pyynnöt", row, Tee=asked, Kenelle_tai_mistä="Päivi Kärnä-Ahola")
    made = EmailMessage()
    made["Authentication-Results"] = "mx.example.org; dmarc=pass header.from=yhdistys.example"
    made["Received"] = "from somewhere by mx.example.org"
    made["From"], made["To"], made["Message-ID"] = LIISA, "me@yhdistys.example", "<77@x.example>"
    made["Subject"] = "Yhteistyöhistoria Päivi Kärnä-Ahola"
    made.set_content("Kiitos!")
    made.add_attachment(LIST.encode(), "text", "csv", filename="Päivi Kärnä-Aholan lista.csv")
    planting.comes(bytes(made))
    planting.tries("autopilot.py", "--apply", "--report-dir", "nights", "--fail-on", "never")


def _files(planting):
    """Reports, plans, lists, packets, descriptions, saved states, what a register answered."""
    saved = ("--report-dir", "reports")
    planting.tries("check.py", *saved, "--fail-on", "never")
    planting.tries("cleanup.py", "--plan-out", "plan.json", *saved, "--fail-on", "never")
    planting.does("regions.py", "lists", "--report-dir", "lists")
    planting.does("regions.py", "lists", "--to-book", "--apply")
    planting.does("handover.py", "packet", planting.her_id, *saved)
    planting.does("privacy.py", "export", planting.her_id, *saved)
    for receiver, command in {
        "Kumppani": ("regions.py", "lists"),
        "Päivi Kärnä-Ahola": ("handover.py", "packet", planting.her_id),
        "Kaupunki": ("invite.py", "participants", "Syystapaaminen"),
        "Seura": ("regions.py", "networks"),
    }.items():
        planting.does(*command, "--for", receiver, "--report-dir", f"out-{receiver[:3]}")
    planting.does("privacy.py", "describe", "--apply")
    (state,) = {path.parent for path in planting.folder.rglob("journal.sqlite")}
    (state / "registers").mkdir(exist_ok=True)
    (state / "registers" / "reply").write_text("valtuutettu Päivi Kärnä-Ahola", "utf-8")
    planting.does("doctor.py", "--save", "state.zip")


def _databases(planting):
    """Runs that were killed left a log and a journal beside databases of the state."""
    for name, mode in (("journal.sqlite", "wal"), ("answers.sqlite", "persist")):
        (path,) = planting.folder.rglob(name)
        killed = subprocess.run([sys.executable, "-c", UNCLEAN, str(path), mode])
        assert killed.returncode == 9
        side = path.with_name(f"{name}-{'wal' if mode == 'wal' else 'journal'}")
        assert "Kärnä".encode() in side.read_bytes()
