"""The comparisons of two organisations, each with its levels in order."""

from register.match.model import Level, ModelComparison, edits_at_most
from register.match.streets import BOX


def _either(one: str, two: str) -> str:
    """Return the SQL condition that two lists, joined by "|", have an item in common."""
    return f"len(list_intersect(string_split({one}_l, '|'), string_split({two}_r, '|'))) > 0"


def _slip(column: str, most: int) -> str:
    """Return the SQL condition of a few typing errors, not only in digits: seura1, seura2."""
    one, two = (f"translate({column}_{side}, '0123456789', '')" for side in "lr")
    return f"({edits_at_most(f'{column}_l', f'{column}_r', str(most))} and {one} <> {two})"


def _within(column: str) -> str:
    """Return the SQL condition that all words of one row's list are in the other row's."""
    lists = [f"string_split({column}_{side}, '|')" for side in "lr"]
    fewer = f"least(len({lists[0]}), len({lists[1]}))"
    return f"coalesce(len(list_intersect({lists[0]}, {lists[1]})) = {fewer}, false)"


_SHORTER = "least(length(whole_l), length(whole_r))"
_CUT_OFF = (
    f"({_SHORTER} > 11 and starts_with(greatest(whole_l, whole_r), least(whole_l, whole_r)) "
    "and not starts_with(greatest(whole_l, whole_r), concat(least(whole_l, whole_r), ' ')))"
)
_WORDS = "len(list_intersect(string_split(words_l, '|'), string_split(words_r, '|')))"
_FEWER = "least(len(string_split(words_l, '|')), len(string_split(words_r, '|')))"
_MORE = "greatest(len(string_split(words_l, '|')), len(string_split(words_r, '|')))"

ORGANISATION_COMPARISONS = (
    ModelComparison(
        "title",
        "whole_l is null or whole_r is null",
        (
            Level("exact_here", "whole_l = whole_r and town_l = town_r", frequency="town"),
            Level("exact", "whole_l = whole_r", frequency="meaning"),
            Level(
                "slip",
                f"({_SHORTER} > 9 and {edits_at_most('whole_l', 'whole_r', '1')}) or {_CUT_OFF}",
                frequency="meaning",
            ),
            Level("words", "words_l = words_r", frequency="meaning"),
            Level("alias", _either("names", "names")),
            Level(
                "placed",
                "unplaced_l = unplaced_r and (placed_l is null) <> (placed_r is null) "
                "and unplaced_l like '% %'",
                frequency="unplaced",
            ),
            Level("language", "meaning_l = meaning_r", frequency="meaning"),
            Level(
                "typo",
                edits_at_most(
                    *("whole_l", "whole_r"),
                    f"(case when {_SHORTER} < 5 then 0 when {_SHORTER} < 12 then 1 else 2 end)",
                ),
            ),
            Level(
                "acronym",
                f"{_either('acronyms', 'initials')} or {_either('initials', 'acronyms')} "
                f"or {_either('acronyms', 'acronyms')}",
            ),
            Level("part", f"{_WORDS} = {_FEWER} and {_FEWER} > 1"),
            Level(
                "alike",
                f"{_WORDS} * 2 >= {_MORE} or jaro_winkler_similarity(whole_l, whole_r) >= 0.92 "
                "or jaro_winkler_similarity(core_l, core_r) >= 0.92",
            ),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "number",
        "coalesce(business_id_l = business_id_r, assoc_no_l = assoc_no_r) is null",
        (
            Level(
                "same",
                "coalesce(business_id_l = business_id_r, false) "
                "or coalesce(assoc_no_l = assoc_no_r, false)",
            ),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "contact",
        "(mailbox_l is null or mailbox_r is null) and (site_l is null or site_r is null)",
        (
            Level("mailbox", "mailbox_l = mailbox_r"),
            Level("site", "site_l = site_r"),
            Level("typo", f"{_slip('mailbox', 2)} or {_slip('site', 1)}"),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "phone",
        "phone_l is null or phone_r is null",
        (
            Level("same", "phone7_l = phone7_r"),
            Level("typo", edits_at_most("phone_l", "phone_r", "1")),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "place",
        "(town_l is null or town_r is null) and (postcode_l is null or postcode_r is null)",
        (
            Level("code", "postcode_l = postcode_r"),
            Level("place", "town_l = town_r"),
            Level("region", "region_l = region_r"),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "street",
        "street_words_l is null or street_words_r is null "
        f"or starts_with(street_words_l, '{BOX}') <> starts_with(street_words_r, '{BOX}')",
        (
            Level("same", _within("street_words")),
            Level(
                "alike",
                f"{_within('street_names')} and coalesce({_either('houses', 'houses')}, true)",
            ),
            Level("different", "ELSE"),
        ),
    ),
)
