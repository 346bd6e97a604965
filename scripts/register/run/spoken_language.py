"""How a run speaks to whoever called it: in which language, naming commands with what flags."""

from collections.abc import Sequence
from typing import cast, get_args

from register.book.schema import Language

_learned: list[Language] = []


def learn_language(language: Language) -> None:
    """Note the language of the register that this run is about, once it is known."""
    _learned[:] = [language]


def spoken_language(arguments: Sequence[str]) -> Language:
    """Return the language that was asked for, else the register's as far as it is known.

    ``arguments`` are those of the command line: they may be at fault, and not have been read.
    """
    for index, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in get_args(Language):
            return cast(Language, value)
    return _learned[0] if _learned else "fi"


def given_flags(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the flags that named the register and its configuration, for the next command."""
    given: list[str] = []
    for word, after in zip(arguments, [*arguments, ""][1:], strict=True):
        flag, has_value, value = word.partition("=")
        if flag in ("--book", "--config"):
            given += [flag, value if has_value else after]
    return tuple(given)
