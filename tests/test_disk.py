"""Files as strangers leave them: pipes, devices, bombs, full disks; and who may read ours."""

import os
import re
import resource
import shutil
import socket
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from register.disk import write_private
from tests.script_server import SCRIPTS, SERVER

MEMORY = 500 * 1024
"""Kilobytes that a refusal may take."""

CARDS = "Nimi;Organisaatio;Sähköposti;Kunta\nMaija Malli;Espoon Apu ry;maija@example.org;Espoo\n"


def run(folder, script, *arguments, umask=0o022):
    return SERVER.run(folder, (script, *arguments), {}, umask=umask)


def run_limited(folder, script, *arguments, limit=None, **options):
    """Run a script from the start, in a process that the system gives less of something.

    Without writing bytecode: Python would leave it cut off, and every later run would fail by it.
    """
    return subprocess.run(
        [sys.executable, "-B", str(SCRIPTS / script), *map(str, arguments)],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False,
        preexec_fn=lambda: limit and resource.setrlimit(*limit), **options,
    )  # fmt: skip


def dead_process():
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize("folder", ["here", "[a]*"])
def test_what_killed_runs_left_half_written_is_taken_away(tmp_path, folder):
    """Not what another run is writing now, nor what is no draft of ours."""
    path = tmp_path / folder / "report.json"
    write_private(path, b"old")
    dead, live = (path.with_name(f".verkosto.{n}.part") for n in (dead_process(), os.getppid()))
    others = [path.with_name(name) for name in (".verkosto.mine.part", "song.part", ".verkosto.1")]
    for one in (dead, live, *others):
        one.write_bytes(b"half")
    write_private(path, b"new")
    assert {*path.parent.iterdir()} == {path, live, *others}
    assert path.read_bytes() == b"new"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    assert run(folder, "create.py", "--book", "r.xlsx", "--apply").returncode == 0
    return folder / "r.xlsx"


@pytest.fixture
def register(made, tmp_path):
    shutil.copy(made, tmp_path)
    return tmp_path


