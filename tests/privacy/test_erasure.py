"""``privacy.py erase``: a namesake's data, runs that are cut off anywhere, keys that are lost."""

import json
import shutil
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from register.book.errors import UsageError
from register.book.hashes import Hashes
from register.disk import write_private
from register.privacy.erase import erasure_plan, traits_of
from register.privacy.search import texts_in
from register.privacy.subject import find_subject
from register.run import erasure
from register.run.options import DEFAULTS
from register.run.session import open_session
from register.stores.workbook import Workbook
from tests.making import book
from tests.privacy.test_search import sealed
from tests.registers import FileRegister
from tests.test_disk import dead_process
from tests.test_scripts import exits, run

BOOK = ("--book", "r.xlsx")
QUIET = ("--apply", "--fail-on", "never")
PEOPLE = {
    "Etunimi": ("Pekka", "Pekka", "Liisa"),
    "Sukunimi": ("Virtanen", "Virtanen", "Kärnä"),
    "Organisaatio": ("Kylä ry", "Toinen ry", "Kylä ry"),
    "Sähköposti": ("", "pekka@example.org", "liisa.karna@example.org"),
}


class Killed(BaseException):
    """The end of a process, wherever it is."""


def killed(*_):
    raise Killed


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two of one name, one of whom nothing but her row tells; copies and reports with all three."""
    folder = tmp_path_factory.mktemp("made")
    exits(0, folder, "create.py", *BOOK, "--apply")
    register = FileRegister(folder)
    for header, values in PEOPLE.items():
        register.types_down("Yhteyshenkilöt", header, dict(enumerate(values, start=2)))
    exits(0, folder, "cleanup.py", *BOOK, *QUIET)
    notes = {2: "varo: koira puree", 3: "kissaihminen", 4: "vaalea talo"}
    register.types_down("Yhteyshenkilöt", "Huom", notes)
    register.types("Organisaatiot", 2, "Huom", "Avain Liisa Kärnällä, vara Pekka Testillä")
    register.types("Organisaatiot", 2, "Nimi", "Kylä ry")
    exits(0, folder, "cleanup.py", *BOOK, *QUIET)
    register.types("Yhteyshenkilöt", 3, "Tehtävä", "sihteeri")
    exits(0, folder, "cleanup.py", *BOOK, *QUIET)
    id_ = register.column("Yhteyshenkilöt", "Tunnus")[0]
    exits(0, folder, "privacy.py", "export", id_, *BOOK, "--report-dir", "reports")
    return folder


@pytest.fixture
def register(made, tmp_path):
    return FileRegister(moved_to(made, tmp_path / "r"))


def moved_to(made, folder):
    """Copy a register's folder, and let its state know where its files are now."""
    shutil.copytree(made, folder)
    for listed in folder.rglob("files.jsonl"):
        listed.write_text(listed.read_text("utf-8").replace(str(made), str(folder)), "utf-8")
    return folder


def holding(folder, *words):
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file()
        and any(word in text for text in texts_in(path.read_bytes()) for word in words)
    ]


def id_of(register, number):
    return register.column("Yhteyshenkilöt", "Tunnus")[number]


def test_a_namesake_without_an_address_is_erased_from_copies_and_reports(register):
    folder, her = register.folder, id_of(register, 0)
    assert {name[-5:] for name in holding(folder, "koira puree")} >= {".xlsx", ".html", ".json"}
    done = exits(0, folder, "privacy.py", "erase", her, *BOOK, "--apply")
    assert holding(folder, "koira puree") == []
    assert register.column("Yhteyshenkilöt", "Etunimi") == ["", "Pekka", "Liisa"]
    assert register.column("Yhteyshenkilöt", "Huom")[1:] == ["kissaihminen", "vaalea talo"]
    assert len([name for name in holding(folder, "kissaihminen") if "xlsx" in name]) > 2
    assert list(folder.rglob("backups/*")) and not list((folder / "reports").iterdir())
    assert "tiiviste" in done.stdout


def test_what_two_people_have_in_common_keeps_neither_out():
    one = {"id": "H-00000", "first": "Pekka", "last": "Virtanen", "org": "Kylä ry"}
    there = book(people=[one, {**one, "id": "H-0JCDN"}])
    assert traits_of(there, find_subject(there, "H-00000")) == frozenset()
    alone = book(people=[one])
    assert traits_of(alone, find_subject(alone, "H-00000"))


