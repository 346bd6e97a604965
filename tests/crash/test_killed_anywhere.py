"""Scripts at work when the disk fails them or they are killed, at each kind of call to the disk.

The register is the old one or the new one, whole; the same command again ends as an unbroken run
does: nothing twice, nothing lost, nothing left lying about. ``python -m tests.crash.everywhere``
tries every single call with every fault, which takes hours.
"""

from __future__ import annotations

import pytest

from tests.crash.disk_calls import FAULTS
from tests.crash.lives import LIVES, making, sample

SAMPLED = 8


@pytest.fixture(scope="module", params=LIVES)
def life(request, tmp_path_factory):
    """A register in the middle of its life, and a command that is due."""
    with LIVES[request.param](tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.mark.parametrize("name", ["kept-digest", "learned.json"])
def test_at_the_files_of_what_was_learned_and_of_what_the_register_keeps(life, name):
    """A night's run writes both; the sealed tab opens afterwards, and knows each letter."""
    found = making(life.calls, name)
    assert bool(found) is (life.command[0] == "autopilot.py")
    for fault, call in zip(("no room", "killed"), found or (), strict=False):
        life.cut_off(fault, call)


def test_a_full_tmpdir_hinders_nothing(life):
    """Nothing is written there: drafts stand beside what they become."""
    temporary = f"{life.folder}/tmp/"
    assert life.calls and not [one for one in life.calls if one.file.startswith(temporary)]


def test_when_all_is_done_but_to_say_so(life):
    """The same command again has nothing to do but to say that no run is at work."""
    last = next(one for one in reversed(life.calls) if one.name in ("rename", "fdatasync"))
    life.cut_off("killed", last)


@pytest.mark.parametrize("number", range(SAMPLED))
def test_at_some_calls(life, number):
    """From the first to the last of a run, with each fault in turn."""
    call = sample(life.calls, SAMPLED)[number]
    fault = list(FAULTS)[number % len(FAULTS)]
    life.cut_off(fault, call)
