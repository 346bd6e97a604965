"""Sentences that people read, in their language; values in them are only ever data."""

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from register.book.cells import cell_text
from register.book.errors import VerkostoError
from register.book.headers import EXTRA
from register.book.schema import Language, schema
from register.book.table import Book
from register.words.catalogue import catalogue
from register.words.display import display_day, display_text

_PLACEHOLDER = re.compile(r"\{(?:(tab|column|word):)?([a-z_.]+)\}")
_REFERENCE_ID = re.compile(r" · [A-Z]-[0-9A-Z]{5}$")
_AT_A_TERMINAL = re.compile(r"--|\.py\b|\bcommand\b")
"""Text in a remedy that only a person at the program's computer can follow."""

_SCRIPT = re.compile(r"\bpython3 scripts/(\w+)\.py\b")
_CHANGING = re.compile(
    r"(python3 scripts/\w+\.py(?: (?!--(?:book|config)\b)[^\s.,;:()]+)*?) --apply\b"
)
_FAULTS_IN_ROW = 5
LONGEST_VALUE = 2_000
LONGEST_SHOWN_CELL = 160
"""The maximum number of characters that a sentence shows of a cell, and of any value."""


class Sentences:
    """Speaks one language: ``say("{count} letters", count=3)``.

    ``given`` are the flags by which a person named the register: commands in sentences that change
    the register are shown with them. ``sheet`` is the language of the register's own titles, where
    it is another one: sentences name its tabs, columns and decisions as they stand there.
    """

    def __init__(
        self, language: Language, given: Sequence[str] = (), *, sheet: Language | None = None
    ) -> None:
        self._given = f" {shlex.join(given)}" if given else ""
        self.language: Language = language
        self._sheet: Language = sheet or language
        self._catalogue = catalogue(language)
        self._locale = Locale.parse("en_GB" if language == "en" else language)
        self._program = os.environ.get("VERKOSTO_COMMAND", "")

    def __call__(self, msgid: str, /, **values: object) -> str:
        """Return a sentence; see :meth:`say`."""
        return self.say(msgid, **values)

    def say(self, msgid: str, /, **values: object) -> str:
        """Return the translation of a sentence with its values; English if there is none.

        The value named ``count`` chooses the plural form, by the rules of the language, and is
        written as the language writes numbers. ``{tab:review}`` becomes the title of the tab,
        ``{column:meetings.area}`` the header of the column, ``{word:ignore}`` the label of a
        decision. Placeholders without a value stay visible; placeholders within a value are never
        filled. If the program is installed as a wheel, its commands are shown by their names there.
        """
        forms = self._catalogue.find(msgid)
        sentence = msgid if forms is None else forms[self._is_plural(values.get("count"))]
        said = _PLACEHOLDER.sub(lambda place: self._filled(place, values), sentence)
        if self._given:
            said = _CHANGING.sub(lambda command: f"{command[1]}{self._given} --apply", said)
        return _SCRIPT.sub(rf"{self._program} \1", said) if self._program else said

    def named(self, context: str, code: str) -> str:
        """Return the short name of a code (a verb, a rule, a reason), or the code if it has none.

        Placeholders for tabs and columns are filled.
        """
        forms = self._catalogue.find(code, context)
        if not forms:
            return display_text(code)
        return _PLACEHOLDER.sub(lambda place: self._filled(place, {}), forms[0])

    def error(self, error: VerkostoError) -> str:
        """Return what is wrong, one line for each fault, and what to do next."""
        lines = [self.say(error.message, **error.values)]
        lines += [f"  - {self.say(msgid, **values)}" for msgid, values in error.faults]
        if error.remedy:
            lines.append(self.say(error.remedy, **error.values))
        return "\n".join(lines)

    def error_in_row(self, error: VerkostoError) -> str:
        """Return an error in one line, for readers who have the sheet but no terminal."""
        faults = error.faults[:_FAULTS_IN_ROW]
        if not (faults and error.message.endswith(":")):
            faults = ((error.message, error.values), *faults)
        said = [self.say(msgid, **values) for msgid, values in faults]
        if _AT_A_TERMINAL.search(error.remedy):
            said.append(self.say("Ask for help from whoever looks after the program."))
        elif error.remedy:
            said.append(self.say(error.remedy, **error.values))
        return " ".join(said)

    def reason(self, reason: str) -> str:
        """Return in words why a cell changed: names of rules, of a step, of evidence."""
        return " + ".join(self._reason(code) for code in reason.split(" + "))

    def row(self, book: Book, tab: str, row_id: str) -> str:
        """Return the name of a row, else its number or id."""
        name = _REFERENCE_ID.sub("", book.row_name(tab, row_id))
        if name.startswith("#"):
            return self.say("row {number}", number=name[1:])
        return display_text(name, limit=LONGEST_SHOWN_CELL)

    def title(self, tab: str) -> str:
        """Return the title of a tab in the reader's language; any other text as it is."""
        return _title(tab, self.language)

    def header(self, tab: str, column: str) -> str:
        """Return a column's header; '' for the whole row; people's own columns as they are."""
        return _header(tab, column, self.language)

    def tab(self, tab: str) -> str:
        """Return the title of a tab as it stands in the register."""
        return _title(tab, self._sheet)

    def column(self, tab: str, column: str) -> str:
        """Return the header of a column as it stands in the register."""
        return _header(tab, column, self._sheet)

    def value(self, tab: str, column: str, value: str) -> str:
        """Return a cell's value as people write it: labels for keys, Finnish dates."""
        known = schema().tabs.get(tab)
        kind = known.column(column) if known and known.has(column) else None
        return display_text(cell_text(kind, value, self.language))

    def label(self, enum: str, key: str) -> str:
        """Return the label of a dropdown's value."""
        return schema().enum(enum).label(key, self.language)

    def alternatives(self, words: Sequence[str]) -> str:
        """Return words to type or choose, each in quotation marks: ”a”, ”b” or ”c”."""
        quoted = [self.say("“{word}”", word=word) for word in words]
        return format_list(quoted, "or", self._locale)

    def enumeration(self, words: Sequence[str]) -> str:
        """Return words as a list in the language: a, b and c."""
        return format_list(words, "standard", self._locale)

    def number(self, number: int) -> str:
        """Return a number with separated thousands: 12 345, in English 12,345."""
        return format_decimal(number, locale=self._locale)

    def _is_plural(self, count: object) -> bool:
        return not isinstance(count, int) or self._locale.plural_form(count) != "one"

    def _reason(self, reason: str) -> str:
        for context in ("rule", "reason", "evidence"):
            if forms := self._catalogue.find(reason, context):
                return forms[0]
        return display_text(reason)

    def _filled(self, place: re.Match[str], values: Mapping[str, object]) -> str:
        match place[1]:
            case "tab":
                return self.tab(place[2])
            case "column":
                return self.column(*place[2].split("."))
            case "word":
                return schema().enum("decision").label(place[2], self._sheet)
        value = values.get(place[2], place)
        if place[2] == "count" and isinstance(value, int):
            return self.number(value)
        return place[0] if value is place else self._text(value)

    def _text(self, value: object) -> str:
        match value:
            case VerkostoError():
                text = self.error(value).replace("\n", " ")
            case OSError() if value.strerror:
                text = value.strerror
            case date():
                text = display_day(value)
            case list() | tuple():
                text = ", ".join(self._text(part) for part in cast(list[object], value))
            case _:
                text = str(value)
        return display_text(text, limit=LONGEST_VALUE)


def _title(tab: str, language: Language) -> str:
    known = schema().tabs.get(tab)
    return known.titles[language] if known else display_text(tab)


def _header(tab: str, column: str, language: Language) -> str:
    known = schema().tabs.get(tab)
    if known and known.has(column):
        return known.column(column).headers[language]
    return display_text(column.removeprefix(EXTRA))
