"""A whole spring from the sheet alone, on both stores, through real servers.

A helper has made the register and put ``autopilot.py`` into cron. After that a coordinator types
into cells and reads her mail, and changes her mind at each step.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.postfix.dovecot import PASSWORD, dovecot
from tests.postfix.instance import postfix
from tests.postfix.places import GooglePlace, Place
from tests.replies.clients import Asked, tapped
from tests.sheets_server import SheetsServer
from tests.test_both_stores import NEVER
from tests.test_scripts import run

pytestmark = [pytest.mark.postfix, pytest.mark.timeout(1500)]

HELSINKI = ZoneInfo("Europe/Helsinki")
ROOT = Path(__file__).parents[2]
AT = "verkosto.example"
LIISA, STRANGER = f"liisa@{AT}", f"vieras@{AT}"
NAMES = """Maija Malli,suomi Nils Prov,ruotsi Amina Test,englanti Väinö Veto,suomi Seija Koe,suomi
Olli Oma,suomi Kerttu Kivi,suomi Eero Esko,suomi Greta Gran,ruotsi Hugo Holm,ruotsi Ilta Isola,suomi
Jouko Jokela,suomi"""
PEOPLE = re.findall(r"(\S+) (\S+),(\S+)", NAMES)
VANTAA = [("Tyyne", "Tammi", "suomi"), ("Urho", "Uusi", "suomi")]
MEETING = {
    "Nimi": "Kevättapaaminen",
    "Laji": "verkostotapaaminen",
    "Pvm": "20.4.2027",
    "Alkaa": "17.30",
    "Päättyy": "19.00",
    "Paikka": "Kirjasto",
    "Alue": "Espoo",
    "Vastaa viimeistään": "10.4.2027",
    "Muistutus (pv ennen)": "2",
    "Kiitos": "kyllä",
}
OTHER = MEETING | {"Nimi": "Vantaan ilta", "Alue": "Vantaa", "Pvm": "27.4.2027"}
CONFIG = """
[letters]
organisation = "Espoon verkosto ry"
from_name = "Liisa Koordinaattori"
from_address = "kutsut@verkosto.example"
reply_to = "vastaukset@verkosto.example"
release = ["{liisa}"]

[post]
kind = "smtp"
host = "localhost"
port = {smtp}
security = "starttls"
ca_file = "{authority}"
retries = [0.1]

[mailbox]
kind = "imap"
host = "localhost"
port = {imap}
security = "tls"
ca_file = "{authority}"
user = "vastaukset"
auth = "login"
password_file = "secret"
done = "Luetut"

"""


def address(first, last):
    return f"{first}.{last}@{AT}".lower().translate(str.maketrans("äö", "ao"))


def card(first, last, language, place):
    cells = (first, last, f"{place} {last}n seura ry", address(first, last), place, language)
    return ";".join((*cells, "kyllä"))


class Spring:
    """The coordinator, her sheet and her mail; ``runs`` is the helper's cron."""

    def __init__(self, place, post) -> None:
        self.place, self.post = place, post
        self.previews = 0

    def begins(self, when, folder=None):
        """Start a run at a moment, as a process that can be killed."""
        command = [sys.executable, str(ROOT / "tests" / "clock.py"), self._moment(when)]
        flags = ["--book", self.place.book, "--apply", *NEVER]
        return subprocess.Popen(
            [*command, "autopilot.py", *flags],
            cwd=folder or self.place.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def does(self, when, script, *arguments, code=0, folder=None):
        moment, book = self._moment(when), ("--book", self.place.book)
        folder = folder or self.place.folder
        done = run(folder, script, *arguments, *book, "--apply", *NEVER, TESTS_NOW=moment)
        assert code in (None, done.returncode), done.stdout + done.stderr
        return done.stdout

    def runs(self, when, code=0, folder=None):
        return self.does(when, "autopilot.py", code=code, folder=folder)

    def _moment(self, when):
        """Return the moment of a clock in Helsinki, or in UTC where it ends in Z."""
        moment = datetime.fromisoformat(when)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=HELSINKI)
        return moment.astimezone(UTC).isoformat()

    def types(self, row=2, **cells):
        for header, value in cells.items():
            self.place.types("Tapaamiset", row, header.replace("_", " "), value)

    def fills(self, row, cells):
        for header, value in cells.items():
            self.place.types("Tapaamiset", row, header, value)

    def cell(self, header, row=2):
        head, *rows = self.place.rows("Tapaamiset")
        cells = rows[row - 2]
        at = head.index(header)
        return cells[at] if at < len(cells) else ""

    def says(self, state, remark="", row=2):
        assert (self.cell("Tila", row), self.cell("Huomautus", row)[: len(remark) or None]) == (
            state,
            remark,
        )

    def mails(self):
        box = self.post.root / "mail" / "all" / "new"
        files = sorted(box.glob("*"), key=lambda file: file.stat().st_mtime_ns)
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]

    def letters(self, kind):
        """Return who got letters of a kind, as often as they did."""
        found = (one for one in self.mails() if f"/{kind}" in str(one["X-Campaign-ID"]))
        return Counter(str(one["To"]) for one in found if LIISA not in str(one["To"]))

    def until(self, kind, wanted):
        """Wait until postfix has brought what it took; it is just this."""
        wait(lambda: self.letters(kind) >= wanted)
        assert self.letters(kind) == wanted

    def code(self):
        """Return the code of the preview that came last."""
        self.previews += 1

        def pages():
            mine = [one for one in self.mails() if str(one["To"]) == LIISA]
            return [one for one in mine if any(one.iter_attachments()) and not one["X-Campaign-ID"]]

        wait(lambda: len(pages()) >= self.previews)
        assert len(pages()) == self.previews
        return re.match(r"\[(\d+-[0-9A-Z]{4})\]", pages()[-1]["Subject"])[1]

    def invitations(self):
        head, *rows = self.place.rows("Kutsut")
        return [dict(zip(head, row, strict=False)) for row in rows if row and row[0]]


