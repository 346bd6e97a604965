"""The texts of a letter, from its row or from a file: subjects and bodies by language.

On a line of its own, ``{tapaamiset}`` (``{möten}``, ``{meetings}``) marks where the template lists
the coming meetings in the reader's area.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace

from register.book.errors import UsageError
from register.book.phrase import Phrase
from register.book.schema import LANGUAGES, Language, schema
from register.book.table import Book
from register.letters.merge_fields import Pieces, fields_in
from register.letters.own_words import (
    PersonalText,
    own_markdown,
    read_attachments_cell,
    read_cell,
)
from register.people.mailings import LetterRow

_MEETINGS = re.compile(r"(?im)^[ \t]*\{(?:tapaamiset|möten|meetings)\}[ \t]*$")
_OF_A_MEETING = frozenset(("meeting", "date", "time", "place", "rsvp_by"))
_LONGEST_SUBJECT = 150

Drafts = Mapping[str, str]
"""Texts of letters by file name: ``joulukuu.sv.md``, ``joulukuu.md``."""

_NO_MEETING = "{column}: a letter is about no meeting, so the fields of one are not filled in."
_SUBJECT = "{column}: a subject is one line of at most {most} characters, without fields."


@dataclass(frozen=True, slots=True)
class LetterWords:
    """The texts of a letter: subjects, and the body before and after the list of meetings.

    ``main`` is the language whose text readers of other languages get. ``name`` is the subject
    where a language has none. ``listing`` are the languages whose text has the list of meetings.
    """

    name: str
    subjects: Mapping[Language, str]
    texts: Mapping[Language, tuple[Pieces, Pieces]]
    main: Language
    listing: frozenset[Language]
    attachments: tuple[str, ...]
    links: tuple[str, ...]

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
        language = reader if reader in self.texts else self.main
        before, after = (
            PersonalText(text, values(language)) if text else "" for text in self.texts[language]
        )
        return SimpleNamespace(
            subject=self.subjects.get(reader) or self.subjects.get(language) or self.name,
            language=language if language != reader else "",
            before=before,
            after=after,
            lists_meetings=language in self.listing,
            attachments=self.attachments if attached else (),
            links=self.links,
        )


def with_file(row: LetterRow, drafts: Drafts, language: Language) -> LetterRow:
    """Return a letter's row, its empty text and subject cells filled from its file.

    ``name.fi.md`` is for one language, ``name.md`` for ``language``, the register's. A first line
    ``# …`` is the subject. Raises UsageError where the row names a file that does not exist.
    """
    name = re.sub(r"(\.(fi|sv|en))?\.md$", "", row.file.strip())
    if not name:
        return row
    found = {one: drafts[file] for one in LANGUAGES if (file := f"{name}.{one}.md") in drafts}
    if f"{name}.md" in drafts:
        found.setdefault(language, drafts[f"{name}.md"])
    if not found:
        raise UsageError(
            "There is no file {file} for the letter “{name}”.",
            remedy="Write it into the folder “own” of the templates, or empty"
            " {column:letters.file}.",
            file=f"{name[:60]}.{language}.md",
            name=row.name,
        )
    cells: dict[str, str] = {}
    for one, text in found.items():
        first, _, rest = text.strip().partition("\n")
        subject = first.removeprefix("#").strip() if first.startswith("# ") else ""
        cells[f"text_{one}"] = getattr(row, f"text_{one}") or (rest if subject else text).strip()
        cells[f"subject_{one}"] = getattr(row, f"subject_{one}") or subject
    return replace(row, **cells)


def read_letter_words(book: Book, row: LetterRow, allowed: Iterable[str]) -> LetterWords:
    """Return a letter's texts; raise UsageError that names every unusable cell.

    ``allowed`` are the addresses that it may link to, as Markdown writes them; addresses in the
    attachments column are allowed too.
    """
    faults: list[Phrase] = []
    attachments, links = read_attachments_cell(book, row, faults)
    allowed = (*allowed, *map(own_markdown().normalizeLink, links))
    texts: dict[Language, tuple[Pieces, Pieces]] = {}
    listing: set[Language] = set()
    for one in LANGUAGES:
        key = f"text_{one}"
        if not (cell := getattr(row, key).strip()):
            continue
        before, found, after = _apart(cell)
        if found:
            listing.add(one)
        both = [replace(row, **{key: part}) for part in (before, after)]
        first, second = (read_cell(book, part, key, allowed, faults) for part in both)
        texts[one] = first, second
        if any(field.key in _OF_A_MEETING for field in fields_in((*first, *second))):
            faults.append((_NO_MEETING, {"column": _header(book, key)}))
    faults += _subject_faults(book, row)
    main = next((one for one in (book.language, *LANGUAGES) if one in texts), None)
    if not texts and not faults:
        faults.append(("{column} is empty.", {"column": _header(book, f"text_{book.language}")}))
    if faults or main is None:
        raise UsageError(
            "The letter “{name}” cannot be sent:",
            remedy="Correct the cells named here in the tab {tab:letters}.",
            faults=faults,
            name=row.name,
        )
    subjects = {one: getattr(row, f"subject_{one}").strip() for one in LANGUAGES}
    return LetterWords(*(row.name, subjects, texts, main, frozenset(listing), attachments, links))


def _subject_faults(book: Book, row: LetterRow) -> Iterable[Phrase]:
    for key in ("name", *(f"subject_{one}" for one in LANGUAGES)):
        text = getattr(row, key)
        if len(text) > _LONGEST_SUBJECT or re.search(r"[{}\n\r]", text):
            yield _SUBJECT, {"column": _header(book, key), "most": _LONGEST_SUBJECT}


def _apart(cell: str) -> tuple[str, bool, str]:
    """Return the text before the line that lists meetings, whether there is one, and the rest."""
    found = _MEETINGS.search(cell)
    return (cell[: found.start()], True, cell[found.end() :]) if found else (cell, False, "")


def _header(book: Book, key: str) -> str:
    return schema().tab("letters").column(key).headers[book.language]
