"""The texts of a letter in a meeting's row: introduction, programme, details, attachments.

Anyone who can edit the sheet can write them, so each is parsed separately with a small subset of
Markdown: paragraphs, lists, quotations, headings, bold, italics and links. Everything else is plain
text. Line breaks are kept, as in the cell.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from types import SimpleNamespace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from register.book.errors import UsageError
from register.book.phrase import Phrase
from register.book.schema import LANGUAGES, Language, schema
from register.book.table import Book
from register.letters.links import foreign_links
from register.letters.merge_fields import (
    MergeField,
    Pieces,
    StrayField,
    known_fields,
    nearest_field,
    read_fields,
)
from register.letters.plain import plain_text
from register.letters.untrusted import untrusted_lines
from register.people.mailings import LetterRow, ReleasedRow
from register.people.meetings import Meeting
from register.values import url

LONGEST = 10_000
"""Maximum length of a cell (characters)."""

_TEXTS = (*(f"introduction_{one}" for one in LANGUAGES), "details", "programme")
_MOST_ITEMS = 100
_DEEPEST = 8
"""Maximum nesting of lists and quotations (levels of markdown-it)."""

_SCHEMES = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:(?:klo|kl|at)\.?\s+)?([01]?\d|2[0-4])[.:]([0-5]\d)"
    r"(?:\s*[-–—]\s*([01]?\d|2[0-4])[.:]([0-5]\d))?(?![\d.])[\s:–—-]*(.*)",
    re.IGNORECASE,
)
_NAMES_APART = re.compile(r"\n|;|(?<=\.\w{3})\s*,|(?<=\.\w{4})\s*,")
_BRACES = re.compile(r"\{[^{}\n]*\}")
_WEB = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)

_LINK = (
    "{column} links to {link}. Write the address into {column:meetings.attachments}, or have it"
    " added to [letters] allowed_links."
)

_LONG = "{column} holds more than {most} characters."


@dataclass(frozen=True, slots=True)
class PersonalText:
    """A text from the sheet as one reader sees it: its pieces, and the values of its fields."""

    pieces: Pieces
    values: Mapping[str, str]

    @property
    def lacking(self) -> bool:
        """Whether any field has neither a value for this reader nor a fallback."""
        return any(
            isinstance(one, MergeField) and not (self.values[one.key] or one.instead)
            for one in self.pieces
        )


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """An item of a programme; ``start`` and ``end`` may be None, ``speaker`` ''."""

    start: time | None
    end: time | None
    title: str
    speaker: str

    def clock(self, language: Language) -> str:
        """Return ``17.00–17.30``, in English ``17:00–17:30``; '' where there is no time."""
        sign = ":" if language == "en" else "."
        times = (one for one in (self.start, self.end) if one)
        return "–".join(f"{one.hour}{sign}{one.minute:02}" for one in times)

    def line(self, language: Language) -> str:
        """Return the item as one line: ``17.00 Tervetuloa / Anna Aalto``."""
        title = " / ".join(filter(None, (self.title, self.speaker)))
        return f"{self.clock(language)} {title}".strip()


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The texts of a letter in a meeting's row; all may be missing.

    ``main`` is the language of the introduction that readers of other languages get, or None.
    """

    introductions: Mapping[Language, Pieces] = field(default_factory=dict)
    main: Language | None = None
    programme: tuple[ProgrammeItem, ...] = ()
    details: Pieces = ()
    attachments: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def left_out(self, template: str) -> Iterator[str]:
        """Yield the column keys with a text that a template, with its includes, never shows."""
        said = {
            "introduction": self.main,
            "programme": self.programme,
            "details": self.details,
            "attachments": self.links,
        }
        for key, value in said.items():
            word = "links" if key == "attachments" else key
            if value and f"words.{word}" not in template:
                yield f"introduction_{self.main}" if key == "introduction" else key

    def language(self, reader: Language) -> Language | None:
        """Return the language of the introduction that a reader gets; None if there is none."""
        return reader if reader in self.introductions else self.main

    def shown(
        self,
        reader: Language,
        values: Callable[[Language], Mapping[str, str]],
        *,
        attached: bool = True,
    ) -> SimpleNamespace:
        """Return what a template shows a reader; ``values`` returns the fields' values by language.

        ``attached`` says whether the files go with the letter.
        """
        language = self.language(reader)
        return SimpleNamespace(
            introduction=PersonalText(self.introductions[language], values(language))
            if language
            else "",
            language=language if language != reader else "",
            programme=_items(self.programme, reader),
            details=PersonalText(self.details, values(self.main or reader)) if self.details else "",
            attachments=self.attachments if attached else (),
            links=self.links,
        )