def test_all_that_holds_people_is_its_owners_whatever_the_umask(tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    before = set(tmp_path.rglob("*"))
    book = ("--book", "r.xlsx", "--fail-on", "never")
    for script, *arguments in (
        ("create.py", "--apply"),
        ("contacts.py", "import", "list.csv", "--agreed", "--plan-out", "plans/deep/plan.json"),
        ("contacts.py", "import", "list.csv", "--agreed", "--apply"),
        ("cleanup.py", "--apply", "--report-dir", "reports/deep"),
        ("check.py", "--report-dir", "reports"),
        ("regions.py", "lists", "--report-dir", "lists/deep"),
        ("regions.py", "--report-dir", "coverage"),
        ("contacts.py", "card", "--report-dir", "card"),
    ):
        done = run(tmp_path, script, *arguments, *book, umask=0)
        assert done.returncode == 0, (script, arguments, done.stderr)
    made = set(tmp_path.rglob("*")) - before
    assert {path.suffix for path in made} >= {".xlsx", ".html", ".json", ".md", ".sqlite", ".vcf"}
    open_to_others = [
        (str(path.relative_to(tmp_path)), oct(path.stat().st_mode))
        for path in made
        if path.stat().st_mode & 0o077
    ]
    assert open_to_others == []


def test_a_configuration_that_everybody_can_change_is_refused(register):
    config = register / "config.toml"
    config.write_text('[book]\nfile = "r.xlsx"\n', encoding="utf-8")
    config.chmod(0o646)
    done = run(register, "check.py")
    assert done.returncode == 2 and "chmod go-w" in done.stderr
    config.chmod(0o664)  # a group of one's own, as most systems give everybody
    assert run(register, "check.py").returncode == 0


def pipe(path):
    os.mkfifo(path)


def unix_socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize("make", [pipe, unix_socket, Path.mkdir], ids=["pipe", "socket", "folder"])
@pytest.mark.parametrize(
    "command",
    [
        ("check.py", "--book", "it.xlsx"),
        ("check.py", "--book", "r.xlsx", "--config", "it.xlsx"),
        ("contacts.py", "import", "it.xlsx", "--book", "r.xlsx"),
        ("contacts.py", "match", "it.xlsx"),
        ("cleanup.py", "--book", "r.xlsx", "--plan", "it.xlsx"),
        ("create.py", "--book", "it.xlsx", "--apply"),
    ],
)
def test_what_is_no_file_is_refused_at_once(register, make, command):
    make(register / "it.xlsx")
    done = run(register, *command)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr and "ei olisi pitänyt" not in done.stderr
    assert "it.xlsx" in done.stderr


def sheet_part(book, title):
    with zipfile.ZipFile(book) as archive:
        workbook = archive.read("xl/workbook.xml").decode()
        rels = archive.read("xl/_rels/workbook.xml.rels").decode()
    sheet = next(tag for tag in re.findall(r"<sheet [^>]*>", workbook) if f'name="{title}"' in tag)
    wanted = re.search(r'r:id="(\w+)"', sheet)[1]
    rel = next(t for t in re.findall(r"<Relationship [^>]*>", rels) if f'Id="{wanted}"' in t)
    return "xl/" + re.search(r'Target="/?(?:xl/)?([^"]*)"', rel)[1]


def filled(book, to, rows=(), *, shared=b"", title="Organisaatiot"):
    """Copy a workbook with more rows (XML) in a tab, written as they come."""
    part = sheet_part(book, title)
    with (
        zipfile.ZipFile(book) as old,
        zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            if entry.filename == "xl/sharedStrings.xml" and shared:
                new.writestr(entry.filename, shared)
            elif entry.filename != part:
                new.writestr(entry.filename, old.read(entry.filename))
            else:
                head, tail = old.read(part).split(b"</sheetData>")
                with new.open(part, "w") as out:
                    out.write(head)
                    for row in rows:
                        out.write(row.encode())
                    out.write(b"</sheetData>" + tail)


def row(number, columns="ABCDEFGH", value="<is><t>x</t></is>", kind="inlineStr"):
    cells = "".join(f'<c r="{c}{number}" t="{kind}">{value}</c>' for c in columns)
    return f'<row r="{number}">{cells}</row>'


TOO_MUCH = {
    "200,000 rows": lambda: map(row, range(2, 200_002)),
    "a cell in the last row": lambda: [row(1_048_576, ["A"])],
    "a cell in the last column": lambda: [row(3, ["XFD"])],
    "a wide rectangle": lambda: [row(2, ["ZZ"]), row(90_000, ["A"])],
    "rows without numbers": lambda: ["<row><c t='inlineStr'><is><t>x</t></is></c></row>"] * 150_000,
    "upside down": lambda: [row(900_000, ["A"]), row(2)],
}


@pytest.mark.parametrize("rows", TOO_MUCH.values(), ids=TOO_MUCH)
@pytest.mark.parametrize("imported", [False, True], ids=["register", "list"])
def test_more_than_is_read_is_refused_before_it_is_in_memory(register, rows, imported):
    filled(register / "r.xlsx", register / "big.xlsx", rows())
    command = (
        ("contacts.py", "import", "big.xlsx", "--book", "r.xlsx")
        if imported
        else ("check.py", "--book", "big.xlsx")
    )
    assert refused(register, *command) < MEMORY


def test_a_long_text_that_stands_in_every_cell_is_refused(register):
    item = b"<si><t>" + b"x" * 32_000 + b"</t></si>"
    shared = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + item * 500
        + b"</sst>"
    )
    rows = (row(n, "ABCDEFGH", "<v>400</v>", "s") for n in range(2, 20_002))
    filled(register / "r.xlsx", register / "big.xlsx", rows, shared=shared)
    assert refused(register, "check.py", "--book", "big.xlsx") < MEMORY


def refused(folder, script, *arguments):
    """Run a script that must refuse; return the most memory that it had (kilobytes)."""
    source = (
        "import subprocess, sys, resource\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, timeout=100)\n"
        "sys.stderr.buffer.write(done.stderr)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "sys.exit(done.returncode)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source, sys.executable, SCRIPTS / script, *arguments],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "big.xlsx" in done.stderr and "Traceback" not in done.stderr
    return int(done.stdout)


@pytest.mark.parametrize("imported", [False, True], ids=["register", "list"])
def test_cells_that_are_only_coloured_do_not_count(register, imported):
    rows = (
        f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>'
        for n in range(900_000, 920_000)
    )
    (register / "list.csv").write_text(CARDS, encoding="utf-8")
    filled(register / "r.xlsx", register / "big.xlsx", [row(2, "BC"), *rows])
    command = (
        ("contacts.py", "import", "big.xlsx", "--book", "r.xlsx")
        if imported
        else ("check.py", "--book", "big.xlsx")
    )
    done = run(register, *command, "--fail-on", "never")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 100_000, "a.b = 1\n" * 3, "\0", '[book]\nfile = "r\\u0000.xlsx"\n', "\udcff"],
    ids=["deep", "doubled", "NUL", "NUL in a name", "no UTF-8"],
)
def test_a_configuration_that_is_none_is_told_as_such(register, text):
    (register / "config.toml").write_text(text, encoding="utf-8", errors="surrogateescape")
    done = run(register, "check.py", "--book", "r.xlsx")
    assert done.returncode == 2, done.stderr
    assert "config.toml" in done.stderr and "ei olisi pitänyt" not in done.stderr


