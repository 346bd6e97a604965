"""Sessions for Google: no redirects, a limit for slow replies, and another address for tests.

google-auth requests tokens in its own session, from a thread too. So both sessions get the same
adapter, and a test server on loopback sees every request that would have gone to Google.
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
"""The largest reply in bytes; 20,000 rows are about 20 MB."""
USER_AGENT = "Verkosto (gzip)"
"""Google compresses replies only for a user agent that contains the word gzip:
https://developers.google.com/authorized-buyers/apis/performance-guide#gzip"""
_LONGEST_SIGN_IN = 20.0
"""The time limit for each of google-auth's three attempts to get a token, in seconds."""
_PIECE = 2**16

S = TypeVar("S", bound=requests.Session)


class GoogleAdapter(HTTPAdapter):
    """Sends requests to Google, or to ``endpoint`` instead; reads each reply to its end."""

    def __init__(self, endpoint: str) -> None:
        super().__init__()
        self._endpoint = urlsplit(endpoint)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        """Send one request; a reply that takes longer than the timeout as a whole is given up."""
        if self._endpoint.netloc and request.url:
            parts = urlsplit(request.url)
            request.url = urlunsplit((*self._endpoint[:2], *parts[2:]))
        timeout = options.get("timeout")
        patience = timeout[1] if isinstance(timeout, tuple) else timeout
        response = super().send(request, **{**options, "stream": True})
        self._read(response, patience)
        return response

    def _read(self, response: requests.Response, patience: float | None) -> None:
        """Store the whole body, as requests would do when it is accessed."""
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
    """google-auth's transport, with a shorter timeout, since it makes three attempts."""

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: Any = _LONGEST_SIGN_IN,  # noqa: ANN401 (seconds, or a pair of them)
        **options: Any,
    ) -> Any:  # noqa: ANN401
        """Request a token."""
        longest = timeout[-1] if isinstance(timeout, tuple) else timeout
        patience = min(_LONGEST_SIGN_IN, (longest or _LONGEST_SIGN_IN) / 3)
        ask: Any = super().__call__
        return ask(url, method, body, headers, timeout=patience, **options)


def sign_in_request(endpoint: str) -> Request:
    """Return the transport by which google-auth requests tokens."""
    return _SignIn(_guarded(requests.Session(), endpoint))


def session_for(
    credentials: Any,  # noqa: ANN401 (whatever credentials google-auth found)
    endpoint: str,
) -> AuthorizedSession:
    """Return a session that signs its requests; ``endpoint`` replaces all hosts of Google."""
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
    """Return the request unsigned: requests would replace our token by a ~/.netrc password."""
    return request
