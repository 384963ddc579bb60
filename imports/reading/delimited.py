"""Text tables: .csv, .tsv and .txt with whatever delimiter, as rows of cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from imports.reading import limits
from imports.reading.cells import row_of
from imports.reading.decoding import decode
from imports.reading.grid import Book, Grid, Row
from imports.reading.messages import Message, Refused

_DELIMITERS = (",", "\t", ";", "|")
_CHINESE_DELIMITERS = ("，", "；", "｜")
_NO_DELIMITER = "\x1f"
_GAPS = (re.compile(r"[ \u3000]{2,}"), re.compile(r"[ \u3000]+"), re.compile("、"))
# So many columns, in so many of the lines, that the blanks are no accident.
_FEWEST_SPACED = 2
_MOST_SPACED = 0.6
_SAMPLE_LINES = 200
_QUOTED = re.compile(r'"[^"]*"')
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n?", re.I)
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_LONGEST_QUOTED_LINES = 200
_COMMON_ENOUGH = 0.3


def read_delimited(content: bytes, encoding: str = "") -> Book:
    """A text table as one sheet without a name; its rows are counted as a spreadsheet would."""
    text, label = decode(content, encoding)
    text = text.replace("\0", "").rstrip("\x1a \t\r\n\ufeff")
    if not text.strip(" \t\r\n,;\ufeff"):
        raise Refused("not_csv" if b"\0\0\0\0" in content else "nothing_inside")
    _check_lines(text)
    delimiter, text = _delimiter_of(text)
    grid = Grid("", list(_rows(text, delimiter)))
    return Book("csv", [grid], [Message("encoding", {"encoding": label})])


def _check_lines(text: str) -> None:
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if len(line) > limits.LINE_CHARACTERS:
            raise Refused("line_too_long", row=number)


def _delimiter_of(text: str) -> tuple[str, str]:
    """The delimiter, and the text without a line that only names it."""
    if match := _SEP_LINE.match(text):
        return match[1], text[match.end() :]
    lines = _sample(text)
    best = _commonest(lines, _DELIMITERS)
    if best is None or best[1] < _COMMON_ENOUGH:
        chinese = _commonest(lines, _CHINESE_DELIMITERS)
        best = chinese if chinese and chinese[1] >= 0.5 else best
    return (best[0], text) if best else (_NO_DELIMITER, _spaced(text, lines))


def _spaced(text: str, lines: list[str]) -> str:
    """Columns set apart by blanks, as copied from a message: marked as a delimiter would."""
    for gap in _GAPS:
        counts = Counter(len(gap.split(line.strip())) for line in lines)
        columns, times = counts.most_common(1)[0]
        if columns > _FEWEST_SPACED and times > 2 and times >= len(lines) * _MOST_SPACED:
            rows = (gap.split(line.strip()) for line in text.splitlines())
            whole = zip(rows, text.splitlines(), strict=True)
            return "\n".join(
                _NO_DELIMITER.join(row) if len(row) == columns else line for row, line in whole
            )
    return text


def _sample(text: str) -> list[str]:
    lines = []
    for line in io.StringIO(text, newline=None):
        if line.strip():
            lines.append(_QUOTED.sub('""', line))
        if len(lines) == _SAMPLE_LINES:
            break
    return lines


def _commonest(lines: list[str], delimiters: tuple[str, ...]) -> tuple[str, float] | None:
    """The delimiter that stands equally often in most lines, and in what share of them."""
    found = []
    for delimiter in delimiters:
        counts = Counter(line.count(delimiter) for line in lines)
        del counts[0]
        if counts:
            number, times = max(counts.items(), key=lambda item: item[1] * min(item[0], 8))
            found.append((times / len(lines), number, delimiter))
    if not found:
        return None
    share, _, delimiter = max(found, key=lambda item: (item[0] * min(item[1], 8), item[0]))
    return delimiter, share


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    if quoting == csv.QUOTE_NONE:
        _refuse_torn_quotes(text, delimiter)
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    seen: dict[str, str] = {}
    width = 0
    number = -1
    try:
        for number, fields in enumerate(reader):
            _check_row(number, fields)
            width = width or (len(fields) if len(fields) > 1 else 0)
            values = [_plain(v) if v[:1] == "=" else v for v in _resplit(fields, width)]
            yield row_of(values[: limits.COLUMNS], number, seen)
    except csv.Error as error:
        raise Refused("line_too_long", row=number + 2) from error


def _refuse_torn_quotes(text: str, delimiter: str) -> None:
    """An odd number of quotes: harmless inch marks, or a quote that swallows the rows after it."""
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if line.count('"') % 2 and re.search(rf'(?:^|{re.escape(delimiter)})\s*"', line):
            raise Refused("line_too_long", row=number)


def _check_row(number: int, fields: list[str]) -> None:
    if number >= limits.ROW_NUMBERS:
        raise Refused("too_many_rows", limit=limits.ROWS)
    if len(fields) > limits.COLUMNS and any(f.strip() for f in fields[limits.COLUMNS :]):
        raise Refused("too_many_columns", limit=limits.COLUMNS)
    if any(f.count("\n") > _LONGEST_QUOTED_LINES for f in fields):
        raise Refused("line_too_long", row=number + 1)


def _resplit(fields: list[str], width: int) -> list[str]:
    """A row kept whole by another delimiter than its neighbours'."""
    if width < 2 or len(fields) != 1 or not fields[0]:
        return fields
    for delimiter in (*_DELIMITERS, *_CHINESE_DELIMITERS):
        parts = fields[0].split(delimiter)
        if len(parts) == width:
            return parts
    return fields


def _plain(value: str) -> str:
    """="0123" is how text is forced on a spreadsheet; a quote left over from torn quoting goes."""
    match = _TEXT_FORMULA.fullmatch(value)
    return match[1].replace('""', '"') if match else value
