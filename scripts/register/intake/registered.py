"""What an open register says of organisations and of those elected, and nothing more."""

from dataclasses import dataclass
from typing import Literal

from register.book.schema import Language


@dataclass(frozen=True, slots=True)
class RegisteredOrganisation:
    """One organisation of an open register.

    ``municipality`` is Statistics Finland's code of its home, '' where it is not told;
    ``postcodes`` are those of its present addresses there, the visiting address first;
    ``other_names`` its present ones in other languages, ``former`` its earlier ones; ``type`` a key
    of organisation_type, '' where its name tells; ``ended`` the ISO date of its end, '' while it
    lives; ``area`` the codes of the municipalities where it acts, none where that is not told;
    ``changed`` the ISO date when its entry was changed last, '' where that is not told;
    ``language`` as the register writes it; ``topics`` those of a new register, in Finnish;
    ``services`` what it calls some of its services. Streets and people are not kept.
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
        """Whether it tells where it acts, and neither acts in this municipality nor is of it."""
        return bool(self.area) and municipality not in self.area | {self.municipality}


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What a register said of one municipality: its organisations there.

    ``terms`` say whose the register is and its licence, for the row's source; ``elsewhere`` is how
    many of its organisations neither are nor act there, ``unread`` how many rows could not be read.
    """

    source: str
    found: tuple[RegisteredOrganisation, ...]
    unread: int = 0
    elsewhere: int = 0
    terms: str = ""


CouncilKind = Literal["municipal", "county"]


@dataclass(frozen=True, slots=True)
class ElectedPerson:
    """Somebody who was elected: name, party's short names, and nothing of age, sex or language.

    ``home`` is the code of their municipality; a county's councillors live in several.
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
    """A council as it was elected; ``code`` is its municipality's or wellbeing county's.

    ``unread`` is how many rows of those elected could not be read.
    """

    kind: CouncilKind
    year: int
    code: str
    members: tuple[ElectedPerson, ...]
    unread: int = 0
