"""Adjusts a workbook's formulas when whole rows of a tab are moved, so they name the same rows.

A reference to one row follows it; a reference to several rows stays, since it covers a list.
openpyxl's tokenizer finds the references (https://openpyxl.readthedocs.io/en/stable/formula.html).
"""

import re
from collections.abc import Mapping
from xml.sax.saxutils import unescape

from register.book.errors import BookUnreadable
from register.stores.sheet_xml import escape_xml

_FORMULA = re.compile(
    rb'(<(?:\w+:)?c\b[^>]*?\sr=")([A-Z]+)(\d+)("[^>]*>\s*)'
    rb"<((?:\w+:)?f)\b([^>]*?)(?:/>|>([^<]*)</\5>)"
)
_SHARED = re.compile(rb'\st="shared"')
_INDEX = re.compile(rb'\ssi="(\d+)"')
_ARRAY = re.compile(rb'\st="array"')
_SPAN = re.compile(rb'\sref="[A-Z]+(\d+)(?::[A-Z]+(\d+))?"')
_OF_SHARED = re.compile(rb'\s(?:t|si|ref)="[^"]*"')
_REFERENCE = re.compile(
    r"((?:.*!)?)(\$?[A-Z]{0,3}\$?)(\d+)(?::(\$?[A-Z]{0,3}\$?)(\d+))?", re.DOTALL
)

Numbers = Mapping[int, int]
"""The new numbers of moved rows by their old ones; rows that stay are left out."""


def moved_formulas(xml: bytes, title: str, numbers: Numbers, *, own: bool) -> bytes:
    """Return a tab's XML with references to moved rows of the tab ``title`` adjusted.

    ``own`` is True if the XML is that tab's; each cell of a filled-down (shared) formula then gets
    a formula of its own. Raises BookUnreadable if one formula fills cells of several rows that
    move.
    """
    if not own and title.encode() not in xml and escape_xml(title) not in xml:
        return xml
    masters = {
        index[1]: (found[7], found[2] + found[3])
        for found in _FORMULA.finditer(xml)
        if found[7] and _SHARED.search(found[6]) and (index := _INDEX.search(found[6]))
    }

    def moved(found: re.Match[bytes]) -> bytes:
        start, attributes, text = b"".join(found.group(1, 2, 3, 4)), found[6], found[7] or b""
        row = int(found[3])
        if _ARRAY.search(attributes) and own and _is_torn(attributes, numbers):
            raise cannot_move()
        shared = _SHARED.search(attributes) and _INDEX.search(attributes)
        if shared and shared[1] in masters:
            master, origin = masters[shared[1]]
            if own or moved_reference(master, title, numbers) != master:
                text = text or _translated(master, origin, found[2] + found[3])
                attributes = _OF_SHARED.sub(b"", attributes)
        new = moved_reference(text, title, numbers, own=own)
        if own and _ARRAY.search(attributes):
            there = b' ref="' + found[2] + str(numbers.get(row, row)).encode() + b'"'
            attributes = _SPAN.sub(there, attributes) if row in numbers else attributes
        if (attributes, new) == (found[6], found[7] or b""):
            return found[0]
        return start + b"<" + found[5] + attributes + b">" + new + b"</" + found[5] + b">"

    return _FORMULA.sub(moved, xml)


def moved_reference(text: bytes, title: str, numbers: Numbers, *, own: bool = False) -> bytes:
    """Return a formula, in XML form, with references to moved rows of the tab ``title`` adjusted.

    ``own`` is True if the formula is in that tab, where a reference need not name the tab.
    """
    if not re.search(rb"\d", text) or not (own or escape_xml(title) in text):
        return text
    from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

    quoted = "'" + title.replace("'", "''") + "'"

    def moved(found: re.Match[str]) -> str:
        tab, left, top, right, bottom = found.groups()
        mine = tab[:-1] in (title, quoted) if tab else own
        row = int(top)
        if not mine or row not in numbers or bottom not in (None, top):
            return found[0]
        end = "" if bottom is None else f":{right}{numbers[row]}"
        return f"{tab}{left}{numbers[row]}{end}"

    try:
        formula = Tokenizer("=" + unescape(text.decode()))
    except TokenizerError as fault:
        raise cannot_move() from fault
    changed = False
    for token in formula.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            found = _REFERENCE.fullmatch(token.value)
            new = moved(found) if found else token.value
            changed |= new != token.value
            token.value = new
    return escape_xml("".join(token.value for token in formula.items)) if changed else text


def shifted_formula(text: bytes, top: int, now: int) -> bytes:
    """Return a rule's formula, in XML form, after its first row changed from ``top`` to ``now``."""
    return text if top == now else _translated(text, f"A{top}".encode(), f"A{now}".encode())


def _translated(text: bytes, origin: bytes, cell: bytes) -> bytes:
    """Return the formula of one cell as filled into another."""
    from openpyxl.formula.translate import Translator

    formula = Translator("=" + unescape(text.decode()), origin.decode())
    return escape_xml(formula.translate_formula(cell.decode())[1:])


def _is_torn(attributes: bytes, numbers: Numbers) -> bool:
    span = _SPAN.search(attributes)
    if span is None or span[2] in (None, span[1]):
        return False
    return any(row in numbers for row in range(int(span[1]), int(span[2]) + 1))


def cannot_move() -> BookUnreadable:
    """Return the error for cells of several rows that cannot be separated."""
    return BookUnreadable(
        "Cells of several rows are merged, or share a formula; the rows were left as they are.",
        remedy="Split the merged cells, or give each row its own formula.",
    )
