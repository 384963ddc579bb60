"""Office lists written down as text (`lists.txt`), each with its truth below it.

== what it is
? plan=members file=名单.csv encoding=gb18030 towns     (all optional)
@ sheet name [merges]
| a row, cells between bars; \\n and \\t are meant, = forces text
> plan header-row rows field=column … @sheet -left,out
! row field value, or: ! field value (of every row), where the value is not the cell's text
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from imports.cleaning.values import words
from imports.reading.grid import parse_address
from tests.imports.samples.awkward import Awkward, Truth
from tests.imports.samples.writers import Cell, Rows, Sheet, delimited, xlsx

TOWNS = words("夏阳街道 盈浦街道 香花桥街道 朱家角镇 练塘镇 金泽镇 赵巷镇 徐泾镇 华新镇")
_FILE = Path(__file__).with_name("lists.txt")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d+)?|1\d{10}")
_SHEET = re.compile(r"(.*?)(?: \[(.+)\])?")


@dataclass
class _Table:
    """A truth as it stands in the text."""

    plan: str
    header_row: int
    rows: list[int]
    columns: dict[str, int]
    sheet: str = ""
    left_out: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def lists(write: Callable[..., bytes] = xlsx) -> Iterator[Awkward]:
    """Every list of the text, as a file of the kind written, with its truth."""
    for part in _FILE.read_text("utf-8").split("\n== "):
        name, *lines = part.removeprefix("== ").splitlines()
        yield _list(name, lines, write)


def _list(name: str, lines: list[str], write: Callable[..., bytes]) -> Awkward:
    options: dict[str, str] = {}
    sheets: list[Sheet] = []
    tables: list[_Table] = []
    for line in lines:
        mark, text = line[:1], line[2:]
        if mark == "?":
            options = dict(word.partition("=")[::2] for word in text.split())
        elif mark == "@" and (match := _SHEET.fullmatch(text)):
            sheets.append(Sheet(match[1], [], tuple((match[2] or "").split())))
        elif mark == "|":
            sheets[-1].rows = [*sheets[-1].rows, [_cell(cell) for cell in text.split("|")]]
        elif mark == ">":
            tables.append(_table(text))
        elif mark == "!":
            tables[-1].said.append(text)
    coding = options.get("encoding", "")
    return Awkward(
        name=name,
        file_name=options.get("file", "表.xlsx"),
        content=delimited(sheets[0].rows, encoding=coding) if coding else write(*sheets),
        truths=[_truth(table, sheets) for table in tables],
        plan=options.get("plan"),
        towns=TOWNS if "towns" in options else (),
    )


def _cell(text: str) -> Cell:
    text = text.strip(" ").replace("\\n", "\n").replace("\\t", "\t")
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text.removeprefix("=") or None if text[:2] != '="' else text


def _table(text: str) -> _Table:
    plan, header_row, rows, *others = text.split()
    table = _Table(plan, int(header_row), list(_numbers(rows)), {})
    for word in others:
        if word[0] == "@":
            table.sheet = word[1:]
        elif word[0] == "-":
            table.left_out = word[1:].split(",")
        else:
            name, _, letters = word.partition("=")
            place = parse_address(f"{letters}1")
            table.columns[name] = place[1] if place else 0
    return table


def _numbers(spans: str) -> Iterator[int]:
    for span in spans.split(","):
        first, _, last = span.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _truth(table: _Table, sheets: list[Sheet]) -> Truth:
    sheet = next((s for s in sheets if s.name == table.sheet), sheets[0])
    rows = {n: {f: _shown(sheet.rows, n, c) for f, c in table.columns.items()} for n in table.rows}
    for said in table.said:
        first, _, rest = said.partition(" ")
        numbers = [int(first)] if first.isdigit() else table.rows
        name, _, value = rest.partition(" ") if first.isdigit() else (first, "", rest)
        for number in numbers:
            rows[number][name] = json.loads(value) if value[:1] == "[" else value
    return Truth(rows, table.header_row, sheet.name, table.plan, table.left_out)


def _shown(rows: Rows, number: int, column: int) -> str:
    row = rows[number - 1]
    value = row[column] if column < len(row) else None
    return "" if value is None else str(value).strip()
