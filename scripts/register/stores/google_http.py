"""Sends requests to Google within the quota; repeats failed ones, but never writes twice.

A read that fails for a passing reason is repeated. A write is repeated only if nothing of it can
have been applied (429, or no connection). In all other cases :class:`LostReply` tells the store to
look at the sheet, since an append has no key by which Google would recognise a repeat.

The waiting times are random between a second and a limit that doubles, as
https://developers.google.com/workspace/sheets/api/limits advises.
"""

import json as notation
import math
import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from gspread.http_client import HTTPClient
from requests import Response, Session
from requests.exceptions import ConnectTimeout, RequestException, TooManyRedirects
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from register.book.errors import TemporaryFailure, VerkostoError
from register.ports.store import Traffic
from register.stores.google_faults import (
    error_causes,
    fault_of,
    is_passing,
    is_rate_limit,
    is_untrusted,
    not_google_fault,
    sign_in_fault,
    unreachable_fault,
    untrusted_connection,
)

TRIES = 5
BUDGET = 600.0
"""How long a run waits for a Google that does not answer, in seconds."""
LONGEST_WAIT = 64.0
SHORTEST_WAIT = 1.0
_FIRST_WAIT = 2.0
_CROWDED_WAIT = 16.0
"""The limits of the first waiting time, in seconds; the longer one after a used-up quota."""
_LONGEST_REQUEST = 180.0
"""Google itself ends a request after this many seconds."""
_CONNECT = 10.0
_A_MINUTE = 60.0
REQUESTS_A_MINUTE = 60
"""Google's limit for one user, such as a service account; reads and writes count separately."""

_SENTENCE = "Google was asked to write, but its answer was lost: it may or may not have written."
_REMEDY = "Give the same command again: it looks at the sheet first and writes nothing twice."
_READS = ("getByDataFilter", "batchGetByDataFilter")

Sleep = Callable[[float], None]
Seconds = Callable[[], float]


class LostReply(TemporaryFailure):
    """A write may or may not have been applied; only reading the sheet tells (exit 75).

    ``ended`` is True if Google answered at all: then nothing of the write can still be under way.
    ``fault`` is the error that the answer stands for.
    """

    def __init__(self, fault: VerkostoError, *, ended: bool) -> None:
        super().__init__(_SENTENCE, remedy=_REMEDY)
        self.fault = fault
        self.ended = ended


class Quota:
    """A bucket of tokens; each comes back a minute after its request was answered.

    So there are never more requests than tokens in any 60 seconds.
    """

    def __init__(self, sleep: Sleep, clock: Seconds) -> None:
        self._sleep = sleep
        self._clock = clock
        self._spent: deque[float] = deque(maxlen=REQUESTS_A_MINUTE)

    @contextmanager
    def token(self) -> Iterator[None]:
        """Wait for a token and hold it during the request."""
        if len(self._spent) == self._spent.maxlen:
            wait = self._spent[0] + _A_MINUTE - self._clock()
            if wait > 0:
                self._sleep(wait)
        try:
            yield
        finally:
            self._spent.append(self._clock())


