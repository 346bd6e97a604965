"""Letter templates: files named ``<kind>.<language>.md.j2`` in one folder, read once.

No reader may ever see a placeholder that was left to be filled in. Every mail merge program has its
own syntax for fields, and a template that was copied from another program shows them. Only Jinja's
own ``{{ … }}`` is filled in here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from register.book.errors import UsageError
from register.book.phrase import Phrase

FRAME = "mail.html.j2"
"""The template of the HTML frame."""

_MAX_BYTES = 64_000
"""Maximum size of a template file (bytes)."""

_HEADERS = ("subject", "preheader", "from-name")
"""Required keys of a letter's front matter, one line each."""

Templates = Mapping[str, str]
"""Template sources by file name."""

_MAX_FAULTS = 10
"""Maximum number of a template's faults reported at once."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}\.j2")
_FENCE = "---"
_INCLUDED = re.compile(r"""\{%-?\+?\s*include\s*["']([^"']+)["']""")
_SHOWN = 80

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WORD = (
    r"nim\w*|etunim\w*|sukunim\w*|osoite|päiv\w*|pvm|kello\w*|aika|paik\w*|aihe|linkki|teksti|tähän"
    r"|täydennä|lisää|kirjoita|järjestö\w*|yhdistys\w*|organisaatio\w*|vastaanottaja|allekirjoitus"
    r"|namn\w*|förnamn\w*|efternamn\w*|adress|datum|klockslag|plats|ort|ämne|länk|här|fyll i|skriv"
    r"|organisation|förening\w*|mottagare|underskrift|\w*name\w*|address|date|time|place|venue|here"
    r"|insert\w*|your|fill in|recipient|signature|subject|link|text|tbd|todo|xx+|\.\.\.|…"
)
_FIELD = r"[A-Za-zÅÄÖåäö_][\w .\-]{0,40}"
_LEFTOVERS = re.compile(
    "|".join(
        (
            r"\{\{\s*\}\}",
            rf"[$#]?\{{{{?\s*{_FIELD}\s*\}}?\}}",
            rf"<<\s*{_FIELD}\s*>>|«\s*{_FIELD}\s*»",
            rf"(?i:<(?:{_WORD})(?: [^<>\n]{{0,40}})?>)",
            rf"%{_FIELD}%|%%{_FIELD}%%|\*\|{_FIELD}\|\*|@@{_FIELD}@@|#[A-ZÅÄÖ_]{{3,40}}#",
            rf"\[\[\s*{_FIELD}\s*\]\]",
            r"\[(?=[^\]\n]*[A-ZÅÄÖ]{2})[A-ZÅÄÖ0-9 _,.:/\-]{3,60}\](?![(\[:])",
            rf"(?i:\[[^\[\]\n]{{0,30}}(?<!\w)(?:{_WORD})(?!\w)[^\[\]\n]{{0,30}}\])(?![(\[:])",
            r"(?<!\w)[Xx]{3,}(?!\w)|(?<!\w)(?:[Xx]{1,2}[.:]){1,2}[Xx]{1,4}(?!\w)",
            r"(?<=\S)[ \t]*_{4,}|_{4,}(?=[ \t]*\S)",
            r"\b[Ll]orem\b|\bipsum dolor\b|\bdolor sit amet\b|\bTODO\b|\bTBD\b|\bFIXME\b",
            r"\b(?:kirjoita|lisää|täydennä) tähän\b|\b(?:skriv|fyll i) här\b|\binsert here\b",
        )
    )
)


def read_templates(folder: Path) -> Templates:
    """Return the sources of all templates of a folder; symbolic links that leave it are skipped.

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
            limit=_MAX_BYTES,
        )
    return sources


def _decoded(name: str, data: bytes) -> str:
    """Return a file's text without a byte order mark; raise UsageError where it is not UTF-8.

    Notepad writes a byte order mark.
    """
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


