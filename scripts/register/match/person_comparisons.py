"""The comparisons of two people, each with its levels in order."""

from register.match.columns import BORNE, COMMONER
from register.match.model import Level, ModelComparison, edits_at_most


def _near(column: str) -> str:
    """Return the SQL condition of one typing error, two in long words, none in short ones."""
    one, two = f"{column}_l", f"{column}_r"
    shorter = f"least(length({one}), length({two}))"
    return edits_at_most(
        one, two, f"(case when {shorter} < 4 then 0 when {shorter} < 9 then 1 else 2 end)"
    )


def _like(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _begins(one: str, two: str) -> str:
    """Return the SQL condition that one name is the other's initial."""
    return f"(least(length({one}), length({two})) = 1 and left({one}, 1) = left({two}, 1))"


def _letters(side: str) -> str:
    """Return the SQL of a mailbox without digits and dots: m.malli1 and m_malli2 are two people."""
    return f"translate(email_{side}, '0123456789._-', '')"


def _overlap(least: float) -> str:
    """Return the SQL condition that this fraction of the trigrams of one street is in the other.

    The street is the one with fewer distinctive trigrams.
    """
    fewer = "least(len(string_split(grams_l, '|')), len(string_split(grams_r, '|')))"
    both = "len(list_intersect(string_split(grams_l, '|'), string_split(grams_r, '|')))"
    return f"coalesce({both} >= {least} * {fewer}, false)"


def _two(column: str) -> str:
    """Return the SQL condition of two different names that several people bear: no typing error."""
    few, many = (f"{which}({column}_borne_l, {column}_borne_r)" for which in ("least", "greatest"))
    return (
        f"({column}_l <> {column}_r and {column}_sound_l <> {column}_sound_r "
        f"and coalesce({few} >= {BORNE} and {many} <= {COMMONER} * {few}, false))"
    )


def _one_spelling(column: str) -> str:
    """Return the SQL condition of the same name, or a spelling of it that no other people bear."""
    return f"({column}_sound_l = {column}_sound_r or ({_near(column)} and not {_two(column)}))"


def _within(one: str, two: str) -> str:
    """Return the SQL condition that all words of one row are in the other row's list."""
    return " or ".join(
        f"len(list_intersect(string_split({one}_{a}, '|'), string_split({two}_{b}, '|'))) "
        f">= len(string_split({one}_{a}, '|'))"
        for a, b in (("l", "r"), ("r", "l"))
    )


_INITIAL = (
    "((least(length(first_l), length(first_r)) = 1 and left(first_l, 1) = left(first_r, 1)) "
    "or coalesce(initials_l = replace(first_r, ' ', ''), false) "
    "or coalesce(initials_r = replace(first_l, ' ', ''), false))"
)
_BEGINS = (
    "(starts_with(replace(first_l, ' ', ''), replace(first_r, ' ', '')) "
    "or starts_with(replace(first_r, ' ', ''), replace(first_l, ' ', '')))"
)
_PART = f"({_within('words', 'firsts')} or ({_BEGINS} and not {_two('first')}))"
_INITIALS = " and ".join(f"regexp_matches(first_{side}, ' .$')" for side in "lr")
_OTHER_INITIAL = f"({_INITIALS} and right(first_l, 1) <> right(first_r, 1))"
"""The second initials differ: "Patricia T", "Patricia B"."""

_SECOND = ["split_part(first_l, ' ', 2)", "split_part(first_r, ' ', 2)"]
_SECOND_INITIAL = (
    "(split_part(first_l, ' ', 1) = split_part(first_r, ' ', 1) "
    f"and least(length({_SECOND[0]}), length({_SECOND[1]})) = 1 "
    f"and left({_SECOND[0]}, 1) = left({_SECOND[1]}, 1))"
)
"""The second first name is an initial in one row: "Patricia T", "Patricia Teresa"."""

_ALL_SHORT = (
    "(len(string_split(words_l, '|')) = len(string_split(words_r, '|')) and words_l like '%|%' "
    f"and whole_l <> whole_r and ({_within('words', 'firsts')}))"
)
"""Two or more first names, each the same or a short form: "Becky Ann", "Rebecca Ann"."""

_SLIP_FIRST = (
    f"(({_one_spelling('first')} and not {_OTHER_INITIAL}) or {_SECOND_INITIAL} or {_ALL_SHORT})"
)
_SLIP_LAST = _one_spelling("last")
_CUT_LAST = (
    "(least(length(last_l), length(last_r)) > 5 "
    f"and (starts_with(last_l, last_r) or starts_with(last_r, last_l)) and not {_two('last')})"
)
_PART_OF_LAST = f"({_within('surnames', 'lasts')})"
_ONE_FIRST = f"({_SLIP_FIRST} or {_INITIAL} or {_PART})"
_ONE_LAST = f"({_SLIP_LAST} or {_PART_OF_LAST})"
_SPOILED_FIRST = f"({_like('first', 0.82)} and not {_two('first')})"
_CROSS = (
    "((jaro_winkler_similarity(first_l, last_r) >= 0.82 "
    "and jaro_winkler_similarity(last_l, first_r) >= 0.82) "
    f"or ({edits_at_most('first_l', 'last_r', '1')} and {_begins('last_l', 'first_r')}) "
    f"or ({edits_at_most('last_l', 'first_r', '1')} and {_begins('first_l', 'last_r')}))"
)
_HALF = (
    "((first_l is null or first_r is null or last_l is null or last_r is null) and "
    "(first_l = first_r or last_l = last_r or first_l = last_r or last_l = first_r "
    f"or {_near('last')} or {_near('first')}))"
)
_LONGER = "greatest(length(street_l), length(street_r))"
_TELLS = "(coalesce(grams_l, grams_r) is not null or house_l is not distinct from house_r)"
"""On a street that many rows have, only the same house number is evidence."""

_STREET = f"({edits_at_most('street_l', 'street_r', f'{_LONGER} / 12')} and {_TELLS})"
_LIKE_STREET = (
    f"({_TELLS} and ({edits_at_most('street_l', 'street_r', f'{_LONGER} / 4')} or {_overlap(0.6)} "
    "or jaro_winkler_similarity(line_l, line_r) >= 0.92 "
    "or (length(least(line_l, line_r)) > 7 "
    "and starts_with(greatest(line_l, line_r), least(line_l, line_r)))))"
)
_PART_OF_STREET = _overlap(0.35)
_CODE = edits_at_most("postcode_l", "postcode_r", "1")
_TOWN = f"(place_l = place_r or {_like('place', 0.85)})"
_DAYS_TOLD = "born_l <> born_year_l and born_r <> born_year_r"
_BOTH = f"coalesce({_CODE}, true) and coalesce({_TOWN}, true)"
_EITHER = f"(coalesce({_CODE}, false) or coalesce({_TOWN}, false))"
_SAME_OFFICE = "(coalesce(email_l <> email_r, true) and coalesce(office_l = office_r, false))"
_ORG_ALIKE = (
    f"({_like('org', 0.94)} or {edits_at_most('org_l', 'org_r', '2')} or meaning_l = meaning_r)"
)
_AT_OFFICE = (
    f"coalesce(({_ORG_ALIKE} or {_SAME_OFFICE}) and ({_LIKE_STREET} or line_l = line_r), false)"
)
"""The address is the organisation's, and says what the organisation says: it is compared alone."""

PEOPLE_COMPARISONS = (
    ModelComparison(
        "name",
        "coalesce(first_l, last_l) is null or coalesce(first_r, last_r) is null",
        (
            Level(
                "exact",
                "first_l = first_r and last_l = last_r and turned_l is not distinct from turned_r",
                frequency="whole",
            ),
            Level(
                "swapped",
                "whole_l = whole_r and (first_l = first_r or last_l <> last_r)",
                frequency="whole",
            ),
            Level("typo", f"{_SLIP_FIRST} and {_SLIP_LAST}", frequency="whole"),
            Level(
                "short",
                f"({_SLIP_LAST} or {_CUT_LAST}) and ({_INITIAL} or {_PART})",
                frequency="last",
            ),
            Level("part_of_last", f"{_ONE_FIRST} and {_PART_OF_LAST}", frequency="last"),
            Level("swapped_typo", _CROSS),
            Level("spoiled", f"{_SPOILED_FIRST} and ({_like('last', 0.82)} or {_ONE_LAST})"),
            Level("half_known", _HALF),
            Level("other_last", f"{_SLIP_FIRST} or {_PART}", frequency="first"),
            Level(
                "other_first",
                f"{_ONE_LAST} or {edits_at_most('first_l', 'last_r', '1')} "
                f"or {edits_at_most('last_l', 'first_r', '1')}",
            ),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "email",
        "email_l is null or email_r is null",
        (
            Level("same", "email_l = email_r"),
            Level("same_user", "mailbox_l = mailbox_r and length(mailbox_l) > 4"),
            Level(
                "typo",
                f"{edits_at_most('email_l', 'email_r', '1')} "
                f"and {_letters('l')} <> {_letters('r')}",
            ),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "phone",
        "phone_l is null or phone_r is null",
        (
            Level(
                "of_two",
                f"phone7_l = phone7_r and first_l <> first_r and not ({_ONE_FIRST} "
                f"or {_SPOILED_FIRST} or {_CROSS} or whole_l = whole_r)",
            ),
            Level("same", "phone_l = phone_r"),
            Level("same_end", "phone7_l = phone7_r"),
            Level("typo", edits_at_most("phone_l", "phone_r", "1")),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "affiliation",
        f"((org_l is null or org_r is null) and not {_SAME_OFFICE}) or {_AT_OFFICE}",
        (
            Level(
                "org_and_place", "org_l = org_r and (place_l = place_r or postcode_l = postcode_r)"
            ),
            Level("org", f"org_l = org_r or {_SAME_OFFICE}"),
            Level("org_alike", f"{_ORG_ALIKE} and coalesce(place_l = place_r, true)"),
            Level("code", "postcode_l = postcode_r"),
            Level("place", "place_l = place_r"),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "address",
        f"street_l is null or street_r is null "
        f"or not {_TELLS} and (house_l is null or house_r is null)",
        (
            Level("same", f"{_STREET} and {_BOTH}"),
            Level("same_place", f"{_STREET} and {_EITHER}"),
            Level("alike", f"{_LIKE_STREET} and {_BOTH}"),
            Level("alike_place", f"{_LIKE_STREET} and {_EITHER}"),
            Level("part", f"{_PART_OF_STREET} and {_BOTH}"),
            Level("same_elsewhere", _STREET),
            Level("alike_elsewhere", _LIKE_STREET),
            Level("house", f"house_l = house_r and {_CODE} and {_TOWN}"),
            Level("place", f"{_CODE} and {_TOWN}"),
            Level("part_place", f"{_PART_OF_STREET} and {_EITHER}"),
            Level("code", _EITHER),
            Level("different", "ELSE"),
        ),
        graded=True,
    ),
    ModelComparison(
        "place",
        f"(coalesce(org_l = org_r, street_l = street_r) is not null or {_SAME_OFFICE}) "
        "or ((place_l is null or place_r is null) and (postcode_l is null or postcode_r is null))",
        (
            Level("code", "postcode_l = postcode_r"),
            Level("place", f"coalesce({_TOWN}, false)"),
            Level("near_code", f"coalesce({_CODE}, false)"),
            Level("different", "ELSE"),
        ),
    ),
    ModelComparison(
        "role",
        "role_l is null or role_r is null",
        (Level("same", "role_l = role_r"), Level("different", "ELSE")),
    ),
    # Levels depend on whether both rows have the day: m counts only pairs that could have one.
    ModelComparison(
        "birth",
        "born_l is null or born_r is null",
        (
            Level("same", "born_l = born_r", frequency="born"),
            Level(
                "year",
                "born_year_l = born_year_r and (born_l = born_year_l or born_r = born_year_r)",
                frequency="born",
            ),
            Level("slip", f"{_DAYS_TOLD} and {edits_at_most('born_l', 'born_r', '1')}"),
            Level(
                "near",
                "abs(born_year_l::int - born_year_r::int) = 1 or list_sort(string_split("
                "born_year_l, '')) = list_sort(string_split(born_year_r, ''))",
            ),
            Level("different", "ELSE"),
        ),
    ),
)
