"""The sheets that this system writes beside a person's own, which are never read back."""

from collections.abc import Sequence

from imports.cleaning.values import Cell

# In the first cell of the sheet of reasons, whatever the language of the page it came from.
REASONS_MARK = "本表由系统生成，列出需要处理的单元格；改好原表后可直接上传，本表不会读取。"


def is_own(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a sheet with these rows is one of ours."""
    first = next((row[0] for row in rows[:1] if row), "")
    return isinstance(first, str) and first.strip() == REASONS_MARK
