"""The value that a cell of a list gives its column, by the column's kind."""

from register.intake.cell_looks import choice_key, read_leave, read_moment, read_yes_no
from register.intake.column_map import ColumnLink
from register.intake.refusals import is_wish_column
from register.intake.titles import is_title
from register.values import person_name
from register.values.post import whole_role


def cell_value(link: ColumnLink, cell: str) -> str:
    """Return the value that a cell gives its column, '' if a dropdown or a time cannot be read."""
    match link.target:
        case "consent":
            return read_yes_no(cell) if is_wish_column(link.header) else read_leave(cell)[0]
        case "group":
            return choice_key("person_group", cell)
        case "type":
            return choice_key("organisation_type", cell)
        case "at":
            return read_moment(cell)
        case "name" if link.last_first:
            return _last_comma_first(cell)
        case "role":
            return "" if is_title(cell) else whole_role(cell) or cell
    return cell


def _last_comma_first(cell: str) -> str:
    """Return "Last, First" for two words, unless exactly one of them is a known first name."""
    words = cell.split()
    known = [word.casefold() in person_name.first_names() for word in words]
    if len(words) != 2 or "," in cell or sum(known) == 1:
        return cell
    return f"{words[0]}, {words[1]}"
