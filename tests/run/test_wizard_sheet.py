"""``create.py --wizard`` for a Google Sheet, at a terminal: each wrong answer, and the way out."""

import json
import os
import stat
import sys
import tomllib

import pytest

from tests.dns_server import NameServer
from tests.google_front import GoogleFront
from tests.pymap_server import PASSWORD, USER, imap_server
from tests.script_server import SCRIPTS
from tests.sheets_server import SheetsServer, refused
from tests.smtp_server.authority import Authority
from tests.smtp_server.scripted import Scripted
from tests.terminal import SITE, Terminal

ROBOT = "verkosto@project.iam.gserviceaccount.com"
WIZARD = f"{sys.executable} {SCRIPTS / 'create.py'} --wizard --lang en"
REGISTER, KEY, SMTP, IMAP = "Google Sheet", "The file with the key", "(SMTP)", "(IMAP)"


@pytest.fixture
def desk(tmp_path):
    """A sheet of somebody's at Google, and a terminal in an empty folder."""
    authority, names = Authority(tmp_path), NameServer({"verkosto.example": ["v=spf1 mx ~all"]})
    with (
        SheetsServer() as server,
        GoogleFront(server, authority).running() as front,
        names.running(),
    ):
        folder = tmp_path / "verkosto"
        folder.mkdir(mode=0o700)
        kept = {key: value for key, value in os.environ.items() if "PROXY" not in key.upper()}
        environment = (
            kept
            | front.environment
            | {
                "SSL_CERT_FILE": str(authority.file),
                "PYTHONPATH": str(SITE),
                "TESTS_RESOLVER": names.address,
            }
        )
        environment.pop("XDG_RUNTIME_DIR", None)
        yield server, front, Terminal(folder, environment), authority


def key_file(folder, name, content, mode=0o600):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    path.chmod(mode)


def test_each_wrong_answer_says_what_to_do_and_asks_again(desk):
    server, front, terminal, authority = desk
    sheet, folder = server.create("Yhdistysrekisteri"), terminal.folder
    real = front.service_account(ROBOT)
    mail = Scripted(tls=authority.context(), passwords={"liisa": "sala"})

    awaited = []

    def again(question, answer, *said):
        """Answer; this is to be said after it."""
        terminal.answer(question, answer)
        awaited.append((len(terminal.shown), said))

    with mail.running(), imap_server() as port, terminal.running(WIZARD):
        terminal.answer("1/8", "")
        again(REGISTER, "https://docs.google.com/document/d/x", "This is not the address")
        terminal.answer(REGISTER, sheet.url)
        again(KEY, "", "key.json", "cannot be read", "Move the file with the key")
        key_file(folder, "notes.json", "not a key", 0o644)
        again(KEY, "notes.json", "is not a JSON key", "Download the key again")
        key_file(folder, "half.json", {"type": "service_account", "client_email": ROBOT})
        again(KEY, "half.json", "is damaged")
        key_file(folder, "project-1a2b.json", {**real, "client_email": "gone@project.example"})
        again(KEY, "project-1a2b.json", "does not know this key")
        terminal.answer(REGISTER)
        key_file(folder, "project-1a2b.json", real, 0o644)
        (folder / "half.json").unlink()
        again(KEY, "key.json", "now only you can", ROBOT, "The sheet is not shared with")
        terminal.answer(REGISTER)
        sheet.share(ROBOT, "reader")
        again(KEY, "", "may read the sheet but not edit it")
        terminal.answer(REGISTER)
        sheet.share(ROBOT, "writer")
        off = "Google Sheets API has not been used in project 1 before or it is disabled."
        server.fault(lambda request: request.path.startswith("/v4/"), refused(403, off))
        again(KEY, "", "is not switched on in the project")
        terminal.answer(REGISTER)
        again(KEY, "", "The sheet “Yhdistysrekisteri” opens.", "It may be edited.")
        terminal.answer("3/8", "Espoon verkosto ry")
        terminal.answer("4/8", "Maija Malli <maija@verkosto.example>")
        terminal.answer(SMTP, "127.0.0.1:1")
        terminal.answer("user name", "liisa")
        again("password", "sala", "cannot be reached", "server's name and port")
        terminal.answer(SMTP, f"127.0.0.1:{mail.port}")
        terminal.answer("user name")
        again("password", "wrong", "does not accept the user name and password")
        terminal.answer(SMTP)
        terminal.answer("user name")
        again("password", "sala", "proves who it is", "It lets maija@", "SPF: v=", "no DKIM key")
        terminal.answer(IMAP, f"127.0.0.1:{port}")
        terminal.answer("user name", USER)
        again("password", "wrong", "does not accept the user name and password")
        terminal.answer(IMAP)
        terminal.answer("user name")
        again("password", PASSWORD, "opens: answers are read there")
        terminal.answer("7/8")
        terminal.answer("8/8")
        terminal.answer("installed now")
    left = [word for at, said in awaited for word in said if word not in terminal.shown[at:]]
    assert left == [], terminal.shown
    assert terminal.shown.count("by an account of its own") == 1
    assert "sala" not in terminal.shown and PASSWORD not in terminal.shown
    settings = tomllib.loads((folder / "config.toml").read_text("utf-8"))
    assert settings["book"] == {"language": "en", "file": sheet.url}
    assert settings["google"] == {"key_file": "project-1a2b.json", "sign_in": "service-account"}
    for name in ("config.toml", "project-1a2b.json", "mail-password", "mailbox-password"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert "Contacts" in [tab.title for tab in sheet.sheets]
    assert "10 3,8 * * *" in (folder / "schedule" / "crontab").read_text("utf-8")
    assert mail.taken == []
