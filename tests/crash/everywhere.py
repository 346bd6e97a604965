"""Every call to the disk with every fault: ``python -m tests.crash.everywhere [LIFE]``.

A life is ``xlsx send, killed`` and the like, or a part of that name. ``--sites`` tries the first and
the last of each kind of call; ``--part 3/20`` the third of every twenty calls, so that twenty such
commands try all of them. Prints what went wrong and goes on, and the counts of each life and fault.
Stopped is one run, at all of its calls; with ``--asleep 60`` a run for each call, stopped that long.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from tests.crash.disk_calls import EVERY, FAULTS, Call
from tests.crash.lives import LIVES, Life, one_of_each

BRIEFLY = 0.05
"""Seconds for which each call is stopped where all of them are."""


def main(arguments: list[str]) -> int:
    """Try them; 1 where any went wrong."""
    asked = _asked(arguments)
    right, wrong = Counter[str](), Counter[str]()
    for name, lived in LIVES.items():
        faults = [fault for fault in FAULTS if asked.life in f"{name}, {fault}"]
        if not faults:
            continue
        with tempfile.TemporaryDirectory() as folder, lived(Path(folder)) as life:
            for fault in faults:
                what = f"{name}, {fault}"
                calls = _calls(life, fault, asked)
                for call in calls:
                    went = right if _goes_right(name, life, fault, call, asked.asleep) else wrong
                    went[what] += 1
                tried = f"{len(calls)} of {len(life.calls)} calls"
                print(f"{what}: {tried}, {right[what]} right, {wrong[what]} wrong", flush=True)
    return 1 if wrong else 0


def _asked(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("life", nargs="?", default="")
    parser.add_argument("--sites", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--asleep", type=float, default=BRIEFLY)
    return parser.parse_args(arguments)


def _calls(life: Life, fault: str, asked: Namespace) -> list[Call]:
    if fault == "stopped" and asked.asleep == BRIEFLY:
        return [Call("every", EVERY, "call")]
    part, parts = map(int, asked.part.split("/"))
    return (one_of_each(life.calls) if asked.sites else life.calls)[part - 1 :: parts]


def _goes_right(name: str, life: Life, fault: str, call: Call, asleep: float) -> bool:
    try:
        life.cut_off(fault, call, asleep)
    except AssertionError as found:
        print(f"{name}: {found}", flush=True)
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