def wait(done):
    ends = time.monotonic() + 60
    while not done() and time.monotonic() < ends:
        time.sleep(0.02)


@contextmanager
def a_spring(store, tmp_path):
    """Yield a register in a workbook or in Google, its servers, and another computer's folder."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    with SheetsServer() as server, postfix() as post:
        google = store == "google"
        place = GooglePlace(here, server) if google else Place(here)
        spring = Spring(place, post)
        imap = dovecot(post.root / "mail" / "ours", post.root / "server.pem")
        cards = [card(*one, "Espoo") for one in PEOPLE] + [card(*one, "Vantaa") for one in VANTAA]
        head = "Etunimi;Sukunimi;Yhdistys;Sähköposti;Kunta;Kieli;Kutsutaan"
        (here / "list.csv").write_text("\n".join([head, *cards]) + "\n", encoding="utf-8")
        (here / "secret").touch(mode=0o600)
        (here / "secret").write_text(PASSWORD + "\n")
        (post.root / "mail" / "ours").mkdir()
        shutil.chown(post.root / "mail" / "ours", "postfix", "postfix")
        with imap as port:
            ours = {"smtp": post.port, "imap": port, "authority": post.authority, "liisa": LIISA}
            place.configure(CONFIG.format(**ours))
            spring.does("2027-02-26 12:00", "create.py")
            spring.does("2027-02-26 12:01", "contacts.py", "import", "list.csv")
            spring.runs("2027-02-26 12:02")
            shutil.copytree(here, there, ignore=shutil.ignore_patterns(".verkosto", "r.xlsx"))
            spring.there = there if google else here
            yield spring


@pytest.fixture(params=["xlsx", "google"])
def spring(request, tmp_path):
    with a_spring(request.param, tmp_path) as made:
        yield made


def test_a_spring_from_the_sheet_alone(spring):
    gathers(spring)
    is_previewed(spring)
    invited = is_sent_in_spite_of_everything(spring)
    invited = is_answered_and_reminded(spring, invited)
    moves(spring, invited)
    is_held_and_thanked(spring)
    other_is_called_off(spring)
    before, mails = spring.place.rows("Tapaamiset"), len(spring.mails())
    spring.runs("2027-05-03 09:00")
    assert spring.place.rows("Tapaamiset") == before and len(spring.mails()) == mails
    assert not [one for one in spring.mails() if STRANGER in str(one["To"])]
    every = Counter(
        (str(one["To"]), str(one["X-Campaign-ID"]), str(one["Message-ID"]))
        for one in spring.mails()
    )
    assert set(every.values()) == {1}


def gathers(spring):
    spring.fills(2, MEETING | {"Alue": "Espoo, Vantaa", "Tila": "kokoa kutsuttavat"})
    spring.runs("2027-03-01 09:00")
    spring.says("kutsuttavat koottu")
    assert spring.cell("Kutsuttavia") == "14, katso Kutsut"
    spring.types(Alue="Espoo", Tila="luonnos")
    spring.runs("2027-03-01 09:15")
    spring.says("luonnos")
    spring.types(Tila="kokoa kutsuttavat")
    spring.runs("2027-03-01 09:30")
    assert spring.cell("Kutsuttavia") == "12, katso Kutsut"


def is_previewed(spring):
    spring.place.types("Valikot", 2, "Vastuuhenkilöt", "Vieras")
    spring.place.types("Valikot", 2, "Vastuuhenkilön sähköposti", STRANGER)
    spring.types(Tila="esikatselu")
    spring.runs("2027-03-02 09:00")
    spring.says("esikatseltu")
    first = spring.code()
    assert first.startswith("12-")
    spring.types(Tila="luonnos")
    spring.runs("2027-03-02 09:15")
    spring.types(Tila="saa lähettää", Lupa=first, Esittely_fi="Kahvia on.")
    spring.types(Lähetysaika="28.3.2027 3.30")
    spring.runs("2027-03-02 09:30")
    spring.says("esikatselu", "Esikatselun jälkeen")
    spring.runs("2027-03-02 09:45")
    spring.says("esikatseltu")
    second = spring.code()
    for wrong in (first, "12-0000"):
        spring.types(Tila="saa lähettää", Lupa=wrong)
        spring.runs("2027-03-02 10:00")
        assert spring.cell("Tila") in ("saa lähettää", "esikatselu")
        if spring.cell("Tila") == "esikatselu":
            spring.runs("2027-03-02 10:05")
            assert spring.code() == second
    spring.types(Tila="saa lähettää", Lupa=f" {second.lower()} ")
    spring.runs("2027-03-02 10:15")
    spring.says("saa lähettää", "Kirjeet lähtevät 28.3.2027 4.30.")


def is_sent_in_spite_of_everything(spring):
    """The night in which the clock is turned, a closed mail server, a kill, another computer."""
    spring.types(Tila="luonnos")
    spring.runs("2027-03-28T01:20:00Z")
    spring.types(Tila="saa lähettää")
    for moment in ("2027-03-28T00:59:00Z", "2027-03-28T01:29:00Z"):
        spring.runs(moment)
        spring.says("saa lähettää", "Kirjeet lähtevät 28.3.2027 4.30.")
    spring.post.close()
    for moment in ("2027-03-28T01:31:00Z", "2027-03-28 20:00"):
        spring.runs(moment, code=75)
        spring.says("saa lähettää", "Kaikki kirjeet eivät ole vielä")
    assert not spring.letters("invitation")
    spring.post.open()
    killed = spring.begins("2027-03-29 09:00")
    wait(lambda: spring.letters("invitation") or killed.poll() is not None)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    both = [spring.begins("2027-03-29 10:15", folder) for folder in ("", spring.there)]
    said = [one.communicate(timeout=600)[0].decode() for one in both]
    codes = sorted(one.returncode for one in both)
    assert codes[0] in (0, 1) and codes[1] in (0, 1, 5, 6, 75), (codes, said)
    spring.runs("2027-03-29 10:30", folder=spring.there, code=None)
    spring.runs("2027-03-29 10:45", code=None)
    assert spring.cell("Tila") == "lähetetty"
    rows = spring.invitations()
    sent = [one["Osoite"] for one in rows if one["Lähetys"] == "lähetetty"]
    unclear = [one["Osoite"] for one in rows if one["Lähetys"] == "epäselvä"]
    assert {*sent, *unclear} == {address(*one[:2]) for one in PEOPLE} and len(unclear) <= 1
    assert bool(unclear) is bool(spring.cell("Huomautus"))
    wait(lambda: spring.letters("invitation") >= Counter(sent))
    letters = spring.letters("invitation")
    assert set(letters.values()) == {1} and letters - Counter(sent) <= Counter(unclear)
    return sent


def is_answered_and_reminded(spring, invited):
    """Two answer; one is invited late, and reminded like the others."""
    coming, absent = (one for one in invited if one.startswith(("vaino", "seija")))
    letters = {str(one["To"]): bytes(one) for one in spring.mails() if one["X-Campaign-ID"]}
    for who, word in ((absent, "En pääse"), (coming, "Tulossa")):
        spring.post.takes(tapped(Asked.of(letters[who]), word, sender=who))
    spring.post.mails(2, "ours")
    spring.runs("2027-04-02 10:00", code=None)
    said = {one["Osoite"]: one["Vastaus"] for one in spring.invitations()}
    assert (said[coming], said[absent]) == ("tulossa", "ei pääse")

    late = ("Ulla", "Uusi", "suomi")
    new = card(*late, "Espoo").split(";")
    for header, value in zip(("Etunimi", "Sukunimi", "", "Sähköposti"), new, strict=False):
        if header:
            row = len(PEOPLE) + len(VANTAA) + 2
            spring.place.types("Yhteyshenkilöt", row, header, value)
    for header, value in {
        "Organisaatio": f"Espoo {PEOPLE[0][1]}n seura ry",
        "Kieli": "suomi",
        "Kutsutaan": "kyllä",
        "Lähde": "messut",
        "Ryhmä": "järjestötoimija",
    }.items():
        spring.place.types("Yhteyshenkilöt", row, header, value)
    spring.runs("2027-04-05 09:00", code=None)
    spring.types(Tila="kokoa kutsuttavat")
    spring.runs("2027-04-05 09:15", code=None)
    spring.says("kutsuttavat koottu")
    spring.types(Tila="esikatselu")
    spring.runs("2027-04-05 09:30", code=None)
    code = spring.code()
    assert code.startswith("1-"), spring.place.rows("Yhteyshenkilöt")
    spring.types(Tila="saa lähettää", Lupa=code)
    spring.runs("2027-04-05 09:45", code=None)
    assert spring.cell("Tila") == "lähetetty"
    invited = [*invited, address(*late[:2])]
    wait(lambda: address(*late[:2]) in spring.letters("invitation"))
    assert address(*late[:2]) in spring.letters("invitation"), spring.invitations()

    spring.runs("2027-04-08 07:45", code=None)
    assert not spring.letters("reminder")
    spring.runs("2027-04-08 08:05", code=None)
    spring.runs("2027-04-08 08:20", code=None)
    spring.until("reminder", Counter(set(invited) - {coming, absent}))
    return invited


def moves(spring, invited):
    """The place changes, then the hour as well; only the last preview's code tells people so."""
    spring.types(Paikka="Kulttuurikeskus")
    spring.runs("2027-04-09 09:00", code=None)
    assert "siirretty" in spring.cell("Huomautus")
    spring.types(Tila="siirretty")
    spring.runs("2027-04-09 09:15", code=None)
    spring.says("siirretty", "Esikatselu on sähköpostissa")
    first = spring.code()
    spring.types(Alkaa="18.00", Päättyy="19.30", Lupa=first)
    spring.runs("2027-04-09 09:30", code=None)
    second = spring.code()
    assert spring.cell("Tila") == "siirretty" and second != first
    spring.runs("2027-04-09 09:35", code=None, folder=spring.there)
    spring.runs("2027-04-09 09:45", code=None)
    assert not spring.letters("change")
    spring.types(Lupa=second)
    spring.runs("2027-04-09 10:00", code=None)
    assert spring.cell("Tila") == "lähetetty"
    spring.until("change", Counter(invited))


