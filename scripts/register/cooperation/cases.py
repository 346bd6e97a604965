"""Questions about cooperation: notes about a matter, people who leave or change."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from register.book.change import Change
from register.book.finding import Finding
from register.book.ids import fingerprint
from register.book.table import Book
from register.cooperation.handing_over import (
    OwnerLeft,
    departed_owners,
    handover_changes,
    post_start_day,
    replace_name,
)
from register.cooperation.matter_lines import (
    MatterLine,
    cooperation_rows,
    entries_in_words,
    matter_lines,
)
from register.cooperation.offers import exchange_cases
from register.cooperation.partnership_cases import partnership_cases
from register.cooperation.promised import promise_cases
from register.cooperation.succession import Departure, departures
from register.people.records import Person
from register.review.question import Changes, Question, choices_for_proposal, question_cells
from register.values.date import day
from register.words.sentences import Sentences

_SUCCESSION = (
    *("ended-without-successor", "reference-nobody"),
    *("successor-oneself", "successor-circle"),
)
"""Findings about ``successor`` that are left out where a departure question proposes an answer."""

_LISTED = 6
"""The most things left behind that a sentence names."""


def cooperation_cases(
    book: Book, today: date, say: Sentences, passed_over: Collection[str] = (), us: str = ""
) -> list[Question]:
    """Return all questions about cooperation.

    ``passed_over`` are ids of ``inbox`` rows whose result a person has undone. ``us`` is the name
    of our own organisation, whose offers and needs are ours.
    """
    lines = (
        _as_first_asked(book, line, today, say)
        for line in matter_lines(book, today)
        if line.row_id not in passed_over
    )
    return [
        *(_line_case(book, line, today, say) for line in lines),
        *(_departure_case(book, departure, today, say) for departure in departures(book, today)),
        *(_owner_case(book, left, say) for left in departed_owners(book, today)),
        *promise_cases(book, today, say),
        *exchange_cases(book, today, us, say),
        *partnership_cases(book, today, say),
    ]


def findings_not_asked(found: Iterable[Finding], cases: Iterable[Question]) -> list[Finding]:
    """Return the findings that none of these questions covers."""
    asked = {row for case in cases if case.shown["kind"] == "person_change" for row in case.rows}
    return [
        finding
        for finding in found
        if finding.code not in _SUCCESSION
        or finding.column != "successor"
        or (finding.tab, finding.row_id) not in asked
    ]


def _line_id(told: MatterLine) -> str:
    meant = ("\x1e".join("|".join(f) for f in (*e.orgs, *e.people)) for e in told.entries)
    return fingerprint("line", told.row_id, told.text, *meant)


def _as_first_asked(book: Book, told: MatterLine, today: date, say: Sentences) -> MatterLine:
    """Return a line as it was read when first asked about, since "eilen" meant another day then."""
    shown = book.table("review").cell(_line_id(told), "suggestion")
    header = re.escape(say.header("cooperation", "date"))
    found, now = re.search(rf"{header}: (\S+?);", shown), told.entries[0].line.date
    then = day(found[1]) if found else ""
    if not (then and now) or then >= now:
        return told
    since = date.fromisoformat(now) - date.fromisoformat(then)
    again = (one for one in matter_lines(book, today - since) if one.row_id == told.row_id)
    return next(again, told)


def _line_case(book: Book, told: MatterLine, today: date, say: Sentences) -> Question:
    case_id = _line_id(told)
    owner = book.table("review").cell(case_id, "by")
    answer = cooperation_rows(book, told, owner, today) if told.is_clear else ()
    strangers = [name for entry in told.entries for name in entry.strangers]
    unclear = [row_id for entry in told.entries for row_id in entry.unclear]
    if told.is_clear and strangers:
        message = say(
            "“{line}” tells of a matter. The register does not know {names}. Shall it be entered, "
            "with that name in its text?",
            line=told.text,
            names=strangers,
        )
    elif told.is_clear:
        message = say("“{line}” tells of a matter. Shall it be entered?", line=told.text)
    elif unclear:
        message = say(
            "“{line}” may mean any of these: {names}. Write the right one's id in the line.",
            line=told.text,
            names=[
                book.reference("people" if row_id.startswith("H-") else "organisations", row_id)
                for row_id in unclear
            ],
        )
    else:
        message = say(
            "“{line}” tells of a matter, but the register has neither a person nor an organisation "
            "of that name. Write the organisation in the column {column}, or add the name to the "
            "register.",
            line=told.text,
            column=say.header("inbox", "org"),
        )
    about = ("inbox", told.row_id)
    cells = question_cells(
        *(book, say, about, "matter", message),
        left=told.text,
        suggestion=entries_in_words(answer, say),
        link=told.row_id,
    )
    return Question(case_id, (about,), cells, choices_for_proposal(answer))


def _departure_case(book: Book, departure: Departure, today: date, say: Sentences) -> Question:
    person, row = departure.person, Person.all(book)[departure.person]
    answer = handover_changes(book, departure)
    left = list(_left(book, departure, say))
    values = {
        "name": row.role if row.is_vacant else say.row(book, "people", person),
        "things": left[:_LISTED],
        "count": len(left),
        "heir": departure.name or ", ".join(_names(book, "people", departure.heirs)),
    }
    match departure.how:
        case "named":
            sentence = "{name} has left. Shall these go to {heir}: {things}?"
        case "found":
            sentence = "{name} has left. Is {heir} the successor, and takes over: {things}?"
        case "several":
            sentence = (
                "{name} has left, and {heir} may all be the successor. Write the right one in "
                "{column}. Left behind: {things}."
            )
        case "filled":
            sentence = (
                "The vacant post {name} seems to be filled. Does {heir} have it now, and take over:"
                " {things}?"
            )
        case "unknown":
            sentence = (
                "{name} has left; the successor {heir} is not in the register. Shall they be "
                "added, and take over: {things}?"
            )
        case "circle":
            sentence = "{name} has left, and {column} leads back to them. Correct it: {things}."
        case _:
            sentence = (
                "{name} has left and nobody is named in {column}. Shall the post be kept as "
                "vacant, with these: {things}?"
            )
    values["things"] = left[:_LISTED] or [say("nothing is open")]
    cells = question_cells(
        *(book, say, ("people", person), "person_change"),
        say(sentence, column=say.header("people", "successor"), **values),
        left="; ".join(left),
        suggestion=_suggestion(departure, values["heir"], say),
    )
    moves = ("\x1e".join((m.tab, m.row_id, m.to)) for m in departure.moves)
    case_id = fingerprint("handover", person, departure.how, *departure.heirs, *moves)
    return Question(
        case_id,
        (("people", person),),
        cells,
        choices_for_proposal(answer),
        (("people", person, "successor"),),
        lambda values: _succeeded(book, person, today, *values.values()),
        dated=tuple(
            change.cell
            for change in answer
            if change.cell == ("people", person, "end") and not post_start_day(book, departure)
        ),
        words={"accept": "carry_out"},
    )


def _succeeded(book: Book, person: str, today: date, successor: str) -> Changes:
    """Return the changes for a named successor: the name, and everything they take over."""
    before = Person.at(book, person).successor
    named = Change("people", person, "successor", before, successor, "handover")
    made: Changes = (named,) if before != successor else ()
    after = book.with_changes(made)
    for departure in departures(after, today):
        if departure.person == person:
            made += handover_changes(after, departure)
    return made


def _suggestion(departure: Departure, heir: object, say: Sentences) -> str:
    if departure.how in ("several", "circle"):
        return ""
    return str(heir) or say("a vacant post")


def _left(book: Book, departure: Departure, say: Sentences) -> Iterator[str]:
    """Yield the things that a person leaves behind, each in a few words."""
    for move in departure.moves:
        name = book.row_name(move.tab, move.row_id)
        match move.tab:
            case "cooperation":
                yield name
            case "meetings":
                yield say("host of {name}", name=name)
            case _:
                yield say("contact of {name}", name=name)


def _owner_case(book: Book, left: OwnerLeft, say: Sentences) -> Question:
    case_id = fingerprint("owner", left.name, *("\x1e".join(cell) for cell in left.cells))
    chosen = book.table("review").cell(case_id, "by")
    heir = chosen if chosen in left.others else left.others[0] if len(left.others) == 1 else ""

    def taken_over(named: str) -> Changes:
        return tuple(
            Change(*cell, before, replace_name(before, left.name, named), "owner")
            for cell in left.cells
            if named in left.others
            for before in [book.table(cell[0]).cell(cell[1], cell[2])]
        )

    count, has_value = len(left.cells), book.table("review").has("value")
    if heir:
        message = say(
            "{name} has left us, and {count} rows still name them. Shall {heir} take them over?",
            name=left.name,
            heir=heir,
            count=count,
        )
    else:
        message = say(
            "{name} has left us, and {count} rows still name them. Who takes them over? Write the "
            "name into {column}.",
            name=left.name,
            count=count,
            column=say.header("review", "value" if has_value else "by"),
        )
    cells = question_cells(
        *(book, say, ("choices", left.name), "person_change", message),
        left="; ".join(_names_of(book, left.cells)),
        suggestion=heir,
        link=left.name,
    )
    rows = tuple({(tab, row_id): None for tab, row_id, _ in left.cells})
    return Question(
        case_id,
        rows,
        cells,
        choices_for_proposal(taken_over(heir)),
        left.cells[:1],
        lambda values: taken_over(*values.values()) or None,
    )


def _names_of(book: Book, cells: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield from (book.row_name(tab, row_id) for tab, row_id, _ in cells)


def _names(book: Book, tab: str, row_ids: Iterable[str]) -> list[str]:
    return [book.reference(tab, row_id) for row_id in row_ids]
