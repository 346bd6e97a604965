"""``doctor.py``: is everything in place? Each step says what it found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from register.book.errors import VerkostoError
from register.book.phrase import Phrase

LineState = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What works, and should be seen to all the same: what it is, and the next thing to do."""

    said: Phrase
    remedy: Phrase


Found = Phrase | Advice | VerkostoError


@dataclass(frozen=True, slots=True)
class Step:
    """Looks at one thing and says what it found; raises VerkostoError where it is not in place.

    ``about`` names the thing for programs. The later steps stand on it, unless it is ``apart``:
    then they are taken all the same.
    """

    about: str
    look: Callable[[], Phrase | Advice]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What one step found."""

    about: str
    found: Found

    @property
    def state(self) -> LineState:
        """Whether it is in place, to be seen to, or not in place."""
        match self.found:
            case VerkostoError():
                return "fault"
            case Advice():
                return "warning"
            case _:
                return "ok"

    @property
    def said(self) -> Phrase:
        """What was found, without what to do about it."""
        match self.found:
            case VerkostoError() as fault:
                return fault.message, fault.values
            case Advice(said):
                return said
            case phrase:
                return phrase

    @property
    def remedy(self) -> Phrase:
        """What to do next; '' where there is nothing to do."""
        match self.found:
            case VerkostoError() as fault:
                return fault.remedy, fault.values
            case Advice(_, remedy):
                return remedy
            case _:
                return "", {}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, in order."""

    lines: tuple[Line, ...] = ()

    @property
    def faults(self) -> tuple[VerkostoError, ...]:
        """What is not in place."""
        return tuple(one.found for one in self.lines if isinstance(one.found, VerkostoError))

    @property
    def exit_code(self) -> int:
        """0 where no line is a fault, else the first fault's."""
        return self.faults[0].exit_code if self.faults else 0


def examine(steps: Iterable[Step]) -> Diagnosis:
    """Take the steps one after another, up to the first fault that others stand on."""
    found: list[Line] = []
    for step in steps:
        try:
            found.append(Line(step.about, step.look()))
        except VerkostoError as fault:
            found.append(Line(step.about, fault))
            if not step.apart:
                break
    return Diagnosis(tuple(found))
