"""Questions about what goes over the wire: sizes, seconds, packing, too many requests."""

from register.stores.google_live.desk import COLUMNS, Desk
from register.stores.google_live.question import GUIDES, LIMITS, Questions

QUESTIONS = Questions("What goes over the wire")
LARGE = 2_000
"""Rows of the large batch; eight columns of 60 characters make some 1.7 MB."""
MOST_READS = 70


@QUESTIONS.about("done", LIMITS)
def large_batch(desk: Desk) -> str:
    """Is a batch of 1.7 MB taken, and in how many seconds?"""
    desk.batch({"appendDimension": {"sheetId": desk.tab, "dimension": "ROWS", "length": LARGE}})
    return desk.texts([[f"{row:06}" * 10] * COLUMNS for row in range(LARGE)]).outcome


@QUESTIONS.about("gzip", GUIDES + "guides/performance")
def packed(desk: Desk) -> str:
    """Is a reply packed for a User-Agent that says gzip?"""
    desk.texts([["x" * 40] * COLUMNS] * 20)
    return desk.look("sheets.data.rowData.values.userEnteredValue", "A1:H20").encoding or "plain"


@QUESTIONS.about("429 RESOURCE_EXHAUSTED", LIMITS)
def too_many_reads(desk: Desk) -> str:
    """What does Google answer to the 61st read of a minute?"""
    for _ in range(MOST_READS):
        reply = desk.hasten()
        if reply.status != 200:
            wait = f", Retry-After {reply.retry_after}" if reply.retry_after else ""
            return f"{reply.status} {reply.body.get('error', {}).get('status', '')}{wait}"
    return f"none in {MOST_READS}"
