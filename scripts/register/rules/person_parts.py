"""A name's cells hold the name alone: titles, former names, the other part stand elsewhere."""

from collections.abc import Iterator, Mapping

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import live_cells
from register.rules.rule import RuleContext, is_blank
from register.values.person_name import first_names, split_name
from register.values.text import tidy

_LONGEST = 120


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the name cells that contain a title, a former name, or both parts of the name."""
    table = book.table("people")
    for column in ("first", "last"):
        for row_id, cell in live_cells(table, column):
            if (" " not in cell and "," not in cell) or len(cell) > _LONGEST:
                continue
            if found := _judged(table.row(row_id), column):
                code, value, detail, others = found
                if all(table.has(other) for other, _ in others):
                    yield Finding(*("people", row_id, column, code, cell, value, detail, others))


def _judged(
    row: Mapping[str, str], column: str
) -> tuple[str, str, str, tuple[tuple[str, str], ...]] | None:
    cell = tidy(row[column])
    first, last, former, title = split_name(cell)
    name = f"{first} {last}".strip()
    alone = is_blank(row.get("last" if column == "first" else "first", ""))
    if former and name and is_blank(row.get("former_name", "")):
        return "name-former", _kept(cell, name, former, title), former, (("former_name", former),)
    if title and name and not former:
        return "name-title", _kept(cell, name, former, title), title, ()
    if alone and first and last and _is_both(first, last):
        value, other = (first, last) if column == "first" else (last, first)
        beside = "last" if column == "first" else "first"
        return "name-in-one-cell", value, f"{first} {last}", ((beside, other),)
    return None


def _kept(cell: str, name: str, former: str, title: str) -> str:
    """Return the words of a cell in their order, without the title and the former name."""
    words = name.split()
    return " ".join(word for word in cell.replace(",", " ").split() if word in words) or name


def _is_both(first: str, last: str) -> bool:
    known = [part in first_names() for part in first.casefold().replace("-", " ").split()]
    return all(known) and not any(part in first_names() for part in last.casefold().split())
