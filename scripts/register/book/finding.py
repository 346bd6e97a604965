"""A finding: one cell or row, the rule that speaks, how bad it is, and what it would suggest."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from register.book.ids import fingerprint

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """What a rule has to say of one cell (``column`` is '' where it is about the whole row).

    ``cell`` is the value that was judged, ``suggestion`` the value that the rule would put there
    ('' where only a person can tell), ``others`` what goes with it into other cells of the row, as
    ``(column, value)`` pairs, ``detail`` what the sentence may name besides.
    """

    tab: str
    row_id: str
    column: str
    code: str
    severity: Severity
    cell: str = ""
    suggestion: str = ""
    detail: str = ""
    others: tuple[tuple[str, str], ...] = ()
    _case: str = field(default="", init=False, repr=False, compare=False)

    @property
    def place(self) -> tuple[str, str, str]:
        """The cell that it is about: tab, row and column."""
        return (self.tab, self.row_id, self.column)

    @property
    def case_id(self) -> str:
        """The id of the question that it is; hashed once, for every step asks."""
        if not self._case:
            case_id = fingerprint(self.code, self.row_id, self.column, self.cell)
            object.__setattr__(self, "_case", case_id)
        return self._case

    @property
    def proposed(self) -> tuple[tuple[str, str], ...]:
        """What the rule would write: ``(column, value)`` pairs; none where it only asks."""
        return ((self.column, self.suggestion), *self.others) if self.suggestion else self.others
