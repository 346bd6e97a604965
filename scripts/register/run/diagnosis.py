"""``doctor.py``: is everything in place? Each step says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from register.book.errors import VerkostoError
from register.book.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Step:
    """Looks at one thing and says what it found; raises VerkostoError where it is not in place.

    The later steps stand on it, unless it is ``apart``: then they are taken all the same.
    """

    look: Callable[[], Phrase]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, in order: what is in place, and the faults."""

    found: tuple[Phrase | VerkostoError, ...] = ()

    @property
    def said(self) -> tuple[Phrase, ...]:
        """What is in place."""
        return tuple(one for one in self.found if not isinstance(one, VerkostoError))

    @property
    def faults(self) -> tuple[VerkostoError, ...]:
        """What is not."""
        return tuple(one for one in self.found if isinstance(one, VerkostoError))

    @property
    def exit_code(self) -> int:
        """0 where everything is in place, else the first fault's."""
        return self.faults[0].exit_code if self.faults else 0


def examine(steps: Iterable[Step]) -> Diagnosis:
    """Take the steps one after another, up to the first fault that others stand on."""
    found: list[Phrase | VerkostoError] = []
    for step in steps:
        try:
            found.append(step.look())
        except VerkostoError as fault:
            found.append(fault)
            if not step.apart:
                break
    return Diagnosis(tuple(found))
