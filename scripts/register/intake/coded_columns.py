"""Headers that begin with a code for a person, as registers export them: "YHT_ENIMI", "YHT_PUH"."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from register.intake.header_names import EITHER, header_letters, header_meaning
from register.intake.offices import post_with_prefix

_FIELDS = ("name", "first", "last", "email", "phone")
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """A column whose header begins with a code: the person's code and post, and the person's field.

    ``role`` is '' if no post begins with the code.
    """

    code: str
    role: str
    field: str


def coded_columns(headers: Sequence[str], taken: Collection[int]) -> Mapping[int, CodedColumn]:
    """Return the columns of people who are told apart by codes, by column index.

    ``taken`` are the columns that belong to posts already. If there is a single code and no post,
    the columns are those of the row's own person, and the mapping is empty.
    """
    codes: dict[str, dict[int, str]] = {}
    for index, header in enumerate(headers):
        code, _, rest = header.strip().partition("_")
        field = header_meaning(rest.replace("_", " "))[0] if rest else ""
        field = "name" if field == EITHER else field
        if index not in taken and field in _FIELDS and _is_code(code):
            codes.setdefault(header_letters(code), {})[index] = field
    people = {code: told for code, told in codes.items() if {"first", "last"} & {*told.values()}}
    if len(people) + bool(taken) < _SEVERAL:
        return {}
    return {
        index: CodedColumn(code, role, field)
        for code, told in people.items()
        for role in [post_with_prefix(code)]
        for index, field in told.items()
    }


def _is_code(word: str) -> bool:
    return len(word) > 1 and not header_meaning(word)[0]
