"""Who may answer for whom: a token that only its reader and we can know.

A token is the HMAC-SHA-256 (RFC 2104) of a scope and a person under the register's own key, cut to
128 bits (RFC 2104, 5) and written in Crockford's base32: 26 small letters and digits, which survive
a subject, the part of an address after ``+``, and a person who reads it aloud.
"""

import hmac
from dataclasses import dataclass, field
from functools import lru_cache

LENGTH = 26
"""Characters of a token."""

KEY_BYTES = 32
"""Bytes of a key."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOKALIKES = str.maketrans("oil", "011")
_BITS = 128


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes and checks the tokens of one register."""

    key: bytes = field(repr=False)
    earlier: tuple[bytes, ...] = field(default=(), repr=False)
    """Keys that letters which have gone were made with: their tokens are still known."""

    def of(self, scope: str, person: str) -> str:
        """Return the token of a person for a scope.

        A scope is a campaign (``T-7K3MQ/invitation/1``), or a meeting's id where every letter
        about it shall have the same token, as the UID of its calendar entry does.
        """
        return _token(self.key, scope, person)

    def fits(self, token: str, scope: str, person: str) -> bool:
        """Whether a token that somebody sent is this person's; case and lookalikes don't matter."""
        read = token.lower().translate(_LOOKALIKES)
        return any(
            hmac.compare_digest(read.encode(), _token(key, scope, person).encode())
            for key in (self.key, *self.earlier)
        )


@lru_cache(maxsize=1 << 8)
def _token(key: bytes, scope: str, person: str) -> str:
    """Return a token; one letter asks for its own several times."""
    said = b"".join(len(part).to_bytes(4, "big") + part for part in _encoded(scope, person))
    number = int.from_bytes(hmac.digest(key, said, "sha256")[: _BITS // 8], "big")
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def _encoded(*parts: str) -> tuple[bytes, ...]:
    return tuple(part.encode() for part in parts)
