"""``doctor.py --live``: what Google itself answered to the questions that no test can answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

AS_EXPECTED, OTHERWISE, NOTED, NOT_ASKED = "as-expected", "otherwise", "noted", "not-asked"
"""What an answer is: what was expected, something else, what nobody knew, or none at all."""


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """One question and its answer; ``fault`` is why there is none, ``seconds`` what it took.

    ``subject`` is the heading that it stands under; ``expected`` is '' where nobody knows, and
    ``source`` where Google says so.
    """

    subject: str
    name: str
    asks: str
    expected: str
    source: str
    found: str = ""
    seconds: float = 0.0
    fault: str = ""

    @property
    def verdict(self) -> str:
        """What the answer is: one of the four words above."""
        if self.fault:
            return NOT_ASKED
        if not self.expected:
            return NOTED
        return AS_EXPECTED if self.found == self.expected else OTHERWISE


@dataclass(frozen=True, slots=True)
class Examination:
    """The questions and their answers; none is answered where it is only shown what would be.

    ``left`` is the tab that could not be taken away again, '' where all is as it was.
    """

    answers: Sequence[LiveAnswer]
    recording: Mapping[str, object]
    applied: bool
    left: str = ""

    def count(self, verdict: str) -> int:
        """Return how many answers are of one kind."""
        return sum(answer.verdict == verdict for answer in self.answers)

    @property
    def exit_code(self) -> int:
        """0; 1 where an answer is not what was expected, is lacking, or a tab was left."""
        if not self.applied:
            return 0
        return int(bool(self.left or self.count(OTHERWISE) or self.count(NOT_ASKED)))
