"""The headings over groups of rows, one inside the other: 华新镇, and within it 副会长单位."""

from imports.reading.bodies import GROUP_TESTS, bare_group


class Headings:
    """The headings under which the rows stand, from top to bottom of a table."""

    def __init__(self) -> None:
        # By the field a heading may fill ("" for any other), the outermost first.
        self._open: dict[str, str] = {}
        self._of_rows: dict[int, dict[str, str]] = {}

    def begin(self, text: str) -> None:
        """A heading: it ends those within its own kind; one of unknown kind ends them all."""
        kind = next((name for name, test in GROUP_TESTS.items() if test(bare_group(text))), "")
        outer = list(self._open)
        outer = outer[: outer.index(kind)] if kind in outer else outer if kind else []
        self._open = {name: self._open[name] for name in outer} | {kind: text}

    def cover(self, row: int) -> None:
        """A row that stands under the headings open now."""
        if self._open:
            self._of_rows[row] = self._open

    def texts(self) -> dict[int, str]:
        """What stands above each row, outermost first."""
        return {row: " ".join(found.values()) for row, found in self._of_rows.items()}

    def values(self, field: str, rows: list[int]) -> list[str]:
        """What the headings say for a field; [] unless they say it for every row."""
        found = [self._of_rows.get(row, {}).get(field, "") for row in rows]
        return [bare_group(text) for text in found] if all(found) else []
