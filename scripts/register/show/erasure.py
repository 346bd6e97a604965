"""An erasure as a document: what is removed, what must be read, what is out of reach."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from register.book.phrase import Phrase
from register.privacy.subject import Subject
from register.privacy.traces import Trace
from register.show.document import Document, PagePart, PageSection
from register.words.display import display_day
from register.words.sentences import Sentences


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to be removed, or was; ``left`` names the places that still hold something.

    ``hashed`` is True if the person has a trait of their own, by which they can be recognised.
    """

    subject: Subject
    counts: Mapping[str, int]
    files: Sequence[tuple[Path, datetime]]
    words: Sequence[Trace]
    doubts: Sequence[Trace]
    others: Sequence[Path]
    unsearched: Sequence[Path] = ()
    hashed: bool = True
    applied: bool = False
    left: Sequence[str] = ()

    def values(self) -> dict[str, object]:
        """Return JSON values with places and counts, but no value of a cell."""
        return {
            "person": self.subject.mark,
            "counts": dict(self.counts),
            "files": [str(path) for path, _ in self.files],
            "to_read": [_place(one) for one in self.words],
            "doubtful": [_place(one) for one in self.doubts],
            "own_files": list(map(str, self.others)),
            "not_searched": list(map(str, self.unsearched)),
            "applied": self.applied,
            "left": list(self.left),
        }


def erasure_document(done: Erasure, unreached: Iterable[Phrase], say: Sentences) -> Document:
    """Return what an erasure removes, or has removed, and what it cannot reach (``unreached``)."""

    def section(key: str, title: str, told: Iterable[str]) -> list[PageSection]:
        lines = tuple(told)
        return [PageSection(key, title, "", (PagePart(lines=lines),))] if lines else []

    known = {
        "beside": say("notes, other tabs, properties"),
        "backups": say("backups of the register"),
    }
    cells = [
        f"{known.get(place) or say.tab(place)}: {count}" for place, count in done.counts.items()
    ]
    files = [f"{path} ({display_day(at)})" for path, at in done.files]
    sections = [
        *section("cells", say("Where it is taken out of, and how many places"), cells),
        *section(
            "files", say("Files that name the person or cannot be searched: deleted whole"), files
        ),
        *section(
            "words",
            say("Texts that keep what they say of others; {tab:review} asks to read them"),
            [_named(one, say) for one in done.words],
        ),
        *section(
            "doubts",
            say("Places where somebody of the same name may be meant; they stay"),
            [_named(one, say) for one in done.doubts],
        ),
        *section(
            "others",
            say("Your own files that name the person: delete them by hand"),
            map(str, done.others),
        ),
        *section(
            "unsearched",
            say("Your own files that are too large or sealed to be searched whole: look yourself"),
            map(str, done.unsearched),
        ),
        *section("left", say("Still there: look at these, and give the command again"), done.left),
        *section(
            "unreached",
            say("What cannot be reached from here"),
            (say(msgid, **values) for msgid, values in unreached),
        ),
    ]
    if not done.applied:
        lead = say("Nothing was written. Add --apply to do it. It cannot be undone.")
    elif done.left:
        lead = say("Not all of it is gone.")
    elif not done.hashed:
        lead = say(
            "Done. The person had no address, phone or name that is theirs alone, so no hash is "
            "kept: a list may bring them in again."
        )
    else:
        lead = say("Done. Only keyed hashes are left, so that the person is not taken in again.")
    return Document(say("Erasure of {person}", person=done.subject.mark), lead, tuple(sections))


def _place(one: Trace) -> dict[str, str]:
    return {"tab": one.tab, "row": one.row_id, "column": one.column}


def _named(one: Trace, say: Sentences) -> str:
    return f"{say.tab(one.tab)} {one.row_id}, {say.column(one.tab, one.column)}"
