"""``doctor.py``: is everything in place? Each step says what it found; the first fault ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from register.errors import VerkostoError

Said = tuple[str, Mapping[str, object]]
"""A msgid and what fills its placeholders."""

Step = Callable[[], Said]
"""Looks at one thing and says what it found; raises VerkostoError where it is not in place."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: what is in place, and the fault that ended it, if any."""

    said: tuple[Said, ...] = ()
    fault: VerkostoError | None = field(default=None, compare=False)

    @property
    def exit_code(self) -> int:
        """0 where everything is in place, else the fault's."""
        return self.fault.exit_code if self.fault else 0


def examine(steps: Iterable[Step]) -> Diagnosis:
    """Take the steps one after another until one finds a fault: the later ones stand on it."""
    said: list[Said] = []
    for step in steps:
        try:
            said.append(step())
        except VerkostoError as fault:
            return Diagnosis(tuple(said), fault)
    return Diagnosis(tuple(said))
