"""Reads a value that a person gives in ``review``, by the rule of its column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from register.book.finding import Finding
from register.book.personal_identity_code import find_identity_codes
from register.book.schema import Column, schema
from register.book.table import Book
from register.review.question import Cell
from register.rules import references as reference_rule, rule_catalogue
from register.rules.readings import reader
from register.rules.sentences import finding_sentence
from register.values.text import tidy
from register.words.sentences import Sentences

_EMPTY = ("–", "-", "—")
"""The marks for an empty cell in a proposal of several cells."""


@dataclass(frozen=True, slots=True)
class ValueRefusal:
    """Why something cannot be done: a sentence in the register's language."""

    said: str


def read_values(
    book: Book, fields: Sequence[Cell], text: str, say: Sentences
) -> dict[Cell, str] | ValueRefusal:
    """Return the value of each cell that a text gives, or why it cannot be used.

    For one cell the text is its value. For several cells each value follows its header, as in the
    proposal: ``Etunimi: Matti; Sukunimi: Virtanen``. All of them must be there.
    """
    headers = {field: _headers(field) for field in fields}
    parts = _parts(text, [name for names in headers.values() for name in names])
    if parts is None and len(fields) == 1:
        parts = dict.fromkeys(headers[fields[0]], text)
    values: dict[Cell, str] = {}
    for field, names in headers.items():
        given = [parts[name] for name in names if parts and name in parts]
        if not given:
            shape = "; ".join(f"{say.header(tab, column)}: …" for tab, _, column in fields)
            return ValueRefusal(
                say("“{text}” cannot be used. Write it like this: {shape}.", text=text, shape=shape)
            )
        one = given[0].strip()
        if len(fields) > 1 and one in ("", *_EMPTY):
            values[field] = ""
            continue
        value = read_value(book, field, one, say)
        if isinstance(value, ValueRefusal):
            return value
        values[field] = value
    return values


def read_value(book: Book, field: Cell, text: str, say: Sentences) -> str | ValueRefusal:
    """Return a text in the canonical form of a cell's column, or why it cannot be used.

    A text with a personal identity code is always refused.
    """
    tab, row_id, key = field
    column = schema().tab(tab).column(key)
    if any(span.certain for span in find_identity_codes(text)):
        return _refused(say, field, "", say("A personal identity code is not kept here."))
    if column.type in ("ref", "refs"):
        reading = reference_rule.read_reference(book, column, text)
    else:
        read = reader(book, column)
        if read is None:
            return tidy(text)
        place = book.table(tab).cell(row_id, "municipality")
        reading = read(text, place if column.type == "postal_code" else "")
    if reading.value and not reading.problem:
        return reading.value
    if not reading.problem:
        return _refused(say, field, text, say("Nothing can be read in it."))
    if reading.problem not in rule_catalogue():
        return _refused(say, field, text, say("It is not of the form that this column has."))
    finding = Finding(
        *(tab, row_id, key, reading.problem, text),
        suggestion=reading.suggestion,
        detail=reading.detail,
    )
    return _refused(say, field, "", finding_sentence(say, finding, book, named=False))


def names_value(column: Column) -> bool:
    """Whether a column has a fixed list of values: a "yes" may then be the value itself."""
    return bool(column.enum_keys)


def _refused(say: Sentences, field: Cell, text: str, why: str) -> ValueRefusal:
    header = say.header(field[0], field[2])
    if text:
        return ValueRefusal(
            say("“{text}” was not written into {column}: {why}", text=text, column=header, why=why)
        )
    return ValueRefusal(say("Nothing was written into {column}: {why}", column=header, why=why))


def _headers(field: Cell) -> tuple[str, ...]:
    return tuple(schema().tab(field[0]).column(field[2]).headers.values())


def _parts(text: str, headers: Sequence[str]) -> dict[str, str] | None:
    """Return a text's parts by the header before each, None if it does not begin with a header."""
    names = "|".join(re.escape(name) for name in sorted(set(headers), key=len, reverse=True))
    found = list(re.finditer(rf"(?:^|;)\s*({names})\s*:", text, re.IGNORECASE))
    if not found or text[: found[0].start()].strip():
        return None
    known = {name.casefold(): name for name in headers}
    ends = [one.start() for one in found[1:]] + [len(text)]
    return {
        known[one[1].casefold()]: text[one.end() : end].strip()
        for one, end in zip(found, ends, strict=True)
    }
