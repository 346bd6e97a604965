"""An erasure as a document: what goes, what stays to be read, what nobody here can reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from register.privacy.traces import Trace
from register.show.document import Document, PagePart, PageSection
from register.words.display import display_day
from register.words.sentences import Sentences


@dataclass(frozen=True, slots=True)
class ErasureView:
    """What is told of an erasure; no value of a cell is in it, only places and counts."""

    mark: str
    counts: Mapping[str, int]
    files: Sequence[tuple[str, datetime]]
    words: Sequence[Trace]
    doubts: Sequence[Trace]
    others: Sequence[str]
    unsearched: Sequence[str]
    unreached: Sequence[str]
    hashed: bool
    applied: bool
    left: Sequence[str]

    def values(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "person": self.mark,
            "counts": dict(self.counts),
            "files": [path for path, _ in self.files],
            "to_read": [_place(one) for one in self.words],
            "doubtful": [_place(one) for one in self.doubts],
            "own_files": list(self.others),
            "not_searched": list(self.unsearched),
            "applied": self.applied,
            "left": list(self.left),
        }


def erasure_document(view: ErasureView, say: Sentences) -> Document:
    """Return what an erasure takes away, or has taken."""

    def section(key: str, title: str, lines: Sequence[str]) -> list[PageSection]:
        return [PageSection(key, title, "", (PagePart(lines=tuple(lines)),))] if lines else []

    known = {
        "beside": say("notes, other tabs, properties"),
        "backups": say("backups of the register"),
    }
    cells = [
        f"{known.get(place) or say.title(place)}: {count}" for place, count in view.counts.items()
    ]
    files = [f"{path} ({display_day(at)})" for path, at in view.files]
    sections = [
        *section("cells", say("Where it is taken out of, and how many places"), cells),
        *section(
            "files", say("Files that name the person or cannot be searched: deleted whole"), files
        ),
        *section(
            "words",
            say("Texts that keep what they say of others; {tab:review} asks to read them"),
            [_named(one, say) for one in view.words],
        ),
        *section(
            "doubts",
            say("Places where somebody of the same name may be meant; they stay"),
            [_named(one, say) for one in view.doubts],
        ),
        *section(
            "others", say("Your own files that name the person: delete them by hand"), view.others
        ),
        *section(
            "unsearched",
            say("Your own files that are too large or sealed to be searched whole: look yourself"),
            view.unsearched,
        ),
        *section("left", say("Still there: look at these, and give the command again"), view.left),
        *section("unreached", say("What cannot be reached from here"), view.unreached),
    ]
    if not view.applied:
        lead = say("Nothing was written. Add --apply to do it. It cannot be undone.")
    elif view.left:
        lead = say("Not all of it is gone.")
    elif not view.hashed:
        lead = say(
            "Done. The person had no address, phone or name that is theirs alone, so no hash is "
            "kept: a list may bring them in again."
        )
    else:
        lead = say("Done. Only keyed hashes are left, so that the person is not taken in again.")
    return Document(say("Erasure of {person}", person=view.mark), lead, tuple(sections))


def _place(one: Trace) -> dict[str, str]:
    return {"tab": one.tab, "row": one.row_id, "column": one.column}


def _named(one: Trace, say: Sentences) -> str:
    return f"{say.title(one.tab)} {one.row_id}, {say.header(one.tab, one.column)}"