def preview_remarks(words: object) -> Iterator[str]:
    """Yield the codes of a preview's remarks on a reader's ``words``."""
    texts = [getattr(words, key, "") for key in ("introduction", "details", "before", "after")]
    if getattr(words, "language", ""):
        yield "other-language"
    if any(isinstance(one, PersonalText) and one.lacking for one in texts):
        yield "empty-field"


@cache
def _items(programme: tuple[ProgrammeItem, ...], language: Language) -> tuple[SimpleNamespace, ...]:
    return tuple(
        SimpleNamespace(time=one.clock(language), title=one.title, speaker=one.speaker)
        for one in programme
    )


class _OwnMarkdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return bool(_SCHEMES.match(url))


@cache
def own_markdown() -> MarkdownIt:
    """Return the Markdown parser for texts from the sheet."""
    return _OwnMarkdown("zero").enable(
        ["heading", "list", "blockquote", "emphasis", "link", "autolink", "newline", "escape"]
    )


def own_tokens(source: str) -> list[Token]:
    """Parse a text from the sheet: line breaks are kept, headings are one level lower."""
    tokens = own_markdown().parse(source)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 3)}"
        for child in token.children or ():
            if child.type == "softbreak":
                child.type, child.tag = "hardbreak", "br"
    return tokens


def read_programme(cell: str) -> tuple[ProgrammeItem, ...]:
    """Return a programme's items, one a line; a line without a time is an item too."""
    return tuple(
        _item(line) for line in untrusted_lines(cell[:LONGEST]).split("\n") if line.strip("-–*• ")
    )


def _item(line: str) -> ProgrammeItem:
    plain = " ".join(line.split()).lstrip("-–*• ")
    found = _ITEM.fullmatch(plain)
    start, end = (_clock(found[1], found[2]), _clock(found[3], found[4])) if found else (None, None)
    words = found[5] if found and start else plain
    title, _, speaker = words.rpartition(" / ") if " / " in words else (words, "", "")
    return ProgrammeItem(start, end, title.strip(), speaker.strip())


def _clock(hour: str | None, minute: str | None) -> time | None:
    if hour is None or minute is None:
        return None
    return time(int(hour) % 24, int(minute))


def parse_own_words(
    book: Book,
    row: Meeting,
    allowed: Iterable[str],
    files: str = "attachments",
    *,
    texts: bool = True,
) -> OwnWords:
    """Return the texts in a meeting's row, with the files and links of the column ``files``.

    Without ``texts`` only the files and links are read. ``allowed`` are the addresses that a letter
    may link to, as Markdown writes them; addresses in the attachments column are allowed too.
    Raises UsageError that names every unusable cell.
    """
    faults: list[Phrase] = []
    attachments, links = read_attachments_cell(book, row, faults, files)
    allowed = (*allowed, *map(own_markdown().normalizeLink, links))
    said = {key: read_cell(book, row, key, allowed, faults) for key in _TEXTS if texts}
    if faults:
        raise UsageError(
            "The letter’s own words of {meeting} cannot be sent:",
            remedy="Correct the cells named here in the tab {tab:meetings}.",
            faults=faults,
            meeting=row.id,
        )
    introductions = {one: text for one in LANGUAGES if (text := said.get(f"introduction_{one}"))}
    main = next((one for one in (book.language, *LANGUAGES) if one in introductions), None)
    programme = read_programme(row.programme) if texts else ()
    return OwnWords(introductions, main, programme, said.get("details", ()), attachments, links)


