"""Letter templates: files named ``<kind>.<language>.md.j2`` in one folder, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from register.errors import UsageError
from register.letters.leftovers import is_empty, leftovers

FRAME = "mail.html.j2"
"""The template that a letter's HTML stands in."""

MAX_BYTES = 64_000
"""A larger template file is not read."""

HEADERS = ("subject", "preheader", "from-name")
"""What a letter's front matter must say, one line each."""

Templates = Mapping[str, str]
"""Sources by file name."""

MAX_FAULTS = 10
"""So many faults of a template are told at once."""

Fault = tuple[str, Mapping[str, object]]
"""A sentence (msgid) and the values that fill it."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}\.j2")
_FENCE = "---"
_INCLUDED = re.compile(r"""\{%-?\+?\s*include\s*["']([^"']+)["']""")
_SHOWN = 80


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
        large = [path.name for path in files if path.stat().st_size > MAX_BYTES]
        sources = {path.name: _decoded(path.name, path.read_bytes()) for path in files if not large}
    except OSError as fault:
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
            limit=MAX_BYTES,
        )
    return sources


def _decoded(name: str, data: bytes) -> str:
    """Return a file's text; Notepad's byte order mark is no part of it."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data
    try:
        if not wide:
            return data.decode("utf-8-sig")
        before = ""
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8-sig")
    raise UsageError(
        "The letter template {file} is not written in UTF-8 (line {line}).",
        remedy="Save it anew as UTF-8: in Notepad, File, Save as, Encoding.",
        file=name,
        line=before.count("\n") + 1,
    )


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
    headers, end, unknown = _front_matter(lines)
    missing = [key for key in HEADERS if not headers.get(key, (0, ""))[1]]
    if not end or missing:
        raise UsageError(
            "The letter template {file} must begin with {wanted} between two lines of “---”.",
            remedy="Compare it with templates/letters/invitation.fi.md.j2.",
            file=name,
            wanted=", ".join(missing or HEADERS),
        )
    body = "\n".join(lines[end:])
    faults = [*unknown, *_unfinished(templates, name)]
    if is_empty(body):
        faults.append(
            ("{file}, line {line}: the letter is empty.", {"file": name, "line": end + 1})
        )
    if faults:
        raise UsageError(
            "The letter template {file} is not ready; no letter is written.",
            remedy="Correct the lines that are named, then give the command again.",
            faults=faults[:MAX_FAULTS],
            file=name,
        )
    return Source(name, headers, body, end + 1)


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, tuple[int, str]], int, list[Fault]]:
    """Return the headers, each with its line; the line that ends them; the lines that are none.

    The end is 0 where there is none.
    """
    headers: dict[str, tuple[int, str]] = {}
    unknown: list[Fault] = []
    if not lines or lines[0].strip() != _FENCE:
        return headers, 0, unknown
    for number, line in enumerate(lines[1:], start=2):
        text = line.strip()
        if text == _FENCE:
            return headers, number, unknown
        key, _, value = text.partition(":")
        key = key.strip().lower()
        if key in HEADERS and key not in headers:
            headers[key] = (number, value.strip())
        elif text:
            values = {"line": number, "text": text[:_SHOWN], "known": list(HEADERS)}
            unknown.append(
                ("Line {line}: “{text}” is not one of {known}, or is there twice.", values)
            )
    return headers, 0, unknown


def _unfinished(templates: Templates, name: str) -> Iterator[Fault]:
    """Yield what a letter and the files that it includes have left to be filled in."""
    included = dict.fromkeys(_INCLUDED.findall(templates[name]))
    for one in (name, *(file for file in included if file in templates)):
        for line, text in leftovers(templates[one]):
            yield (
                "{file}, line {line}: “{text}” is still to be filled in.",
                {"file": one, "line": line, "text": text},
            )
