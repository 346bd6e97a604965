"""Open sign-up: who joins uninvited is recognised and counted, or comes to ``inbox`` if new.

A person is recognised by a mailbox or phone together with the name, never by a name alone. About
new people nothing is decided here: they come to ``inbox``, and get their invitation once they are
in the register; until then their places are kept. Doubts are collected in one question.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from register.book.change import Change
from register.book.errors import UsageError
from register.book.ids import fingerprint
from register.book.package_data import package_table
from register.book.table import Book
from register.configuration.forms import SignUpForm
from register.intake.card import card_of
from register.letters.meeting import find_meeting
from register.letters.tally import MOST_IN_PARTY, TALLY_REASON, places_left
from register.letters.untrusted import field_line
from register.people.meetings import Invitation, Meeting
from register.people.records import Person
from register.people.same_human import Humans
from register.ports.mailbox import AnswerOnRecord
from register.replies.desk import Message, ReplyDesk
from register.replies.sign_up import SignUp
from register.replies.verdict import Verdict
from register.review.question import asked_rows, question_cells
from register.review.words import MEANS, NO, YES, read_decision
from register.rounds.known_letters import KnownLetter
from register.rounds.plan import new_invitation_changes
from register.rules.formula import formula_code
from register.values import phone
from register.values.email import mailbox_key
from register.values.person_name import name_keys

_PERSON = re.compile(r"\bH-[0-9A-Z]{5}\b")
_NAMED = 5

_SENTENCES: Mapping[str, str] = package_table("register.replies", "sentences")["sign_ups"]
"""The questions for ``review`` about sign-ups."""


@dataclass(slots=True)
class SignUpResult:
    """The result of sign-ups: done, of new people (``joining``), or waiting for a decision."""

    done: list[SignUp] = field(default_factory=list)
    joining: list[SignUp] = field(default_factory=list)
    waiting: list[SignUp] = field(default_factory=list)

    def settled(self) -> Iterator[SignUp]:
        """Yield the sign-ups not to be read again; of a row with several, none before all are."""
        open_ = {one.key for one in (*self.waiting, *self.joining) if one.is_named}
        open_ |= {one.key for one in self.waiting}
        yield from (one for one in (*self.done, *self.joining) if one.key not in open_)


def take_sign_ups(desk: ReplyDesk, sign_ups: Sequence[SignUp], form: SignUpForm) -> SignUpResult:
    """Record who signs up, the earliest first."""
    taken, known, kept = SignUpResult(), _KnownGuests(desk.book), Counter[str]()
    came = [(one, known.person(one)) for one in sorted(sign_ups, key=lambda one: one.at)]
    counter = _Counter(form, came)
    waiting: dict[tuple[str, str], list[SignUp]] = {}
    for one, person in came:
        meeting = _meeting(desk.book, one.meeting)
        over = counter.is_over(one, meeting, person)
        if one.settled:
            continue
        draft = Meeting.at(desk.book, meeting).state == "draft"
        if meeting and not draft and not desk.is_open(meeting):
            desk.said.add("late", meeting)
            taken.done.append(one)
            continue
        why = _why_waiting(desk.book, one, meeting, person, over=over)
        said = _decided(desk.book, why, meeting, one) if why else "accept"
        if said == "ignore":
            taken.done.append(one)
        elif said != "accept" or not meeting:
            waiting.setdefault((why, meeting), []).append(one)
        elif person:
            _take(desk, one, meeting, person, kept[meeting])
            taken.done.append(one)
        else:
            kept[meeting] += one.party or 1
            taken.joining.append(one)
    for (why, meeting), some in waiting.items():
        taken.waiting += some
        _ask(desk, why, meeting, some)
    return taken


class _Counter:
    """Counts sign-ups by address, hour and meeting, those of earlier runs included.

    If an hour brings more new people than may come in at once, none of them does: a wave of
    sign-ups is one question. People who are recognised, or who come in another hour, do not wait
    with it.
    """

    def __init__(self, form: SignUpForm, came: Iterable[tuple[SignUp, str]]) -> None:
        self._form, self._found = form, Counter[tuple[str, ...]]()
        self._new = Counter(_hour(one) for one, person in came if not person)

    def is_over(self, one: SignUp, meeting: str, person: str) -> bool:
        """Whether a sign-up exceeds what is accepted without a decision."""
        mailbox = mailbox_key(one.cells.get("email", ""))
        hour, form = _hour(one), self._form
        many = self._grown("recognised", hour) if person else self._new[hour]
        over = many > form.per_hour
        over |= bool(mailbox) and self._grown("mailbox", mailbox, meeting) > form.per_address
        return over or self._grown("meeting", meeting) > form.total

    def _grown(self, *key: str) -> int:
        self._found[key] += 1
        return self._found[key]


def _hour(one: SignUp) -> str:
    return f"{one.at:%Y-%m-%dT%H}"


class _KnownGuests:
    """Finds who signs up: by a mailbox or phone and the name, or by an earlier row of ``inbox``."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._reached: dict[str, list[Person]] = {}
        for person in Person.live(book):
            phones = (phone.read(one).value for one in (person.phone, person.phone2))
            for reach in {person.mailbox, *phones} - {""}:
                self._reached.setdefault(reach, []).append(person)
        self._taken_in: dict[tuple[str, ...], str] = {}
        for _, row in book.table("inbox").rows():
            if found := _PERSON.search(row.get("result", "")):
                self._taken_in[_card_key(row)] = found[0]

    def person(self, one: SignUp) -> str:
        """Return the id of the person who signs up, '' if unknown."""
        card = card_of("", dict(one.cells), self._book)
        names = name_keys(card.first, card.last)
        reaches = (mailbox_key(card.get("email")), card.get("phone"), card.get("phone2"))
        for reach in filter(None, reaches):
            for person in self._reached.get(reach, ()):
                if names & person.name_keys:
                    return person.id
        taken_in = self._taken_in.get(_card_key(one.cells), "")
        return Person.current_id(self._book, taken_in) if taken_in and one.is_named else ""


