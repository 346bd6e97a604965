"""A sentence that is still to be said, in whichever language its reader has."""

from collections.abc import Mapping

Phrase = tuple[str, Mapping[str, object]]
"""A msgid, and the values that fill its placeholders."""
