"""Since when a partnership is in its stage, in words that say how that is known."""

from __future__ import annotations

from datetime import date

from register.cooperation.partnership import StageSince
from register.words.display import display_day
from register.words.sentences import Sentences


def stage_sentence(since: StageSince, say: Sentences) -> str:
    """Return since when, honestly: ``log`` knows the day, a person's own edit leaves none."""
    told = display_day(date.fromisoformat(since.day)) if since.day else ""
    match since.how:
        case "log":
            return say("since {day}", day=told)
        case "round":
            return say("at least since {day}", day=told)
        case "first":
            return say("since when is not known; the first entry is of {day}", day=told)
        case "added":
            return say("since when is not known; in the register since {day}", day=told)
        case _:
            return say("since when is not known")
