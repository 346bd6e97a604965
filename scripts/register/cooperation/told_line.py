"""A sentence that tells of a matter with one person: "Eilen tapasin Leena Virran, lupasi tilan".

No colon parts it, so it is read around the person whom it names: the clause of the name, what was
said, what comes next.
"""

from datetime import date

from register.cooperation.line import (
    HOW,
    NotedLine,
    NotedMatter,
    clauses_of,
    is_ahead,
    is_promised,
    written_on,
)
from register.values.noted_days import due_day, first_day_named
from register.values.text import tidy_line

_LONGEST = 1_000
_FEWEST = 2
"""So many words beside the name say what it was about; one is a place or a particle."""


def read_told_line(text: str, name: str, said: str, today: date) -> NotedLine | None:
    """Return the matter of a sentence about somebody (``name``, who stands there as ``said``).

    None where it tells neither a day, nor a promise, nor what comes next.
    """
    plain = tidy_line(text, _LONGEST) or ""
    day = first_day_named(plain, today)
    on, rest = today, plain
    if day:
        comma = "," if plain[day[1] : day[2]].rstrip().endswith(",") else ""
        on, rest = day[0], f"{plain[: day[1]].rstrip()}{comma} {plain[day[2] :]}"
    clauses = clauses_of(rest)
    head = next((one for one in clauses if said in one), "")
    steps = [one for one in clauses if is_ahead(one) or _has_step(one, on, is_head=one == head)]
    promised = [one for one in clauses if is_promised(one) and one not in steps]
    if not head or not (day or steps or promised):
        return None
    kind, about = "contact", head.replace(said, " ")
    for wanted, words in HOW:
        if words.search(about.strip()):
            kind, about = wanted, words.sub("", about.strip())
    others = [one for one in clauses if one not in (head, *steps, *promised)]
    beside = " ".join(about.split()) if head not in steps else ""
    if len(beside.split()) >= _FEWEST:
        others.append(beside)
    matter = next(iter((*others, *promised, *steps)), " ".join(head.split()))
    since = written_on(on, today)
    days = [due for one in steps if (due := due_day(one, since))]
    agreed = [one for one in clauses if one not in (head, matter, *steps)]
    found = NotedMatter(
        matter=matter,
        agreed=", ".join(agreed),
        next=", ".join(steps),
        due=min(days).isoformat() if days else "",
        kind=kind,
    )
    return NotedLine(on.isoformat(), (name,), (found,), day is not None)


def _has_step(clause: str, on: date, *, is_head: bool) -> bool:
    """Whether the clause of the name begins or ends with a time ahead: "ensi viikolla soita …"."""
    return is_head and bool(due_day(clause, on))
