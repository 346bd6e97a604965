"""``cleanup.py model``: shows or discards what people's answers about two rows have taught."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import NoReturn

import click

from register.match.evidence import EVIDENCE
from register.match.learning import FEWEST, FEWEST_OF_EACH, LearnedWeights
from register.match.levels import model_of
from register.match.model import weight_of
from register.run.options import Options
from register.run.printing import show_table
from register.run.session import open_session, sentences_for
from register.state.learned_levels import forget_learning
from register.words.sentences import Sentences

_TABS = ("organisations", "people")

_LITTLE = 0.3
"""Changes below this many bits are not noticeable."""

_EFFECTS = {
    "same": "as before",
    "for": "for it now",
    "against": "against it now",
    "for_more": "for it, more than before",
    "for_less": "for it, less than before",
    "against_more": "against it, more than before",
    "against_less": "against it, less than before",
}
"""How a sign counts after the answers, compared with before (msgids)."""


def show_model(options: Options, *, forget: bool) -> NoReturn:
    """Print which signs now count more or less, by answers, and exit; ``forget`` discards them."""
    if forget:
        _forget(options)
    with open_session(replace(options, apply=False)) as session:
        book = session.look()
        learned = session.learned(book)
    say = sentences_for(options, book.language)
    told = "\n".join(_told(learned, tab, say) for tab in _TABS)
    lines = [line for tab in _TABS for line in _lines(learned, tab, say)]
    value = asdict(learned)
    if not lines:
        show_table((), (), options, say, value=value, above=told)
    show_table(
        ("tab", "sign", "rows that are one", "rows that are two", "counts now"),
        lines,
        options,
        say,
        value=value,
        above=f"{told}\n",
    )


def _forget(options: Options) -> NoReturn:
    with open_session(options) as session:
        say = sentences_for(options, session.look().language)
        if options.apply:
            forget_learning(
                session.state, session.now.replace(tzinfo=None).isoformat("T", "minutes")
            )
    click.echo(
        say("What was learned is forgotten. Answers that have been carried out teach nothing more.")
        if options.apply
        else say("Nothing has been changed. Give the same command with --apply.")
    )
    raise SystemExit(0)


def _told(learned: LearnedWeights, tab: str, say: Sentences) -> str:
    """Return a sentence on how much was learned about the rows of a tab."""
    lesson = learned.of(tab)
    values = {
        "tab": say.title(tab),
        "same": lesson.answered[0],
        "different": lesson.answered[1],
        "fewest": FEWEST,
        "each": FEWEST_OF_EACH,
        "yes": say.label("decision", "same"),
        "no": say.label("decision", "different"),
    }
    if not lesson.is_enough:
        return say(
            "{tab}: nothing is learned yet. Answers so far: “{yes}” {same}, “{no}” {different};"
            " it takes {fewest}, and {each} of each.",
            **values,
        )
    if not lesson.shifts:
        return say(
            "{tab}: “{yes}” {same}, “{no}” {different}. What these answers teach would not tell"
            " rows apart any better, so everything counts as it did.",
            **values,
        )
    return say(
        "{tab}: learned from the answers “{yes}” {same}, “{no}” {different}. This changes what is"
        " asked about; what is merged without asking stays as it was.",
        **values,
    )


def _lines(learned: LearnedWeights, tab: str, say: Sentences) -> Iterator[tuple[str, ...]]:
    """Yield the signs that answers have changed or were about, the largest change first.

    A sign that no answer was about changes slightly because of the others; it is not shown.
    """
    lesson, model = learned.of(tab), model_of(tab)
    if not lesson.is_enough:
        return
    bits = {(one, code): change for one, code, change in lesson.shifts}
    same, different = (
        {(one, code): count for one, code, count in counts}
        for counts in (lesson.same, lesson.different)
    )
    signs = sorted(same.keys() | different.keys() | bits.keys())
    for key in sorted(signs, key=lambda key: -abs(bits.get(key, 0.0))):
        effect = _effect(weight_of(model, *key), bits.get(key, 0.0))
        if effect == "same" and key not in same and key not in different:
            continue
        yield (
            say.title(tab),
            say(EVIDENCE["_".join(key)]),
            *(str(counts.get(key, 0)) for counts in (same, different)),
            say(_EFFECTS[effect]),
        )


def _effect(weight: float, change: float) -> str:
    """Return the key of how a sign counts now, from its weight and the answers' change (bits)."""
    if abs(change) < _LITTLE:
        return "same"
    side = "for" if weight + change > 0 else "against"
    if (weight > 0) != (weight + change > 0):
        return side
    return f"{side}_more" if (change > 0) == (weight > 0) else f"{side}_less"
