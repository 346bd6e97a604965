"""What a person approves when letters are released: a digest of exactly these letters, and a code.

The digest leaves out what differs each time a letter is rendered: its date, and its tokens, which
depend on the register's key. The code is a keyed hash of the digest, so that only a person who was
sent the preview can type it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from register.book.tokens import Tokens
from register.letters.campaign import Mailing
from register.letters.draft import RenderedLetter

_LENGTH = 4
"""Number of characters of a code: 20 bits, of which each run accepts one guess."""

_LOOKALIKES = str.maketrans("oil", "011")
_SIGNS = re.compile(r"[^0-9a-z]")


@dataclass(frozen=True, slots=True)
class LettersDigest:
    """Digests of the parts of letters, which show what has changed since.

    ``recipients`` covers the recipients and their addresses, ``words`` the letters' text, ``event``
    the meeting's time and place, ``due`` which other letters go and when. Each is hexadecimal.
    """

    recipients: str
    words: str
    event: str = ""
    due: str = ""

    @property
    def whole(self) -> str:
        """The digest of all parts."""
        return _digest((self.recipients, self.words, self.event, self.due))

    @property
    def short(self) -> str:
        """The first eight digits of the whole digest, for the command line."""
        return self.whole[:8]


def letters_digest(
    drafts: Iterable[RenderedLetter],
    mailing: Mailing,
    event: Mapping[str, str],
    files: Iterable[bytes] = (),
    due: Iterable[str] = (),
) -> LettersDigest:
    """Return the digest of these letters of a mailing, independent of their order.

    ``event`` are the facts of the meeting. ``files`` are the MIME parts of the attachments, ``due``
    the texts of what else will be sent.
    """
    made = sorted(drafts, key=lambda one: one.recipient.person)
    people = (f"{one.recipient.person}\x1f{one.recipient.mailbox}" for one in made)
    return LettersDigest(
        recipients=_digest(people),
        words=_digest(
            [
                *(_words(one, mailing.token(one.recipient.person)) for one in made),
                *(blake2b(part, digest_size=16).hexdigest() for part in files),
            ]
        ),
        event=_digest(f"{key}\x1f{value}" for key, value in sorted(event.items())),
        due=_digest(due),
    )


def release_code(tokens: Tokens, meeting: str, count: int, digest: LettersDigest) -> str:
    """Return the code that releases this number of a meeting's letters: ``81-K7QX``."""
    code = tokens.of(f"{meeting}/release", f"{count} {digest.whole}")[:_LENGTH]
    return f"{count}-{code.upper()}"


def read_release_code(text: str) -> str:
    """Return a typed code in the form in which it is sent, or '' where it cannot be a code.

    Spaces, dashes and case are ignored, and O counts as 0, I and L as 1.
    """
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", text[:100]).casefold())
    plain = plain.translate(_LOOKALIKES)
    count, code = plain[:-_LENGTH], plain[-_LENGTH:]
    return f"{int(count)}-{code.upper()}" if count.isdecimal() else ""


def _words(one: RenderedLetter, token: str) -> str:
    parts = (one.from_name, one.subject, one.preheader, *(one.agreed or (one.text, one.html)))
    return "\x1f".join((one.recipient.language, *parts)).replace(token, "")


def _digest(parts: Iterable[str]) -> str:
    whole = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode()
        whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()
