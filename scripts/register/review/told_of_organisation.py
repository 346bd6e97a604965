"""News about known organisations in a message of ``inbox``: a new address or number, a remark."""

from dataclasses import dataclass

from register.book.change import Change
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.intake.cell_parts import contacts_in_cell
from register.intake.typed_rows import TYPED_ROW_REASON
from register.people.named_in_text import organisations_named
from register.people.records import Organisation
from register.review.question import Cell, Changes
from register.values import email, phone
from register.words.sentences import Sentences

_MOST = 3
"""A message that names more organisations is about none of them."""


@dataclass(frozen=True, slots=True)
class ToldOfOrganisation:
    """What a message says about ``organisations``: a new ``email`` or ``phone``, else a remark."""

    organisations: tuple[Organisation, ...]
    text: str
    cells: dict[str, str]
    changes: Changes
    dated: tuple[Cell, ...] = ()

    def sentence(self, book: Book, say: Sentences) -> str:
        """Return the question in words."""
        names = [book.reference("organisations", one.id) for one in self.organisations]
        if not self.cells:
            return say(
                "“{line}” tells of {names}. Shall it be written into {column:organisations.notes}"
                " of their row? Nothing is merged or ended by that.",
                line=self.text,
                names=names,
            )
        (one,) = self.organisations
        before = [cell for key in self.cells if (cell := getattr(one, key))]
        return say(
            "“{line}”: is the organisation {name} reached so now? Before: {before}.",
            line=self.text,
            name=names[0],
            before=", ".join(before) or "–",
        )

    def suggestion(self, book: Book, say: Sentences) -> str:
        """Return the proposal in words, as "Header: value; …"."""
        told = self.cells or {"notes": self.text}
        return "; ".join(f"{say.header('organisations', key)}: {told[key]}" for key in told)


def told_of_organisation(
    book: Book, row_id: str, text: str, named: tuple[Organisation, ...] = ()
) -> ToldOfOrganisation | None:
    """Return what a message says about the known organisations that it names, None for none.

    ``named`` are the organisations if a person has said which.
    """
    named = named or organisations_named(book, text)
    if not 0 < len(named) <= _MOST:
        return None
    text, group = mask_identity_codes(text), f"told {row_id}"
    found = contacts_in_cell(text)
    read = {"email": map(email.read, found.emails), "phone": map(phone.read, found.phones)}
    told = {key: [one.value for one in every if one.value] for key, every in read.items()}
    alone = len(named) == 1 and all(len(values) < 2 for values in told.values())
    cells = {key: values[0] for key, values in told.items() if values} if alone else {}
    changes, inbox = list[Change](), ("inbox", row_id, "result")
    for one in named:
        after = cells or {"notes": "\n".join(filter(None, (one.notes, text)))}
        changes += [
            Change(one.tab, one.id, key, getattr(one, key), value, TYPED_ROW_REASON, group=group)
            for key, value in after.items()
            if value != getattr(one, key) and text not in one.notes
        ]
    known = schema().enum("intake_result").label("known", book.language)
    result = ", ".join(f"{known} {one.id}" for one in named)
    changes.append(
        Change(*inbox, book.table(inbox[0]).cell(*inbox[1:]), result, TYPED_ROW_REASON, group=group)
    )
    return ToldOfOrganisation(named, text, cells, tuple(changes))
