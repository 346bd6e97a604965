"""Groups of people, and letters to them, as rows of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from register.people.records import Record


@dataclass(frozen=True, slots=True)
class MailingList(Record):
    """A row of ``mailings``: what a group of people is made of."""

    tab: ClassVar[str] = "mailings"
    name: str
    area: str
    audience: str
    stage: str
    was_at: str
    no_answer: str
    met_at: str
    plus: str
    minus: str
    everybody: str
