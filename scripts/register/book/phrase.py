"""A sentence that is not yet translated into its reader's language."""

from collections.abc import Mapping

Phrase = tuple[str, Mapping[str, object]]
"""A msgid, and the values of its placeholders."""
