"""The number of people in each mailing today, and how many of them may be written to."""

from register.book.change import Change
from register.book.errors import UsageError
from register.letters.correspondents import standalone_readers
from register.letters.mailing_list import EVERYBODY, NOBODY, listed_people
from register.letters.topics import topics_of_list
from register.people.mailings import MailingList
from register.rounds.meeting_desk import MeetingDesk


def count_mailings(desk: MeetingDesk) -> None:
    """Write into each row of ``mailings`` its number of people, or why it cannot be counted.

    The rows are written at once where the run allows it.
    """
    book, today = desk.book, desk.room.now.date()
    changes: list[Change] = []
    for row in MailingList.all(book).values():
        if row.id.startswith("#") or not row.name:
            continue
        try:
            found = listed_people(book, row.id, today)
        except UsageError as fault:
            changes += desk.answered(row, fault, people="")
            continue
        topics = topics_of_list(book, row.id)
        readers, _ = standalone_readers(book, found.people, "letter", today, (), topics=topics)
        said = desk.say(
            "{count}; letters can go to {writable}", count=len(found.people), writable=len(readers)
        )
        why = EVERYBODY if found.everybody else "" if found.people else NOBODY
        changes += desk.answered(row, (why, {"name": row.name}) if why else None, people=said)
    desk.write(changes)
