"""Sign-ups: a form's row, or a mail, by which a person joins a meeting uninvited."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from register.configuration.forms import SignUpForm
from register.intake.blank_cells import says_nothing
from register.intake.cell_parts import contacts_in_cell
from register.intake.columns import guess_columns
from register.intake.header_names import header_meaning
from register.intake.row_cards import RowCards
from register.intake.sheet import ListSheet
from register.replies.answer_details import AnswerDetails, answer_details
from register.replies.answer_text import read_answer_text
from register.replies.desk import Message
from register.replies.form_answers import filled_rows, form_moment
from register.replies.form_columns import own_columns
from register.rules.formula import formula_code
from register.values import integer

_LONGEST = 2_000
"""How much of a cell is read (characters)."""

_LONGEST_QUESTION = 300
_NAMES = ("first", "last", "name")
_ANOTHER = re.compile(
    r"\b(?i:ilmoit(?:an|amme|taisin|taa|tautuu)(?: mukaan)?)"
    r" (?!(?i:itse|meid|meit|mukaan|minut|et))"
    r"(?:[A-ZÅÄÖ]\w+|(?i:kollega|työkaveri|ystävä|puoliso|puheenjohtaja)\w*)"
    r"|\b(?i:anmäler)(?: (?i:jag|vi))? (?!(?i:mig|oss|jag|vi)\b)"
    r"(?:[A-ZÅÄÖ]\w+|(?i:min|mitt|vår|en)\b)"
    r"|\b(?i:sign(?:ing)? up|register(?:ing)?|enrol) (?:[A-Z]\w+ [A-Z]|(?i:my|our|a) \w)"
)
"""Words by which the writer signs up another person."""


@dataclass(frozen=True, slots=True)
class SignUp:
    """A sign-up of one person.

    ``meeting`` is its name in the form or the subject. ``cells`` are those of a card, by column
    key. ``party`` is 0 if not said. ``words`` are for a person to read, and contain the
    ``question``. ``another`` means that the writer signs up another person, ``formula`` that one of
    its cells holds a formula. ``settled`` sign-ups have been handled: they are only counted.
    """

    key: str
    print: str
    via: Literal["form", "email"]
    at: datetime
    meeting: str
    cells: Mapping[str, str] = field(default_factory=dict)
    party: int = 0
    needs: str = ""
    question: str = ""
    words: str = ""
    another: bool = False
    formula: bool = False
    settled: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it has the name of a person."""
        return any(self.cells.get(key) for key in _NAMES)


def form_sign_ups(
    rows: Sequence[Sequence[str]],
    form: SignUpForm,
    targets: Sequence[str],
    known: Callable[[str], bool],
    now: datetime,
) -> list[SignUp]:
    """Return the sign-ups in a form's rows, one for each person; ``rows[0]`` are its headers."""
    headers = [header.strip() for header in (rows[0] if rows else ())]
    own = own_columns(headers, form)
    moments = {place for name, place in own.items()
               if name == "at" and header_meaning(headers[place])[0] == "at"}  # fmt: skip
    ours = {*own.values()} - moments
    left = [("" if index in ours else header) for index, header in enumerate(headers)]
    width = len(headers)
    cards: list[tuple[str, ...]] = []
    told: list[tuple[str, str, list[str]]] = []
    for _, (print_, key, row) in filled_rows(rows, form.source):
        cells = [cell.strip()[:_LONGEST] for cell in (*row, *[""] * width)[:width]]
        told.append((print_, key, cells))
        cards.append(tuple(cell if left[index] else "" for index, cell in enumerate(cells)))
    sheet = ListSheet(form.source, tuple(left), tuple(cards))
    columns = guess_columns(sheet, form.map, targets)
    reader = RowCards(columns, {})
    named = [link.index for link in columns.links if link.target in _NAMES and not link.holder]
    found: list[SignUp] = []
    for (print_, key, cells), card in zip(told, cards, strict=True):
        one = _said(print_, key, {name: cells[place] for name, place in own.items()}, form, now)
        one = replace(one, settled=known(key), formula=any(map(formula_code, cells)))
        people = [{}] if one.settled else [*reader.cards(card)] or [{}]
        found += _each(one, people, " ".join(filter(None, (card[place] for place in named))))
    return found


def _each(one: SignUp, people: Sequence[Mapping[str, str]], name: str) -> Iterator[SignUp]:
    """Yield the sign-up of each person that a row names; unnamed companions count with the first.

    The text under the question for a ``name`` is taken as one, whatever it looks like. Text that
    none of our columns takes is added to the question: for a known person it has no other place.
    """
    if not any(card.get(key) for card in people for key in _NAMES) and name:
        left = (line for line in people[0].get("text", "").split("\n") if name not in line)
        people = [{**people[0], "name": name, "text": "\n".join(left)}, *people[1:]]
    for number, cells in enumerate(people):
        if not number and not any(card.get("email") for card in people):
            cells = _with_their_address(cells)
        party = one.party if len(people) == 1 else max(1, one.party - len(people) + 1)
        said = " · ".join(filter(None, (one.question, cells.get("text", ""))))
        yield replace(
            one,
            cells=cells,
            party=1 if number else party,
            question=said[:_LONGEST_QUESTION],
            words="" if number else one.words,
        )


def _with_their_address(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Return the cells of a row's first person with the only mailbox in their text, if any."""
    found = contacts_in_cell(cells.get("text", "")).emails
    return {**cells, "email": found[0], "text": ""} if len(found) == 1 else cells


def _said(
    print_: str, key: str, cells: Mapping[str, str], form: SignUpForm, now: datetime
) -> SignUp:
    """Return the sign-up in a form's own columns, still without a person's cells."""
    size = cells.get("party", "")
    number = integer.read(size)
    wish = answer_details(cells.get("words", ""))
    party = int(number.value or number.suggestion or 0) or answer_details(f"Tulemme {size}").party
    needs = cells.get("needs", "")
    words = " · ".join(filter(None, ("" if party else size, _told(wish))))
    return SignUp(
        key,
        print_,
        "form",
        form_moment(cells.get("at", ""), now) or now,
        cells.get("meeting") or form.meeting,
        party=party or wish.party,
        needs=" · ".join(filter(None, ("" if says_nothing(needs) else needs, wish.needs))),
        question=words,
        words=words,
    )


def _told(wish: AnswerDetails) -> str:
    """Return the words that a person may want to read, '' for a mere greeting, a yes, a dash."""
    said = read_answer_text(wish.plain)
    nothing = said.silent or (said.clear and not said.added) or says_nothing(wish.shown)
    return "" if nothing or not wish.shown.strip(" .…") else wish.shown


def mail_sign_ups(messages: Sequence[Message], now: datetime) -> Iterator[SignUp]:
    """Yield the sign-ups in mails whose subject names a meeting to join."""
    for message in messages:
        verdict = message.verdict
        yield SignUp(
            message.key,
            message.print,
            "email",
            verdict.said_at or now,
            verdict.sign_up,
            {"name": verdict.name.strip(' "<>'), "email": verdict.sender, "text": verdict.words},
            verdict.party,
            verdict.needs,
            verdict.question,
            _told(answer_details(verdict.words)),
            another=bool(verdict.substitute or _ANOTHER.search(verdict.words)),
        )
