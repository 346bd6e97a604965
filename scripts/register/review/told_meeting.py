"""A meeting to come in a message of ``inbox``: "Seuraava tapaaminen 14.1. klo 17 Sellossa"."""

import re
from dataclasses import dataclass
from datetime import date

from register.book.cells import cell_text
from register.book.change import Change, added_row
from register.book.ids import new_id
from register.book.schema import schema
from register.book.table import Book
from register.intake.typed_rows import TYPED_ROW_REASON
from register.people.meetings import Meeting
from register.review.question import Cell, Changes
from register.values import time
from register.values.noted_days import due_day
from register.values.places import resolve_place
from register.words.sentences import Sentences

_MEETS = re.compile(
    r"\b(?:\w*tapaami\w+|\w*kokou\w+|\w*palaveri\w*|kokoonnutaan|tavataan|nähdään|\w*ilta|\w*tilaisuus"
    r"|\w*träff\w*|\w*möte\w*|samlas|ses|meeting|meetup|we meet)\b",
    re.IGNORECASE,
)
_HOUR = r"\d{1,2}(?:[.:]\d\d)?"
_AT = re.compile(
    rf"\b(?:klo|kello|kl\.?|at)\s*(?P<start>{_HOUR})(?:\s*[-–]\s*(?P<end>{_HOUR}))?", re.IGNORECASE
)
_PLACE = re.compile(
    r"^[\s,]*(?P<fi>(?:[^\W\d_][\w-]*n )?[^\W\d_][\w-]*(?:ssa|ssä|lla|llä))\b"
    r"|^[\s,]*(?:i|på|vid|in|at) (?:the )?(?P<other>[^,.;]+?)(?= om | about |[,.;]|$)",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:aiheena|aihe:?|teemana|ämne:?|tema:?|topic:?|om|about) (?P<topic>[^,.;]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ToldMeeting:
    """The draft of a meeting that a message tells of: its cells, and the changes that enter it."""

    text: str
    cells: dict[str, str]
    changes: Changes
    dated: tuple[Cell, ...] = ()

    def sentence(self, book: Book, say: Sentences) -> str:
        """Return the question in words; other meetings of that day are named."""
        message = say(
            "“{line}” tells of a meeting to come. Shall it be entered into {tab:meetings} as a"
            " draft?",
            line=self.text,
        )
        same = [
            book.reference("meetings", one.id)
            for one in Meeting.all(book).values()
            if one.date == self.cells["date"]
        ]
        if same:
            message += " " + say("That day there is already {names}.", names=same)
        return message

    def suggestion(self, book: Book, say: Sentences) -> str:
        """Return the proposal in words, as "Header: value; …"."""
        columns = schema().tab("meetings")
        return "; ".join(
            f"{say.header('meetings', key)}: {cell_text(columns.column(key), value, book.language)}"
            for key, value in self.cells.items()
            if key != "id"
        )


def told_meeting(
    book: Book, row_id: str, text: str, today: date, say: Sentences
) -> ToldMeeting | None:
    """Return the meeting that a one-line message tells of: a word for it, a day, and an hour.

    None if one of them is missing, or the day has passed.
    """
    at, word = _AT.search(text), _MEETS.search(text)
    on = due_day(text, today) if at and word and "\n" not in text.strip() else None
    if at is None or word is None or on is None:
        return None
    behind = text[at.end() :]
    place = _PLACE.search(behind)
    topic = _TOPIC.search(behind)
    there = " ".join(((place["fi"] or place["other"]) if place else "").split())
    towns = (resolve_place(word).municipality for word in there.split())
    town = next(filter(None, towns), None)
    cells = {
        "id": new_id("T", (row_id, text), book.taken()),
        "name": topic["topic"].strip().capitalize() if topic else say("Meeting"),
        "date": on.isoformat(),
        "start": time.read(at["start"]).value,
        "end": time.read(at["end"] or "").value,
        "place": there,
        "area": town.name(book.language) if town else "",
        "state": "draft",
    }
    kept = {key: value for key, value in cells.items() if value}
    if "start" not in kept:
        return None
    group = f"told {row_id}"
    new = schema().enum("intake_result").label("new", book.language)
    result = Change(
        "inbox", row_id, "result", "", f"{new} {cells['id']}", TYPED_ROW_REASON, group=group
    )
    added = added_row("meetings", kept, TYPED_ROW_REASON, group)
    return ToldMeeting(text, kept, (*added, result))
