"""Questions about rows of ``inbox`` that name neither a person nor an organisation."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from register.book.ids import fingerprint, reference_id
from register.book.schema import schema
from register.book.table import Book
from register.intake.card import Card, pending_cards
from register.intake.sentence_contact import name_in_sentence
from register.intake.typed_rows import read_row
from register.people.meetings import AHEAD, Meeting
from register.people.named_in_text import people_called, person_named
from register.people.records import Organisation, Person
from register.people.refusal_words import refuses_plainly
from register.review.question import (
    Cell,
    Changes,
    Question,
    choices_for_proposal,
    question_cells,
)
from register.review.told_meeting import ToldMeeting, told_meeting
from register.review.told_of_organisation import ToldOfOrganisation, told_of_organisation
from register.review.told_of_person import ToldOfPerson, told_of_person
from register.rules.references import read_reference
from register.values.email import name_in_mailbox
from register.words.sentences import Sentences

_NAMED = 5
"""The most people who may be meant that are named."""

_REGISTERED = re.compile(r"(?<![\w@.-])[A-ZÅÄÖ][\w-]+(?: [^\W\d_][\w-]+){0,4}? r[yf]\b")

_SILENT = ("id", "at", "source", "result", "consent", "consent_words")


def nameless_row_questions(
    book: Book, today: date, say: Sentences, passed_over: Collection[str] = ()
) -> Iterator[Question]:
    """Yield a question for each waiting row that cannot be taken in, because it names nobody.

    ``passed_over`` are ids of rows that another question is about, or whose intake a person has
    undone.
    """
    for card in pending_cards(book, passed_over):
        if not (card.is_person or card.org or any(card.numbers)):
            told = {key: cell for key, cell in card.row.items() if cell and key not in _SILENT}
            if told:
                yield _question(book, card, told, today, say)


def _question(
    book: Book, card: Card, told: Mapping[str, str], today: date, say: Sentences
) -> Question:
    field: Cell = ("inbox", card.row_id, "name")
    text = told.get("text", "")
    about = _news(book, card.row_id, text, today, say) if list(told) == ["text"] else None
    name = (
        name_in_mailbox(told.get("email", ""))
        or person_named(book, text)[0]
        or name_in_sentence(text)
        or _registered_name(text)
    )
    called = [one for one in Person.live(book) if name and _is_called(one, name)] or [
        *people_called(book, told.get("name") or told.get("first") or text)
    ]
    if half := told.get("name") or told.get("first") or told.get("last"):
        name = _only_one_called(Person.live(book), half)
    elif not name:
        name = next(iter(names), "") if len(names := {_whole(one) for one in called}) == 1 else ""

    def written(values: Mapping[Cell, str]) -> Changes | None:
        said = values[field]
        if isinstance(about, ToldOfPerson) and (meant := about.ending(said, today)):
            return meant.changes
        said = _only_one_called(called, said) or said
        who = [one for one in Person.live(book) if _is_called(one, said)]
        there = () if who else _organisation_called(book, said)
        who = who or [one for one in called if one.org_id in {org.id for org in there}]
        if len(who) == 1 and (of := told_of_person(book, card.row_id, text, today, who[0])):
            return of.changes
        if there and list(told) == ["text"]:
            of_all = None if called else told_of_organisation(book, card.row_id, text, there)
            return of_all.changes if of_all else None
        return tuple(read_row(book, card.row_id, book.table("inbox").row(card.row_id), said))

    message = about.sentence(book, say) if about else _message(book, told, half or "", called, say)
    cells = question_cells(
        *(book, say, ("inbox", card.row_id), "intake", message),
        left=told.get("text", ""),
        suggestion=about.suggestion(book, say) if about else name,
        link=card.row_id,
    )
    answer = about.changes if about else written({field: name}) if name else ()
    return Question(
        fingerprint("nameless", card.row_id, *(f"{key}\x1e{told[key]}" for key in told)),
        (("inbox", card.row_id),),
        cells,
        choices_for_proposal(answer or ()),
        (field,),
        written,
        dated=about.dated if about else (),
        words={"accept": "carry_out"} if about else {},
    )


def _news(
    book: Book, row_id: str, text: str, today: date, say: Sentences
) -> ToldOfPerson | ToldOfOrganisation | ToldMeeting | None:
    """Return what a message tells of a known person, a meeting to come, or known organisations."""
    if person := told_of_person(book, row_id, text, today):
        return person
    if people_called(book, text) or refuses_plainly(text):
        return None
    meeting = told_meeting(book, row_id, text, today, say)
    return meeting or told_of_organisation(book, row_id, text)


def _message(
    book: Book, told: Mapping[str, str], half: str, called: Sequence[Person], say: Sentences
) -> str:
    """Return the question; ``half`` is the row's only name, ``called`` the people it may mean."""
    if half:
        message = say(
            "Who is {name}? {cells}. Write the whole name into {value}, or into the row.",
            name=half,
            cells="; ".join(
                f"{say.header('inbox', key)}: {told[key]}" for key in told if told[key] != half
            ),
            value=_value(book, say),
        )
    elif list(told) == ["text"] and called:
        message = say("Whom does “{line}” tell of?", line=told["text"])
    elif list(told) == ["text"] and (meetings := _meetings_named(book, told["text"])):
        message = say(
            "“{line}” tells of {meetings}. What changes is written into its row of {tab:meetings}:"
            " the day, the place, or {column:meetings.state}. Then choose “{word:ignore}” here.",
            line=told["text"],
            meetings=meetings,
        )
    elif list(told) == ["text"]:
        message = say(
            "“{line}” does not say whom it is about. Write the person's or the organisation's name"
            " into {value}. A line about a matter goes like this: “12.3. Espoo / Maija Malli: what"
            " it was about, what was agreed, what comes next”.",
            line=told["text"],
            value=_value(book, say),
        )
    else:
        message = say(
            "Whose is this: {cells}? The row names neither a person nor an organisation. Write the"
            " name into {value}, or into the row.",
            cells="; ".join(f"{say.header('inbox', key)}: {told[key]}" for key in told),
            value=_value(book, say),
        )
    return f"{message} {_candidates(book, called, say)}" if called else message


