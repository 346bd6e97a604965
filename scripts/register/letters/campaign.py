"""Campaigns: what a ledger and a Message-ID call one round of letters.

A campaign is ``T-…/kind/n``: the n-th letter of its kind about a meeting; one about no meeting is
``kind/…``, as ``letter/J-…``. A rehearsal is a
campaign of its own, so that it never stands in the way of the real one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from register.book.tokens import Tokens

INVITATION = "invitation"
"""The kind of letter whose template a meeting may choose (Kutsupohja)."""

LETTER = "letter"
"""The kind of letter that goes to a mailing, about no meeting."""

POLL = "poll"
"""The kind of letter that asks which of a meeting's days suit, before one is chosen."""

POLL_REMINDER = "poll-reminder"
"""The kind of letter that asks those again who have not said which day suits."""

POLL_CANCELLATION = "poll-cancellation"
"""The kind of letter that tells those who were asked for days, and not invited, that it is off."""

REHEARSAL = "/rehearsal"
"""Ends the name of a campaign whose letters only went to a folder."""


def campaign_name(meeting: str, kind: str = "invitation", number: int | str = 1) -> str:
    """Return the name of a campaign, ``T-7K3MQ/invitation/1``; about no meeting ``digest/1``."""
    return f"{meeting}/{kind}/{number}" if meeting else f"{kind}/{number}"


def first_campaign(row_id: str) -> str:
    """Return the campaign of a row's own letters: a meeting's invitations, or a letter."""
    return campaign_name("", LETTER, row_id) if is_letter(row_id) else campaign_name(row_id)


def is_poll(campaign: str) -> bool:
    """Whether a campaign asks for days."""
    return campaign.partition("/")[2].partition("/")[0] in (POLL, POLL_REMINDER)


def is_letter(row_id: str) -> bool:
    """Whether a row is a letter about no meeting, by its id."""
    return row_id.startswith("J-")


def ledger_name(name: str, *, rehearsal: bool) -> str:
    """Return what the ledger calls a campaign, or its rehearsal."""
    return name + REHEARSAL if rehearsal else name


@dataclass(frozen=True, slots=True)
class Mailing:
    """One campaign's letters, what they share: name, moment, tokens, and fields of its own.

    ``at`` is an aware moment. ``common`` are fields that all letters show, ``each`` gives those of
    one person, by id. ``links`` are addresses of our own that its letters may lead to.
    """

    campaign: str
    at: datetime
    tokens: Tokens
    common: Mapping[str, object] = field(default_factory=dict)
    each: Callable[[str], Mapping[str, object]] | None = None
    links: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of letter: ``invitation`` of ``T-7K3MQ/invitation/1``, ``digest`` of a week."""
        first, second, *_ = (*self.campaign.split("/"), "")
        return second if re.fullmatch(r"T-\w+", first) else first

    def token(self, person: str) -> str:
        """Return the token of a person's letter."""
        return self.tokens.of(self.campaign, person)

    def message_id(self, person: str, domain: str) -> str:
        """Return the one Message-ID that a person's letter ever has."""
        return message_id(self.campaign, person, self.token(person), domain)

    def fields(self, person: str) -> dict[str, object]:
        """Return what a person's letter shows besides what all letters show."""
        return {**self.common, **(self.each(person) if self.each else {})}


def message_id(name: str, person: str, token: str, domain: str) -> str:
    """Return ``<T-7K3MQ.invitation.1.H-9ZC41.<token>@example.org>`` (RFC 5322, 3.6.4).

    It holds ids and no names, and nobody but the reader can know it: an answer or a bounce that
    quotes it had the letter.
    """
    parts = (*name.split("/"), person, token)
    local = ".".join(re.sub(r"[^A-Za-z0-9-]+", "-", part) for part in parts)
    return f"<{local}@{domain}>"
