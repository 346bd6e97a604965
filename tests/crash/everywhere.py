"""Every call to the disk with every fault: ``python -m tests.crash.everywhere [LIFE [FAULT]]``.

Prints what went wrong, and goes on. ``--sites`` tries each kind of call once, not each call.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.crash.disk_calls import FAULTS, run_with
from tests.crash.lives import LIVES, one_of_each


def main(arguments: list[str]) -> int:
    """Try them; 1 where any went wrong."""
    sites = "--sites" in arguments
    name, fault, *_ = [*(one for one in arguments if one != "--sites"), "", ""]
    wrong = 0
    for one in [name] if name else LIVES:
        with tempfile.TemporaryDirectory() as folder, LIVES[one](Path(folder)) as life:
            for call in one_of_each(life.calls) if sites else life.calls:
                for each in [fault] if fault else FAULTS:
                    life.begin()
                    try:
                        life.check(run_with(each, call, life.folder, life.command), each, call)
                        print(f"{one}: {each} at {call}: right", flush=True)
                    except AssertionError as found:
                        wrong += 1
                        print(f"{one}: {found}", flush=True)
    print(f"{wrong} went wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