def _card_key(cells: Mapping[str, str]) -> tuple[str, ...]:
    keys = ("name", "first", "last", "email", "phone")
    return tuple(" ".join(cells.get(key, "").split()).casefold() for key in keys)


def dismiss_sign_ups(taken: SignUpResult, some: Iterable[SignUp]) -> None:
    """Mark sign-ups as done that do not come into the register, such as an erased person's."""
    for one in some:
        taken.joining.remove(one)
        taken.done.append(one)


def meetings_with_sign_ups(book: Book, sign_ups: Iterable[SignUp]) -> frozenset[str]:
    """Return the ids of the meetings with unhandled sign-ups."""
    return frozenset(_meeting(book, one.meeting) for one in sign_ups if not one.settled)


def is_open_to_all(desk: ReplyDesk, text: str) -> bool:
    """Whether a text names a meeting that anybody may join."""
    meeting = _meeting(desk.book, text)
    return bool(meeting) and Meeting.at(desk.book, meeting).sign_up == "yes"


def _meeting(book: Book, text: str) -> str:
    """Return the id of the meeting that a text names, '' if it names none or several."""
    try:
        return find_meeting(book, text)
    except UsageError:
        return ""


def _why_waiting(book: Book, one: SignUp, meeting: str, person: str, *, over: bool) -> str:
    """Return why a person must decide about a sign-up first, or ''."""
    if not meeting:
        return "unknown"
    invited = any(row.person_id == person for row in Invitation.to(book, meeting))
    about = Meeting.at(book, meeting)
    if about.state == "draft" or (about.sign_up != "yes" and not (person and invited)):
        return "closed"
    if over:
        return "many"
    if one.formula or any(map(formula_code, (*one.cells.values(), one.needs, one.question))):
        return "formula"
    if one.another:
        return "another"
    return "crowd" if one.party > MOST_IN_PARTY else ""


