"""Campaigns: the name of one round of letters, in the ledger and in Message-IDs.

A campaign is ``T-…/kind/n``: the n-th letter of its kind about a meeting. A campaign without a
meeting is ``kind/…``, such as ``letter/J-…``. A rehearsal is a separate campaign, so that it never
blocks the real one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from register.book.tokens import Tokens

INVITATION = "invitation"
"""The kind of letter whose template a meeting may choose (column Kutsupohja)."""

LETTER = "letter"
"""The kind of letter that goes to a mailing and is about no meeting."""

POLL = "poll"
"""The kind of letter that asks which of a meeting's days suit, before one is chosen."""

POLL_REMINDER = "poll-reminder"
"""The kind of letter that asks again those who have not answered which day suits."""

POLL_CANCELLATION = "poll-cancellation"
"""The kind of letter that cancels a poll, for those asked about days but not invited."""

REHEARSAL = "/rehearsal"
"""Suffix of a campaign whose letters only went to a folder."""


def campaign_name(meeting: str, kind: str = "invitation", number: int | str = 1) -> str:
    """Return a campaign's name: ``T-7K3MQ/invitation/1``, or without a meeting ``digest/1``."""
    return f"{meeting}/{kind}/{number}" if meeting else f"{kind}/{number}"


def first_campaign(row_id: str) -> str:
    """Return the campaign of the first letters of a row of ``meetings`` or ``letters``."""
    return campaign_name("", LETTER, row_id) if is_letter(row_id) else campaign_name(row_id)


def is_poll(campaign: str) -> bool:
    """Return True if a campaign asks which days suit, for the first time or as a reminder."""
    return campaign.partition("/")[2].partition("/")[0] in (POLL, POLL_REMINDER)


def is_letter(row_id: str) -> bool:
    """Return True if an id is that of a row of ``letters`` (``J-…``)."""
    return row_id.startswith("J-")


def ledger_name(name: str, *, rehearsal: bool) -> str:
    """Return a campaign's name in the ledger, that of its rehearsal if so."""
    return name + REHEARSAL if rehearsal else name


@dataclass(frozen=True, slots=True)
class Mailing:
    """The shared data of one campaign's letters: name, time, tokens and additional fields.

    ``at`` is an aware datetime. ``common`` are fields of all letters; ``each`` returns those of one
    person, by person id. ``links`` are our own addresses to which the letters may link.
    """

    campaign: str
    at: datetime
    tokens: Tokens
    common: Mapping[str, object] = field(default_factory=dict)
    each: Callable[[str], Mapping[str, object]] | None = None
    links: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of letter, taken from the campaign's name.

        It is ``invitation`` of ``T-7K3MQ/invitation/1``, ``digest`` of ``digest/2026-W05``.
        """
        first, second, *_ = (*self.campaign.split("/"), "")
        return second if re.fullmatch(r"T-\w+", first) else first

    def token(self, person: str) -> str:
        """Return the token of a person's letter."""
        return self.tokens.of(self.campaign, person)

    def message_id(self, person: str, domain: str) -> str:
        """Return the Message-ID of a person's letter: always the same one."""
        return message_id(self.campaign, person, self.token(person), domain)

    def fields(self, person: str) -> dict[str, object]:
        """Return the additional fields of a person's letter: common ones and the person's own."""
        return {**self.common, **(self.each(person) if self.each else {})}


def message_id(name: str, person: str, token: str, domain: str) -> str:
    """Return ``<T-7K3MQ.invitation.1.H-9ZC41.<token>@example.org>`` (RFC 5322, 3.6.4).

    It holds ids but no names. Only the reader can know the token, so an answer or a bounce that
    quotes this Message-ID comes from somebody who had the letter.
    """
    parts = (*name.split("/"), person, token)
    local = ".".join(re.sub(r"[^A-Za-z0-9-]+", "-", part) for part in parts)
    return f"<{local}@{domain}>"
