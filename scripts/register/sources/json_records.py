"""Lists in JSON (RFC 8259), as open data and web services give them: records become rows."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from register.sources.limits import MOST_LIST_ROWS, clean_text, too_large

_MOST_DEEP = 6
_FEATURE = ("geometry", "properties")
"""What a GeoJSON feature consists of (RFC 7946, 3.2): only its properties tell of a contact."""

_Path = tuple[str, ...]


def read_records(text: str, name: str) -> list[list[str]]:
    """Return a header row and a row for each record of the longest list of objects; [] if none.

    A value inside another one is called by its own key, or by all keys down to it where two have
    that key: "name", "chair phone". Several plain values share a cell; objects in a list are
    numbered: "contacts 2 name". Raises UsageError if there are too many records.
    """
    records = max(_lists(json.loads(text), _MOST_DEEP), key=len, default=[])
    if len(records) > MOST_LIST_ROWS:
        raise too_large(name)
    rows = [dict(_cells(record, (), _MOST_DEEP)) for record in records]
    paths = [*dict.fromkeys(path for row in rows for path in row)]
    called = Counter(path[-1:] for path in paths)
    headers = [
        " ".join(
            path[-1:] if called[path[-1:]] == 1 and not any(map(str.isdecimal, path)) else path
        )
        for path in paths
    ]
    return [headers, *([row.get(path, "") for path in paths] for row in rows)] if paths else []


def _lists(value: object, deep: int) -> Iterator[list[Mapping[str, object]]]:
    """Yield each list of objects, except those inside another one."""
    if isinstance(value, list):
        if value and all(isinstance(one, dict) for one in value):
            yield value
    elif isinstance(value, dict) and deep:
        for one in value.values():
            yield from _lists(one, deep - 1)


def _cells(value: object, path: _Path, deep: int) -> Iterator[tuple[_Path, str]]:
    """Yield the cells of a record by the keys that lead to them; blank values are left out."""
    if isinstance(value, dict):
        if all(key in value for key in _FEATURE):
            yield from _cells(value["properties"], path, deep)
            return
        for key, one in value.items() if deep else ():
            yield from _cells(one, (*path, clean_text(key)), deep - 1)
    elif isinstance(value, list):
        if any(isinstance(one, dict | list) for one in value):
            for number, one in enumerate(value if deep else (), start=1):
                yield from _cells(one, (*path, str(number)), deep - 1)
        elif cell := ", ".join(filter(None, map(_text, value))):
            yield path, cell
    elif cell := _text(value):
        yield path, cell


def _text(value: object) -> str:
    """Return a plain value as people write it: yes or no, numbers without ".0", '' for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_text(str(value))