def is_held_and_thanked(spring):
    (coming,) = [one["Osoite"] for one in spring.invitations() if one["Vastaus"] == "tulossa"]
    spring.runs("2027-04-18 07:45", code=None)
    spring.runs("2027-04-18 08:05", code=None)
    spring.runs("2027-04-18 08:20", code=None)
    spring.until("details", Counter([coming]))
    for who in (coming, address("Maija", "Malli")):
        spring.place.types("Kutsut", spring.place.row_with("Kutsut", who), "Osallistui", "kyllä")
    spring.types(Tila="pidetty")
    spring.runs("2027-04-20 21:00", code=None)
    spring.types(Tila="lähetetty")
    spring.runs("2027-04-20 21:15", code=None)
    spring.types(Tila="pidetty")
    spring.runs("2027-04-21 08:05", code=None)
    spring.runs("2027-04-21 08:20", code=None)
    spring.until("thanks", Counter([coming, address("Maija", "Malli")]))


def other_is_called_off(spring):
    """A second meeting, by one who calls it off, thinks better of it, and calls it off for good."""
    spring.fills(3, OTHER | {"Tila": "kokoa kutsuttavat", "Vastaa viimeistään": "", "Kiitos": ""})
    spring.fills(3, {"Muistutus (pv ennen)": ""})
    spring.runs("2027-04-22 09:00", code=None)
    spring.says("kutsuttavat koottu", row=3)
    spring.types(3, Tila="esikatselu")
    spring.runs("2027-04-22 09:15", code=None)
    spring.types(3, Tila="saa lähettää", Lupa=spring.code())
    spring.runs("2027-04-22 09:30", code=None)
    spring.says("lähetetty", row=3)
    readers = Counter(address(*one[:2]) for one in VANTAA)
    wait(lambda: spring.letters("invitation") >= readers)
    spring.types(3, Tila="peruttu")
    spring.runs("2027-04-23 09:00", code=None)
    spring.says("peruttu", "Esikatselu on sähköpostissa", row=3)
    code = spring.code()
    spring.types(3, Tila="lähetetty")
    spring.runs("2027-04-23 09:15", code=None)
    assert not spring.letters("cancellation")
    spring.types(3, Tila="peruttu", Lupa=code)
    spring.runs("2027-04-23 09:30", code=None)
    spring.says("peruttu", "Peruutus on kerrottu 2 ihmiselle.", row=3)
    spring.until("cancellation", readers)
