"""Answers from a form: rows of its responses tab are read like messages.

A row is trusted by the token that the letter's prefilled link has put into it. If the form also
asks for an address, it must be the letter's; otherwise a person decides.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b

from register.book.headers import fold_header
from register.book.ids import is_id
from register.configuration.forms import AnswerForm
from register.intake.cell_looks import read_moment
from register.intake.header_names import header_meaning
from register.intake.sheet import ListSheet
from register.replies.answer_text import read_answer_text
from register.replies.desk import Message
from register.replies.form_columns import missing_columns
from register.replies.verdict import Verdict
from register.values.email import mailbox_key

_LONGEST = 2_000
"""How much of a cell is read (characters)."""

_Rows = Sequence[Sequence[str]]


def form_messages(rows: _Rows, form: AnswerForm, now: datetime) -> list[Message]:
    """Return the rows of a responses tab as messages; ``rows[0]`` are its headers.

    A row is identified by its content, so a row that its writer has edited is a new answer. Times
    are read in the time zone of ``now``.

    Raises UsageError if a configured column is missing.
    """
    columns = _columns(rows, form)
    said = {fold_header(text): key for key, texts in form.answers.items() for text in texts}
    found: list[Message] = []
    for _, (print_, key, row) in filled_rows(rows, form.tab):

        def cell(name: str, row: Sequence[str] = row) -> str:
            place = columns.get(name, -1)
            return row[place].strip()[:_LONGEST] if 0 <= place < len(row) else ""

        found.append(Message(key, print_, _verdict(cell, said, now)))
    return found


def new_rows(
    rows: _Rows, tab: str, known: Callable[[str], bool]
) -> tuple[ListSheet, dict[int, str]]:
    """Return a joining form's unknown rows as a list, and their keys by row number.

    Known rows are blank in the list, so that each row keeps its number in the tab.
    """
    width = max(map(len, rows), default=0)
    blank = ("",) * width
    cells, keys = [blank] * len(rows[1:]), {}
    for number, (_, key, row) in filled_rows(rows, tab):
        if not known(key):
            cells[number - 2] = (*row, *blank)[:width]
            keys[number] = key
    headers = (*rows[0], *blank)[:width] if rows else ()
    return ListSheet(tab, headers, tuple(cells)), keys


def filled_rows(rows: _Rows, tab: str) -> Iterator[tuple[int, tuple[str, str, Sequence[str]]]]:
    """Yield ``(row number, (hash, key, cells))`` of each row that is not blank.

    The first row after the headers has the number 2.
    """
    times: Counter[str] = Counter()
    for number, row in enumerate(rows[1:], start=2):
        cells = list(row)
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells or sum(is_id(cell.strip(), "H") for cell in cells) > 1:
            continue  # blank, or erased: ids instead of a name and an address
        said = "\x1f".join((tab, *cells)).encode("utf-8", "surrogatepass")
        print_ = blake2b(said, digest_size=16).hexdigest()
        times[print_] += 1
        yield number, (print_, f"form:{print_}:{times[print_]}", cells)


def _verdict(cell: Callable[[str], str], said: dict[str, str], now: datetime) -> Verdict:
    token, sender = cell("token"), mailbox_key(cell("email"))
    answer, words = cell("answer"), cell("words")
    given = said.get(fold_header(answer), "")
    at = form_moment(cell("at"), now)
    if token and given:
        wish = read_answer_text(words)
        return Verdict(
            "rsvp",
            sender,
            at,
            given,
            via="form",
            tokens=(token,),
            comment=words,
            guess=wish.guess,
            clear=wish.clear,
        )
    text = "\n".join(filter(None, (answer, words)))
    wish = read_answer_text(text)
    return Verdict(
        "text",
        sender,
        at,
        via="form",
        tokens=(token,) if token else (),
        words=text,
        guess=given or wish.guess,
        clear=not given and wish.clear,
        comment=wish.added,
    )


def form_moment(text: str, now: datetime) -> datetime | None:
    """Return when a row was sent, no later than ``now``; None if the cell does not tell."""
    try:
        at = datetime.fromisoformat(read_moment(text) or text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
    return min(at, now)


def _columns(rows: _Rows, form: AnswerForm) -> dict[str, int]:
    headers = [fold_header(header) for header in (rows[0] if rows else ())]
    wanted = {name: header for name, header in form.columns.model_dump().items() if header}
    missing = [header for header in wanted.values() if fold_header(header) not in headers]
    if missing:
        raise missing_columns(form.tab, "answer_form", missing)
    found = {name: headers.index(fold_header(header)) for name, header in wanted.items()}
    moments = [n for n, header in enumerate(headers) if header_meaning(header)[0] == "at"]
    return {"at": moments[0], **found} if moments else found
