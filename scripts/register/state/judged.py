"""Judgements of candidate pairs, and digests of the questions asked, kept between runs (JSON).

The file holds row numbers, weights and digests, no personal data. It is used only by the same
version of the program, since another version may judge differently.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import register
from register.disk import read_limited, save_private
from register.match.judgements import JUDGEMENTS
from register.match.pair import EvidenceWeight, JudgedPair
from register.review.standing import STANDING

JUDGED_FILE = "judged.json"
_MOST_BYTES = 64 * 1024 * 1024
_ENGINES = ("duckdb", "numpy", "rapidfuzz")

_Pairs = tuple[JudgedPair, ...]


def recall_judgements(folder: Path) -> None:
    """Load what the last run judged and asked.

    Nothing is loaded if the file cannot be read or another version of the program wrote it.
    """
    STANDING.learn({})
    try:
        kept = json.loads(read_limited(folder / JUDGED_FILE, _MOST_BYTES))
        if kept["program"] == _program():
            for digest, told in kept["judged"].items():
                JUDGEMENTS.learn(digest, _pairs(told))
            STANDING.learn(kept["asked"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return  # the pairs are judged anew and stored again


def keep_judgements(folder: Path) -> None:
    """Store this run's judgements in place of the earlier ones, if it judged or asked anything new.

    Raises UsageError or TemporaryFailure if the file cannot be written.
    """
    if not (JUDGEMENTS.fresh or STANDING.fresh):
        return
    judged = {digest: _told(pairs) for digest, pairs in JUDGEMENTS.worth_keeping().items()}
    kept = {"program": _program(), "judged": judged, "asked": STANDING.asked}
    save_private(folder / JUDGED_FILE, json.dumps(kept).encode())
    JUDGEMENTS.fresh = False


def forget_judgements(folder: Path) -> None:
    """Delete the file: its digests could reveal whether a person was among the rows."""
    (folder / JUDGED_FILE).unlink(missing_ok=True)


def _told(pairs: _Pairs) -> dict[str, Any]:
    """Return pairs as they are stored: equal reasons only once, as most pairs share them."""
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys(p.reasons for p in pairs))}
    return {
        "reasons": [[(r.comparison, r.level, r.weight) for r in kind] for kind in kinds],
        "pairs": [(p.left, p.right, p.probability, p.decision, kinds[p.reasons]) for p in pairs],
    }


def _pairs(told: Mapping[str, Any]) -> _Pairs:
    kinds = [tuple(EvidenceWeight(*reason) for reason in kind) for kind in told["reasons"]]
    return tuple(
        JudgedPair(left, right, probability, decision, kinds[kind])
        for left, right, probability, decision, kind in told["pairs"]
    )


@cache
def _program() -> str:
    """Return a digest of everything that judges and asks: this package's files and its engines."""
    digest = blake2b(" ".join(map(version, _ENGINES)).encode(), digest_size=16)
    for path in sorted(Path(register.__file__).parent.rglob("*.*")):
        if path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()
