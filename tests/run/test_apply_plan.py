"""What a run writes besides its changes: the lines of Loki, and what they must not keep."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from register.book.change import Change
from register.book.log import log_entries
from register.book.plan import Plan
from register.match.merge import merge
from register.run.apply_plan import apply_plan
from register.state.journal import SqliteJournal
from tests.contract.memory_store import MemoryStore
from tests.making import book

CODE = "131052-308T"
LIKE_A_CODE = "+358 010190-1234"
NOW = datetime(2026, 11, 27, 12, tzinfo=ZoneInfo("Europe/Helsinki"))


def test_no_personal_identity_code_reaches_loki_and_what_only_looks_like_one_stays(
    tmp_path,
):
    rows = [
        {"id": "H-0JCDN", "first": "Maija", "last": "Aalto", "role": "sihteeri"},
        {"id": "H-WR637", "first": "Maija", "phone": LIKE_A_CODE, "notes": f"hetu {CODE}"},
    ]
    there = book(people=rows)
    store = MemoryStore(there)
    masked = Change("people", "H-WR637", "notes", f"hetu {CODE}", "hetu ******-****", "decided")
    plan = Plan.of([masked, *merge(there, "people", "H-0JCDN", "H-WR637", "decided")])
    apply_plan(store, SqliteJournal(tmp_path), NOW, there, plan, "cleanup")
    told = " ".join(" ".join(row.values()) for _, row in store.read().table("log").rows())
    assert CODE not in told and "******-****" in told and LIKE_A_CODE in told


def test_a_row_that_somebody_deleted_is_told_of_once_with_the_day_on_which_it_was_seen(tmp_path):
    one, two = {"id": "H-0JCDN", "first": "Maija"}, {"id": "H-WR637", "first": "Pekka"}
    journal = SqliteJournal(tmp_path)
    before = book(people=[one, two])
    apply_plan(MemoryStore(before), journal, NOW, before, Plan(), "cleanup")
    store = MemoryStore(book(people=[one]))
    for hours, plan in enumerate(
        [Plan(), Plan.of([Change("people", "H-0JCDN", "last", "", "Aalto", "decided")])]
    ):
        now = NOW + timedelta(hours=1 + hours)
        written = apply_plan(store, journal, now, store.read(), plan, "cleanup")
        assert written.changes == plan.changes
    lines = [row for _, row in store.read().table("log").rows()]
    seen = [row for row in lines if row["row"] == "H-WR637"]
    assert [(row["at"], row["tab"], row["col"], row["why"]) for row in seen] == [
        ("2026-11-27T13:00", "Yhteyshenkilöt", "×", "joku on poistanut rivin")
    ]
    assert [row["why"] for row in lines if row["row"] == "H-0JCDN"] == ["päätetty"]
    assert [entry.changes[0].row_id for entry in log_entries(store.read())] == ["H-0JCDN"]
