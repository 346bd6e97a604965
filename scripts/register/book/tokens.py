"""Tokens: they prove that an answer comes from the reader of a letter.

A token is the HMAC-SHA-256 (RFC 2104) of a scope and a person under the register's own key, cut to
128 bits (RFC 2104, 5) and written in Crockford's base32: 26 small letters and digits, which survive
a subject line, the part of an address after ``+``, and being read aloud.
"""

import hmac
from dataclasses import dataclass, field
from functools import lru_cache

LENGTH = 26
"""The number of characters in a token."""

KEY_BYTES = 32
"""The number of bytes in a key."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOKALIKES = str.maketrans("oil", "011")
_BITS = 128


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes and checks the tokens of one register."""

    key: bytes = field(repr=False)
    earlier: tuple[bytes, ...] = field(default=(), repr=False)
    """Keys of letters that were sent earlier: their tokens are still accepted."""

    def of(self, scope: str, person: str) -> str:
        """Return the token of a person for a scope.

        A scope is a campaign (``T-7K3MQ/invitation/1``), or the id of a meeting if all letters
        about it must have the same token, as with the UID of its calendar entry.
        """
        return _token(self.key, scope, person)

    def fits(self, token: str, scope: str, person: str) -> bool:
        """Return True if a received token is this person's; case and lookalikes do not matter."""
        read = token.lower().translate(_LOOKALIKES)
        return any(
            hmac.compare_digest(read.encode(), _token(key, scope, person).encode())
            for key in (self.key, *self.earlier)
        )


@lru_cache(maxsize=1 << 8)
def _token(key: bytes, scope: str, person: str) -> str:
    """Return a token; cached, because a letter needs its own several times."""
    parts = (scope.encode(), person.encode())
    said = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    number = int.from_bytes(hmac.digest(key, said, "sha256")[: _BITS // 8], "big")
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
