"""Finland's places: what they are called, what they belong to, what a typed name means."""

from register.values.places.names import (
    Area as Area,
)
from register.values.places.names import (
    Place as Place,
)
from register.values.places.names import (
    area_named as area_named,
)
from register.values.places.names import (
    county_named as county_named,
)
from register.values.places.names import (
    genitive as genitive,
)
from register.values.places.names import (
    heir_of as heir_of,
)
from register.values.places.names import (
    inessive as inessive,
)
from register.values.places.names import (
    municipality_named as municipality_named,
)
from register.values.places.names import (
    place_code as place_code,
)
from register.values.places.names import (
    region_named as region_named,
)
from register.values.places.names import (
    resolve_place as resolve_place,
)
from register.values.places.tables import (
    County as County,
)
from register.values.places.tables import (
    Merger as Merger,
)
from register.values.places.tables import (
    Municipality as Municipality,
)
from register.values.places.tables import (
    PostalCode as PostalCode,
)
from register.values.places.tables import (
    Region as Region,
)
from register.values.places.tables import (
    counties as counties,
)
from register.values.places.tables import (
    county_of_code as county_of_code,
)
from register.values.places.tables import (
    mergers as mergers,
)
from register.values.places.tables import (
    municipalities as municipalities,
)
from register.values.places.tables import (
    municipality as municipality,
)
from register.values.places.tables import (
    postal_code as postal_code,
)
from register.values.places.tables import (
    postal_codes as postal_codes,
)
from register.values.places.tables import (
    region as region,
)
from register.values.places.tables import (
    regions as regions,
)
