"""All figures by key, in the order they are listed; nothing else in the house counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from summaries.figures import activities, chambers, towns, venues
from summaries.figures.figure import Figure, UnansweredQuestion
from summaries.figures.questions import Rules, Setting
from summaries.figures.scopes import ScopeKind

FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        *activities.FIGURES,
        *venues.FIGURES,
        *chambers.FIGURES,
        *towns.FIGURES,
    )
}


def figure(key: str) -> Figure:
    """The figure of that key. Raises UnansweredQuestion."""
    try:
        return FIGURES[key]
    except KeyError:
        raise UnansweredQuestion(f"no figure is called {key}") from None


def figures_for(kind: ScopeKind, rules: Rules | None = None) -> list[Figure]:
    """The figures that a kind of place has; under ``rules`` those not hidden, in their order."""
    found = [figure for figure in FIGURES.values() if kind in figure.scopes]
    if rules is None:
        return found
    return [one for one in in_order(found, rules.settings) if not rules.is_hidden(one.key)]


def in_order(figures: Iterable[Figure], settings: Mapping[str, Setting]) -> list[Figure]:
    """In the places an administrator gave; one without a place stays behind its forerunner."""
    places: dict[str, tuple[int, int]] = {}
    last = -1
    for index, key in enumerate(FIGURES):
        own = settings[key].order if key in settings else None
        last = last if own is None else own
        places[key] = (last, 0 if own is not None else index + 1)
    return sorted(figures, key=lambda one: places[one.key])
