"""The rows of a table with cells over several columns or rows."""

from dataclasses import dataclass, field

from register.sources.limits import MOST_LIST_COLUMNS, MOST_LIST_ROWS, too_large


@dataclass(slots=True)
class TableCells:
    """Rows of texts, built cell by cell; ``name`` is the file's, for errors.

    A cell over several columns stands in the first of them, a cell over several rows in each.
    Raises UsageError if the table is too large.
    """

    name: str
    rows: list[list[str]] = field(default_factory=list)
    _below: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By column: for how many more rows a cell reaches down, and its text."""

    def begin_row(self) -> None:
        """Begin a row with the cells that reach down into it."""
        self.rows.append([])
        if len(self.rows) > MOST_LIST_ROWS:
            raise too_large(self.name)
        self._reach_down()

    def put(self, text: str, across: int = 1, down: int = 1) -> None:
        """Put a cell into the next free place of the last row."""
        row = self.rows[-1]
        if len(row) + across > MOST_LIST_COLUMNS:
            raise too_large(self.name)
        for told in (text, *[""] * (across - 1)):
            if down > 1:
                self._below[len(row)] = (down - 1, told)
            row.append(told)
        self._reach_down()

    def _reach_down(self) -> None:
        row = self.rows[-1]
        while len(row) in self._below:
            left, text = self._below[len(row)]
            if left > 1:
                self._below[len(row)] = (left - 1, text)
            else:
                del self._below[len(row)]
            row.append(text)
