"""Rows that do not fit into memory are told of; none is written into the current folder."""

import pytest

from register.match.memory_database import memory_database


def test_it_spills_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MemoryError), memory_database() as connection:
        connection.execute("set memory_limit = '20MB'; set threads = 1")
        connection.execute(
            "create table many as select repeat('Malli', 9) || i as name from range(2_000_000) r(i)"
        )
    assert not list(tmp_path.iterdir())
