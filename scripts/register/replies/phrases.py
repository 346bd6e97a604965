"""The phrases that our letters ask for, and the words around them, in the three languages.

A clause has a clear meaning if nothing is left of it except one of the phrases in CORES, once
FILLERS, which change nothing, and EXTRAS, which a person should read, are taken out. Any other word
may be a condition, another day or another person: that is for a person to judge.
"""

import re
from collections.abc import Mapping

from register.book.package_data import package_table, pattern_of, table_words

_TABLE = ("register.replies", "phrases")
SENTENCE_PATTERN = re.compile(r"[^.!?…\n]+[.!?…]*|\n")
"""A sentence of a text with the marks that end it, or a line break."""

CORES: Mapping[str, frozenset[str]] = {
    key: frozenset(" ".join(one.split()) for one in text.split("|"))
    for key, text in package_table(*_TABLE)["cores"].items()
}
"""The phrases by their meaning: a key of ``rsvp``, ``unsubscribe`` or a preference."""

FILLERS = table_words(*_TABLE, "fillers")
"""Words that change nothing in a clause; phrases that contain them are looked for first."""

EXTRAS = table_words(*_TABLE, "extras")
"""Words that leave an answer clear, but that a person should read."""

IFS = pattern_of(*_TABLE, "ifs")
CONDITIONS = rf"\b(?:{IFS}|paitsi|except|only|vain|endast|bara)\b"
"""Words that make an answer conditional, anywhere in the message."""

DOUBTS = rf"\b(?:{pattern_of(*_TABLE, 'doubts')})\b"
"""Words that make a yes or a no doubtful, within its sentence."""

FAREWELLS = rf"\b(?:{pattern_of(*_TABLE, 'farewells')})\b"
"""Phrases that end a message and say nothing about coming."""

TO_THE_READER = rf"\b(?:{pattern_of(*_TABLE, 'to_the_reader')})\b"
"""Words that a letter says to its recipient, and that nobody says about themselves."""

PROGRAMS = (
    r"^(?:lähetetty|skickat från|sent from|hanki outlook|get outlook|hämta outlook)\b"
    r"|^[+0-9][0-9 ()-]{5,20}$|^\S+@\S+$|^(?:https?://|www\.)\S+$"
    r"|^(?:when|where|milloin|missä|när|var|plats|paikka|aika)\s*:"
)
"""Lines that programs or signatures add: no part of an answer."""

CLOSERS = table_words(*_TABLE, "closers")
"""Words that a signature begins with."""
