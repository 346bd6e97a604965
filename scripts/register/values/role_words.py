"""Words of mailboxes that are an office's, whoever reads them, in three languages, without accents.

Each stands as it is written in addresses: ``sihteeri@``, ``espoo.pj@``, ``sekr@``.
"""

POSTS = frozenset(
    (
        *("puheenjohtaja", "puheenjohtajat", "varapuheenjohtaja", "pj", "vpj", "pjohtaja"),
        *("sihteeri", "sihteerit", "jasensihteeri", "paasihteeri", "paikallissihteeri"),
        *("rahastonhoitaja", "taloudenhoitaja", "talouspaallikko", "toiminnanjohtaja", "tj"),
        *("toimitusjohtaja", "toiminnanohjaaja", "jarjestosihteeri", "tiedotussihteeri"),
        *("koordinaattori", "tiedottaja", "jasenvastaava", "jasenrekisteri", "jasenasiat"),
        *("jasenpalvelu", "yhteyshenkilo", "hallitus", "luottamusmies", "paaluottamusmies"),
        *("ordforande", "viceordforande", "ordf", "sekreterare", "sekr", "kassor", "skattmastare"),
        *("verksamhetsledare", "kontaktperson", "styrelse", "styrelsen", "koordinator"),
        *("medlemsregister", "medlemssekreterare", "generalsekreterare", "informator"),
        *("chair", "chairman", "chairperson", "president", "vicepresident", "secretary"),
        *("treasurer", "coordinator", "membership", "noreply", "postmaster", "webmaster"),
        *("kirjaamo", "registrator", "asiakaspalvelu", "kundtjanst", "toimisto", "kansli"),
    )
)
"""A post wherever in the address it stands."""

OFFICES = frozenset(
    (
        *("info", "information", "yhdistys", "jarjesto", "seura", "kerho", "liitto", "office"),
        *("kansliet", "kanslia", "neuvonta", "palvelu", "palvelut", "viestinta", "tiedotus"),
        *("markkinointi", "myynti", "laskutus", "laskut", "talous", "hallinto", "kokous"),
        *("tilaukset", "varaukset", "vuokraus", "ilmoittautumiset", "ilmoittautuminen"),
        *("forening", "foreningen", "radgivning", "ekonomi", "faktura", "fakturor", "bokning"),
        *("anmalan", "klubb", "klubben", "forbundet", "medlem", "medlemmar", "jasenet", "jasen"),
        *("contact", "contacts", "enquiries", "hello", "hei", "hej", "moi", "moikka", "sales"),
        *("support", "help", "helpdesk", "team", "tiimi", "staff", "volunteers", "members"),
        *("yhteys", "yhteydenotot", "posti", "post", "mail", "email", "sahkoposti", "epost"),
        *("admin", "administrator", "verkosto", "natverk", "network", "palaute", "feedback"),
        *("toimitus", "redaktion", "redaktionen", "lehti", "press", "media", "web", "www"),
        *("vapaaehtoistyo", "vapaaehtoiset", "vastaanotto", "reception", "kahvila", "cafe"),
        *("koulu", "rehtori", "rektor", "skola", "kirjasto", "bibliotek", "museo", "museum"),
        *("seurakunta", "khranvirasto", "kirkkoherranvirasto", "pastorskansli", "diakonia"),
        *("kunta", "kaupunki", "kommun", "stad", "osasto", "piiri", "distrikt", "avdelning"),
    )
)
"""An office where the address begins with it: ``post@``, but not ``matti.post@``."""
