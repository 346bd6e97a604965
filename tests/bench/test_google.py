"""What a run on the shared sheet costs: requests, bytes, seconds; the seconds are only printed."""

import pytest

from register.book.change import Change
from register.book.plan import Plan
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.rules import SAFE
from register.stores.google_writing import LARGEST_WRITE
from register.words.sentences import Sentences
from tests.bench.test_speed import NOW, timed
from tests.google_desk import GoogleDesk
from tests.large_register import large_register
from tests.sheets_server import SheetsServer

pytestmark = pytest.mark.bench


@pytest.mark.parametrize("rows", [100, 2_000, 20_000])
def test_what_a_run_costs(tmp_path, capsys, rows):
    """Fill a sheet, clean it, clean it again: the last one is what cron does every night.

    The seconds hold those of the server on the same computer; waiting for quota takes no time here.
    """
    few = min(rows // 2, 19_000)
    large = large_register(1, few, rows - few)
    cells = [
        Change(tab, row_id, column, "", value, "bench", "add")
        for tab in ("organisations", "people")
        for row_id, row in large.table(tab).rows()
        for column, value in row.items()
        if value
    ]
    with SheetsServer() as server:
        desk = GoogleDesk(server, tmp_path)
        costs = []

        def costing(name, act):
            store = desk.another_store()
            result, seconds = timed(lambda: act(store))
            costs.append((name, store.traffic, seconds))
            return result

        def fill(store):
            store.read()
            return store.write(Plan.of(cells), lambda changes, book: [])

        def clean(store):
            book = store.read()
            outcome = cleanup(book, NOW, CleanupOptions(SAFE), Sentences("fi"))
            if outcome.plan.changes:
                store.write(outcome.plan, lambda changes, book: [])
            return outcome

        assert not costing("fill", fill).conflicts
        costing("first cleanup", clean)
        assert not costing("clean run", clean).plan.changes
    assert costs[-1][1].requests <= 4
    assert costs[1][1].requests <= (7 if rows <= 2_000 else 8)
    assert max(traffic.largest_sent for _, traffic, _ in costs) <= LARGEST_WRITE
    with capsys.disabled():
        print(f"\n{rows} rows")
        for name, traffic, seconds in costs:
            print(
                f"{name:14} {traffic.requests:4} requests {traffic.bytes_sent / 1000:9,.0f} kB sent "
                f"(largest {traffic.largest_sent / 1000:6,.0f}) "
                f"{traffic.bytes_received / 1000:9,.0f} kB received {seconds:6.1f} s"
            )
