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
        (say("Right now"), _standing(book, say)),
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
        *_computer(say),
    )
    return PageSection(
        "goes-on",
        say("How the work goes on"),
        say("What keeps the register going, and where to look."),
        (PagePart(facts=facts),),
    )


def _computer(say: Sentences) -> tuple[tuple[str, str], ...]:
    """Return the facts about the computer where the program runs."""
    return (
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
            say("When the computer changes"),
            say(
                "What the program remembers, such as who has had which letter, is on its computer."
                " Before the first run on another one, give {save} on the old one and {restore} on"
                " the new one, and remove the schedule from the old one.",
                save="python3 scripts/doctor.py --save state.zip",
                restore="python3 scripts/doctor.py --restore state.zip",
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


def _standing(book: Book, say: Sentences) -> str:
    """Return what waits in the tabs, who must not be written to, and who may release letters."""
    review, inbox, bans = (book.table(tab) for tab in ("review", "inbox", "bans"))
    said = say(
        "Open questions in {tab:review}: {questions}. Rows that wait in {tab:inbox}: {waiting}."
        " Addresses in {tab:bans}: {banned}; look there before you write to anybody yourself.",
        questions=sum(not row.get("done") for _, row in review.rows()),
        waiting=sum(not row.get("result") for _, row in inbox.rows()),
        banned=sum(row.get("scope") != "lifted" for _, row in bans.rows()),
    )
    releasers = [cell for _, cell in book.table("choices").column("releasers") if cell]
    if releasers:
        said += " " + say("{people} may release letters.", people=releasers)
    return said