def test_a_configuration_that_notepad_wrote_is_read(register):
    (register / "config.toml").write_text('[book]\nfile = "r.xlsx"\n', encoding="utf-8-sig")
    assert run(register, "check.py").returncode == 0


def test_a_plan_that_is_nested_too_deeply_is_none(register):
    (register / "plan.json").write_text("[" * 200_000, encoding="utf-8")
    done = run(register, "cleanup.py", "--book", "r.xlsx", "--plan", "plan.json", "--apply")
    assert done.returncode == 2 and "--plan-out" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("check.py", "--book", "r.xlsx", "--report-dir", "out"),
        ("contacts.py", "import", "list.csv", "--book", "r.xlsx", "--plan-out", "p.json"),
        ("cleanup.py", "--book", "r.xlsx", "--apply"),
        ("create.py", "--book", "new.xlsx", "--apply"),
    ],
    ids=["report", "plan", "journal", "workbook"],
)
@pytest.mark.parametrize("most", [0, 1_000])
def test_a_full_disk_is_told_as_what_it_is(register, arguments, most):
    (register / "list.csv").write_text(CARDS, encoding="utf-8")
    before = (register / "r.xlsx").read_bytes()
    done = run_limited(register, *arguments, limit=(resource.RLIMIT_FSIZE, (most, most)))
    assert done.returncode == 75, done.stderr
    assert "Vapauta tilaa" in done.stderr
    assert (register / "r.xlsx").read_bytes() == before
    assert not list(register.rglob("*.part")) and not list(register.rglob("*.tmp"))


def test_output_that_nobody_takes_ends_without_a_word(register):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, SCRIPTS / "check.py", "--book", "r.xlsx", "--format", "json"],
        cwd=register, stdout=writer, stderr=subprocess.PIPE, timeout=100, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_output_into_a_full_disk_is_told(register):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, SCRIPTS / "check.py", "--book", "r.xlsx"],
            cwd=register, stdout=full, stderr=subprocess.PIPE, timeout=100, check=False,
        )  # fmt: skip
    assert done.returncode == 75 and "Levy on täynnä".encode() in done.stderr


def test_letters_that_the_terminal_has_not_are_escaped(register):
    plain = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = run_limited(register, "check.py", "--book", "r.xlsx", "--explain", env=plain)
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_too_few_files_may_be_open(register):
    done = run_limited(
        register, "cleanup.py", "--book", "r.xlsx", "--apply",
        limit=(resource.RLIMIT_NOFILE, (3, 3)),
    )  # fmt: skip
    assert done.returncode != 0 and "olisi pitänyt" not in done.stderr


