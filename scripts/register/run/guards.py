"""Guards that stop a run before it writes: too many changes, deleted rows, moved cells."""

from register.book.errors import SafetyStop, UsageError
from register.book.moved_cells import MARKED, moved_cells
from register.book.plan import Plan
from register.book.schema import schema
from register.book.table import Book
from register.ports.journal import Journal


def guard_changes(book: Book, plan: Plan, limit: str) -> None:
    """Raise SafetyStop if the plan rewrites more rows of a tab than ``limit`` (a number or "30%").

    At least 50 rows are always allowed. Only rows with an id count. New rows, ids and the tool's
    own columns do not count, nor do changes in the same group as a question that a person has
    answered.
    """
    allowed_rows(limit, 0)
    answered = {
        one.group
        for one in plan.changes
        if (one.tab, one.column) == ("review", "done") and one.after and one.group
    }
    touched: dict[str, set[str]] = {}
    for change in plan.changes:
        tab = schema().tab(change.tab)
        if change.kind in ("add", "note", "format") or not tab.has(change.column):
            continue
        if change.group in answered:
            continue
        if not tab.column(change.column).tool and not change.row_id.startswith("#"):
            touched.setdefault(change.tab, set()).add(change.row_id)
    for key, rows in touched.items():
        before = {row for row in rows if row in book.table(key)}
        with_id = sum(not row.startswith("#") for row in book.table(key).numbers)
        allowed = max(50, allowed_rows(limit, with_id))
        if len(before) > allowed:
            raise SafetyStop(
                "This would change {count} rows of {tab}, and {allowed} are allowed in one run.",
                remedy="Look at the plan without --apply. If it is right, "
                "give --max-changes {needed}.",
                count=len(before),
                needed=len(before),
                tab=schema().tab(key).titles[book.language],
                allowed=allowed,
            )


def allowed_rows(limit: str, rows: int) -> int:
    """Return how many of ``rows`` a limit such as ``200`` or ``30%`` allows.

    Raises UsageError where the limit is neither.
    """
    try:
        number = int(limit.removesuffix("%"))
        if number < 0:
            raise ValueError(limit)
    except ValueError as fault:
        raise UsageError(
            "“{limit}” is not a number of rows or a share of them.",
            remedy="Give --max-changes 200 or --max-changes 30%.",
            limit=limit,
        ) from fault
    return rows * number // 100 if limit.endswith("%") else number


def guard_shrink(book: Book, journal: Journal) -> None:
    """Raise SafetyStop if over a tenth (at least ten) of the last run's rows in a tab are gone."""
    for table in book.tables.values():
        known = journal.known_ids(table.tab.key)
        gone = len(known - table.numbers.keys())
        if gone >= 10 and gone * 10 > len(known):
            raise SafetyStop(
                "{gone} of the {known} rows that {tab} had in the last run are gone.",
                remedy="If somebody deleted them on purpose, give --accept-shrink; "
                "otherwise bring them back first (the sheet's version history).",
                gone=gone,
                known=len(known),
                tab=table.tab.titles[book.language],
            )


def guard_moved(book: Book, journal: Journal) -> None:
    """Raise SafetyStop if cells have moved to other rows or columns since the last run."""
    for key in MARKED:
        table = book.table(key)
        moved = moved_cells(journal.known_marks(key), table)
        if moved:
            raise SafetyStop(
                "In {tab} cells stand in other places than in the last run: {columns}.",
                remedy="Somebody has sorted or moved a part of the columns, or their headers: "
                "bring them back first (the sheet's version history). If it was meant, give "
                "--accept-moved.",
                tab=table.tab.titles[book.language],
                columns=[
                    f"{table.tab.column(column).headers[book.language]} ({count})"
                    for column, count in sorted(moved.items(), key=lambda one: -one[1])
                ],
            )
