"""The book as the core sees it: each tab a table of strings, with rows found by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Any, TypeVar, cast

from register.book.cells import cell_length
from register.book.change import Change, Conflict
from register.book.groups import dependent_changes
from register.book.hashes import Hashes
from register.book.ids import reference_text
from register.book.plan import Condition, Plan, Witness
from register.book.row_ids import Knows, row_ids
from register.book.schema import Language, Tab, schema

_T = TypeVar("_T")


class Table:
    """One tab: ``cells`` holds the strings of each row by its id, in the order of ``columns``.

    - ``columns``: keys of the schema; a column that people have added is ``+Header``.
    - ``numbers``: the sheet's row number of each row (the header is 1), the id of one without: #7.
    - ``formulas``: cells with a formula, which are never written, and its text without the equals
      sign ('' if unknown).
    - ``notes``: the tool's own notes by ``(row id, column)``, without what people wrote.
    - ``formats``: by ``(row id, column)`` what the cell's dropdown offers (keys, separated by
      spaces), or the target of its link (tab, row id and column), if known.
    """

    __slots__ = (
        *("cells", "columns", "formats", "formulas", "notes", "numbers", "places", "tab"),
        "_made",
    )

    def __init__(
        self,
        tab: Tab,
        columns: Sequence[str],
        cells: Mapping[str, Sequence[str]],
        numbers: Mapping[str, int],
        formulas: Mapping[tuple[str, str], str] | None = None,
        notes: Mapping[tuple[str, str], str] | None = None,
        formats: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.tab = tab
        self.columns = tuple(columns)
        self.cells = cells
        self.places = {key: place for place, key in enumerate(self.columns)}
        self.numbers = numbers
        self.formulas = formulas or {}
        self.notes = notes or {}
        self.formats = formats or {}
        self._made: dict[object, Any] = {}

    def once(self, make: Callable[[Table], _T]) -> _T:
        """Return the result of ``make``, which depends on the cells alone; computed only once."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(_T, self._made[make])

    @classmethod
    def of(
        cls,
        tab: Tab,
        columns: Sequence[str],
        rows: Iterable[tuple[int, Sequence[str]]],
        *,
        formulas: Mapping[tuple[int, str], str] | Iterable[tuple[int, str]] = (),
        notes: Mapping[tuple[int, str], str] | None = None,
        knows: Knows | None = None,
    ) -> Table:
        """Build a table from ``(row number, cells)``; blank rows are left out.

        If two rows have one id, the row that had it in the last run keeps it, or else the upper
        one. The other one goes by its row number, and its id cell stays as it is.
        """
        kept = [(number, cells) for number, cells in rows if any(cells)]
        names = row_ids(tab, columns, kept, knows)
        numbers = {name: number for name, (number, _) in zip(names, kept, strict=True)}
        by_number = {number: name for name, number in numbers.items()}
        texts = formulas if isinstance(formulas, Mapping) else dict.fromkeys(formulas, "")
        live = {(by_number[n], key): text for (n, key), text in texts.items() if n in by_number}
        said = {
            (by_number[n], key): text for (n, key), text in (notes or {}).items() if n in by_number
        }
        held = {name: cells for name, (_, cells) in zip(names, kept, strict=True)}
        return cls(tab, columns, held, numbers, live, said)

    @classmethod
    def empty(cls, tab: Tab) -> Table:
        """Return a tab with all its headers and no rows."""
        return cls.of(tab, [column.key for column in tab.columns], ())

    def __eq__(self, other: object) -> bool:
        """Return True for the same tab, rows, ids and cells; order and row numbers do not count."""
        if not isinstance(other, Table):
            return NotImplemented
        return self.tab.key == other.tab.key and self.records() == other.records()

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.cells)

    def __contains__(self, row_id: str) -> bool:
        return row_id in self.cells

    def has(self, column: str) -> bool:
        """Return True if the sheet has this column."""
        return column in self.places

    def cell(self, row_id: str, column: str) -> str:
        """Return a cell; '' if the row or the column does not exist."""
        if row_id not in self.cells or column not in self.places:
            return ""
        return self.cells[row_id][self.places[column]]

    def column(self, key: str) -> Iterator[tuple[str, str]]:
        """Yield ``(row id, cell)`` of a column; nothing if the sheet lacks it."""
        return zip(self.cells, self._down(key) if self.has(key) else (), strict=False)

    def select(self, *columns: str) -> Iterator[tuple[str, ...]]:
        """Yield ``(row id, cell of each column)`` of each row, '' for a column that is missing."""
        return zip(self.cells, *map(self._down, columns), strict=False)

    def _down(self, key: str) -> Iterable[str]:
        if not key or key not in self.places:
            return repeat("")
        if key not in self._made:
            place = self.places[key]
            self._made[key] = [cells[place] for cells in self.cells.values()]
        return cast(list[str], self._made[key])

    def row(self, row_id: str) -> dict[str, str]:
        """Return a row's cells by column; raises KeyError if there is no such row."""
        return dict(zip(self.columns, self.cells[row_id], strict=True))

    def rows(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield ``(row id, cells by column)`` for each row."""
        for row_id, cells in self.cells.items():
            yield row_id, dict(zip(self.columns, cells, strict=True))

    def records(self) -> dict[str, dict[str, str]]:
        """Return all rows by id, without blank cells."""
        return {row_id: {k: v for k, v in row.items() if v} for row_id, row in self.rows()}

    def with_formats(self, formats: Mapping[tuple[str, str], str]) -> Table:
        """Return this tab with these formats (what cells offer and link to)."""
        held = (self.columns, self.cells, self.numbers, self.formulas, self.notes)
        return Table(self.tab, *held, formats)

    def witness(self, row_id: str) -> Witness:
        """Return all cells of a row without an id, by which it is found after it has moved."""
        return tuple((key, value) for key, value in self.row(row_id).items() if value)

    def with_changes(self, changes: Iterable[Change]) -> Table:
        """Return this tab with the changes made, without checking ``before``.

        A row that gets its id by these changes may be referred to by its number or its new id.
        """
        wanted, noted, dressed = list[Change](), list[Change](), list[Change]()
        for change in changes:
            {"note": noted, "format": dressed}.get(change.kind, wanted).append(change)
        renamed = {c.row_id: c.after for c in wanted if c.gives_id}
        cells, numbers = self._with_cells(wanted, renamed) if wanted else (self.cells, self.numbers)
        formulas, notes, formats = (
            {(renamed.get(row_id, row_id), key): text for (row_id, key), text in texts.items()}
            for texts in (self.formulas, self.notes, self.formats)
        )
        kept = []
        for told, texts in ((noted, notes), (dressed, formats)):
            texts |= {(renamed.get(one.row_id, one.row_id), one.column): one.after for one in told}
            kept.append({cell: text for cell, text in texts.items() if text and cell[0] in numbers})
        made = Table(self.tab, self.columns, cells, numbers, formulas, *kept)
        if not wanted:
            made._made = self._made
        return made

    def _with_cells(
        self, changes: Iterable[Change], renamed: Mapping[str, str]
    ) -> tuple[dict[str, Sequence[str]], dict[str, int]]:
        """Return the cells and row numbers with the changes made, rows under their new ids."""
        cells = {renamed.get(row_id, row_id): row for row_id, row in self.cells.items()}
        numbers = {renamed.get(row_id, row_id): number for row_id, number in self.numbers.items()}
        own, last, blank = {}, max(numbers.values(), default=1), [""] * len(self.columns)
        for change in changes:
            row_id = renamed.get(change.row_id, change.row_id)
            if row_id not in own:
                own[row_id] = list(cells.get(row_id, blank))
                last = max(last, numbers.setdefault(row_id, last + 1))
            if self.has(change.column):
                own[row_id][self.places[change.column]] = change.after
        cells = {row_id: row for row_id, row in {**cells, **own}.items() if any(row)}
        return cells, {row_id: numbers[row_id] for row_id in cells}


@dataclass(frozen=True, slots=True)
class Book:
    """The whole register: its tabs by key, and the language of its headers and labels."""

    tables: Mapping[str, Table]
    language: Language = "fi"
    name: str = field(default="", compare=False)
    cut_off: int | None = field(default=None, compare=False)
    """How many cells an interrupted run has yet to restore; None if there was none."""
    hashes: Hashes | None = field(default=None, compare=False)
    """Recognises erased people; None if the register has no key."""
    _read: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, read: Callable[[Book], _T]) -> _T:
        """Return the result of ``read`` for this book; computed once, for a book never changes."""
        if read not in self._read:
            self._read[read] = read(self)
        return cast(_T, self._read[read])

    @classmethod
    def empty(cls, language: Language = "fi") -> Book:
        """Return a register with all tabs and no rows."""
        tabs = schema().tabs.values()
        return cls({tab.key: Table.empty(tab) for tab in tabs if tab.columns}, language)

    def table(self, key: str) -> Table:
        """Return a tab; an empty one if the book lacks it."""
        found = self.tables.get(key)
        return Table.empty(schema().tab(key)) if found is None else found

    def row_name(self, tab: str, row_id: str) -> str:
        """Return the name of a row, such as ``Virtanen Oy`` or ``Matti Virtanen``, else its id."""
        table = self.table(tab)
        if row_id not in table:
            return row_id
        cells = (table.cell(row_id, key) for key in table.tab.name)
        return " ".join(cell for cell in cells if cell) or row_id

    def reference(self, tab: str, row_id: str) -> str:
        """Return a reference to this row as cells hold it: ``Nimi · O-7K3MQ``."""
        name = self.row_name(tab, row_id)
        return reference_text("" if name == row_id else name, row_id)

    def taken(self) -> set[str]:
        """Return every id that the register has or has had, as far as the book itself shows."""
        ids = {cell for _, cell in self.table("log").column("row")}
        for table in self.tables.values():
            ids.update(table.numbers, (cell for _, cell in table.column("id")))
        return ids

    def with_changes(self, changes: Iterable[Change]) -> Book:
        """Return the book with the changes made, without checking ``before``."""
        by_tab: dict[str, list[Change]] = {}
        for change in changes:
            by_tab.setdefault(change.tab, []).append(change)
        made = {tab: self.table(tab).with_changes(wanted) for tab, wanted in by_tab.items()}
        return replace(self, tables={**self.tables, **made})

    def verify(
        self, plan: Plan, longest: int | None = None
    ) -> tuple[tuple[Change, ...], tuple[Conflict, ...]]:
        """Split a plan into the changes that still fit this book, and the conflicts.

        The returned changes refer to rows as this book does (a row without an id may have moved). A
        change fits if its row is there, its cell holds what the plan saw and no formula, the row's
        conditions hold, and the new text is not longer than ``longest``, the limit of the store. A
        group fits as a whole or not at all, and a change that refers to a row fits only if that row
        is there.
        """
        places, lost = self._located(plan)
        fresh = {change.row_id for change in plan.changes if change.kind == "add"}
        fits: list[tuple[Change, Change]] = []
        conflicts: list[Conflict] = []
        for change in plan.changes:
            there = places.get((change.tab, change.row_id), change.row_id)
            table = self.table(change.tab)
            here = change if there == change.row_id else replace(change, row_id=there)
            if (change.tab, change.row_id) in lost:
                conflicts.append(Conflict(change, "row gone"))
            elif change.kind != "format" and not table.has(change.column):
                conflicts.append(Conflict(change, "column gone"))
            elif change.kind == "note" and there not in table and change.row_id not in fresh:
                conflicts.append(Conflict(change, "row gone"))
            elif change.kind in ("note", "format"):
                fits.append((change, here))
            elif change.kind != "add" and there not in table:
                conflicts.append(Conflict(change, "row gone"))
            elif longest is not None and cell_length(change.after) > longest:
                conflicts.append(Conflict(change, "too long"))
            elif (there, change.column) in table.formulas:
                conflicts.append(Conflict(change, "formula"))
            elif table.cell(there, change.column) != change.before:
                conflicts.append(Conflict(change, table.cell(there, change.column)))
            elif (said := self._said_otherwise(plan.conditions.get(change.row, ()))) is not None:
                conflicts.append(Conflict(change, said))
            else:
                fits.append((change, here))
        if not conflicts:
            return tuple(here for _, here in fits), ()
        left_out = dependent_changes(plan.changes, (conflict.change for conflict in conflicts))
        apart = "goes with another that was left out"
        conflicts += [Conflict(change, apart) for change, _ in fits if change in left_out]
        return tuple(here for change, here in fits if change not in left_out), tuple(conflicts)

    def witnesses(self, changes: Iterable[Change]) -> dict[tuple[str, str], Witness]:
        """Return the witnesses of those rows of these changes that have no id."""
        rows = {(one.tab, one.row_id) for one in changes if one.row_id.startswith("#")}
        return {(tab, row_id): self.table(tab).witness(row_id) for tab, row_id in rows}

    def _said_otherwise(self, conditions: Iterable[Condition]) -> str | None:
        """Return the present text of the first cell that differs from what was read, else None."""
        for tab, row_id, column, text in conditions:
            table = self.table(tab)
            found = table.cell(row_id, column) if row_id in table else "row gone"
            if found != text:
                return found
        return None

    def _located(self, plan: Plan) -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
        """Find the plan's rows without ids in this book: by number and content, else by content.

        Returns the present row id by ``(tab, row id)``, and the rows that were not found. A row
        that gets its id by this plan is referred to by the new id in the plan's other changes.
        """
        places: dict[tuple[str, str], str] = {}
        lost: set[tuple[str, str]] = set()
        contents: dict[str, dict[Witness, list[str]]] = {}
        for (tab, row_id), seen in plan.witnesses.items():
            table = self.table(tab)
            if row_id in table and table.witness(row_id) == seen:
                places[tab, row_id] = row_id
                continue
            if tab not in contents:
                contents[tab] = {}
                for other in table.numbers:
                    if other.startswith("#"):
                        contents[tab].setdefault(table.witness(other), []).append(other)
            same = contents[tab].get(seen, [])
            if len(same) == 1:
                places[tab, row_id] = same[0]
            else:
                lost.add((tab, row_id))
        for change in plan.changes:
            if change.gives_id:
                if change.row in lost or change.row not in places:
                    lost.update((change.row, (change.tab, change.after)))
                else:
                    places[change.tab, change.after] = places[change.row]
        return places, lost
