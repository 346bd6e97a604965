"""Ask an open register over HTTP: few requests, bounded in size and time, no redirects."""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

import requests

from register.book.errors import TemporaryFailure, UsageError
from register.disk import write_private

_AGENT = "Verkosto (contact register of an association network)"
_MOST_BYTES = 20 * 1024 * 1024
_TRIES = 5
_LONGEST_WAIT = 64.0
_TIMEOUT = 30
_SLOWEST = 120.0
"""The most seconds that one reply may take."""
_PATIENCE = 600.0
"""The most seconds that a run waits before retries, in all."""


@dataclass(slots=True)
class OpenRegister:
    """A register at the address ``base``; ``cache`` is the folder for replies, None for none.

    A reply with an ETag is cached, and asked for again with If-None-Match. Replies are cached only
    in a run that may write (``keeps``), and reduced by ``reduced`` first. ``most_bytes`` is the
    size of the largest reply that is read, unpacked.
    """

    name: str
    base: str
    cache: Path | None = None
    keeps: bool = False
    most_bytes: int = _MOST_BYTES
    tries: int = _TRIES
    reduced: Callable[[bytes], bytes] = bytes
    sleep: Callable[[float], None] = time.sleep
    waited: float = field(default=0.0, init=False)

    def document(self, path: str, query: Mapping[str, str]) -> object:
        """Return a reply as parsed JSON; raises TemporaryFailure or UsageError."""
        data = self.fetch(path, query)
        try:
            return json.loads(data.decode("utf-8"))
        except (ValueError, RecursionError) as fault:
            raise UsageError(
                "{register} answered with something that is not JSON.",
                remedy="Try again later, or give a file that you downloaded: --file",
                register=self.name,
            ) from fault

    def fetch(self, path: str, query: Mapping[str, str]) -> bytes:
        """Return a reply's bytes, from the cache if they have not changed.

        Raises TemporaryFailure if the register does not answer after several tries, UsageError if
        it refuses, redirects or sends too much.
        """
        url = f"{self.base.rstrip('/')}{path}" + (f"?{urlencode(query)}" if query else "")
        known = self._kept(url)
        headers = {"User-Agent": _AGENT} | ({"If-None-Match": known[0]} if known else {})
        why = ""
        for attempt in range(self.tries):
            try:
                status, answered, data = self._once(url, headers)
            except requests.RequestException as fault:
                why, wait = type(fault).__name__, ""
            else:
                if status == HTTPStatus.NOT_MODIFIED and known:
                    return known[1]
                if status == HTTPStatus.OK:
                    self._keep(url, answered.get("ETag", ""), data)
                    return data
                if status != HTTPStatus.TOO_MANY_REQUESTS and status < 500:
                    self._refused(status)
                why, wait = str(status), answered.get("Retry-After", "")
            if attempt + 1 < self.tries and not self._wait(attempt, wait):
                break
        raise TemporaryFailure(
            "{register} does not answer now ({why}).",
            remedy="Try again later, or give a file that you downloaded: --file",
            register=self.name,
            why=why,
        )

    def _once(self, url: str, headers: dict[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        with requests.Session() as session:
            session.trust_env = False
            reply = session.get(
                url, headers=headers, allow_redirects=False, stream=True, timeout=_TIMEOUT
            )
            until = time.monotonic() + _SLOWEST
            data = bytearray()
            with reply:
                for chunk in reply.iter_content(65_536):
                    data += chunk
                    if len(data) > self.most_bytes:
                        raise UsageError(
                            "{register} sent more than {size} MB; nothing was read.",
                            remedy="Check its address in the configuration: [registers].",
                            register=self.name,
                            size=self.most_bytes // (1024 * 1024),
                        )
                    if time.monotonic() > until:
                        raise requests.Timeout
            return reply.status_code, reply.headers, bytes(data)

    def _refused(self, status: int) -> NoReturn:
        if 300 <= status < 400:
            raise UsageError(
                "{register} points to another address; it was not followed.",
                remedy="Check its address in the configuration: [registers].",
                register=self.name,
            )
        raise UsageError(
            "{register} refused the request ({status}).",
            remedy="Check its address in the configuration: [registers].",
            register=self.name,
            status=status,
        )

    def _wait(self, attempt: int, asked: str) -> bool:
        """Wait before a retry, at least as long as the server asks.

        Return False, without waiting, if the run has waited too long already.
        """
        wait = random.uniform(0, min(_LONGEST_WAIT, 2.0**attempt))  # noqa: S311 (jitter)
        if asked.isascii() and asked.isdigit() and len(asked) < 6:
            wait = max(wait, float(asked))
        if self.waited + wait > _PATIENCE:
            return False
        self.waited += wait
        self.sleep(wait)
        return True

    def _place(self, url: str) -> Path | None:
        return self.cache and self.cache / f"{blake2b(url.encode(), digest_size=16).hexdigest()}"

    def _kept(self, url: str) -> tuple[str, bytes] | None:
        place = self._place(url)
        if place is None or not place.is_file():
            return None
        tag, _, data = place.read_bytes().partition(b"\n")
        return (tag.decode("ascii", "replace"), data) if tag else None

    def _keep(self, url: str, tag: str, data: bytes) -> None:
        place = self._place(url)
        if place is None or not self.keeps or not tag.isprintable() or not 0 < len(tag) < 300:
            return
        kept = self.reduced(data)
        write_private(place, tag.encode("ascii", "replace") + b"\n" + kept)
