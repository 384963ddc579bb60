"""All figures by key, in the order they are listed; nothing else in the house counts."""

from __future__ import annotations

from summaries.figures import activities, chambers, towns, venues
from summaries.figures.figure import Figure, UnansweredQuestion
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


def figures_for(kind: ScopeKind) -> list[Figure]:
    """The figures that a kind of place has."""
    return [figure for figure in FIGURES.values() if kind in figure.scopes]
