"""Words for a post or an office instead of a person: in mailboxes, and in place of a name.

They are in posts.toml in three languages, and compared by their letters.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from register.values.organisation_kinds import kinds_of
from register.values.places.lookup import case_forms, current_names, region_names
from register.values.post import letters, posts, spellings

_INITIALS = 3
"""An abbreviation of up to this many letters may be a person's initials."""


def names_office(local: Sequence[str], domain: str) -> bool:
    """Return True if a mailbox is an office's, by the words of its local part and its domain.

    A word that may be a name or initials, and the end of a longer word, count only beside places,
    associations and other office words: ``pj.espoo`` and ``espoonpj``, but not ``tj.makinen``.
    """
    words = [plain for word in local if (plain := letters([word]))]
    if any(map(_is_office, words)) and all(
        _is_office(word) or _is_neutral(word, domain) for word in words
    ):
        return True
    return any(
        (word in _sure() and (place == 0 or word in _anywhere())) or _ends_as_office(word, domain)
        for place, word in enumerate(words)
    )


@lru_cache(maxsize=1 << 14)
def names_post(words: tuple[str, ...]) -> bool:
    """Return True if all words are posts and what they belong to: "Toiminnan johtaja"."""
    if not words:
        return True
    return _may_begin_post(words[0]) and any(
        _is_post(words[:length]) and names_post(words[length:])
        for length in range(1, min(3, len(words)) + 1)
    )


@lru_cache(maxsize=1 << 16)
def _may_begin_post(word: str) -> bool:
    """Return True if a post may begin with this word; checked first, as hardly any name does."""
    return letters([word]) in _beginnings() or _is_post((word,))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(post[:length] for post in spellings() for length in range(len(post) + 1))


@lru_cache(maxsize=1 << 16)
def _is_post(words: tuple[str, ...]) -> bool:
    word = letters(words)
    if word in spellings():
        return True
    alone = len(words) == 1
    return alone and (word in _letters("bodies", "deputies") or word.endswith(_post_endings()))


def _is_office(word: str) -> bool:
    return word in _anywhere() or word in _first()


def _is_neutral(word: str, domain: str) -> bool:
    """Return True if a word says whose an office is: a place, association, body or the domain."""
    labels = _labels(domain)
    if word in labels or (len(word) > _INITIALS and any(word in label for label in labels)):
        return True
    return word in _places() or word in _letters("bodies", "deputies") or bool(kinds_of(word))


@lru_cache(maxsize=1 << 14)
def _labels(domain: str) -> tuple[str, ...]:
    return tuple(letters([label]) for label in domain.split(".")[:-1])


def _ends_as_office(word: str, domain: str) -> bool:
    """Return True if a word is an office with something before it: jasensihteeri, espoonpj."""
    if word.endswith(_endings()):
        return True
    return word.endswith(_office_endings()) and any(
        word.endswith(end) and word != end and _is_neutral(word.removesuffix(end), domain)
        for end in _anywhere()
    )


@cache
def _anywhere() -> frozenset[str]:
    return frozenset(spellings()) | _letters("mailboxes", key="anywhere")


@cache
def _office_endings() -> tuple[str, ...]:
    return tuple(_anywhere())


@cache
def _first() -> frozenset[str]:
    return _letters("mailboxes", key="first")


@cache
def _sure() -> frozenset[str]:
    """Return the office words that are no person's name and too long for initials."""
    every = _anywhere() | _first()
    return frozenset(
        word for word in every - _letters("mailboxes", key="names") if len(word) > _INITIALS
    )


@cache
def _endings() -> tuple[str, ...]:
    return (*_post_endings(), *_letters("mailboxes", key="endings"))


@cache
def _post_endings() -> tuple[str, ...]:
    return tuple(_letters("endings"))


@cache
def _places() -> frozenset[str]:
    return frozenset(
        letters([name])
        for names in (current_names(), case_forms(), region_names())
        for name in names
    )


@cache
def _letters(*tables: str, key: str = "words") -> frozenset[str]:
    return frozenset(letters([word]) for table in tables for word in posts()[table][key])
