"""Evidence of a pair in words, its weight, and the cells that it was read from."""

from functools import partial

from register.book.comparison import Comparison, Evidence
from register.book.personal_identity_code import mask_identity_codes
from register.book.table import Book
from register.match.pair import Pair
from register.words.sentences import Sentences

EVIDENCE = {
    "name": "the same name",
    "name_swapped": "the same names the other way round",
    "name_alike": "nearly the same name",
    "business_id": "the same Y-tunnus",
    "assoc_no": "the same register number",
    "municipality": "the same municipality",
    "org": "the same organisation",
    "details": "the same details in the notes",
    "mailbox": "the same e-mail address",
    "phone": "the same phone",
    "name_exact": "the same name",
    "name_typo": "nearly the same name",
    "name_short": "a name and its short form",
    "name_part_of_last": "a part of the surname in common",
    "name_swapped_typo": "nearly the same names the other way round",
    "name_spoiled": "names that look alike",
    "name_half_known": "the same name as far as it is known",
    "name_other_last": "different surnames (the same first name)",
    "name_other_first": "different first names (the same surname)",
    "name_different": "different names",
    "email_same": "the same e-mail address",
    "email_same_user": "e-mail addresses that differ only in the provider",
    "email_typo": "nearly the same e-mail address",
    "email_different": "different e-mail addresses",
    "phone_of_two": "the same phone for two first names",
    "phone_same": "the same phone",
    "phone_same_end": "phones with the same ending",
    "phone_typo": "nearly the same phone",
    "phone_different": "different phones",
    "affiliation_org_and_place": "the same organisation and place",
    "affiliation_org": "the same organisation",
    "affiliation_org_alike": "nearly the same organisation",
    "affiliation_code": "another organisation with the same postal code",
    "affiliation_place": "another organisation in the same municipality",
    "affiliation_different": "different organisations",
    "address_same": "the same street address",
    "address_same_place": "the same street and place",
    "address_alike": "nearly the same street address",
    "address_alike_place": "nearly the same street in the same place",
    "address_same_elsewhere": "the same street in different places",
    "address_alike_elsewhere": "nearly the same street in another place",
    "address_part": "nearly the same street in the same place",
    "address_part_place": "nearly the same street in the same place",
    "address_house": "the same house number, town and postal code",
    "address_place": "the same town and postal code",
    "address_code": "the same town or postal code",
    "address_different": "different street addresses",
    "birth_same": "born on the same day or in the same year",
    "birth_year": "born in the same year",
    "birth_slip": "nearly the same date of birth",
    "birth_near": "nearly the same year of birth",
    "birth_different": "different years or days of birth",
    "place_code": "the same postal code",
    "place_place": "the same municipality",
    "place_near_code": "nearly the same postal code",
    "place_different": "different places",
    "street_same": "the same street address",
    "street_alike": "nearly the same street in the same place",
    "street_different": "different street addresses",
    "place_region": "different municipalities of the same region",
    "title_exact": "the same name",
    "title_exact_here": "the same name",
    "title_words": "the same words in the name",
    "title_alias": "a name in common",
    "title_placed": "the same name, with a place and without",
    "title_language": "the same name in Finnish and Swedish, or in other words",
    "title_slip": "the same name but for a slip of the pen",
    "title_typo": "nearly the same name",
    "title_acronym": "a name and its initials",
    "title_part": "names of which one is within the other",
    "title_alike": "names that look alike",
    "title_different": "different names",
    "number_same": "the same Y-tunnus or register number",
    "number_different": "different Y-tunnus or register numbers",
    "contact_mailbox": "the same e-mail address",
    "contact_site": "the same web or mail domain",
    "contact_typo": "nearly the same e-mail address",
    "contact_different": "different e-mail addresses",
    "site": "the same web or mail domain",
    "role_same": "the same role",
    "role_different": "different roles",
}
"""The msgid of each code of evidence."""

CHAINED = "a third row that is like both"
"""The msgid for two rows with no evidence of their own, in one cluster through a third row."""

_AGAINST = {"title_alike": "title_different", "title_part": "title_different"}
"""The code shown instead where a likeness counts against a pair, being no more than chance
gives."""

_CELLS = {
    "name": ("first", "last", "name"),
    "title": ("name", "short"),
    "number": ("business_id", "assoc_no"),
    "contact": ("email", "url"),
    "site": ("email", "url"),
    "business_id": ("business_id",),
    "assoc_no": ("assoc_no",),
    "email": ("email",),
    "mailbox": ("email",),
    "phone": ("phone",),
    "street": ("address",),
    "affiliation": ("org", "municipality"),
    "org": ("org",),
    "place": ("municipality", "postcode"),
    "municipality": ("municipality",),
    "role": ("role",),
    "details": ("notes",),
}
"""The column keys that each code of evidence, or each comparison, is read from."""


def evidence_in_words(pair: Pair, say: Sentences) -> tuple[str, str]:
    """Return what speaks for a pair and what against, each an enumeration without repetitions.

    The weightiest evidence comes first. Evidence without weights speaks for the pair.
    """
    weights = pair.weights or (0.5,) * len(pair.evidence)
    told: tuple[list[str], list[str]] = ([], [])
    weighed = zip(pair.evidence, map(_step, weights), weights, strict=True)
    for code, _, weight in sorted(weighed, key=lambda one: -abs(one[1])):
        told[weight <= 0].append(say(EVIDENCE[_AGAINST.get(code, code) if weight <= 0 else code]))
    speaks_for, against = (say.enumeration(list(dict.fromkeys(words))) for words in told)
    return speaks_for or say(CHAINED), against


def _step(weight: float) -> int:
    """Return a weight in steps of six bits, so that small changes seldom reorder the words."""
    return round(weight / 6)


def compare_rows(book: Book, pair: Pair, say: Sentences) -> Comparison:
    """Return the two rows of a pair side by side, each piece of evidence with its cells."""
    read = partial(_evidence, book, pair, say)
    return Comparison(pair.tab, pair.left, pair.right, read, pair.probability)


def _evidence(book: Book, pair: Pair, say: Sentences) -> tuple[Evidence, ...]:
    rows = [book.table(pair.tab).row(row_id) for row_id in (pair.left, pair.right)]
    weights = pair.weights or (None,) * len(pair.evidence)
    evidence = []
    for code, weight in zip(pair.evidence, weights, strict=True):
        keys = _CELLS.get(code) or _CELLS.get(code.partition("_")[0], (code,))
        left, right = (
            mask_identity_codes(" ".join(filter(None, (row.get(key, "") for key in keys))))
            for row in rows
        )
        evidence.append(Evidence(say(EVIDENCE[code]), weight, left, right))
    return tuple(evidence)
