"""Keyed hashes: they recognise what was erased, but nobody can find out by trial what it was.

HMAC-SHA-256 (RFC 2104) under the register's own key, cut to 128 bits. The first four characters of
a hash say which key made it.
"""

import hmac
from dataclasses import dataclass, field

_SCOPE = b"verkosto erased\0"
_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Hashes:
    """Hashes under the register's keys, the newest first; earlier keys recognise older hashes."""

    keys: tuple[bytes, ...] = field(default=(), repr=False)

    def made(self, what: str) -> str:
        """Return the hash of a text under the newest key."""
        return _hash(self.keys[0], what)

    def all(self, what: str) -> set[str]:
        """Return the hashes of a text under every key."""
        return {_hash(key, what) for key in self.keys}

    @property
    def marks(self) -> set[str]:
        """The first four characters of the hashes of each key."""
        return {_mark(key) for key in self.keys}


def _hash(key: bytes, what: str) -> str:
    digest = hmac.digest(key, _SCOPE + what.encode(), "sha256").hex()[:_LENGTH]
    return f"{_mark(key)}:{digest}"


def _mark(key: bytes) -> str:
    return hmac.digest(key, b"verkosto key", "sha256").hex()[:4]