def test_a_copy_that_cannot_be_opened_is_in_the_plan_and_goes(register):
    folder = register.folder
    (copy,) = list(folder.rglob("backups/*"))[:1]
    copy.write_bytes(b"no workbook")
    shown = exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK)
    assert copy.name in shown.stdout and copy.exists()
    exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK, "--apply")
    assert not copy.exists()


def test_what_cannot_be_searched_is_said_and_goes_where_the_tool_made_it(register):
    folder = register.folder
    (folder / "outbox").mkdir(exist_ok=True)
    made, own = folder / "outbox" / "letter.zip", folder / "own.zip"
    for path in (made, own):
        path.write_bytes(sealed())
    shown = exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK, "--format", "json")
    told = json.loads(shown.stdout)
    assert str(made) in told["files"] and told["not_searched"] == [str(own)]
    page = exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK, "--apply").stdout
    assert own.name in page and own.exists() and not made.exists()


def test_a_copy_whose_run_was_killed_as_it_was_written_goes(register):
    folder = register.folder
    (copy, *_) = folder.rglob("backups/*")
    draft = copy.with_name(f".verkosto.{dead_process()}.part")
    draft.write_bytes(copy.read_bytes()[:-100])
    shown = exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK)
    assert draft.exists() and draft.name not in shown.stdout
    exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK, "--apply")
    assert not draft.exists()


def test_an_erasure_that_was_begun_is_finished_before_another(register, monkeypatch):
    folder, her, other = register.folder, id_of(register, 2), id_of(register, 1)
    with monkeypatch.context() as patch:
        watch(patch, erasure, "forget_in_state", killed)
        with pytest.raises(Killed):
            erase(folder, her)
    for whom in ("pekka@example.org", "Lisa", "H-99999"):
        with pytest.raises(UsageError):
            erase(folder, whom)
    refused = run(folder, "privacy.py", "erase", other, *BOOK, "--apply")
    assert refused.returncode == 2 and "privacy.py erase --book r.xlsx --apply" in refused.stderr
    assert "Pekka" in register.column("Yhteyshenkilöt", "Etunimi")
    exits(0, folder, "privacy.py", "erase", "Liisa.Karna@example.org", *BOOK, "--apply")
    assert holding(folder, "Kärnä") == [] and not list(folder.rglob("erasure.json"))
    assert register.column("Yhteyshenkilöt", "Huom")[1] == "kissaihminen"


POINTS = [
    *(((Workbook, "write"), number, after) for number in (1, 2, 3, 4) for after in (False, True)),
    *(((Workbook, "scrub"), number, False) for number in (1, 2, 3)),
    *(((Path, "unlink"), number, after) for number in (1, 2, 4, 6) for after in (False, True)),
    *(((erasure, "forget_in_state"), 1, after) for after in (False, True)),
    ((erasure, "forget_files"), 1, False),
]


@pytest.fixture(scope="module")
def cut_off(made, tmp_path_factory):
    """An erasure, and for each point at which its process may end the disk as it is just then.

    What is no different at two points (after a call, before the next) is kept once.
    """
    register = FileRegister(moved_to(made, tmp_path_factory.mktemp("erased") / "r"))
    her, disks, at = id_of(register, 2), {}, {}

    def keep(point):
        if point in POINTS:
            here = {path.relative_to(register.folder): path.read_bytes()
                    for path in register.folder.rglob("*") if path.is_file()}  # fmt: skip
            at[point] = next((n for n, disk in disks.items() if disk == here), len(disks))
            disks.setdefault(at[point], here)

    with pytest.MonkeyPatch.context() as patch:
        for where in {point[0] for point in POINTS}:
            watch(patch, *where, lambda *point, where=where: keep((where, *point)))
        erase(register.folder, her)
    return register.folder, her, disks, at, set()


def watch(patch, owner, name, seen):
    """Have ``seen(number, after)`` called before and after each call of a function."""
    whole, calls = getattr(owner, name), count(1)

    def watched(*arguments, **named):
        number = next(calls)
        seen(number, False)
        value = whole(*arguments, **named)
        seen(number, True)
        return value

    patch.setattr(owner, name, watched)


