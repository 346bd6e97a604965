"""What answers about candidate pairs have taught (JSON): counts of levels, no personal data."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from register.book.errors import UsageError
from register.disk import read_limited, save_private
from register.match.evidence import EVIDENCE
from register.match.learning import UNTAUGHT, LearnedTab, LearnedWeights
from register.state.folder import LEARNED_FILE

_MOST_BYTES = 1024 * 1024


def read_learning(folder: Path) -> LearnedWeights:
    """Return what has been learned; raises UsageError if the file cannot be read.

    If another version learned about comparisons or levels that no longer exist, learning starts
    anew.
    """
    path = folder / LEARNED_FILE
    if not path.exists():
        return UNTAUGHT
    try:
        kept = json.loads(read_limited(path, _MOST_BYTES))
        lessons = {tab: _lesson(kept[tab]) for tab in ("people", "organisations")}
        if not all(map(_is_known, lessons.values())):
            return replace(UNTAUGHT, since=str(kept["since"]))
        return LearnedWeights(**lessons, since=str(kept["since"]), digest=str(kept["digest"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise UsageError(
            "What was learned from earlier answers cannot be read: {file}",
            remedy="Move the file away; it is then learned anew from the answers in {tab:review}.",
            file=str(path),
        ) from fault


def keep_learning(folder: Path, learned: LearnedWeights) -> None:
    """Store what has been learned, completely or not at all."""
    save_private(folder / LEARNED_FILE, json.dumps(asdict(learned)).encode())


def forget_learning(folder: Path, now: str) -> None:
    """Forget what has been learned; answers carried out before ``now`` no longer teach anything."""
    keep_learning(folder, replace(UNTAUGHT, since=now))


def _is_known(lesson: LearnedTab) -> bool:
    """Return True if this version still uses all comparison levels of the lesson."""
    signs = (*lesson.same, *lesson.different, *lesson.shifts)
    return all(f"{comparison}_{code}" in EVIDENCE for comparison, code, _ in signs)


def _lesson(kept: Mapping[str, Any]) -> LearnedTab:
    same, different = kept["answered"]
    counts = {
        key: tuple((str(one), str(code), int(count)) for one, code, count in kept[key])
        for key in ("same", "different")
    }
    shifts = tuple((str(one), str(code), float(bits)) for one, code, bits in kept["shifts"])
    return LearnedTab((int(same), int(different)), **counts, shifts=shifts)
