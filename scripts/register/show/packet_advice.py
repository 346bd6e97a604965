"""Advice for a newcomer's first week with the register: the last but one section of a packet."""

from register.book.schema import schema
from register.book.table import Book
from register.show.document import PagePart, PageSection
from register.words.sentences import Sentences


def how_work_goes_on(book: Book, say: Sentences) -> PageSection:
    """Return the section on what a newcomer does with the register, and where its secrets are."""
    facts = (
        (
            say("This week"),
            say(
                "Greet those above, look at what is late or due, and answer the questions in"
                " {tab:review}: the most urgent stand first."
            ),
        ),
        (
            say("When you learn something"),
            say(
                "Write it into {tab:inbox}: a name, a number, a whole business card, or a line"
                " on what was agreed. The next run takes it to its place. {tab:guide} says"
                " more."
            ),
        ),
        (
            say("When something was wrong"),
            say(
                "Every change is in {tab:log}. Choose “{word}” in its row, and the next run"
                " takes it back; a merged row comes back whole.",
                word=schema().enum("undo").label("undo", book.language),
            ),
        ),
        (
            say("Passwords and keys"),
            say(
                "None is in the register or in this packet. config.toml on the computer where"
                " the program runs names the file that each is in: ask who keeps that computer."
                " Where somebody leaves, change the mailbox's password and see who may edit"
                " the register."
            ),
        ),
        (
            say("When nothing happens"),
            say(
                "Whoever keeps the computer gives the command {command}: it says what is in"
                " place, and what to do about what is not.",
                command="python3 scripts/doctor.py",
            ),
        ),
    )
    return PageSection(
        "goes-on",
        say("How the work goes on"),
        say("What keeps the register going, and where to look."),
        (PagePart(facts=facts),),
    )
