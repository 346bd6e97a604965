"""What people are told of the reasons in :mod:`register.letters.audience`, by code.

``REASON_SENTENCES`` are msgids that tell of several people, ``SHORT`` the words of
:func:`short_reasons`, which stand beside one.
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
"""The codes of what is said of one reader in a few words: short names in the catalogues."""


def short_reasons(say: Sentences) -> Mapping[str, str]:
    """Return what is said of each reason beside one reader, in a few words."""
    return {code: say.named("reader", code) for code in SHORT_REASONS}


def count_reasons(reasons: Iterable[str]) -> Iterator[Phrase]:
    """Yield each reason once, with how often it was given, the most frequent first."""
    for code, count in sorted(Counter(reasons).items(), key=lambda one: (-one[1], one[0])):
        yield REASON_SENTENCES[code], {"count": count}
