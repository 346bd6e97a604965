"""The connections to Google: no redirects, an end to slow replies, and another address for tests.

google-auth asks for tokens on a session of its own, from a thread too; so both sessions get the
same adapter, and a test server on loopback sees every request that would have gone to Google.
"""

import time
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import requests
from google.auth.transport.requests import AuthorizedSession, Request
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as BrokenConnection, ReadTimeout
from urllib3.exceptions import HTTPError, ReadTimeoutError

_LONGEST_REPLY = 256 * 2**20
"""The most that a reply may hold (bytes); 20,000 rows are some 20 MB."""
USER_AGENT = "Verkosto (gzip)"
"""Google packs a reply only for a program whose name holds the word gzip:
https://developers.google.com/authorized-buyers/apis/performance-guide#gzip"""
_LONGEST_SIGN_IN = 20.0
"""How long one of google-auth's three attempts to get a token may take (seconds)."""
_PIECE = 2**16

S = TypeVar("S", bound=requests.Session)


class GoogleAdapter(HTTPAdapter):
    """Sends requests to Google, or to ``endpoint`` in its place; reads each reply to its end."""

    def __init__(self, endpoint: str) -> None:
        super().__init__()
        self._endpoint = urlsplit(endpoint)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        """Send one request; a reply that drips in for longer than the timeout is given up."""
        if self._endpoint.netloc and request.url:
            parts = urlsplit(request.url)
            request.url = urlunsplit((*self._endpoint[:2], *parts[2:]))
        timeout = options.get("timeout")
        patience = timeout[1] if isinstance(timeout, tuple) else timeout
        response = super().send(request, **{**options, "stream": True})
        self._read(response, patience)
        return response

    def _read(self, response: requests.Response, patience: float | None) -> None:
        """Put the whole body in place, as requests itself would when it is asked for it."""
        until = None if patience is None else time.monotonic() + patience
        body = bytearray()
        try:
            while piece := response.raw.read1(_PIECE, decode_content=True):
                body += piece
                if len(body) > _LONGEST_REPLY:
                    raise BrokenConnection("the reply is too long", response=response)
                if until is not None and time.monotonic() > until:
                    raise ReadTimeout("the reply takes too long", response=response)
        except ReadTimeoutError as error:
            raise ReadTimeout(error, response=response) from error
        except HTTPError as error:
            raise BrokenConnection(error, response=response) from error
        finally:
            response.raw.close()
        response._content = bytes(body)
        response._content_consumed = True


class _SignIn(Request):
    """google-auth's way to a token: with a shorter timeout, since it tries three times."""

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: Any = _LONGEST_SIGN_IN,  # noqa: ANN401 (seconds, or a pair of them)
        **options: Any,
    ) -> Any:  # noqa: ANN401
        """Ask for a token."""
        longest = timeout[-1] if isinstance(timeout, tuple) else timeout
        patience = min(_LONGEST_SIGN_IN, (longest or _LONGEST_SIGN_IN) / 3)
        ask: Any = super().__call__
        return ask(url, method, body, headers, timeout=patience, **options)


def sign_in_request(endpoint: str) -> Request:
    """Return what google-auth asks for tokens with."""
    return _SignIn(_guarded(requests.Session(), endpoint))


def session_for(
    credentials: Any,  # noqa: ANN401 (whatever credentials google-auth found)
    endpoint: str,
) -> AuthorizedSession:
    """Return a session that signs its requests; ``endpoint`` stands for all of Google's hosts."""
    session = AuthorizedSession(  # type: ignore[no-untyped-call]
        credentials, auth_request=sign_in_request(endpoint), max_refresh_attempts=1
    )
    if not endpoint:
        session.adapters.pop("http://")
    return _guarded(session, endpoint)


def _guarded(session: S, endpoint: str) -> S:
    session.max_redirects = 0
    session.trust_env = not endpoint
    session.auth = _as_it_is
    session.headers["User-Agent"] = USER_AGENT
    adapter = GoogleAdapter(endpoint)
    for scheme in list(session.adapters):
        session.mount(scheme, adapter)
    return session


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Sign nothing: without this, requests would put a password of ~/.netrc over our token."""
    return request