def read_cell(
    book: Book, row: ReleasedRow, key: str, allowed: Iterable[str], faults: list[Phrase]
) -> Pieces:
    """Return the text of a cell, () where it is unusable; the reasons are added to ``faults``."""
    cell = getattr(row, key)
    found = [*_faults(cell, key, book.language)]
    pieces: Pieces = ()
    if not found:
        source = untrusted_lines(cell).strip("\n ")
        found += [(_LINK, {"link": one}) for one in foreign_links(*_links(source), allowed)]
        pieces = read_fields(source)
    header = schema().tab(row.tab).column(key).headers[book.language]
    faults += [(text, {**values, "column": header}) for text, values in found]
    return pieces


def _links(source: str) -> tuple[list[str], str]:
    """Return the links of a Markdown text, and its plain text."""
    tokens = own_tokens(source)
    inside = [child for token in tokens for child in token.children or ()]
    links = [str(one.attrGet("href") or "") for one in inside if one.type == "link_open"]
    return links, plain_text(tokens)


def read_attachments_cell(
    book: Book, row: ReleasedRow, faults: list[Phrase], key: str = "attachments"
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the file names and links of a cell; adds invalid links and length to ``faults``."""
    files: list[str] = []
    links: list[str] = []
    cell = getattr(row, key)
    column = schema().tab(row.tab).column(key).headers[book.language]
    if len(cell) > LONGEST:
        faults.append((_LONG, {"column": column, "most": LONGEST}))
        return (), ()
    for one in _parts(cell):
        if not _WEB.match(one):
            files.append(one)
            continue
        reading = url.read(one)
        if link := reading.value or reading.suggestion:
            links.append(link)
        else:
            faults.append(
                ("{column}: “{link}” is not a web address.", {"column": column, "link": one})
            )
    return tuple(dict.fromkeys(files)), tuple(dict.fromkeys(links))


def own_word_sources(book: Book) -> dict[str, str]:
    """Return the sheet's own texts as letter sources: replies may quote them.

    The keys are names like those of templates; fields are written as in templates.
    """
    texts = tuple(f"text_{one}" for one in LANGUAGES)
    rows: list[tuple[ReleasedRow, tuple[str, ...]]]
    rows = [(row, _TEXTS) for row in Meeting.all(book).values()]
    rows += [(row, texts) for row in LetterRow.all(book).values()]
    return {
        f"{row.id}.{key}.j2": _BRACES.sub("{{ field }}", untrusted_lines(cell[:LONGEST]))
        for row, its in rows
        for key in its
        if (cell := getattr(row, key))
    }


def attachment_names(cell: str) -> tuple[str, ...]:
    """Return the file names in an attachments cell, each once."""
    return tuple(dict.fromkeys(one for one in _parts(cell) if not _WEB.match(one)))


def _parts(cell: str) -> Iterator[str]:
    parts = (one.strip() for one in _NAMES_APART.split(untrusted_lines(cell[:LONGEST])))
    return (one for one in parts if one)


def _faults(cell: str, key: str, language: Language) -> Iterator[Phrase]:
    """Yield the reasons why a cell cannot be part of a letter."""
    if len(cell) > LONGEST:
        yield _LONG, {"most": LONGEST}
        return
    source = untrusted_lines(cell)
    try:
        pieces = read_fields(source)
    except StrayField as stray:
        near = nearest_field(stray.text)
        known = [near] if near else known_fields(language)
        yield (
            "{column}: “{text}” is no field that is filled in. There is: {known}.",
            {"text": stray.text, "known": known},
        )
        return
    if key == "programme":
        if any(isinstance(one, MergeField) for one in pieces):
            yield "{column}: fields are not filled in here.", {}
        if len(source.split("\n")) > _MOST_ITEMS:
            yield "{column} holds more than {most} lines.", {"most": _MOST_ITEMS}
    elif max((token.level for token in own_markdown().parse(source)), default=0) > _DEEPEST:
        yield "{column}: lists or quotations stand too deep in each other.", {}
