"""Rows of a chat's members that are programs: "Zapier;Bot", "Planner;Sovellus"."""

from collections.abc import Sequence

from register.book.personal_identity_code import mask_identity_codes
from register.book.phrase import Phrase
from register.intake.header_names import header_letters
from register.words.display import first_few

_SAYING = frozenset(
    (
        *("status", "tila", "type", "tyyppi", "typ", "rooli", "role", "roll", "laji", "kind"),
        *("accounttype", "usertype", "membertype", "tilityyppi", "kontotyp"),
    )
)
_PROGRAMS = frozenset(
    (
        *("bot", "botti", "app", "sovellus", "applikation", "application", "integration"),
        *("integraatio", "service account", "palvelutili", "tjänstekonto"),
    )
)


def blank_program_accounts(headers: Sequence[str], rows: list[list[str]]) -> list[Phrase]:
    """Blank the rows of programs, which have no address; return a note or []."""
    saying = [at for at, header in enumerate(headers) if header_letters(header) in _SAYING]
    names: list[str] = []
    for at, row in enumerate(rows):
        says = any(n < len(row) and row[n].casefold() in _PROGRAMS for n in saying)
        if says and not any("@" in cell for cell in row):
            names.append(mask_identity_codes(next(filter(None, row))))
            rows[at] = []
    if not names:
        return []
    msgid = "{count} rows are accounts of programs, and nobody's: {names}."
    return [(msgid, {"count": len(names), "names": first_few(names)})]
