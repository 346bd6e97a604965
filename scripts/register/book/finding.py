"""A finding: a cell or row, the rule that it violates, its severity, and a suggestion."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from register.book.ids import fingerprint

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """What a rule reports about one cell; ``column`` is '' if it concerns the whole row.

    - ``cell``: the value that was judged.
    - ``suggestion``: the value that the rule would write, '' if only a person can decide.
    - ``others``: values for other cells of the row that go with it, as ``(column, value)``.
    - ``detail``: a further value for the sentence.
    - ``severity``: how bad it is; :func:`register.rules.findings` sets what the code has.
    """

    tab: str
    row_id: str
    column: str
    code: str
    cell: str = ""
    suggestion: str = ""
    detail: str = ""
    others: tuple[tuple[str, str], ...] = ()
    severity: Severity = field(default="warning", kw_only=True)
    _case: str = field(default="", init=False, repr=False, compare=False)

    @property
    def place(self) -> tuple[str, str, str]:
        """The cell: tab, row and column."""
        return (self.tab, self.row_id, self.column)

    @property
    def case_id(self) -> str:
        """The id of the question about this finding; hashed once, because every step reads it."""
        if not self._case:
            case_id = fingerprint(self.code, self.row_id, self.column, self.cell)
            object.__setattr__(self, "_case", case_id)
        return self._case

    @property
    def proposed(self) -> tuple[tuple[str, str], ...]:
        """The values that the rule would write, as ``(column, value)``; () if it only asks."""
        return ((self.column, self.suggestion), *self.others) if self.suggestion else self.others
