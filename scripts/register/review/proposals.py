"""Whose text stands in Ehdotus: the tool's, as it wrote it last, or a person's."""

from __future__ import annotations

from functools import cached_property

from register.book.log import last_written
from register.book.table import Book
from register.review.question import Question


class Proposals:
    """Tells whether a person has written into Ehdotus; Loki says what the tool wrote there."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def is_persons(self, question: Question, shown: str) -> bool:
        """Whether the text is a person's; where nothing tells, it counts as one."""
        return shown != question.proposal and shown != self._written.get(question.id)

    @cached_property
    def _written(self) -> dict[str, str]:
        return last_written(self._book, "review", "suggestion")
