"""Keyed hashes: what was erased is known again by them, and nobody can try out what it was.

HMAC-SHA-256 (RFC 2104) under the register's own key, cut to 128 bits. A hash begins with four
characters that tell which key made it.
"""

import hmac
from dataclasses import dataclass, field

_SCOPE = b"verkosto erased\0"
_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Hashes:
    """Hashes with the register's keys, the newest first; earlier ones still know what they made."""

    keys: tuple[bytes, ...] = field(default=(), repr=False)

    def made(self, what: str) -> str:
        """Return the hash of a trait under the newest key."""
        return _hash(self.keys[0], what)

    def all(self, what: str) -> set[str]:
        """Return the hashes of a trait under every key."""
        return {_hash(key, what) for key in self.keys}

    @property
    def marks(self) -> set[str]:
        """What the hashes of these keys begin with."""
        return {_mark(key) for key in self.keys}


def _hash(key: bytes, what: str) -> str:
    digest = hmac.digest(key, _SCOPE + what.encode(), "sha256").hex()[:_LENGTH]
    return f"{_mark(key)}:{digest}"


def _mark(key: bytes) -> str:
    return hmac.digest(key, b"verkosto key", "sha256").hex()[:4]
