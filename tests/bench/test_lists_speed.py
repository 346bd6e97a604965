"""Lists, gaps and directory of 20,000 organisations: seconds, as a ratio to a plain pandas count."""

import resource
import time
from datetime import date

import pytest

from register.flows.regions import gaps_of, regions
from register.lists.selection import Selection
from register.report import coverage
from register.report.directory import as_html
from register.report.sentences import Sentences
from register.sample.book import large_register
from tests.bench.test_speed import doubled

pytestmark = pytest.mark.bench
TODAY = date(2026, 11, 23)


def test_twenty_thousand_organisations(capsys):
    book, say, steps = doubled(large_register(1, 10_000, 10_000)), Sentences("fi"), {}

    def timed(name, work):
        started = time.perf_counter()
        result = work()
        steps[name] = time.perf_counter() - started
        return result

    frame = book.table("organisations").frame
    timed("count", lambda: frame.groupby(["municipality", "type"]).size())
    found = timed("lists", lambda: regions(book, TODAY))
    gaps = timed("gaps", lambda: gaps_of(book, TODAY, Selection(), "fi"))
    page = timed("directory", lambda: as_html(found, say))
    timed("gaps page", lambda: coverage.as_html(gaps, say, "Aukot"))
    assert len(found.organisations) > 19_000
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with capsys.disabled():
        print(f"\n{len(found.organisations):,} organisations, {len(page) >> 20} MB page, {used} MB")
        for name, seconds in steps.items():
            print(f"{name:10} {seconds:6.2f} s {seconds / steps['count']:8.0f} x count")
