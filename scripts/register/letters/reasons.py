"""The wording of the reasons of :mod:`register.letters.audience`, by code.

``REASON_SENTENCES`` are msgids about several people. ``SHORT_REASONS`` are the codes of
:func:`short_reasons`, whose wording stands beside one person.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from register.book.package_data import package_table
from register.book.phrase import Phrase
from register.words.sentences import Sentences

REASON_SENTENCES: Mapping[str, str] = package_table("register.letters", "sentences")["reasons"]

SHORT_REASONS: Sequence[str] = (
    *REASON_SENTENCES,
    "shared",
    "nameless",
    "no-organisation",
    "freshness",
    "untold",
    "met",
)
"""Codes with a short wording about one reader, in the catalogues."""


def short_reasons(say: Sentences) -> Mapping[str, str]:
    """Return the short wording of each reason, by code."""
    return {code: say.named("reader", code) for code in SHORT_REASONS}


def count_reasons(reasons: Iterable[str]) -> Iterator[Phrase]:
    """Yield the sentence of each reason with its count, the most frequent first."""
    for code, count in sorted(Counter(reasons).items(), key=lambda one: (-one[1], one[0])):
        yield REASON_SENTENCES[code], {"count": count}