def _candidates(book: Book, called: Sequence[Person], say: Sentences) -> str:
    """Return the sentence that lists the people who may be meant, so that one can be typed."""
    names = [book.reference("people", one.id) for one in called[:_NAMED]]
    if len(called) > _NAMED:
        names.append("…")
    return say(
        "One of these may be meant: {names}. Write the right one's name or id into {value}.",
        names=names,
        value=_value(book, say),
    )


def _is_called(one: Person, name: str) -> bool:
    row_id = reference_id(name)
    return one.id == row_id or _whole(one).casefold() == " ".join(name.split()).casefold()


def _organisation_called(book: Book, said: str) -> tuple[Organisation, ...]:
    """Return the organisation whose name or id a text is and no more, as a tuple; () for none."""
    read = read_reference(book, schema().tab("people").column("org"), said)
    one = Organisation.at(book, reference_id(read.value))
    return (one,) if one.id else ()


def _whole(one: Person) -> str:
    return f"{one.first} {one.last}"


def _only_one_called(people: Iterable[Person], half: str) -> str:
    """Return the whole name of the only one of these people with this first or last name, or ''."""
    plain = half.strip().casefold()
    called = {_whole(one) for one in people if plain in (one.first.casefold(), one.last.casefold())}
    return called.pop() if len(called) == 1 else ""


def _registered_name(text: str) -> str:
    """Return the only name with a legal form in a text: "info@… Nokian Seniorit ry auki ma–to"."""
    found = set(_REGISTERED.findall(text))
    return found.pop() if len(found) == 1 else ""


def _meetings_named(book: Book, text: str) -> list[str]:
    """Return the references of the meetings to come whose names stand in a text."""
    plain = text.casefold()
    return [
        book.reference("meetings", one.id)
        for one in Meeting.all(book).values()
        if one.state in AHEAD and one.name and one.name.casefold() in plain
    ]


def _value(book: Book, say: Sentences) -> str:
    return say.header("review", "value" if book.table("review").has("value") else "suggestion")
