"""Groups of people, and letters to them, as rows of the register."""

from dataclasses import dataclass
from typing import ClassVar

from register.people.meetings import Meeting
from register.people.records import Record


@dataclass(frozen=True, slots=True)
class MailingList(Record):
    """A row of ``mailings``: the conditions that select a group of people."""

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


@dataclass(frozen=True, slots=True)
class LetterRow(Record):
    """A row of ``letters``: a letter to a mailing, not about a meeting."""

    tab: ClassVar[str] = "letters"
    name: str
    mailing: str
    text_fi: str
    text_sv: str
    text_en: str
    state: str
    release: str
    remark: str
    subject_fi: str
    subject_sv: str
    subject_en: str
    file: str
    attachments: str
    send_at: str
    preview: str


ReleasedRow = Meeting | LetterRow
"""A row whose letters are previewed and released from the sheet."""
