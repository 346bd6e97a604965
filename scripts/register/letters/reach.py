"""Who lives or works in an area: by the person's own municipality, else by the organisation.

An organisation is in an area by its ``municipality`` or its ``area``.
"""

from register.people.records import Organisation, Person
from register.values.areas import Areas, all_codes, home_code


class AreaReach:
    """An area, as codes of municipalities, and the test whether a person is inside."""

    def __init__(self, areas: Areas, codes: frozenset[str]) -> None:
        """Take the register's areas and the codes of the wanted municipalities."""
        self._areas, self._codes = areas, codes
        self._homes: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def inside(self, person: Person, organisation: Organisation | None) -> str:
        """Return the reason code why a person is inside, or '' if they are not."""
        if self._codes == all_codes():
            return "nationwide"
        if person.municipality:
            return "own-municipality" if home_code(person.municipality) in self._codes else ""
        if not organisation:
            return ""
        home, active = self._places_of(organisation)
        if not home.isdisjoint(self._codes):
            return "home-municipality"
        return "" if active.isdisjoint(self._codes) else "area-of-activity"

    def outside(self, person: Person, organisation: Organisation | None) -> str:
        """Return why a person is not inside: ``area`` for elsewhere, ``no-place`` if unknown."""
        if person.municipality:
            placed = bool(home_code(person.municipality))
        else:
            placed = organisation is not None and any(self._places_of(organisation))
        return "area" if placed else "no-place"

    def _places_of(self, organisation: Organisation) -> tuple[frozenset[str], frozenset[str]]:
        if organisation.id not in self._homes:
            home = home_code(organisation.municipality)
            active, _ = self._areas.codes(organisation.area, home)
            self._homes[organisation.id] = frozenset((home,)) - {""}, active
        return self._homes[organisation.id]
