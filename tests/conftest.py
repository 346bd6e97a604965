"""What all tests share: a clock that ticks, a small register, hypothesis without a deadline."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

# Tests start hundreds of scripts; without its bytecode each would compile the whole program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile(
    "suite", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


class TickingClock:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    """A register to live a story in: a workbook, and a Google sheet on a server of our own."""
    from tests.registers import living_in

    with living_in(request.param, tmp_path) as made:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs the scripts many times over by where it is: it takes minutes, run apart."""
    for item in items:
        if item.path.parent.name == "story" or item.path.name == "test_two_years.py":
            item.add_marker(pytest.mark.story)
        elif item.path.name.startswith("test_killed"):
            item.add_marker(pytest.mark.killed)
