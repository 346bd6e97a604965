"""Places of Finland: their names, what they belong to, and what a typed name means."""

from register.values.places.names import (
    Area as Area,
    Place as Place,
    area_named as area_named,
    county_named as county_named,
    genitive as genitive,
    heir_of as heir_of,
    municipality_named as municipality_named,
    place_code as place_code,
    region_named as region_named,
    resolve_place as resolve_place,
)
from register.values.places.tables import (
    County as County,
    Merger as Merger,
    Municipality as Municipality,
    PostalCode as PostalCode,
    Region as Region,
    counties as counties,
    county_of_code as county_of_code,
    mergers as mergers,
    municipalities as municipalities,
    municipality as municipality,
    postal_code as postal_code,
    postal_codes as postal_codes,
    region as region,
    regions as regions,
)
