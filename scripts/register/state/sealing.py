"""Sealing with age (https://age-encryption.org/v1): anyone can seal, only the identity can open.

The register's key yields an identity too, so computers that share the key can open each other's
sealed data.
"""

from collections.abc import Iterable
from hashlib import blake2b

from register.book.errors import ConfigError

_SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PREFIX = "age-secret-key-"
_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def seal(data: bytes, recipient: str, key: bytes = b"") -> bytes:
    """Return data sealed for a recipient, and for holders of a register's ``key`` if given.

    Raises ConfigError if ``recipient`` is no valid public key.
    """
    import pyrage
    from pyrage import x25519

    try:
        whom = [_recipient(recipient)]
        if key:
            whom.append(x25519.Identity.from_str(identity_of(key)).to_public())
        return bytes(pyrage.encrypt(data, whom))
    except (pyrage.RecipientError, pyrage.EncryptError) as fault:
        raise ConfigError(
            "The backup cannot be sealed for {recipient} ({fault}).",
            remedy="Check the public key in the configuration: [backup] recipient.",
            recipient=recipient,
            fault=str(fault),
        ) from fault


def unseal(data: bytes, identities: Iterable[str]) -> bytes | None:
    """Return the data opened with the first identity that fits; None if none does.

    An identity is a text as ``age-keygen`` writes it, or a private SSH key.
    """
    import pyrage

    for text in identities:
        try:
            return bytes(pyrage.decrypt(data, [_identity(text)]))
        except (pyrage.IdentityError, pyrage.DecryptError, ValueError):
            continue
    return None


def identity_of(key: bytes) -> str:
    """Return the age identity derived from a register's key of 32 bytes (Bech32, BIP 173)."""
    secret = blake2b(key, digest_size=32, person=b"verkosto-age").digest()
    number = int.from_bytes(secret) << 4  # 256 bits fill 52 characters of five bits, four spare
    words = [number >> 5 * place & 31 for place in reversed(range(52))]
    spread = [ord(c) >> 5 for c in _PREFIX] + [0] + [ord(c) & 31 for c in _PREFIX]
    check = _remainder([*spread, *words, *[0] * 6]) ^ 1
    words += [check >> 5 * place & 31 for place in reversed(range(6))]
    return f"{_PREFIX}1{''.join(_SIGNS[word] for word in words)}".upper()


def _remainder(words: Iterable[int]) -> int:
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for place, step in enumerate(_STEPS):
            if top >> place & 1:
                check ^= step
    return check


def _recipient(text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 (pyrage has no types)
    from pyrage import ssh, x25519

    kind = ssh if text.startswith("ssh-") else x25519
    return kind.Recipient.from_str(text)


def _identity(text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 (pyrage has no types)
    from pyrage import ssh, x25519

    if "PRIVATE KEY" in text:
        return ssh.Identity.from_buffer(text.encode())
    lines = [one.strip() for one in text.splitlines()]
    return x25519.Identity.from_str(next(one for one in [*lines, ""] if not one.startswith("#")))