class _Again(Exception):
    """An attempt failed for a passing reason.

    ``applied`` is True if it may have been carried out nevertheless, ``crowded`` if Google rejected
    it because there were too many requests, ``ended`` if Google answered. ``wait`` is the delay
    that Google asked for in seconds; None if it asked for none.
    """

    def __init__(
        self,
        fault: VerkostoError,
        *,
        applied: bool,
        crowded: bool = False,
        ended: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(fault)
        self.fault = fault
        self.applied = applied
        self.crowded = crowded
        self.ended = ended
        self.wait = wait


class QuotaClient(HTTPClient):
    """gspread's HTTP client with a quota, a limited number of repeats, and this program's errors.

    ``session`` signs the requests (see :func:`register.stores.google_session.session_for`);
    ``account`` is the e-mail address used in messages; ``sleep`` and ``clock`` are in seconds. With
    ``returns_refusals``, a refusal (4xx) is returned like any other reply.
    """

    def __init__(
        self,
        auth: Any,  # noqa: ANN401 (whatever credentials google-auth found)
        session: Session,
        *,
        account: str = "",
        sleep: Sleep = time.sleep,
        clock: Seconds = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(auth, session)
        self.auth = auth
        self.account = account
        self.traffic = Traffic()
        self.returns_refusals = False
        self._sleep = sleep
        self._clock = clock
        self._chance = chance
        self._reading = Quota(self.rest, clock)
        self._writing = Quota(self.rest, clock)
        self._trouble_since: float | None = None

    def request(
        self,
        method: str,
        endpoint: str,
        params: Any = None,  # noqa: ANN401 (as gspread has it)
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: Any = None,  # noqa: ANN401 (as gspread has it)
        headers: MutableMapping[str, str] | None = None,
    ) -> Response:
        """Send a request and return the response, whose body is JSON.

        Raises LostReply if a write may have been applied, TemporaryFailure if it was not and Google
        remains unreachable, and another VerkostoError for each fault that a person can correct.
        """
        writing = is_write(method, endpoint)
        if json is not None:
            data = payload(json)
            headers = {**(headers or {}), "Content-Type": "application/json; charset=UTF-8"}
        options = {"params": params, "data": data, "files": files, "headers": headers}
        for tries in range(1, TRIES + 1):
            began = self._clock()
            if self._trouble_since is None:
                left = BUDGET
            else:
                left = self._trouble_since + BUDGET - began
            try:
                response = self._attempt(method, endpoint, options, writing, left)
            except _Again as again:
                if self._trouble_since is None:
                    self._trouble_since = began
                if writing and again.applied:
                    raise LostReply(again.fault, ended=again.ended) from again
                wait = self._wait(again, tries)
                if tries == TRIES or self._clock() + wait >= self._trouble_since + BUDGET:
                    self._trouble_since = None
                    raise again.fault from again
                self.rest(wait)
            else:
                self._trouble_since = None
                return response
        raise AssertionError("the last try returns or raises")

    def _attempt(
        self, method: str, endpoint: str, options: dict[str, Any], writing: bool, left: float
    ) -> Response:
        """Send the request once, within ``left`` seconds; raises _Again if it may be repeated."""
        if left <= 0:
            raise _Again(unreachable_fault(), applied=False, wait=0.0)
        with (self._writing if writing else self._reading).token():
            timeout = (min(_CONNECT, left), min(_LONGEST_REQUEST, left))
            self._count(writing, options["data"])
            try:
                response = self.session.request(method, endpoint, timeout=timeout, **options)
            except (RequestException, GoogleAuthError) as error:
                raise self._connection_fault(error) from error
        self.traffic.bytes_received += len(response.content)
        if is_passing(response):
            crowded = is_rate_limit(response)
            raise _Again(
                fault_of(response, self.account, writing=writing),
                applied=not crowded,
                crowded=crowded,
                ended=True,
                wait=retry_after(response.headers.get("Retry-After", "")),
            )
        if self.returns_refusals and 400 <= response.status_code < 500:
            return response
        if not response.ok or response.is_redirect:
            raise fault_of(response, self.account, writing=writing)
        if not _is_whole(response):
            raise _Again(not_google_fault(), applied=True)
        return response

    def _connection_fault(self, error: Exception) -> Exception:
        """Return the exception for a broken connection: an error for people, or _Again."""
        if is_untrusted(error):
            return untrusted_connection()
        if any(isinstance(cause, TooManyRedirects) for cause in error_causes(error)):
            return not_google_fault()
        if isinstance(error, TransportError) or getattr(error, "retryable", False):
            return _Again(unreachable_fault(), applied=False)
        if isinstance(error, RefreshError | GoogleAuthError):
            return sign_in_fault(error, self.account)
        never_sent = (ConnectTimeout, NewConnectionError, ConnectTimeoutError)
        return _Again(
            unreachable_fault(),
            applied=not any(isinstance(cause, never_sent) for cause in error_causes(error)),
        )

    def _wait(self, again: _Again, tries: int) -> float:
        if again.wait is not None:
            return max(SHORTEST_WAIT, again.wait + self._chance())
        first = _CROWDED_WAIT if again.crowded else _FIRST_WAIT
        limit: float = min(LONGEST_WAIT, first * 2.0 ** (tries - 1))
        return SHORTEST_WAIT + self._chance() * (limit - SHORTEST_WAIT)

    def pause(self, tries: int) -> None:
        """Wait as before the next attempt at a request that has failed ``tries`` times."""
        self.rest(self._wait(_Again(unreachable_fault(), applied=False), tries))

    def rest(self, seconds: float) -> None:
        """Wait, and count the time as waited."""
        self.traffic.waited += seconds
        self._sleep(seconds)

    def _count(self, writing: bool, data: bytes | None) -> None:
        size = len(data or b"")
        self.traffic.reads += not writing
        self.traffic.writes += writing
        self.traffic.bytes_sent += size
        self.traffic.largest_sent = max(self.traffic.largest_sent, size)


def is_write(method: str, endpoint: str) -> bool:
    """Return True if a request may change a sheet: all but GET and the two reads sent by POST."""
    return method.upper() != "GET" and urlsplit(endpoint).path.rpartition(":")[2] not in _READS


def payload(body: Mapping[str, Any]) -> bytes:
    """Return a body as it is sent: compact JSON in UTF-8, whose length counts against limits."""
    try:
        text = notation.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except UnicodeEncodeError:  # a lone surrogate, which only an escape can carry
        return notation.dumps(body, separators=(",", ":"), allow_nan=False).encode()


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """Return a Retry-After header in seconds (RFC 9110, 10.2.3); None if it is invalid."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), BUDGET)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    return float(min(max(0, math.ceil(seconds)), BUDGET))


def _is_whole(response: Response) -> bool:
    """Return True if the reply is complete JSON, not a guest network's page or half a reply."""
    if response.status_code == 204:
        return True
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind == "application/json" and response.content.rstrip().endswith(b"}")
