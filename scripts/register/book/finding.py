"""A finding: one cell or row, the rule that speaks, how bad it is, and what it would suggest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

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

    @property
    def proposed(self) -> tuple[tuple[str, str], ...]:
        """What the rule would write: ``(column, value)`` pairs; none where it only asks."""
        return ((self.column, self.suggestion), *self.others) if self.suggestion else self.others
