"""Our server answers what Google answered, word for word, over HTTP."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from tests.server.scenes import SCENES

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


@pytest.mark.parametrize("name", SCENES)
def test_answers_are_google_s(wire, name):
    known: dict[str, Any] = {}
    for number, (method, address, body, status, expected) in enumerate(SCENES[name]):
        sent = None if body is None else filled(body, known)
        answered, found = wire(method, filled(address, known), sent)
        learn(expected, found, known)
        where = f"{number}: {method} {address}"
        assert (where, answered) == (where, status), found
        assert in_order(found) == in_order(filled(expected, known)), where
