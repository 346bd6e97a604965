"""What an open register says about organisations and elected people; nothing else is kept."""

from dataclasses import dataclass
from typing import Literal

from register.book.schema import Language


@dataclass(frozen=True, slots=True)
class RegisteredOrganisation:
    """One organisation of an open register; streets and people are not kept.

    ``municipality`` is Statistics Finland's code of its home, '' if unknown. ``postcodes`` are
    those of its present addresses there, the visiting address first. ``other_names`` are its
    present names in other languages, ``former`` its earlier names. ``type`` is a key of
    organisation_type, '' if its name tells. ``ended`` is the ISO date of its end, '' while it
    exists. ``area`` are the codes of the municipalities where it acts, empty if unknown.
    ``changed`` is the ISO date of the last change of its entry, '' if unknown. ``language`` is as
    the register writes it. ``topics``, in Finnish, are for a new row of our register. ``services``
    are the names of some of its services.
    """

    name: str
    business_id: str
    municipality: str
    postcodes: tuple[str, ...] = ()
    url: str = ""
    other_names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    ended: str = ""
    type: str = ""
    email: str = ""
    phone: str = ""
    area: frozenset[str] = frozenset()
    language: str = ""
    topics: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    is_public: bool = False
    changed: str = ""

    def is_elsewhere(self, municipality: str) -> bool:
        """Whether its area is known, and it neither is nor acts in this municipality."""
        return bool(self.area) and municipality not in self.area | {self.municipality}


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What a register says about one municipality: its organisations there.

    ``terms`` name the register's owner and licence, for the row's source. ``elsewhere`` counts
    organisations that are not there and do not act there, ``unread`` rows that could not be read.
    """

    source: str
    found: tuple[RegisteredOrganisation, ...]
    unread: int = 0
    elsewhere: int = 0
    terms: str = ""


CouncilKind = Literal["municipal", "county"]


@dataclass(frozen=True, slots=True)
class ElectedPerson:
    """A person who was elected: name and party; age, sex and language are not kept.

    ``home`` is the code of their municipality; the councillors of a county live in several.
    """

    first: str
    last: str
    party_fi: str
    party_sv: str
    home: str

    def party(self, language: Language) -> str:
        """Return the party's short name: the Swedish one for ``sv``, else the Finnish one."""
        return (self.party_sv if language == "sv" else "") or self.party_fi


@dataclass(frozen=True, slots=True)
class Council:
    """A council as it was elected.

    ``code`` is that of its municipality or wellbeing services county. ``unread`` counts the rows of
    elected people that could not be read.
    """

    kind: CouncilKind
    year: int
    code: str
    members: tuple[ElectedPerson, ...]
    unread: int = 0