def _cases(book: Book, why: str, meeting: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield (id, cells) of the questions about sign-ups that wait for a reason; the last is new."""
    table = book.table("review")
    for number in count():
        case = fingerprint("sign-ups", why, meeting, str(number))
        yield case, table.row(case) if case in table else {}
        if case not in table:
            return


def _decided(book: Book, why: str, meeting: str, one: SignUp) -> str:
    """Return a person's decision about a waiting sign-up, such as ``accept`` or ``ignore``, or ''.

    A closed question covers only the sign-ups that had come by then.
    """
    moment = one.at.replace(tzinfo=None).isoformat(timespec="minutes")
    for _, row in _cases(book, why, meeting):
        if not row.get("done") or moment <= row["done"]:
            cell = row.get("decision", "").strip()
            said = read_decision(cell) if cell else ""
            return {YES: "accept", NO: "ignore"}.get(said, MEANS.get(said, said))
    return ""


def _ask(desk: ReplyDesk, why: str, meeting: str, some: Sequence[SignUp]) -> None:
    """Ask one question about all sign-ups that wait for a reason; later ones are added to it."""
    book, say = desk.book, desk.say
    case, asked = next(
        (case, row) for case, row in _cases(book, why, meeting) if not row.get("done")
    )
    called = [one.meeting if why == "unknown" else _name(one) for one in some]
    named = [*dict.fromkeys(filter(None, called))]
    about = say.row(book, "meetings", meeting) if meeting else "–"
    message = say(
        _SENTENCES[why],
        count=len(some),
        meeting=about,
        which=[*(field_line(one)[:60] for one in named[:_NAMED]), *["…"][: len(named) > _NAMED]],
        first=min(one.at for one in some),
        last=max(one.at for one in some),
        most=MOST_IN_PARTY,
        yes=say.label("decision", "accept"),
        no=say.label("decision", "ignore"),
    )
    if asked.get("message") == message:
        return
    desk.said.add("sign-ups", meeting or "–")
    if asked:
        before = asked["message"]
        desk.propose("", [Change("review", case, "message", before, message, TALLY_REASON)])
        return
    cells = question_cells(
        *(book, say, ("meetings", meeting), "answer", message), severity="error", link=about
    )
    desk.propose("", asked_rows(book, case, cells, TALLY_REASON))


def _name(one: SignUp) -> str:
    cells = one.cells
    return cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()


def _take(desk: ReplyDesk, one: SignUp, meeting: str, person: str, kept: int) -> None:
    """Record that a person of the register comes; ``kept`` places are reserved for others."""
    row = _row_of(desk.book, meeting, person)
    person = row.person_id if row else person
    last = desk.current_answer(meeting, person)
    if last and last.said_at >= one.at:  # an edited form row, such as a ticked one, is read again
        if last.said_at > one.at or (row and one.party not in (0, row.heads)):
            desk.said.add("stale", person)
        return
    held = row.heads if row and row.rsvp == "coming" else 0
    party, left = one.party or (row.heads if row else 1), places_left(desk.book, meeting)
    room = party <= held or left is None or party - held <= left - kept
    given = "coming" if room or held else "waitlisted"
    cells = {"rsvp": given, "rsvp_via": one.via, "needs": one.needs, "question": one.question}
    if party != (row.heads if row else 1) and (room or not held):
        cells["party_size"] = str(party)
    elif not room and held:
        desk.said.add("no-room", person)
    has = desk.book.table("invitations").has
    cells = {key: value for key, value in cells.items() if value and has(key)}
    if row:
        desk.write(one.key, "invitations", row.id, cells)
    else:
        somebody = Person.at(desk.book, person)
        home = somebody.organisation(desk.book)
        cells |= {"org": home.name if home else "", "email": somebody.email}
        taken = desk.book.taken()
        added = new_invitation_changes(desk.book, meeting, person, cells, taken, TALLY_REASON)
        desk.propose(one.key, added)
    mailbox = (row.email if row else "") or Person.at(desk.book, person).email
    number = last.count + 1 if last else 1
    desk.answers[meeting, person] = AnswerOnRecord(given, one.at, -1, number)
    desk.touched.add(meeting)
    desk.said.add("signed-up", person)
    if one.words and not (row and one.question == row.question):
        verdict = Verdict("text", words=one.words)
        known = KnownLetter(person, mailbox, "", meeting)
        desk.ask(
            Message(one.key, one.print, verdict),
            known,
            "answer",
            _SENTENCES["added"],
            {},
            quiet=True,
        )
    desk.repeat(person, mailbox, meeting, given, number)


def _row_of(book: Book, meeting: str, person: str) -> Invitation | None:
    """Return the invitation of a person, or of another row of the same human, or None."""
    humans = book.once(Humans)
    found = [one for one in Invitation.to(book, meeting) if humans.are_one(one.person_id, person)]
    return next((row for row in found if row.person_id == person), found[0] if found else None)


def new_sign_ups_by_meeting(
    book: Book, joining: Iterable[SignUp]
) -> Iterator[tuple[str, list[SignUp]]]:
    """Yield the meetings that new people join, each with its sign-ups.

    A sign-up whose row is in ``inbox`` already is left out, even if the form's row changed since.
    """
    found: dict[str, list[SignUp]] = {}
    here = {_card_key(row) for _, row in book.table("inbox").rows()}
    for one in joining:
        key = _card_key(one.cells)
        if key in here and one.is_named:
            continue
        here.add(key)
        found.setdefault(_meeting(book, one.meeting), []).append(one)
    yield from found.items()