@pytest.mark.parametrize(("where", "number", "after"), POINTS)
def test_cut_off_anywhere_it_is_gone_on_with(cut_off, where, number, after):
    """A process that is killed leaves what is on the disk, and no more."""
    folder, her, disks, at, done = cut_off
    disk = at[where, number, after]
    if disk in done:
        return
    shutil.rmtree(folder)
    for path, data in disks[disk].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_private(folder / path, data)
    erase(folder, "" if list(folder.rglob("erasure.json")) else her)
    assert holding(folder, "Kärnä", "vaalea talo") == []
    there = Workbook(folder / "r.xlsx", "fi").read()
    ((_, notes),) = there.table("organisations").column("notes")
    assert notes.startswith(f"Avain {her}")
    asked = [text for _, text in there.table("review").column("message") if "Testillä" in text]
    assert len(asked) == 1
    assert len([one for _, one in there.table("bans").column("hmac") if one]) == 1
    done.add(disk)


def erase(folder, whom):
    options = replace(DEFAULTS, book=str(folder / "r.xlsx"), apply=True)
    with open_session(options) as session:
        done = erasure.erase_person(session, session.read(), whom)
    assert done.applied and not done.left


def test_a_ban_of_hers_keeps_its_scope_and_its_earlier_hashes():
    person = {"id": "H-00000", "first": "Pekka", "last": "Virtanen", "email": "p@example.org"}
    mine = {"email": "p@example.org", "scope": "invitations", "reason": "asked"}
    hashes = Hashes((b"1" * 32,))
    old = hashes.made("mailbox:old@example.org")
    there = book(people=[person], bans=[{"id": "E-00000", "hmac": old, **mine}])
    subject = find_subject(there, "H-00000")
    subject = replace(subject, traits=traits_of(there, subject))
    plan = erasure_plan(there, subject, hashes, date(2026, 1, 1))
    first, second = dict(there.with_changes(plan.changes).table("bans").rows()).values()
    assert (first["email"], first["hmac"]) == ("", old)
    assert (first["scope"], first["reason"]) == ("invitations", "asked")
    assert second["hmac"].split() == [hashes.made(one) for one in sorted(subject.traits)]
    again = erasure_plan(there.with_changes(plan.changes), subject, hashes, date.max)
    assert not again.changes


def test_a_lost_key_is_told_and_replaced_by_nothing(register):
    folder = register.folder
    exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK, "--apply")
    (key,) = folder.rglob("key")
    kept = key.read_bytes()
    key.unlink()
    commands = (
        ("privacy.py", "erase", id_of(register, 1), *BOOK, "--apply"),
        ("privacy.py", "change-key", *BOOK, "--apply"),
        ("doctor.py", *BOOK),
    )
    for command in commands:
        told = run(folder, *command)
        assert told.returncode == 2 and "Kiellot" in told.stdout + told.stderr, command
    assert not key.exists()
    key.write_bytes(kept)
    key.chmod(0o600)
    exits(0, folder, "privacy.py", "change-key", *BOOK, "--apply")
    key.unlink()
    for command in commands:
        assert run(folder, *command).returncode == 2
    assert key.with_name("key.earlier").read_bytes() == kept and not key.exists()


def test_a_damaged_file_of_the_state_is_looked_through_as_it_is(register):
    folder = register.folder
    (state,) = [path.parent for path in folder.rglob("journal.sqlite")]
    (state / "lists.json").write_text('{"Liisa Kärnä": ', "utf-8")
    (state / "description.json").write_text("[]", "utf-8")
    told = exits(0, folder, "privacy.py", "export", id_of(register, 2), *BOOK, "--format", "json")
    assert "lists.json" in told.stdout
    exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK, "--apply")
    assert holding(folder, "Kärnä") == []
    exits(0, folder, "privacy.py", "describe", *BOOK, "--apply")


def test_a_report_that_was_moved_is_named_as_a_persons_own(register):
    folder = register.folder
    exits(0, folder, "check.py", *BOOK, "--report-dir", "out", "--fail-on", "never")
    exits(0, folder, "privacy.py", "export", id_of(register, 2), *BOOK, "--report-dir", "out")
    (moved,) = (folder / "out").glob("export*.html")
    (folder / "old" / "2026").mkdir(parents=True)
    moved = moved.rename(folder / "old" / "2026" / moved.name)
    told = exits(0, folder, "privacy.py", "erase", id_of(register, 2), *BOOK, "--format", "json")
    assert str(moved) in json.loads(told.stdout)["own_files"]
