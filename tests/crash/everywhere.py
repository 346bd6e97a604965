"""Every call to the disk with every fault: ``python -m tests.crash.everywhere [--sites] [LIFE]``.

A life is ``xlsx send, killed`` and the like, or a part of that name; ``--sites`` tries the first and
the last of each kind of call, not each call. Prints what went wrong and goes on, and the counts of
each life and fault. Stopped is one run, at all of its calls.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.crash.disk_calls import EVERY, FAULTS, Call, run_with
from tests.crash.lives import LIVES, Life, one_of_each

BRIEFLY = 0.05
"""Seconds for which each call is stopped where all of them are."""


def main(arguments: list[str]) -> int:
    """Try them; 1 where any went wrong."""
    sites = "--sites" in arguments
    wanted = next((one for one in arguments if one != "--sites"), "")
    right, wrong = Counter[str](), Counter[str]()
    for name, lived in LIVES.items():
        faults = [fault for fault in FAULTS if wanted in f"{name}, {fault}"]
        if not faults:
            continue
        with tempfile.TemporaryDirectory() as folder, lived(Path(folder)) as life:
            for fault in faults:
                what = f"{name}, {fault}"
                for call in _calls(life, fault, sites=sites):
                    went = right if _goes_right(name, life, fault, call) else wrong
                    went[what] += 1
                print(f"{what}: {right[what]} right, {wrong[what]} wrong", flush=True)
    return 1 if wrong else 0


def _calls(life: Life, fault: str, *, sites: bool) -> list[Call]:
    if fault == "stopped":
        return [Call("every", EVERY, "call")]
    return one_of_each(life.calls) if sites else life.calls


def _goes_right(name: str, life: Life, fault: str, call: Call) -> bool:
    life.begin()
    try:
        life.check(run_with(fault, call, life.folder, life.command, BRIEFLY), fault, call)
    except AssertionError as found:
        print(f"{name}: {found}", flush=True)
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
