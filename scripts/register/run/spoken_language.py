"""The language of a run's output, and the flags that its suggested commands repeat."""

from collections.abc import Sequence
from typing import cast, get_args

from register.book.schema import Language

_learned: list[Language] = []


def learn_language(language: Language) -> None:
    """Set the language of the register of this run, once it is known."""
    _learned[:] = [language]


def spoken_language(arguments: Sequence[str]) -> Language:
    """Return the language of ``--lang``, else the register's, else Finnish.

    ``arguments`` are those of the command line: they may be faulty and not have been parsed.
    """
    for index, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in get_args(Language):
            return cast(Language, value)
    return _learned[0] if _learned else "fi"


def given_flags(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the given ``--book`` and ``--config`` flags, to be repeated in the next command."""
    given: list[str] = []
    for word, after in zip(arguments, [*arguments, ""][1:], strict=True):
        flag, has_value, value = word.partition("=")
        if flag in ("--book", "--config"):
            given += [flag, value if has_value else after]
    return tuple(given)
