"""Why a field's problem matters, what to do about it, and an example of each."""

from register.rules.rule import ACCEPT_REMEDY, WRITTEN_REMEDY

_ASK = "Correct the cell, or ask whoever knows; leave it empty if nobody does."

_WHY = {
    "text": "What the eye does not see can make two equal names differ, or show a text backwards.",
    "email": "A letter to an address that is none comes back, and nobody reads the invitation.",
    "phone": "A number that cannot be called helps nobody, least of all the next coordinator.",
    "postal-code": "Organisations are found, and letters reach them, by the place.",
    "municipality": "The lists, the gaps and the invitations of an area go by the municipality.",
    "area": "Whoever works in an area is invited and listed by it.",
    "business-id": "The Y-tunnus tells two organisations of one name apart, if it is right.",
    "association-no": "The register number tells two associations of one name apart.",
    "organisation-name": "Capitals shout in letters and lists.",
    "language": "The letter is written in the language of this cell.",
    "date": "Only a date that can be read counts when something is due, ended or out of date.",
    "time": "The calendar invitation needs the hour.",
    "url": "The link is put into lists and letters as it stands here.",
    "integer": "Places are counted with this number.",
    "choice": "Filters and invitations know only the values of the list.",
}
_REMEDY = {
    "email-several": "Keep one address here; the others belong to rows of their own.",
    "email-non-ascii": "Ask for an address in plain letters, for many servers refuse this one.",
    "email-marks": WRITTEN_REMEDY,
    "phone-several": "Keep one number here; write the other into the column for a second.",
    "postal-code-elsewhere": "Correct the postal code or the municipality: they do not fit.",
    "municipality-split": "Choose the municipality of today that the place is in.",
    "municipality-ambiguous": "Choose the municipality that is meant.",
    "text-mixed-scripts": "Write the word anew on a plain keyboard; it may be an imitation.",
    "text-too-long": "Keep what is needed here and put the rest into a document.",
    "choice-unknown": "Choose from the list, or add the value to {tab:choices}.",
    "area-unknown": "Write municipalities, regions or an area of {tab:choices}.",
    "time-range": "Write the start and the end each into its own column.",
    "date-no-year": "Write the year too.",
    "": _ASK,
    "→": ACCEPT_REMEDY,
}
"""What to do, by code; "" and "→" are for the rest, without and with a proposal."""

EXAMPLES = {
    "text-hidden": "tavattu(U+202E) messuilla → tavattu messuilla",
    "text-mixed-scripts": "pаypal (а = U+0430)",
    "text-too-long": "yli 2 000 merkkiä",
    "email-impossible": "ei sähköpostia",
    "email-several": "maija@example.org; matti@example.org → maija@example.org",
    "email-marks": "maija.w(at)example.org → maija.w@example.org",
    "email-repaired": "maija.w at example.org → maija.w@example.org",
    "email-typo": "maija.i@gmial.com → maija.i@gmail.com",
    "email-non-ascii": "mäkinen@example.org",
    "phone-impossible": "040 123",
    "phone-several": "040 123 4567 (koti) / 050 765 4321 → +358401234567",
    "phone-letters": "040 123 4567 (Maija) → +358401234567",
    "phone-mangled": "4.01234567E8 → +358401234567",
    "phone-extension": "09 310 1691 alanro 12 → +35893101691",
    "postal-code-impossible": "O2100",
    "postal-code-unknown": "02999",
    "postal-code-elsewhere": "33100",
    "municipality-former": "Vammala → Sastamala",
    "municipality-split": "Längelmäki",
    "municipality-ambiguous": "Lappi",
    "municipality-typo": "Esppo → Espoo",
    "municipality-unknown": "Tukholma",
    "area-unknown": "Espoo, Pohjoisnapa",
    "area-typo": "Vantaa, Esppo → Vantaa, Espoo",
    "business-id-impossible": "1234567-8",
    "association-no-impossible": "12A456",
    "organisation-name-capitals": "ESPOON KYLÄYHDISTYS → Espoon kyläyhdistys",
    "language-unknown": "savo",
    "date-impossible": "31.2.2025",
    "date-no-year": "1.2.",
    "date-ambiguous": "03/04/2025 → 3.4.2025",
    "time-impossible": "25.00",
    "time-range": "17.30–19.00",
    "url-impossible": "ftp://example.org",
    "url-no-scheme": "www.example.org → https://www.example.org",
    "url-unlikely": "kysy.pekalta → https://kysy.pekalta",
    "integer-impossible": "30 henkeä → 30",
    "choice-unknown": "asdf",
    "choice-typo": "yhdisty → yhdistys",
}


def why_field_matters(code: str) -> str:
    """Return why a problem's field matters (a msgid)."""
    return next(text for field, text in _WHY.items() if code.startswith(f"{field}-"))


def field_remedy(code: str) -> str:
    """Return what to do about a problem (a msgid)."""
    return _REMEDY.get(code) or _REMEDY["→" if "→" in EXAMPLES[code] else ""]
