"""``[state] in_register``: what a lost computer knew is in the register itself, sealed."""

import json
import shutil
import signal
import subprocess
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from pyrage import x25519

from register.run.kept_state import TAB, open_essence
from register.state.sealing import seal
from tests.post.test_killed_script import NAME, killing
from tests.run.test_killed_computers import Computers, ended, two_computers
from tests.smtp_server.scripted import Scripted
from tests.test_both_stores import NEVER
from tests.test_scripts import run

IDENTITY = x25519.Identity.generate()
KEPT = f'[state]\nin_register = true\n[backup]\nrecipient = "{IDENTITY.to_public()}"\n'
OWNERS = [f"omistaja{number}" for number in range(4)]


@pytest.fixture(params=["xlsx", "google"])
def two(request, tmp_path):
    """Two computers that keep their state in the register."""
    with two_computers(request.param, tmp_path, KEPT) as made:
        yield made


@pytest.fixture(scope="module", params=["xlsx", "google"])
def sent(request, tmp_path_factory):
    """The same when one of them has sent its letters, and the identity that opens its state."""
    folder = tmp_path_factory.mktemp(request.param)
    with two_computers(request.param, folder, KEPT) as made:
        (folder / "identity.txt").write_text(f"# created: today\n{IDENTITY}\n")
        (folder / "other.txt").write_text(str(x25519.Identity.generate()))
        sends(made)
        assert len(made.letters()) == 5
        yield made


def does(two: Computers, number: int, *words: str, code: int = 0) -> str:
    done = run(two.folders[number], words[0], *words[1:], *two.where(number))
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def sends(two: Computers) -> None:
    does(two, 0, "invite.py", "send", NAME, "--confirm", two.agreed, "--apply", *NEVER)


def lives(two: Computers, number: int, code: int = 0) -> str:
    """Run all that is due on one of them."""
    return does(two, number, "autopilot.py", "--apply", *NEVER, code=code)


def sealed(two: Computers) -> list[str]:
    return ["".join(row) for row in two.place.rows(TAB)[3:] if any(row)]


def essence(two: Computers):
    return open_essence("".join(sealed(two)), [str(IDENTITY)])


def doctor_line(two: Computers, number: int, code: int = 0) -> dict[str, str]:
    """Return what doctor says of the kept state."""
    lines = json.loads(does(two, number, "doctor.py", "--format", "json", code=code))["lines"]
    (line,) = (one for one in lines if one["about"] == "kept")
    return line


def digests(two: Computers) -> None:
    """Have owners for whom something waits, and a letter to each of them a week."""
    for number, name in enumerate(OWNERS, start=2):
        two.place.types("Valikot", number, "Vastuuhenkilöt", name)
        two.place.types("Valikot", number, "Vastuuhenkilön sähköposti", f"{name}@verkosto.example")
    two.place.types("Organisaatiot", 2, "Sähköposti", "tämä ei ole osoite")
    for folder in two.folders:
        file = folder / "config.toml"
        text = file.read_text(encoding="utf-8")
        if '"digest"' not in text:
            file.write_text(text.replace('automatic = ["', 'automatic = ["digest", "'), "utf-8")


def restored(two: Computers, identity: str = "identity.txt", code: int = 0) -> str:
    return does(two, 0, "doctor.py", "--restore-sealed", f"../{identity}", code=code)


def test_it_names_nobody(sent):
    rows = sent.place.rows(TAB)
    assert sealed(sent) and not any("verkosto.example" in cell for row in rows for cell in row)
    assert max(len(cell) for row in rows for cell in row) < 32_767


def test_doctor_says_who_has_kept_it(sent):
    here, there = doctor_line(sent, 0), doctor_line(sent, 1)
    assert here["state"] == there["state"] == "ok" and here["said"] != there["said"]


def test_lists_that_become_tabs_leave_it_where_it_is(sent):
    before = sealed(sent)
    does(sent, 0, "regions.py", "lists", "--to-book", "--apply")
    does(sent, 0, "create.py", "--apply")
    assert sealed(sent) == before


def test_a_night_with_nothing_to_keep_writes_nothing(two):
    lives(two, 0)
    before = two.place.everything()
    lives(two, 0)
    assert TAB not in before and two.place.everything() == before


