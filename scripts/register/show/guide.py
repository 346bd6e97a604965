"""Help within a register: the guide, and the notes on headers.

The guide is ``templates/sheet/guide.<language>.md`` as rows of a sheet. A note says what belongs in
a column, and who writes it.
"""

from functools import cache

from register.book.schema import Column, Language, Tab, schema
from register.letters.merge_fields import FIELD_NAMES
from register.show.pages import TEMPLATES
from register.words.sentences import Sentences

_BETWEEN = " | "
"""Separates the two columns of a line: a name and its meaning."""

_PICTURE = "{picture}"
"""The line that is replaced by the live values."""

_KINDS = {
    "date": "A date, as 12.3.2026.",
    "time": "A time of day, as 17.30.",
    "email": "One e-mail address.",
    "phone": "One phone number, with or without +358.",
    "postal_code": "Five digits.",
    "municipality": "The name of a municipality, in Finnish or in Swedish.",
    "area": "Municipalities, regions or areas of your own, separated by commas.",
    "business_id": "A business ID, as 1234567-1.",
    "association_no": "The number in the register of associations.",
    "url": "A web address.",
    "integer": "A whole number.",
    "person_name": "One person’s name.",
    "prose": "Words of a letter, with **bold**, *italics*, lists and fields such as {field}.",
    "programme": "One line an item: 17.00 Welcome / Anna Aalto",
    "days": "Days, as 12.3.2026, 13.3.2026.",
    "attachments": "Names of files in the folder of attachments, or web addresses, one a line.",
}
"""What cells of a type of column hold (msgids)."""


@cache
def guide_rows(language: Language) -> tuple[tuple[str, ...], ...]:
    """Return the rows: ``("# Heading",)``, ``("a paragraph",)``, ``("what", "how")`` or ``()``.

    A paragraph may have several lines in the file; an empty row separates blocks.
    """
    text = (TEMPLATES / "sheet" / f"guide.{language}.md").read_text(encoding="utf-8")
    rows: list[tuple[str, ...]] = []
    paragraph: list[str] = []
    for line in (*text.splitlines(), ""):
        alone = (
            not line.strip() or line.strip() == _PICTURE or line.startswith("#") or _BETWEEN in line
        )
        if not alone:
            paragraph.append(line.strip())
            continue
        if paragraph:
            rows.append((" ".join(paragraph),))
            paragraph = []
        if not line.strip():
            rows.append(())
        elif line.strip() == _PICTURE:
            names = schema().enum("picture").labels.values()
            rows += [(name[language], "–") for name in names]
        else:
            rows.append(tuple(part.strip() for part in line.split(_BETWEEN, 1)))
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def header_notes(language: Language) -> dict[tuple[str, str], str]:
    """Return the notes on headers by tab and column key; headers without a note are left out."""
    say = Sentences(language)
    notes: dict[tuple[str, str], str] = {}
    for tab in schema().tabs.values():
        for column in tab.columns:
            if note := " ".join(_sentences(tab, column, say)):
                notes[tab.key, column.key] = note
    return notes


def _sentences(tab: Tab, column: Column, say: Sentences) -> list[str]:
    if column.tool:
        return [say("The scripts write this column; what you type here they write over.")]
    said: list[str] = []
    if column.type in _KINDS:
        field = f"{{{FIELD_NAMES['first'][say.language]}}}"
        said.append(say(_KINDS[column.type], field=field))
    if column.type in ("ref", "refs") and column.to:
        title = schema().tab(column.to).titles[say.language]
        said.append(say("A name or an id from the tab {tab}.", tab=title))
    if column.several and column.type != "area":
        said.append(say("There may be several, separated by commas."))
    if column.block:
        choices = schema().tab("choices").titles[say.language]
        said.append(say("Add what is missing to the tab {tab}.", tab=choices))
    if column.required and tab.key != "choices":
        said.append(say("Wanted on every row."))
    return said
