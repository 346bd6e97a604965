"""``doctor.py``: steps that each check one thing, and what they found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from register.book.errors import VerkostoError
from register.book.phrase import Phrase

LineState = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Advice:
    """A thing that works but needs attention: what it is, and what to do next."""

    said: Phrase
    remedy: Phrase


StepResult = Phrase | Advice | VerkostoError


@dataclass(frozen=True, slots=True)
class Step:
    """A check of one thing; ``look`` raises VerkostoError where the thing is not in place.

    ``about`` is the thing's key in JSON. Later steps depend on this one and are skipped if it
    fails, unless it is ``apart``.
    """

    about: str
    look: Callable[[], Phrase | Advice]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What one step found."""

    about: str
    found: StepResult

    @property
    def state(self) -> LineState:
        """The state: ``ok``, ``warning`` (needs attention) or ``fault`` (not in place)."""
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
    """What all steps found, in order."""

    lines: tuple[Line, ...] = ()

    @property
    def faults(self) -> tuple[VerkostoError, ...]:
        """The errors of the steps that failed."""
        return tuple(one.found for one in self.lines if isinstance(one.found, VerkostoError))

    @property
    def exit_code(self) -> int:
        """0 if no step failed, else the first fault's exit code."""
        return self.faults[0].exit_code if self.faults else 0


def examine(steps: Iterable[Step]) -> Diagnosis:
    """Run the steps in order, up to the first fault on which later steps depend."""
    found: list[Line] = []
    for step in steps:
        try:
            found.append(Line(step.about, step.look()))
        except VerkostoError as fault:
            found.append(Line(step.about, fault))
            if not step.apart:
                break
    return Diagnosis(tuple(found))
