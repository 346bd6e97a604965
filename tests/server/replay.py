"""Asks our server what was asked of Google, and holds its answers against the recorded ones."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.server.recorded import Exchange

RECORDINGS = Path(__file__).parent / "recordings"
"""Where the files that ``doctor.py --live`` writes go."""
_NAME = re.compile(r"<\w+>")


def filled(value: Any, known: dict[str, Any]) -> Any:
    """Return a request's part with the names in it replaced by what replies had."""
    if isinstance(value, dict):
        return {key: filled(below, known) for key, below in value.items()}
    if isinstance(value, list):
        return [filled(below, known) for below in value]
    if isinstance(value, str):
        if value in known:
            return known[value]
        return _NAME.sub(lambda name: str(known[name[0]]), value)
    return value


def learn(expected: Any, found: Any, known: dict[str, Any]) -> None:
    """Note what stands where an expected reply has a name that was not said before."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in expected.keys() & found.keys():
            learn(expected[key], found[key], known)
    elif isinstance(expected, list) and isinstance(found, list):
        for one, other in zip(expected, found, strict=False):
            learn(one, other, known)
    elif isinstance(expected, str) and _NAME.fullmatch(expected):
        known.setdefault(expected, found)


def in_order(reply: Any) -> Any:
    """Return a reply with the theme's colours in one order; Google gives them in any."""
    reply = copy.deepcopy(reply)
    if isinstance(reply, dict) and "spreadsheetTheme" in reply.get("properties", {}):
        colors = reply["properties"]["spreadsheetTheme"]["themeColors"]
        colors.sort(key=lambda color: color["colorType"])
    return reply


def replay(wire: Any, exchanges: Iterable[Exchange], known: dict[str, Any]) -> None:
    """Ask one exchange after another; AssertionError at the first other answer.

    ``known`` is what the names in the exchanges stand for.
    """
    for number, (method, address, body, status, expected) in enumerate(exchanges):
        sent = None if body is None else filled(body, known)
        answered, found = wire(method, filled(address, known), sent)
        learn(expected, found, known)
        where = f"{number}: {method} {address}"
        assert (where, answered) == (where, status), found
        assert in_order(found) == in_order(filled(expected, known)), where


def replay_recording(wire: Any, recording: Mapping[str, Any]) -> None:
    """Ask what ``doctor.py --live`` recorded, in a new sheet."""
    about = {name: recording[name] for name in ("locale", "timeZone")}
    change = {"properties": about, "fields": ",".join(about)}
    assert wire.batch({"updateSpreadsheetProperties": change})[0] == 200
    names = ("method", "address", "body", "status", "reply")
    exchanges = [tuple(one[name] for name in names) for one in recording["exchanges"]]
    replay(wire, exchanges, {"<book>": wire.sheet})


def recordings() -> dict[str, Any]:
    """Return the recordings that were brought here, by name."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(RECORDINGS.glob("*.json"))
    }
