"""The last description of the register, kept to show what has changed since."""

import json
from pathlib import Path
from typing import Any

from register.disk import read_limited, write_private

DESCRIPTION_FILE = "description.json"


def last_description(folder: Path, language: str) -> tuple[str, dict[str, list[str]]]:
    """Return the day and the lines by section; ('', {}) if there is no readable description."""
    try:
        value = _kept(folder)[language]
        return str(value["on"]), {str(key): list(lines) for key, lines in value["lines"].items()}
    except (KeyError, TypeError, AttributeError):
        return "", {}


def keep_description(folder: Path, language: str, on: str, lines: dict[str, list[str]]) -> None:
    """Store a description in place of the last one in this language."""
    kept = {**_kept(folder), language: {"on": on, "lines": lines}}
    write_private(folder / DESCRIPTION_FILE, json.dumps(kept, ensure_ascii=False).encode())


def _kept(folder: Path) -> dict[str, Any]:
    """Return the descriptions by language; {} if the file is missing or damaged."""
    try:
        kept = json.loads(read_limited(folder / DESCRIPTION_FILE, 4 * 1024 * 1024))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
