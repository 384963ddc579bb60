"""What a person chose for the columns of a table, put in place of the guess."""

from collections.abc import Mapping, Sequence

from core.normalise import name_key
from imports.reading.corrections import Corrections
from imports.reading.grid import letters
from imports.reading.mapping import Assignment, Source


def chosen_fields(
    corrections: Corrections, sources: Sequence[Source], sheet: str, header_row: int
) -> dict[int, tuple[str, ...]]:
    """The fields a person chose, by the column's place; of equal headers the first counts."""
    by_header = corrections.chosen_by_header()
    by_place = corrections.chosen_by_place(sheet, header_row)
    chosen: dict[int, tuple[str, ...]] = {}
    for source in sources:
        to = by_place.get(letters(source.place))
        if to is None and (leaf := name_key(source.header.leaf)):
            to = by_header.pop(leaf, None)
        if to is not None:
            chosen[source.place] = to
    return chosen


def with_choices(guessed: Assignment, choices: Mapping[int, Sequence[str]]) -> Assignment:
    """The guess, corrected by the fields a person chose for some columns ("" for not imported)."""
    known = {column.name for column in guessed.plan.columns}
    fields = {name: place for name, place in guessed.fields.items() if place not in choices}
    for place, names in choices.items():
        fields.update({name: place for name in names if name in known})
    return Assignment(guessed.plan, fields, guessed.score)