def test_a_lost_computer_is_replaced_from_the_register_alone(sent):
    status = ("invite.py", "status", NAME, "--format", "json")
    known = json.loads(does(sent, 0, *status))
    restored(sent, code=2)
    shutil.rmtree(sent.folders[0] / ".verkosto")
    restored(sent, "other.txt", code=2)
    assert "5" in restored(sent)
    assert json.loads(does(sent, 0, *status)) == known
    sends(sent)
    assert set(sent.letters().values()) == {1}


def test_a_damaged_one_is_refused(sent):
    kept = sent.place.rows(TAB)[3][0]
    sent.place.write(TAB, 4, 1, kept[:100])
    restored(sent, code=2)
    sent.place.write(TAB, 4, 1, kept)


@pytest.mark.parametrize("changed", ["cut", "older"])
def test_one_that_a_person_has_changed_is_kept_anew_by_whoever_wrote_it(sent, changed):
    """An older one is that of a copy of the register that was put back."""
    lives(sent, 0)
    known, whole = essence(sent), sent.place.rows(TAB)[3][0]
    letters = known.tables["letter"]
    older = replace(known, tables={**known.tables, "letter": letters[:-1]})
    text = b64encode(seal(older.packed(), str(IDENTITY.to_public()), known.keys[0])).decode()
    older_text = text.rstrip("=").translate(str.maketrans("+/", "äö"))
    sent.place.write(TAB, 4, 1, older_text if changed == "older" else whole[:100])
    lives(sent, 0)
    assert essence(sent).tables["letter"] == letters
    assert doctor_line(sent, 0)["state"] == "ok"


def test_a_computer_with_another_key_leaves_it_alone_and_sends_nothing(sent):
    before, count = sealed(sent), len(sent.server.taken)
    own, aside = sent.folders[1] / ".verkosto", sent.folders[1].parent / "aside"
    shutil.move(own, aside)
    digests(sent)
    said = lives(sent, 1, code=6)
    assert TAB in said and "doctor.py --restore-sealed" in said, said
    line = doctor_line(sent, 1, code=6)
    assert line["state"] == "fault" and "doctor.py --restore-sealed" in line["next"]
    assert sealed(sent) == before and len(sent.server.taken) == count
    shutil.rmtree(own)
    shutil.move(aside, own)


def test_two_computers_write_a_weekly_letter_once(sent):
    digests(sent)
    for number in (0, 1, 0):
        lives(sent, number)
    weekly = [count for (_, about), count in sent.letters().items() if about.startswith("digest")]
    assert weekly == [1] * len(OWNERS)


def test_who_was_erased_is_in_it_no_more(sent):
    before = sealed(sent)
    assert "maija.malli" in str(essence(sent).tables)
    does(sent, 0, "privacy.py", "erase", "maija.malli@verkosto.example", "--apply")
    assert "maija.malli" not in str(essence(sent).tables) and sealed(sent) != before
    lives(sent, 1)
    assert "maija.malli" not in str(essence(sent).tables) and "nils.prov" in str(essence(sent))


def test_it_goes_where_it_is_wished_no_more(sent):
    file = sent.folders[0] / "config.toml"
    file.write_text(file.read_text("utf-8").replace("in_register = true", ""), "utf-8")
    line = doctor_line(sent, 0)
    assert line["state"] == "warning" and "autopilot.py --apply" in line["next"]
    lives(sent, 0)
    assert sealed(sent) == []


@pytest.mark.killed
@pytest.mark.timeout(900)
def test_the_other_computer_knows_whom_a_killed_one_wrote_to(two):
    """A weekly letter to each owner: none twice, whoever is killed in the midst of it."""
    digests(two)
    work: list[subprocess.Popen] = []
    two.server.script = killing(work, two.server, 1)
    work.append(two.begin(0, "autopilot.py"))
    assert ended(work[0])[0] == -signal.SIGKILL
    two.server.script = Scripted.script
    assert ended(two.begin(1, "autopilot.py"))[0] == 75
    for number, hours in ((1, 2), (0, 4)):
        code, said = ended(two.begin(number, "autopilot.py", later=timedelta(hours=hours)))
        assert code in (0, 1), said
    assert set(two.letters().values()) == {1}, two.letters()
