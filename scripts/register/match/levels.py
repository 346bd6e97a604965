"""Levels: what each comparison of the model says of given pairs of rows."""

from collections.abc import Mapping, Sequence

from register.match.learning import Levels
from register.match.model import Model, load_model
from register.match.organisation_comparisons import ORGANISATION_COMPARISONS
from register.match.person_comparisons import PEOPLE_COMPARISONS

_COMPARISONS = {"people": PEOPLE_COMPARISONS, "organisations": ORGANISATION_COMPARISONS}


def model_of(tab: str) -> Model:
    """Return the shipped model of a tab's rows."""
    return load_model(tab, _COMPARISONS[tab])


def levels_of(
    tab: str, rows: Sequence[Mapping[str, str]], pairs: Sequence[tuple[int, int]]
) -> list[Levels]:
    """Return the levels of each pair of row numbers, in the order of the model's comparisons."""
    # Imported late: most runs have no new answers to learn from.
    import numpy as np

    from register.match.columns import people_columns
    from register.match.organisations import organisation_columns
    from register.match.scoring import score_by_shipped
    from register.match.told_apart import own_numbers

    model = model_of(tab)
    frame = people_columns(rows) if tab == "people" else own_numbers(organisation_columns(rows))
    ordered = [(min(pair), max(pair)) for pair in pairs]
    found = score_by_shipped(frame, np.array(ordered), model, {})
    told = found[[f"level_{one.name}" for one in model.comparisons]].itertuples(index=False)
    known = dict(zip(zip(found["left"], found["right"], strict=True), told, strict=True))
    return [tuple(map(str, known[pair])) for pair in ordered]
