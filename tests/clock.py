"""Runs a script at another moment than now; its clock goes on from there.

``python tests/clock.py MOMENT SCRIPT …``: the moment as ``2027-03-28T00:59:00+00:00``.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


class _Kind(type):
    """What takes every datetime as one of its own."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)


def begin(moment: str, step: float = 0) -> None:
    """Let the clock of all modules of the product that are loaded begin at a moment.

    With a ``step`` (seconds) it goes on by that much whenever it is looked at, so that two runs that
    do the same see the same moments.
    """
    begun = datetime.fromisoformat(moment).timestamp()
    ahead, looks = begun - datetime.now().timestamp(), count()

    class Moved(datetime, metaclass=_Kind):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            seen = begun + next(looks) * step if step else datetime.now().timestamp() + ahead
            return datetime.fromtimestamp(seen, tz)

    for name, module in list(sys.modules.items()):
        if name.startswith("register.") and getattr(module, "datetime", None) is datetime:
            module.datetime = Moved  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.path[:1] = [str(ROOT), str(ROOT / "scripts")]  # not this folder: it holds a tests/google
    from tests.script_server import _become, _load

    _load()
    _, given, script, *arguments = sys.argv
    environment = {**os.environ, "TESTS_NOW": given}
    folder, script = str(Path.cwd()), str(ROOT / "scripts" / script)
    streams = {"in": os.devnull, "out": "/dev/stdout", "err": "/dev/stderr"}
    request = {"folder": folder, "environment": environment, "umask": 0o022, **streams}
    _become({**request, "arguments": [script, *arguments]})
