"""Recognises the address of a Google Sheet, without Google's libraries, which load slowly."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from register.book.errors import UsageError

_KEY = re.compile(r"[A-Za-z0-9_-]{15,200}")
_IN_ADDRESS = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{15,200})(?=/|$)")
_HOSTS = ("docs.google.com", "sheets.google.com", "drive.google.com")


def spreadsheet_key(address: str) -> str:
    """Return the key of a Google Sheet, given its address or the key itself.

    Raises UsageError if the text is neither.
    """
    text = address.strip()
    if _KEY.fullmatch(text):
        return text
    parts = urlsplit(text) if text.isprintable() and text.startswith("https://") else urlsplit("")
    found = _IN_ADDRESS.search(parts.path) if parts.hostname in _HOSTS else None
    if found and found[1] != "e":
        return found[1]
    raise UsageError(
        "This is not the address of a Google Sheet: {address}",
        remedy="Open the sheet in a browser and copy its whole address, which begins "
        "https://docs.google.com/spreadsheets/d/.",
        address=text,
    )


def names_a_sheet(book: str) -> bool:
    """Return True if ``--book`` names a Google Sheet rather than a file."""
    text = book.strip()
    return text.startswith(("https://", "http://")) or bool(
        re.fullmatch(r"[A-Za-z0-9_-]{40,200}", text) and not Path(text).exists()
    )
