"""Sentences out of clauses: those that name a figure which an administrator hides are left out."""

from __future__ import annotations

from string import Formatter

from summaries.gathering import Gathered

# Figures that are said of another: this year so far, the growth, the year before.
OF_A_KIND = "kind_"
SAID_OF = ("_so_far", "_growth", "_year_before")


def figure_of(name: str) -> str:
    """The key of the figure that a placeholder speaks of."""
    for ending in SAID_OF:
        name = name.removesuffix(ending)
    return "activities" if name.startswith(OF_A_KIND) else name


def told(gathered: Gathered, clause: str) -> str:
    """The clause, or "" when it names a hidden figure."""
    named = {
        figure_of(name) for _text, name, _format, _conversion in Formatter().parse(clause) if name
    }
    return "" if named & gathered.hidden else clause


def joined(gathered: Gathered, joint: str, *clauses: str) -> str:
    """The clauses that may be told, one after the other."""
    return joint.join(filter(None, (told(gathered, clause) for clause in clauses)))


def shared(gathered: Gathered, whole: str, part: str) -> str:
    """A number, and which of it: without its whole a part is not told here."""
    return joined(gathered, "，", whole, part) if told(gathered, whole) else ""