def test_a_pipe_that_a_plan_is_to_go_to_does_not_hang(register):
    (register / "list.csv").write_text(CARDS, encoding="utf-8")
    os.mkfifo(register / "p.json")
    done = run(
        register, "contacts.py", "import", "list.csv", "--book", "r.xlsx", "--plan-out", "p.json"
    )
    assert done.returncode == 2 and "p.json" in done.stderr
    assert stat.S_ISFIFO((register / "p.json").stat().st_mode)


LETTERS = """[letters]
from_name = "Verkosto"
from_address = "verkosto@yhdistys.example"
[post]
kind = "outbox"
"""


def typed(book, tab, row):
    """Type a row under a tab's headers, as a person does."""
    workbook = openpyxl.load_workbook(book)
    headers = [cell.value for cell in workbook[tab][1]]
    for header, value in row.items():
        workbook[tab].cell(2, headers.index(header) + 1).value = value
    workbook.save(book)


def test_letters_and_what_comes_back_are_their_owners_whatever_the_umask(tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    (tmp_path / "config.toml").write_text(LETTERS, encoding="utf-8")
    (tmp_path / "config.toml").chmod(0o600)
    mail = tmp_path / "mail"
    for folder in ("cur", "new", "tmp"):
        (mail / folder).mkdir(parents=True)
    (mail / "new" / "1.1.host").write_bytes(
        b"From: Maija Malli <maija@example.org>\r\nTo: verkosto@yhdistys.example\r\n"
        b"Subject: Re: Kutsu\r\nMessage-ID: <1@example.org>\r\n"
        b"Date: Thu, 26 Nov 2026 09:00:00 +0200\r\n\r\nTulossa!\r\n"
    )
    before = set(tmp_path.rglob("*"))

    def walk(script, *arguments):
        book = () if "match" in arguments else ("--book", "r.xlsx", "--fail-on", "never")
        done = run(tmp_path, script, *arguments, *book, umask=0)
        assert done.returncode == 0, (script, arguments, done.stdout, done.stderr)
        return done.stdout

    walk("create.py", "--apply")
    walk("contacts.py", "import", "list.csv", "--agreed", "--apply")
    meeting = {
        "Nimi": "Kevätkokous", "Laji": "verkostotapaaminen", "Pvm": "2030-04-09",
        "Alkaa": "17:00", "Paikka": "Kulttuurikeskus", "Alue": "Espoo",
        "Vastaa viimeistään": "2030-04-01", "Tila": "saa lähettää",
    }  # fmt: skip
    typed(tmp_path / "r.xlsx", "Tapaamiset", meeting)
    walk("cleanup.py", "--apply")
    workbook = openpyxl.load_workbook(tmp_path / "r.xlsx")
    number = workbook["Tapaamiset"]["A2"].value
    person = workbook["Yhteyshenkilöt"]["A2"].value
    workbook.close()
    walk("invite.py", "plan", number, "--apply")
    walk("invite.py", "preview", number, "--report-dir", "deep/preview")
    release = re.search(r"1:[0-9a-f]{8}", walk("invite.py", "send", number))[0]
    walk("invite.py", "send", number, "--apply", "--confirm", release)
    walk("replies.py", "--mailbox", "mail", "--apply")
    walk("invite.py", "participants", number, "--report-dir", "deep/participants")
    walk("contacts.py", "match", "list.csv", "--report-dir", "deep/match")
    walk("handover.py", "packet", person, "--report-dir", "deep/packet")
    made = set(tmp_path.rglob("*")) - before
    assert {path.suffix for path in made} >= {".eml", ".html", ".xlsx", ".json", ".sqlite"}
    open_to_others = [
        (str(path.relative_to(tmp_path)), oct(path.stat().st_mode))
        for path in made
        if path.stat().st_mode & 0o077
    ]
    assert open_to_others == []
