"""A letter to a mailing, about no meeting: who gets it, and what it says."""

from register.book.table import Book
from register.letters.campaign import Mailing, first_campaign
from register.letters.coming_meetings import ComingMeetings
from register.letters.correspondents import standalone_readers
from register.letters.letter_words import with_file
from register.letters.mailing_list import chosen_people, find_list
from register.letters.topics import topics_of
from register.people.mailings import LetterRow
from register.rounds.mail_room import MailRoom
from register.rounds.round import Round


def letter_round(book: Book, row: LetterRow, room: MailRoom) -> Round:
    """Return a letter to those of its mailing who have not had it.

    Raises UsageError where its mailing has to be asked about, or its file is missing.
    """
    today = room.now.date()
    people = chosen_people(book, find_list(book, row.mailing), today)
    name = first_campaign(row.id)
    done = room.already_sent(name)
    readers, held = standalone_readers(
        book, people, "letter", today, done, topics=topics_of(book, row)
    )
    coming = ComingMeetings(book, today)
    mailing = Mailing(
        name, room.now, room.tokens, each=lambda person: {"coming": coming.of(person)}
    )
    written = with_file(row, room.drafts, book.language)
    return Round(mailing, readers, held=tuple(held.values()), letter=written)
