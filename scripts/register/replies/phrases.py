"""The words that our letters ask for, and what people put around them, in the three languages.

A clause says something beyond doubt where nothing is left of it but one of these phrases: CORES,
once FILLERS, which change nothing, and EXTRAS, which a person should read, are taken out. Whatever
else stands there may be a condition, another day, somebody else: that is for a person to judge.
"""

from collections.abc import Mapping

from register.book.package_data import package_table, pattern_of, table_words

_TABLE = ("register.replies", "phrases")
CORES: Mapping[str, frozenset[str]] = {
    key: frozenset(" ".join(one.split()) for one in text.split("|"))
    for key, text in package_table(*_TABLE)["cores"].items()
}
"""What clauses say, by the keys of ``rsvp``, ``unsubscribe``, and those of preferences."""

FILLERS = table_words(*_TABLE, "fillers")
"""Words that change nothing in a clause. What a phrase itself is made of is looked for first."""

EXTRAS = table_words(*_TABLE, "extras")
"""Words beside an answer that leave it clear, and that a person should still read."""

IFS = pattern_of(*_TABLE, "ifs")
CONDITIONS = rf"\b(?:{IFS}|paitsi|except|only|vain|endast|bara)\b"
"""What makes an answer depend on something; anywhere in the message."""

DOUBTS = rf"\b(?:{pattern_of(*_TABLE, 'doubts')})\b"
"""What makes a yes or a no doubtful, within its sentence."""

FAREWELLS = rf"\b(?:{pattern_of(*_TABLE, 'farewells')})\b"
"""Ends a message; says nothing about coming."""

TO_THE_READER = rf"\b(?:{pattern_of(*_TABLE, 'to_the_reader')})\b"
"""Words of a letter to its reader: nobody says so of themselves."""

PROGRAMS = (
    r"^(?:lähetetty|skickat från|sent from|hanki outlook|get outlook|hämta outlook)\b"
    r"|^[+0-9][0-9 ()-]{5,20}$|^\S+@\S+$|^(?:https?://|www\.)\S+$"
    r"|^(?:when|where|milloin|missä|när|var|plats|paikka|aika)\s*:"
)
"""A line that programs or signatures add; what it says is nobody's answer."""

CLOSERS = table_words(*_TABLE, "closers")
"""Words that a signature begins with."""
