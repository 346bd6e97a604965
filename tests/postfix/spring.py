"""Where springs are lived: a coordinator, her sheet and her mail, real servers, the helper's cron."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.postfix.dovecot import PASSWORD, dovecot
from tests.postfix.instance import postfix
from tests.postfix.places import GooglePlace, Place
from tests.sheets_server import SheetsServer
from tests.test_both_stores import NEVER
from tests.test_scripts import run

HELSINKI = ZoneInfo("Europe/Helsinki")
ROOT = Path(__file__).parents[2]
AT = "verkosto.example"
LIISA = f"liisa@{AT}"
NAMES = """Maija Malli,suomi Nils Prov,ruotsi Amina Test,englanti Väinö Veto,suomi Seija Koe,suomi
Olli Oma,suomi Kerttu Kivi,suomi Eero Esko,suomi Greta Gran,ruotsi Hugo Holm,ruotsi Ilta Isola,suomi
Jouko Jokela,suomi"""
PEOPLE = re.findall(r"(\S+) (\S+),(\S+)", NAMES)
VANTAA = [("Tyyne", "Tammi", "suomi"), ("Urho", "Uusi", "suomi")]
EVERYBODY = [(*one, "Espoo") for one in PEOPLE] + [(*one, "Vantaa") for one in VANTAA]
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
    return f"{first}.{last}@{AT}".lower().translate(str.maketrans("äöå", "aoa"))


def card(first, last, language, place):
    cells = (first, last, f"{place} {last}n seura ry", address(first, last), place, language)
    return ";".join((*cells, "kyllä"))


class Spring:
    """The coordinator, her sheet and her mail; ``runs`` is the helper's cron."""

    def __init__(self, place, post) -> None:
        self.place, self.post = place, post
        self.previews = 0
        self._read: dict[str, EmailMessage] = {}

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

    def types(self, row=2, tab="Tapaamiset", **cells):
        self.fills(row, {header.replace("_", " "): value for header, value in cells.items()}, tab)

    def fills(self, row, cells, tab="Tapaamiset"):
        self.place.types_row(tab, row, cells)

    def rows(self, tab):
        """Return a tab's rows, each by header; those without an id are left out."""
        head, *rows = self.place.rows(tab)
        found = [dict(zip(head, [*row, *[""] * len(head)], strict=False)) for row in rows]
        return [one for one in found if one["Tunnus"]]

    def cell(self, header, row=2, tab="Tapaamiset"):
        head, *rows = self.place.rows(tab)
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
        for file in files:
            if file.name not in self._read:
                self._read[file.name] = message_from_bytes(file.read_bytes(), policy=default)
        return [self._read[file.name] for file in files]

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
        return self.rows("Kutsut")


def wait(done):
    ends = time.monotonic() + 60
    while not done() and time.monotonic() < ends:
        time.sleep(0.02)


@contextmanager
def a_spring(store, tmp_path, people=EVERYBODY):
    """Yield a register in a workbook or in Google, its servers, and another computer's folder."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    with SheetsServer() as server, postfix() as post:
        google = store == "google"
        place = GooglePlace(here, server) if google else Place(here)
        spring = Spring(place, post)
        imap = dovecot(post.root / "mail" / "ours", post.root / "server.pem")
        head = "Etunimi;Sukunimi;Yhdistys;Sähköposti;Kunta;Kieli;Kutsutaan"
        cards = "\n".join([head, *(card(*one) for one in people)])
        (here / "list.csv").write_text(f"{cards}\n", encoding="utf-8")
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
