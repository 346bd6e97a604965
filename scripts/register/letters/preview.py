"""The page on which the outbox is reviewed before sending: one HTML file without network access.

Letters are shown in sandboxed frames. The page's content security policy allows its own script, by
hash, and nothing from elsewhere.
"""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError
from markupsafe import Markup

from register.book.errors import UsageError
from register.book.table import Book
from register.letters.draft import RenderedLetter
from register.letters.message import Letter
from register.letters.reasons import short_reasons
from register.people.records import Organisation
from register.words.sentences import Sentences

PAGE = "outbox.html.j2"


@dataclass(frozen=True, slots=True)
class PreviewHeading:
    """The heading of a preview page: title, and the reasons why others get no letter.

    ``hash`` and ``warnings`` are as in :class:`register.letters.audience.Audience`.
    """

    title: str
    hash: str
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def preview_page(
    source: str, book: Book, who: PreviewHeading, letters: list[tuple[RenderedLetter, Letter]]
) -> str:
    """Return the page for these letters; ``source`` is the template ``outbox.html.j2``.

    Raises UsageError where the template has a fault.
    """
    env = Environment(autoescape=True, undefined=StrictUndefined)
    env.filters["policy_hash"] = _policy_hash
    try:
        return env.from_string(source).render(
            language=book.language,
            said=short_reasons(Sentences(book.language)),
            title=who.title,
            count=len(letters),
            hash=who.hash,
            warnings=who.warnings,
            left_out=sorted(Counter(who.reasons).items(), key=lambda one: (-one[1], one[0])),
            letters=_json([_record(book, draft, mail) for draft, mail in letters]),
        )
    except TemplateError as fault:
        raise UsageError(
            "The page template {file} has a fault in line {line}: {fault}",
            remedy="Compare it with templates/pages of the project.",
            file=PAGE,
            line=getattr(fault, "lineno", None) or "?",
            fault=fault.message or type(fault).__name__,
        ) from fault


def _record(book: Book, draft: RenderedLetter, mail: Letter) -> dict[str, Any]:
    to = draft.recipient
    return {
        "person": to.person,
        "name": ", ".join(to.names) or to.person,
        "org": Organisation.at(book, to.organisation).name,
        "address": to.address,
        "language": to.language,
        "reason": to.reason,
        "subject": draft.subject,
        "preheader": draft.preheader,
        "text": draft.text,
        "html": draft.html,
        "files": list(mail.files),
        "headers": [list(header) for header in mail.headers],
        "calendar": mail.calendar.replace("\r\n ", "").replace("\r\n", "\n"),
        "warnings": list(_warnings(draft)),
    }


def _warnings(draft: RenderedLetter) -> Iterator[str]:
    to = draft.recipient
    yield from draft.remarks
    if to.shared:
        yield "shared"
    if not to.names:
        yield "nameless"
    if not to.organisation:
        yield "no-organisation"


def _json(value: object) -> Markup:
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704, nothing in it can end the script element


def _policy_hash(script: str) -> str:
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
