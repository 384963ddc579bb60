"""Numbers written before the names of a list: 1.上海…公司, 2.上海…公司."""

import re
from itertools import pairwise

from imports.cleaning.values import Cell
from imports.reading.columns import Plan
from imports.reading.table import Table

_NUMBERED = re.compile(r"\s*[（(]?(\d{1,4})\s*[)）.．、:：]?\s*(?=[^\s\d.．])(.+)", re.S)
_MOSTLY = 0.8
_LEAST = 3


def drop_numbering(table: Table, plan: Plan) -> None:
    """Take the numbers off the names when they count the rows; 58同城 alone counts nothing."""
    name = next((n for n in plan.heads if n in table.fields), None)
    column = next((c for c in table.columns if name and c.place == table.fields[name]), None)
    if column is None or not _begins_with_number(column.values):
        return
    matches = [_NUMBERED.fullmatch(v) if isinstance(v, str) else None for v in column.values]
    numbers = [int(match[1]) for match in matches if match]
    steps = sum(b - a in {0, 1} for a, b in pairwise(numbers))
    enough = len(numbers) >= max(_LEAST, len(column.values) * _MOSTLY)
    if not enough or numbers[0] > 1 or steps < (len(numbers) - 1) * _MOSTLY:
        return
    pairs = zip(column.values, matches, strict=True)
    column.values = [match[2] if match else value for value, match in pairs]


def _begins_with_number(values: list[Cell]) -> bool:
    """A quick look at the first few."""
    texts = [value for value in values[:5] if isinstance(value, str)]
    return bool(texts) and all(_NUMBERED.fullmatch(text) for text in texts[:2])
