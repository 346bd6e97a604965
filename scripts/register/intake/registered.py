"""An organisation as an open register has it: what we keep of it, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Registered:
    """One organisation of an open register.

    ``municipality`` is Statistics Finland's code; ``postcodes`` are those of its present addresses
    in that municipality, the visiting address first; ``former`` its earlier names; ``ended`` the
    ISO date of its end, '' while it lives. Streets and people are not kept.
    """

    name: str
    business_id: str
    municipality: str
    postcodes: tuple[str, ...] = ()
    url: str = ""
    former: tuple[str, ...] = ()
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a register said: its organisations, and how many of its rows could not be read."""

    source: str
    found: tuple[Registered, ...]
    unread: int = 0
