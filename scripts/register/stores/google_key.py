"""Recognises a Google key file, without Google's libraries, which load slowly."""

import json
from pathlib import Path
from typing import Literal

from register.book.errors import UsageError
from register.disk import read_limited

KEY = "key.json"
"""The default file name of a key."""

_LONGEST = 2**20


def sign_in_of(path: Path) -> Literal["service-account", "person"]:
    """Return how the key file's owner signs in; raises UsageError if the file is no key.

    ``person`` is an OAuth client for a desktop app: the browser asks once.
    """
    try:
        kind = _kind(path)
    except OSError as fault:
        raise UsageError(
            "The key file {file} cannot be read ({fault}).",
            remedy="Move the file with the key into that folder, or give its whole name.",
            file=str(path),
            fault=fault.strerror or "",
        ) from fault
    if kind is None:
        raise UsageError(
            "The key file {file} is not a JSON key.",
            remedy="Download the key again: Google Cloud > IAM > Service accounts > Keys > Add key "
            "> JSON.",
            file=str(path),
        )
    return kind


def key_beside(folder: Path) -> str:
    """Return the name of the first key file in a folder; ``KEY`` if there is none."""
    for path in sorted(folder.glob("*.json")):
        try:
            if _kind(path):
                return path.name
        except (OSError, UsageError):
            continue
    return KEY


def _kind(path: Path) -> Literal["service-account", "person"] | None:
    try:
        key = json.loads(read_limited(path, _LONGEST))
    except (ValueError, RecursionError):
        return None
    if not isinstance(key, dict):
        return None
    if key.get("type") == "service_account":
        return "service-account"
    return "person" if isinstance(key.get("installed"), dict) else None
