"""Who does the work of a large list: this computer's cores, or a cluster (:mod:`spark`)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol

from register.match.large.blocks import make_pairs
from register.match.large.parts import Part, write_part
from register.match.large.scores import make_scored
from register.match.model import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str, int], None]
"""Is told which step has been done, and of how many rows or pairs."""


class Engine(Protocol):
    """Prepares the rows and compares the pairs; what is left is decided here."""

    def write(self, parts: Iterator[Part]) -> Iterator[int]:
        """Write the parts; yield how many rows are done, time and again."""

    def score(
        self,
        connection: DuckDBPyConnection,
        which: str,
        model: Model,
        least: float,
        kept: str,
        progress: Progress,
    ) -> None:
        """Make ``scored`` of ``cells``, as :func:`make_pairs` and :func:`make_scored` do."""


class LocalEngine:
    """Several processes that prepare, and DuckDB on the disk."""

    def __init__(self, processes: int) -> None:
        self._processes = processes

    def write(self, parts: Iterator[Part]) -> Iterator[int]:
        """Write the parts; no more are held at once than there are processes, and as many again."""
        begun = list(islice(parts, 2))
        if len(begun) < 2:
            # Other processes take longer to start than one part takes.
            yield from map(write_part, begun)
            return
        waiting: deque[Future[int]] = deque()
        done = 0
        with ProcessPoolExecutor(self._processes, get_context("spawn")) as pool:
            for part in chain(begun, parts):
                waiting.append(pool.submit(write_part, part))
                while len(waiting) > 2 * self._processes:
                    done += waiting.popleft().result()
                    yield done
            while waiting:
                done += waiting.popleft().result()
                yield done

    def score(
        self,
        connection: DuckDBPyConnection,
        which: str,
        model: Model,
        least: float,
        kept: str,
        progress: Progress,
    ) -> None:
        """Make ``scored`` of ``cells``."""
        make_pairs(connection, which)
        ((pairs,),) = connection.execute("select count(*) from pairs").fetchall()
        progress("paired", pairs)
        make_scored(connection, model, least, kept)
