"""Field masks: ``sheets(properties(title),data.rowData)``, as google.protobuf.FieldMask reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.sheets_server.errors import invalid

Mask = dict[str, Any]


def parse(text: str) -> Mask:
    """Return a mask as a tree; an empty tree takes everything below."""
    mask, rest = _list(text.replace(" ", ""), 0)
    if rest != len(text.replace(" ", "")) or not mask:
        raise invalid(f"Request contains an invalid argument. Invalid field selection {text}")
    return mask


def paths(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the paths of a mask; ``*`` is the empty path."""
    yield from _paths(parse(text), ())


def select(value: Any, mask: Mask) -> Any:
    """Return the part of a JSON value that a mask takes."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    taken = {}
    for key, below in mask.items():
        if key in value:
            taken[key] = select(value[key], below)
    return taken


def _paths(mask: Mask, so_far: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, below in mask.items():
        path = so_far if key == "*" else (*so_far, key)
        if below:
            yield from _paths(below, path)
        else:
            yield path


def _list(text: str, at: int) -> tuple[Mask, int]:
    mask: Mask = {}
    while at < len(text) and text[at] != ")":
        start = at
        while at < len(text) and text[at] not in ",()":
            at += 1
        names = text[start:at].replace("/", ".").split(".")
        if not all(names):
            raise invalid(f"Request contains an invalid argument. Invalid field selection {text}")
        below: Mask = {}
        if at < len(text) and text[at] == "(":
            below, at = _list(text, at + 1)
            if at >= len(text) or text[at] != ")":
                raise invalid(f"Invalid field selection {text}")
            at += 1
        here = mask
        for name in names[:-1]:
            here = here.setdefault(name, {})
        here.setdefault(names[-1], {}).update(below)
        if at < len(text) and text[at] == ",":
            at += 1
    return mask, at
