"""The description of the register as it was given last: to say what has changed since."""

from __future__ import annotations

import json
from pathlib import Path

from register.disk import read_bounded, write_private

DESCRIPTION_FILE = "description.json"


def last_description(folder: Path, language: str) -> tuple[str, dict[str, list[str]]]:
    """Return the day and the lines by section; ('', {}) where there is none that can be read."""
    try:
        value = json.loads(read_bounded(folder / DESCRIPTION_FILE, 4 * 1024 * 1024))[language]
        return str(value["on"]), {str(key): list(lines) for key, lines in value["lines"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", {}


def keep_description(folder: Path, language: str, on: str, lines: dict[str, list[str]]) -> None:
    """Keep a description in place of the last one in this language."""
    try:
        kept = json.loads(read_bounded(folder / DESCRIPTION_FILE, 4 * 1024 * 1024))
    except (OSError, ValueError):
        kept = {}
    kept[language] = {"on": on, "lines": lines}
    write_private(folder / DESCRIPTION_FILE, json.dumps(kept, ensure_ascii=False).encode())
