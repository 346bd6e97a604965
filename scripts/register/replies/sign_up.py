"""A sign-up: what a row of a form, or a mail, says of somebody who joins a meeting uninvited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from register.book.headers import fold_header
from register.configuration.forms import SignUpForm
from register.intake.columns import guess_columns
from register.intake.row_cards import RowCards
from register.intake.sheet import ListSheet
from register.replies.answer_details import answer_details
from register.replies.desk import Message
from register.replies.form_answers import form_moment, printed_rows
from register.values import integer

_LONGEST = 2_000
"""Characters of a cell that are read."""

_NAMES = ("first", "last", "name")


@dataclass(frozen=True, slots=True)
class SignUp:
    """``meeting`` is what the form or the subject calls it; ``cells`` are those of a card, by key.

    ``party`` is 0 where it is not said. ``settled`` sign-ups have been dealt with: they only count.
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
    settled: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it says of whom it is."""
        return any(self.cells.get(key) for key in _NAMES)


def form_sign_ups(
    rows: Sequence[Sequence[str]],
    form: SignUpForm,
    targets: Sequence[str],
    known: Callable[[str], bool],
    now: datetime,
) -> list[SignUp]:
    """Return what the rows of a form say, ``rows[0]`` being its headers; one for each person."""
    headers = [header.strip() for header in (rows[0] if rows else ())]
    folded = [fold_header(header) for header in headers]
    own = {
        name: folded.index(fold_header(header))
        for name, header in form.columns.model_dump().items()
        if header and fold_header(header) in folded
    }
    left = [("" if index in own.values() else header) for index, header in enumerate(headers)]
    width = len(headers)
    cards: list[tuple[str, ...]] = []
    told: list[tuple[str, str, list[str]]] = []
    for _, (print_, key, row) in printed_rows(rows, form.tab or form.file):
        cells = [cell.strip()[:_LONGEST] for cell in (*row, *[""] * width)[:width]]
        told.append((print_, key, cells))
        cards.append(tuple(cell if left[index] else "" for index, cell in enumerate(cells)))
    sheet = ListSheet(form.tab or form.file, tuple(left), tuple(cards))
    reader = RowCards(guess_columns(sheet, form.map, targets), {})
    found: list[SignUp] = []
    for (print_, key, cells), card in zip(told, cards, strict=True):

        def cell(name: str, cells: list[str] = cells) -> str:
            return cells[own[name]] if name in own else ""

        size = integer.read(cell("party"))
        wish = answer_details(cell("words"))
        one = SignUp(
            key,
            print_,
            "form",
            form_moment(cell("at"), now) or now,
            cell("meeting") or form.meeting,
            party=int(size.value or size.suggestion or wish.party),
            needs=" · ".join(filter(None, (cell("needs"), wish.needs))),
            question=wish.shown if wish.shown.strip(" .…") else "",
            settled=known(key),
        )
        people = [{}] if one.settled else [*reader.cards(card)] or [{}]
        found += [replace(one, cells=cells) for cells in people]
    return found


def mail_sign_ups(messages: Sequence[Message], now: datetime) -> Iterator[SignUp]:
    """Yield what mails say whose subject names a meeting to join."""
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
        )
