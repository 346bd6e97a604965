"""The token endpoint: RFC 7523 grants signed by a service account's key, and refresh tokens."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

AUDIENCE = "https://oauth2.googleapis.com/token"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ANYBODY = "person@example.org"
"""Whom a server that lets anybody in takes everybody for."""
SKEW = 300
"""How far a clock may be off (seconds)."""


@cache
def _pair() -> rsa.RSAPrivateKey:
    """Return a key that guards nothing; a short one, for each script checks it anew."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def service_account(account: str, token_uri: str) -> dict[str, str]:
    """Return a service account's key file, as Google's console gives it, for this server."""
    pem = _pair().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "type": "service_account",
        "project_id": "project",
        "private_key_id": "1" * 40,
        "private_key": pem.decode(),
        "client_email": account,
        "client_id": "100000000000000000001",
        "token_uri": token_uri,
    }


class Tokens:
    """The tokens that were given, and to whom; ``accounts`` are those that are known.

    ``anybody`` gives one for any assertion and any refresh token, unread.
    """

    def __init__(self, *, anybody: bool = False) -> None:
        self.anybody = anybody
        self.accounts: set[str] = set()
        self.refresh: dict[str, str] = {}
        self._given: dict[str, tuple[str, float]] = {}
        self.now = time.time

    def grant(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer a request for a token: status and body."""
        kind = form.get("grant_type", "")
        if self.anybody and kind in (JWT_GRANT, "refresh_token"):
            return 200, self._token(ANYBODY)
        if kind == JWT_GRANT:
            return self._by_assertion(form.get("assertion", ""))
        if kind == "refresh_token":
            account = self.refresh.get(form.get("refresh_token", ""))
            if account is None:
                return _denied("Token has been expired or revoked.")
            return 200, self._token(account)
        return 400, {
            "error": "unsupported_grant_type",
            "error_description": f"Invalid grant_type: {kind}",
        }

    def account(self, header: str) -> str | None:
        """Return whose token an Authorization header holds, None where it is not one of ours."""
        kind, _, token = header.partition(" ")
        account, until = self._given.get(token, ("", 0.0))
        return account if kind.lower() == "bearer" and until > self.now() else None

    def revoke(self) -> None:
        """Take back every token."""
        self._given.clear()

    def _by_assertion(self, assertion: str) -> tuple[int, dict[str, Any]]:
        try:
            head, body, signature = assertion.split(".")
            claims = json.loads(_bytes(body))
            account = str(claims["iss"])
            issued, until = float(claims["iat"]), float(claims["exp"])
        except (ValueError, KeyError, TypeError, binascii.Error):
            return _denied("Invalid JWT: Failed to parse.")
        if account not in self.accounts:
            return _denied("Invalid grant: account not found")
        try:
            _pair().public_key().verify(
                _bytes(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except (InvalidSignature, ValueError):
            return _denied("Invalid JWT Signature.")
        now = self.now()
        if issued > now + SKEW or until < now - SKEW or until - issued > 3600 + SKEW:
            return _denied(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
                "timeframe. Check your iat and exp values in the JWT claim."
            )
        if claims.get("aud") != AUDIENCE and not str(claims.get("aud", "")).endswith("/token"):
            return _denied("Invalid JWT: Audience is not this server.")
        return 200, self._token(account)

    def _token(self, account: str) -> dict[str, Any]:
        token = "ya29." + secrets.token_urlsafe(40)
        self._given[token] = (account, self.now() + 3600)
        return {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}


def _denied(why: str) -> tuple[int, dict[str, Any]]:
    return 400, {"error": "invalid_grant", "error_description": why}


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
