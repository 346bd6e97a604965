"""Requests and answers in a writer's own words: opt-outs, and answers without a link.

An opt-out always counts: for the address that it came from, and for the recipient of the letter
that it answers if that is the same person. An answer counts if it comes from the address that the
letter went to, by its token or In-Reply-To. Without either it counts if exactly one open
invitation, or day poll, went to the address and our own mail server authenticated the sender.
"""

from collections.abc import Mapping
from hashlib import blake2b

from register.letters.meeting import is_polling
from register.letters.tally import GONE_TALLY
from register.people.meetings import Invitation, Meeting
from register.people.records import Person
from register.people.same_human import Humans
from register.ports.mailbox import Receipt
from register.replies.desk import Message, ReplyDesk
from register.review.refusal_questions import ban_changes
from register.rounds.known_letters import KnownLetter, same_mailbox
from register.values.email import mailbox_key

_REPLY_SENTENCES: Mapping[str, str] = {
    "please_stop": "{address} asks that {person} gets no more letters; the letter went to"
    " {mailbox}.",
    "stopped_with": "{person} asked for no more invitations and added a few words.",
}
"""The questions for ``review``."""


_NUMBERS = {"invitations": 1, "letters": 2, "reminders": 3}
"""The number of each scope's confirmation round: a scope is confirmed once."""


def wants_no_more(message: Message) -> bool:
    """Whether a message opts out of all letters, by its link or in clear words."""
    verdict = message.verdict
    return verdict.kind == "unsubscribe" or (verdict.clear and verdict.guess == "unsubscribe")


def ban_sender(
    desk: ReplyDesk,
    message: Message,
    known: KnownLetter | None,
    scope: str = "invitations",
    topic: str = "",
) -> bool:
    """Add a ban for a sender who opts out; return False if we have never written to them.

    ``known`` is the letter that the message answers, None if its tokens belong to none. ``scope``
    is what the sender no longer wants, ``topic`` the only topic that this is about, '' for all.
    """
    verdict = message.verdict
    theirs = known is not None and is_own_address(desk, message, known)
    people = [known.person] if known and theirs else desk.by_mailbox.get(verdict.sender, [])
    if not (theirs or people or desk.letters.wrote_to(verdict.sender) or known):
        return False
    addresses = {mailbox_key(known.mailbox): known.mailbox} if known and theirs else {}
    if verdict.sender:
        addresses.setdefault(mailbox_key(verdict.sender), verdict.sender)
    source = known.campaign if known else desk.say.label("rsvp_via", verdict.via)
    sources = dict.fromkeys(addresses.values(), source)
    banned = [*ban_changes(desk.book, sources, "request", desk.now.date(), scope, topic)]
    desk.propose(message.key, banned)
    if addresses:
        wide = scope == "invitations" and not topic
        said = "unsubscribed" if wide else "preferred"
        desk.said.add(said, people[0] if people else message.key)
    if known and not theirs and scope == "invitations" and not topic:
        values = {"address": verdict.sender or "–", "mailbox": known.mailbox}
        desk.ask(
            message, known, "answer", _REPLY_SENTENCES["please_stop"], values, guess="unsubscribe"
        )
    elif people:
        reader = known or KnownLetter(people[0], verdict.sender, "", "")
        given = f"topic:{topic}" if topic else scope
        _follow_up(desk, message, reader, given if banned else "")
    return True


def _follow_up(desk: ReplyDesk, message: Message, reader: KnownLetter, banned: str) -> None:
    verdict = message.verdict
    if verdict.comment and verdict.kind in ("text", "unsubscribe", "preference"):
        desk.ask(message, reader, "answer", _REPLY_SENTENCES["stopped_with"], {})
    if banned and "unsubscribed" in desk.automatic and not verdict.automatic:
        number = _NUMBERS.get(banned) or _number(banned)
        desk.receipts.append(
            Receipt("unsubscribed", reader.person, reader.mailbox, "", banned, number)
        )


def _number(given: str) -> int:
    """Return the number of the round that confirms an opt-out from a topic."""
    return 10 + int.from_bytes(blake2b(given.casefold().encode(), digest_size=4).digest())


def is_own_address(desk: ReplyDesk, message: Message, known: KnownLetter) -> bool:
    """Whether the sender is the letter's recipient, at any of their addresses in the register."""
    sender = message.verdict.sender
    return desk.agrees(message.verdict, known) or any(
        same_mailbox(sender, one) for one in desk.book.once(Humans).mailboxes(known.person)
    )


def only_open_poll(desk: ReplyDesk, address: str) -> KnownLetter | None:
    """Return the letter of the only open day poll that went to an address, else None."""
    found = [
        one
        for one in desk.letters.polls(address)
        if desk.is_open(one.meeting) and is_polling(Meeting.at(desk.book, one.meeting))
    ]
    return found[0] if len(found) == 1 else None


def open_invitations(desk: ReplyDesk, address: str) -> list[KnownLetter]:
    """Return the open invitations that went to an address."""
    people = Person.all(desk.book)
    found: list[KnownLetter] = []
    for row in Invitation.all(desk.book).values():
        person, meeting = row.person_id, row.meeting_id
        if row.send_state not in GONE_TALLY or not desk.is_open(meeting):
            continue
        went_to = row.email or (people[person].email if person in people else "")
        if same_mailbox(address, went_to):
            found.append(KnownLetter(person, address, "", meeting))
    return found
