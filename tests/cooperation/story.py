"""Two years of a register, told on any store: rows are typed, the cleanup runs, people decide."""

from datetime import datetime
from zoneinfo import ZoneInfo

from register.book.change import Change

from register.book.ids import new_id
from register.book.plan import Plan
from register.book.schema import schema
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.rules import SAFE
from register.words.sentences import Sentences

SAY = Sentences("fi")
ORDERS = CleanupOptions(SAFE, stale_months=120)


class Story:
    """``store`` is the register; nothing but what a person or the cleanup would do is done.

    ``by_hand(tab, row, column, value)`` types into a cell of a tab whose rows have no ids.
    """

    def __init__(self, store, by_hand=None):
        self.store, self.by_hand = store, by_hand

    def read(self):
        return self.store.read()

    def type(self, tab, **cells):
        """Have a person add a row; return its id ('' where rows of the tab have none)."""
        book, letter = self.read(), schema().tab(tab).letter
        number = max(book.table(tab).numbers.values(), default=1) + 1
        row_id = new_id(letter, (tab, str(number)), book.taken()) if letter else f"#{number}"
        if letter:
            cells = {"id": row_id, **cells}
        elif self.by_hand:
            return self.set(tab, row_id, **cells)
        self._write(Change(tab, row_id, key, "", value, "t", "add") for key, value in cells.items())
        return row_id

    def set(self, tab, row_id, **cells):
        table = self.read().table(tab)
        if self.by_hand and not table.tab.letter:
            for key, value in cells.items():
                self.by_hand(tab, row_id, key, value)
            return
        self._write(
            Change(tab, row_id, key, table.cell(row_id, key), value, "t")
            for key, value in cells.items()
        )

    def clean(self, day):
        """Run the cleanup on this day, and see that a second run proposes to change no cell."""
        now = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo("Europe/Helsinki"))
        self.now = now
        written = self.store.write(cleanup(self.read(), now, ORDERS, SAY).plan, lambda *_: ())
        assert not written.conflicts
        left = cleanup(self.read(), now, ORDERS, SAY).plan.changes
        assert [change for change in left if change.kind != "note"] == []

    def accept(self, words, **cells):
        """Accept the one open case of Tarkista that has these words; the cleanup carries it out."""
        (row_id,) = [
            row_id
            for row_id, row in self.read().table("review").rows()
            if words in row["message"] and not row["done"] and not row["decision"]
        ]
        self.set("review", row_id, decision="accept", **cells)
        self.clean(self.now.date().isoformat())
        assert self.read().table("review").cell(row_id, "done")

    def ref(self, tab, row_id):
        return self.read().reference(tab, row_id)

    def _write(self, changes):
        written = self.store.write(Plan.of(list(changes)), lambda *_: ())
        assert not written.conflicts and written.changes
