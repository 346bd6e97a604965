"""The table of words in the names of organisations (organisation_words.toml), read once."""

from dataclasses import dataclass
from functools import cache

from register.book.package_data import package_table


@dataclass(frozen=True, slots=True)
class WordTable:
    """The folded words of organisation_words.toml: what each means, or that it says nothing."""

    generic: frozenset[str]
    parts: frozenset[str]
    endings: tuple[str, ...]
    tails: tuple[str, ...]
    sides: frozenset[str]
    kinds: frozenset[str]
    broad: frozenset[str]
    forms: dict[str, frozenset[str]]
    leading: frozenset[str]
    areas: dict[str, str]
    acronyms: dict[str, str]
    concepts: dict[str, str]
    longest: int


@cache
def word_table() -> WordTable:
    """Return the table of words; it is read once."""
    kept = package_table("register.match", "organisation_words")
    concepts = {word: concept for concept, words in kept["concepts"].items() for word in words}
    return WordTable(
        frozenset(kept["generic"]),
        frozenset(kept["parts"]),
        tuple(sorted(kept["endings"], key=len, reverse=True)),
        tuple(sorted(kept["tails"], key=len, reverse=True)),
        frozenset(kept["sides"]["words"]),
        frozenset(kept["kinds"]["concepts"]),
        frozenset(kept["broad"]["concepts"]),
        {form: frozenset(lands.split()) for form, lands in kept["forms"].items()},
        frozenset(kept["leading"]),
        {name: f"a{area}" for area, names in kept["areas"].items() for name in names},
        kept["acronyms"],
        concepts,
        max(map(len, concepts)),
    )
