"""Values suggested by a name, type or postal code: asked about together, never written unasked."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from register.book.change import Change
from register.book.ids import fingerprint
from register.book.table import Book
from register.intake.new_row_cells import suggested_group
from register.people.records import OFFICE, Organisation, Person, live_rows
from register.review.batches import batches
from register.review.question import Question, choices_for_proposal, question_cells
from register.rules.rule import is_blank
from register.values import municipality
from register.values.name_language import language_of_name
from register.values.organisation_kinds import (
    suggested_topics,
    suggested_type,
)
from register.values.places import municipality as municipality_of_code, postal_code
from register.words.sentences import Sentences

_REASON = "suggested"
"""The reason of a change that writes a suggested value."""

_DEFAULT = "legitimate_interest"
"""The legal basis that intake writes if the list names none."""

_FEWEST = 3
"""The fewest organisations that get a question; fewer are filled in faster by hand."""

_NAMED = 5

_Column = tuple[str, str]
"""``(tab, column)`` that one question suggests values for."""

_ONCE_APART = ("type", "group")
"""Columns for which each value used to get a question of its own."""


def suggestion_questions(book: Book, say: Sentences) -> Iterator[Question]:
    """Yield a question for each column with suggested values, or several for many rows."""
    suggested: dict[_Column, dict[str, str]] = {}
    for tab, column, row_id, value in (*_of_organisations(book), *_of_people(book)):
        suggested.setdefault((tab, column), {})[row_id] = value
    for (tab, column), values in suggested.items():
        apart = dict(_decided_apart(book, column, values))
        once = {row_id for rows in apart.values() for row_id in rows}
        asked = {
            case: rows
            for case, rows in apart.items()
            if not book.table("review").cell(case, "done")
        }
        waiting = [row_id for row_id in values if row_id not in once]
        for case_id, rows in (*asked.items(), *batches(book, (_REASON, column), waiting)):
            enough = len(rows) >= _FEWEST or tab == "people"
            if enough or case_id in book.table("review"):
                about = {one: values[one] for one in rows}
                yield _question(book, case_id, (tab, column), about, say)


def _decided_apart(
    book: Book, column: str, values: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield (question id, row ids) of the earlier questions about one value that were decided."""
    review = book.table("review")
    for value in dict.fromkeys(values.values()) if column in _ONCE_APART else ():
        for number in count():
            case_id = fingerprint(_REASON, column, value, str(number))
            if case_id not in review:
                break
            if review.cell(case_id, "decision") or review.cell(case_id, "value"):
                named = set(review.cell(case_id, "left").split())
                yield case_id, [one for one in values if one in named and values[one] == value]


def _of_organisations(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """Yield (tab, column, row id, value) for blank cells of organisations.

    Topics are only those in the register's own list. The register's own language is not suggested:
    a row without a language is written to in it anyway.
    """
    tab = "organisations"
    listed = [cell for _, cell in book.table("choices").column("topics") if cell]
    suggests: dict[str, Callable[[Mapping[str, str]], str]] = {
        "type": lambda row: suggested_type(row.get("name", "")),
        "municipality": lambda row: _town(row, book.language),
        "topics": lambda row: ", ".join(suggested_topics(row.get("name", ""), listed)),
        "language": lambda row: language_of_name(row.get("name", "")),
    }
    for row_id, row in live_rows(book.table(tab)):
        for column, suggested in suggests.items():
            value = suggested(row) if is_blank(row.get(column, "x")) else ""
            if value and (column, value) != ("language", book.language):
                yield tab, column, row_id, value


def _of_people(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """Yield (tab, column, row id, value) for groups that the type of an organisation suggests."""
    for person in Person.live(book):
        organisation = Organisation.at(book, person.org_id)
        group = suggested_group(organisation.type, person.body)
        if group and is_blank(person.group) and book.table("people").has("group"):
            yield "people", "group", person.id, group


def _town(row: Mapping[str, str], language: str) -> str:
    """Return the municipality of a row's postal code, else the one its name begins with, or ''."""
    known = postal_code(row.get("postcode", "").strip())
    if known is not None and known.kind == "normal" and not known.alternative:
        return municipality_of_code(known.municipality).name(language)
    words = row.get("name", "")[:100].split()
    return municipality.read(words[0], language).value if len(words) > 1 else ""


def _question(
    book: Book, case_id: str, place: tuple[str, str], values: Mapping[str, str], say: Sentences
) -> Question:
    tab, column = place
    rows = list(values)
    said = {value: say.value(tab, column, value) for value in values.values()}
    who = [f"{book.reference(tab, one)}: {said[values[one]]}" for one in rows]
    changes = tuple(
        replace(change, group=f"{case_id} {one}")
        for one, value in values.items()
        for change in (Change(tab, one, column, "", value, _REASON), *_basis(book, tab, one, value))
    )
    message = (
        say(
            "{column} is empty in {count} rows, and the type of the organisation suggests what"
            " belongs there ({who}). The rows are named under A. Choose “{word:carry_out}”, and"
            " each gets what is suggested; where that is wrong, fill in the row first."
            if tab == "people"
            else "{column} is empty in {count} rows, and their names or postal codes suggest what"
            " belongs there ({who}). The rows are named under A. Choose “{word:carry_out}”, and"
            " each gets what is suggested; where that is wrong, fill in the row first.",
            column=say.header(tab, column),
            count=len(rows),
            who=[*who[:_NAMED], *(["…"] if len(who) > _NAMED else [])],
        ),
        *_said_of_basis(changes, say),
    )
    cells = question_cells(
        *(book, say, (tab, rows[0]), "intake", " ".join(message)),
        severity="info",
        left=" ".join(rows),
        suggestion=", ".join(
            f"{said[value]} ({times})" if len(said) > 1 else said[value]
            for value, times in Counter(values.values()).most_common(_NAMED)
        ),
        link=say.header(tab, column),
    )
    return Question(case_id, (), cells, choices_for_proposal(changes), header=(tab, column))


def _said_of_basis(changes: Iterable[Change], say: Sentences) -> Iterator[str]:
    """Yield the sentence about the legal basis, if it changes along with the suggested values."""
    grounds = [change for change in changes if change.column == "basis"]
    if grounds:
        yield say(
            "In {count} of the rows {column:people.basis} becomes “{after}” too; it is “{before}”"
            " now.",
            count=len(grounds),
            after=say.value("people", "basis", grounds[0].after),
            before=say.value("people", "basis", grounds[0].before),
        )


def _basis(book: Book, tab: str, row_id: str, value: str) -> Iterator[Change]:
    """Yield the change of legal basis that goes with a group: office holders have a public duty.

    Only intake's own default is replaced, never consent or what a person has written.
    """
    if tab == "people" and value in OFFICE and book.table(tab).cell(row_id, "basis") == _DEFAULT:
        yield Change(tab, row_id, "basis", _DEFAULT, "public_duty", _REASON)
