"""Lay out a text's people, organisations and kept paragraphs as rows, one for each."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from register.book.headers import fold_header
from register.book.personal_identity_code import mask_identity_codes
from register.book.phrase import Phrase
from register.intake.text_line import ADDRESS, BUSINESS_ID, WEBSITE
from register.intake.text_people import TextPerson
from register.values import municipality

_ABOUT = (ADDRESS, WEBSITE, BUSINESS_ID)
TEXT_HEADERS = ("Full name", "Role", "Organization", "City", "E-mail", "Phone", *_ABOUT, "Message")
TEXT_KEYS = ("name", "role", "org", "municipality", "email", "phone", "address", "url",
             "business_id", "text")  # fmt: skip
"""The columns of ``inbox`` that ``TEXT_HEADERS`` stand for, in the same order."""

_FEWEST = 2


@dataclass(slots=True)
class FreeText:
    """The rows of a text: ``rows[i]`` is line i, blank if the line adds nothing.

    Further people of one line follow at the end.
    """

    rows: list[list[str]]
    notes: list[Phrase] = field(default_factory=list)


@dataclass(slots=True)
class TextReading:
    """What has been read of a text so far, and whom the next line may be about.

    ``org`` is the organisation that people are listed below, ``org_at`` its line. ``right_below``
    counts people reached on the next line; ``nameless`` are two or three words there that may be a
    name. ``below`` are words right below a name: unknown posts, if several people have them.
    ``waiting`` are lines kept as messages, by line index; ``left`` are lines that are left out.
    ``refused`` is the heading that refuses letters for the people below it, '' for none. ``mails``
    are the lines with the senders of the mails in the text, the answered ones too.
    """

    found: list[TextPerson] = field(default_factory=list)
    current: TextPerson | None = None
    org: str = ""
    org_at: int = -_FEWEST
    orgs: list[str] = field(default_factory=list)
    headed: bool = False
    town: str = ""
    role: str = ""
    refused: str = ""
    is_letter: bool = False
    named: list[TextPerson] = field(default_factory=list)
    waiting: dict[int, list[str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    below: list[tuple[TextPerson, str]] = field(default_factory=list)
    right_below: int = 0
    nameless: list[tuple[TextPerson, str]] = field(default_factory=list)
    mails: list[int] = field(default_factory=list)


def text_rows(state: TextReading, count: int) -> FreeText:
    """Lay out a row for each person, organisation and kept paragraph, in the place of its line."""
    _share_organisation(state)
    behind = [(one, one.perhaps) for one in state.found if one.perhaps and not one.role]
    for one, words in (
        *(state.below if len(state.below) >= _FEWEST else ()),
        *(behind if len(behind) >= _FEWEST else ()),
    ):
        one.role = words
        one.said.remove(words)
    for one, words in state.nameless if state.right_below >= _FEWEST else ():
        one.name = words
        one.said.remove(words)
    people = [one for one in _united(state.found) if _tells(one, state)]
    rows: list[list[str]] = [[] for _ in range(count)]
    for one in people:
        row = _row(one)
        if rows[one.line]:
            rows.append(row)
        else:
            rows[one.line] = row
    for at, lines in state.waiting.items():
        rows[at] = [""] * (len(TEXT_HEADERS) - 1) + ["\n".join(lines)]
    text = FreeText(rows)
    if state.left:
        told = [mask_identity_codes(line) for line in state.left]
        text.notes.append(
            ("{count} lines of the text name nobody and were left out: {lines}.",
             {"count": len(told), "lines": told})
        )  # fmt: skip
    if state.waiting:
        text.notes.append(
            ("{count} parts of the text are sentences: they wait in {tab:inbox} word for word.",
             {"count": len(state.waiting)})
        )  # fmt: skip
    return text


def _share_organisation(state: TextReading) -> None:
    """Give a text's only organisation to the people without one, in a letter or below a heading.

    A person beside words that begin with a town ("Keravan Omaiset") may have another organisation,
    and so may a person of another mail: one who asked, or was asked.
    """
    orgs = {fold_header(org): org for org in state.orgs}
    named_in = {bisect_right(state.mails, one.line) for one in state.found if one.org}
    if len(orgs) == 1 and (state.headed or state.is_letter):
        for one in state.found:
            there = bisect_right(state.mails, one.line) in named_in
            if one.name and there and not any(map(_is_local, one.said)):
                one.org = one.org or next(iter(orgs.values()))


def _is_local(words: str) -> bool:
    town, _, rest = words.partition(" ")
    return bool(rest and municipality.read(town).value)


def _tells(one: TextPerson, state: TextReading) -> bool:
    """Whether a row says more than other rows; an organisation that people name needs none."""
    if one.name or one.emails or one.phones or one.said or one.about:
        return True
    return not any(other.name and other.org == one.org for other in state.found)


def _united(found: Sequence[TextPerson]) -> list[TextPerson]:
    """Merge people of one name and organisation: the sender may be named again in the letter."""
    people: list[TextPerson] = []
    called: dict[str, list[TextPerson]] = {}
    for one in found:
        same = called.setdefault(fold_header(one.name), []) if one.name else []
        known = next((other for other in same if _may_share(one.org, other.org)), None)
        if known is None:
            people.append(one)
            same.append(one)
            continue
        known.org = known.org or one.org
        known.role, known.town = known.role or one.role, known.town or one.town
        known.about = {**one.about, **known.about}
        for mine, more in (
            (known.emails, one.emails), (known.phones, one.phones), (known.said, one.said)
        ):  # fmt: skip
            mine += [cell for cell in more if cell not in mine]
        if one.role and fold_header(one.role) != fold_header(known.role):
            known.said.append(one.role)
    return people


def _may_share(org: str, other: str) -> bool:
    return len({fold_header(org), fold_header(other)} - {""}) < 2


def _row(one: TextPerson) -> list[str]:
    said = [*one.emails[1:], *one.said]
    return [
        *(one.name, one.role, one.org, one.town),
        *(next(iter(one.emails), ""), " / ".join(one.phones)),
        *(one.about.get(header, "") for header in _ABOUT),
        "; ".join(said),
    ]
