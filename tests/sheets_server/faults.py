"""What can go wrong on purpose, and when: before, in place of, or after a request."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sheets_server.errors import STATUSES


@dataclass(frozen=True)
class Request:
    """One request to the API; ``body`` is its JSON, None where it has none."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    body: Any
    account: str
    bytes_in: int

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method != "GET" and not self.path.endswith("ByDataFilter")


@dataclass
class Handled:
    """A request that was answered: with which status, and how many bytes."""

    request: Request
    status: int
    bytes_out: int


@dataclass
class Fault:
    """What happens in place of the answer.

    ``status`` with ``body`` is answered without handling the request; ``lost`` handles it and
    closes the connection without a word, ``cut`` after half of the reply, ``dropped`` closes it
    without handling; ``seconds`` passes before all else.
    """

    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    lost: bool = False
    cut: bool = False
    dropped: bool = False


def refused(status: int, message: str = "", **headers: str) -> Fault:
    """Return an answer with an error of Google's shape."""
    said = message or {
        429: "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute "
        "per user' of service 'sheets.googleapis.com' for consumer 'project_number:1'.",
        500: "Internal error encountered.",
        503: "The service is currently unavailable.",
    }.get(status, "")
    error = {"code": status, "message": said, "status": STATUSES.get(status, "UNKNOWN")}
    body = json.dumps({"error": error}).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(status, body, {"Content-Type": "application/json; charset=UTF-8", **named})


def page(status: int) -> Fault:
    """Return an answer that is a web page, as a proxy or a front end gives."""
    text = f"<!DOCTYPE html><html><title>Error {status}</title><p>Sorry.</p></html>"
    return Fault(status, text.encode(), {"Content-Type": "text/html; charset=UTF-8"})


When = int | Callable[[Request], bool]
"""The n-th request to the API from now (0 is the next), or the first that the predicate takes."""


@dataclass
class Rule:
    """Something that waits for a request; ``times`` is how often it may happen."""

    when: When
    times: int = 1

    def due(self, request: Request, count: int, start: int) -> bool:
        """Whether it happens at this request, the ``count``-th; the rule was made at ``start``."""
        if self.times <= 0:
            return False
        hit = start + self.when <= count if isinstance(self.when, int) else self.when(request)
        self.times -= hit
        return hit
