"""What a run writes besides its changes: the lines of Loki, and what they must not keep."""

from datetime import datetime
from zoneinfo import ZoneInfo

from register.book.change import Change

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
