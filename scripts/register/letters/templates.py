"""Letter templates: files named ``<kind>.<language>.md.j2`` in one folder, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from register.book.errors import UsageError

FRAME = "mail.html.j2"
"""The template that a letter's HTML stands in."""

_MAX_BYTES = 64_000
"""A larger template file is not read."""

_HEADERS = ("subject", "preheader", "from-name")
"""What a letter's front matter must say, one line each."""

Templates = Mapping[str, str]
"""Sources by file name."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}\.j2")
_FENCE = "---"


def read_templates(folder: Path) -> Templates:
    """Return the sources of all templates of a folder; links that lead out of it are passed over.

    Raises UsageError where the folder or a template cannot be read, or a template is too large.
    """
    try:
        inside = folder.resolve(strict=True)
        files = [
            path
            for path in sorted(inside.iterdir())
            if _NAME.fullmatch(path.name) and path.resolve().parent == inside
        ]
        large = [path.name for path in files if path.stat().st_size > _MAX_BYTES]
        sources = {path.name: path.read_text(encoding="utf-8") for path in files if not large}
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            "The letter templates cannot be read from {folder}: {fault}",
            remedy="Name their folder in the configuration: [letters] templates.",
            folder=str(folder),
            fault=fault,
        ) from fault
    if large:
        raise UsageError(
            "The letter template {file} is larger than {limit} bytes.",
            remedy="Make it shorter; pictures and long attachments are not letters.",
            file=large[0],
            limit=_MAX_BYTES,
        )
    return sources


@dataclass(frozen=True, slots=True)
class Source:
    """One letter's template: its headers and body, each with the line that it begins at."""

    name: str
    headers: Mapping[str, tuple[int, str]]
    body: str
    line: int


def letter_source(templates: Templates, kind: str, language: str) -> Source:
    """Return the template of a kind of letter in a language, its front matter taken apart.

    Raises UsageError where there is no such template or its front matter lacks something.
    """
    name = f"{kind}.{language}.md.j2"
    if name not in templates:
        raise UsageError(
            "There is no letter template {file}.",
            remedy="Write it, or choose another kind in the meeting's row. There are: {known}.",
            file=name,
            known=", ".join(sorted({one.split(".")[0] for one in templates if ".md." in one})),
        )
    lines = templates[name].splitlines()
    headers: dict[str, tuple[int, str]] = {}
    end = 0
    if lines and lines[0].strip() == _FENCE:
        for number, line in enumerate(lines[1:], start=2):
            if line.strip() == _FENCE:
                end = number
                break
            key, _, value = line.partition(":")
            headers[key.strip().lower()] = (number, value.strip())
    missing = [key for key in _HEADERS if not headers.get(key, (0, ""))[1]]
    if not end or missing:
        raise UsageError(
            "The letter template {file} must begin with {wanted} between two lines of “---”.",
            remedy="Compare it with templates/letters/invitation.fi.md.j2.",
            file=name,
            wanted=", ".join(missing or _HEADERS),
        )
    return Source(name, headers, "\n".join(lines[end:]), end + 1)