def read_drafts(folder: Path) -> Templates:
    """Return the letters written as files, ``own/*.md`` in the templates' folder, by file name.

    Raises UsageError where one cannot be read, or is too large.
    """
    try:
        files = sorted((folder / "own").glob("*.md")) if (folder / "own").is_dir() else []
        return {one.name: _decoded(one.name, _bounded(one)) for one in files}
    except OSError as fault:
        raise UsageError(
            "The letter templates cannot be read from {folder}: {fault}",
            remedy="Name their folder in the configuration: [letters] templates.",
            folder=str(folder / "own"),
            fault=fault,
        ) from fault


def _bounded(file: Path) -> bytes:
    with file.open("rb") as stream:
        data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise UsageError(
            "The letter template {file} is larger than {limit} bytes.",
            remedy="Make it shorter; pictures and long attachments are not letters.",
            file=file.name,
            limit=_MAX_BYTES,
        )
    return data


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """One letter's template: its headers and body, each with the line on which it begins."""

    name: str
    headers: Mapping[str, tuple[int, str]]
    body: str
    line: int


def letter_source(templates: Templates, kind: str, language: str) -> TemplateSource:
    """Return the template of a kind of letter in a language, with its front matter parsed.

    Raises UsageError where there is no such template, its front matter is incomplete, its body is
    empty, or a placeholder was left to be filled in.
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
    missing = [key for key in _HEADERS if not headers.get(key, (0, ""))[1]]
    if not end or missing:
        raise UsageError(
            "The letter template {file} must begin with {wanted} between two lines of “---”.",
            remedy="Compare it with templates/letters/invitation.fi.md.j2.",
            file=name,
            wanted=", ".join(missing or _HEADERS),
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
            remedy="Correct the lines that are named.",
            faults=faults[:_MAX_FAULTS],
            file=name,
        )
    return TemplateSource(name, headers, body, end + 1)


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, tuple[int, str]], int, list[Phrase]]:
    """Return the headers with their lines, the line that ends them, and faults of other lines.

    The end is 0 where the front matter is missing or does not end.
    """
    headers: dict[str, tuple[int, str]] = {}
    unknown: list[Phrase] = []
    if not lines or lines[0].strip() != _FENCE:
        return headers, 0, unknown
    for number, line in enumerate(lines[1:], start=2):
        text = line.strip()
        if text == _FENCE:
            return headers, number, unknown
        key, _, value = text.partition(":")
        key = key.strip().lower()
        if key in _HEADERS and key not in headers:
            headers[key] = (number, value.strip())
        elif text:
            values = {"line": number, "text": text[:_SHOWN], "known": list(_HEADERS)}
            unknown.append(
                ("Line {line}: “{text}” is not one of {known}, or is there twice.", values)
            )
    return headers, 0, unknown


def with_includes(templates: Templates, source: TemplateSource) -> str:
    """Return a letter's body together with the files that it includes."""
    included = dict.fromkeys(_INCLUDED.findall(source.body))
    return "\n".join((source.body, *(templates.get(one, "") for one in included)))


def _unfinished(templates: Templates, name: str) -> Iterator[Phrase]:
    """Yield the placeholders left to be filled in, in a letter and the files that it includes."""
    included = dict.fromkeys(_INCLUDED.findall(templates[name]))
    for one in (name, *(file for file in included if file in templates)):
        for line, text in unfilled_placeholders(templates[one]):
            yield (
                "{file}, line {line}: “{text}” is still to be filled in.",
                {"file": one, "line": line, "text": text},
            )


def unfilled_placeholders(source: str) -> Iterator[tuple[int, str]]:
    """Yield ``(line, text)`` of placeholders left to be filled in, except Jinja's own tags."""
    plain = _JINJA.sub(_blanked, source)
    for found in _LEFTOVERS.finditer(plain):
        yield 1 + plain.count("\n", 0, found.start()), found[0].strip()


def is_empty(source: str) -> bool:
    """Return True if a template is blank except for comments and rules."""
    return not re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL).strip(" \t\r\n-_*\u200b\ufeff")


def _blanked(tag: re.Match[str]) -> str:
    """Return a tag blanked out, its line breaks kept; an empty ``{{ }}`` stays a placeholder."""
    if tag[0].startswith("{{") and not tag[0].strip("{} \n"):
        return tag[0]
    return re.sub(r"[^\n]", " ", tag[0])
