"""Dates that stand in pieces: 年 | 月 | 日 in columns of their own, the year in a group heading."""

import re
from collections.abc import Mapping, Sequence

from core.normalise import strip_header
from imports.cleaning.values import Cell, plain
from imports.reading.columns import Column, Plan
from imports.reading.table import Table, TableColumn

_KINDS = (
    ("year", re.compile(r"年|年份|年度|所属年度?|活动年度|活动年份")),
    ("month", re.compile(r"月|月份")),
    ("day", re.compile(r"日|号|日期|月日|日/月|月/日")),
)
# The field that a date without a heading of its own belongs to.
_MAIN = {"activities": "start", "honours": "awarded_on"}
_WITHOUT_YEAR = re.compile(r"(?:\d{1,2}\s*[月./-]\s*\d{1,2}|\d{1,2}月)(?!\d*[./-]\d)")
_HOUR = re.compile(
    r"(?:上午|下午|晚上|晚|中午|早上|早|傍晚|凌晨)?\s*(?:\d{1,2}\s*[:点时]\s*(?:\d{1,2}(?::\d\d)?|半|整)?分?"
    r"(?:\s*[-—–~至到]\s*.{1,12})?)|上午|下午|晚上|晚|中午|全天"
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_HOURS_OVER = re.compile(r"时间|时段|时刻|钟点|时点")
_MONTH = re.compile(r"(?<![\d-])(1[0-2]|0?[1-9])月(?!\s*\d)")
_BARE_MONTH = re.compile(r"(\d{1,2})\s*月?份?")
_BARE_DAY = re.compile(
    r"(\d{1,2})\s*[日号]?(\s*[-—~至、]\s*\d{1,2}\s*[日号]?)?(\s*(?:上午|下午|晚上?|中午|早上?|全天|\d{1,2}[:点时]).*)?"
)
_LONGEST = 8
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def put_dates_together(table: Table, plan: Plan) -> None:
    """Give the date of each record the year or the month that stands beside or above it."""
    pieces = _pieces(table)
    name = _field(table, plan, pieces)
    if day := pieces.get("day") or _days_of(table, name, pieces):
        pieces["day"] = day
        places = {column.place for column in pieces.values()}
        free = name and table.fields.get(name, day.place) in places
        if free and ("month" in pieces or _are_days(day)):
            table.fields[name] = day.place
    if "start" in table.fields:
        _add_hours(table, plan)
    by_place = {column.place: column for column in table.columns}
    for field in [c.name for c in plan.columns if c.content == "date" and c.name in table.fields]:
        if column := by_place.get(table.fields[field]):
            is_main = field == (name or _MAIN.get(plan.name))
            _complete(column, table, pieces if field == name else {}, is_main=is_main)


def _complete(
    column: TableColumn, table: Table, pieces: Mapping[str, TableColumn], *, is_main: bool
) -> None:
    """One column of dates, with the month and the year that its pieces or the headings give."""
    if column is pieces.get("day") and "month" in pieces:
        _join(column, pieces["month"])
    elif is_main:
        _add_month(column, table)
    if column is pieces.get("month"):
        column.values = [_as_month(value) for value in column.values]
    years = _years(table, pieces.get("year"))
    if any(years) and column is not pieces.get("year"):
        column.values = [_with_year(v, y) for v, y in zip(column.values, years, strict=True)]


def year_among(values: Sequence[Cell]) -> int | None:
    """The one year that the dates of a column give, for those of them that give none."""
    found = {_year_in(value) for value in values} - {""}
    return int(found.pop()) if len(found) == 1 else None


def _pieces(table: Table) -> dict[str, TableColumn]:
    found: dict[str, TableColumn] = {}
    for column in table.columns:
        leaf = strip_header(column.header) if len(column.header) <= _LONGEST else ""
        kind = next((kind for kind, words in _KINDS if words.fullmatch(leaf)), "")
        if kind and kind not in found:
            found[kind] = column
    return found


def _field(table: Table, plan: Plan, pieces: dict[str, TableColumn]) -> str:
    """The field the pieces are of: by the heading over them, by their column, or the main one."""
    if not pieces:
        return ""
    dates = [column for column in plan.columns if column.content == "date"]
    groups = {strip_header(column.group) for column in pieces.values() if column.group}
    for date in dates:
        if any(date.match(group) >= 0.5 for group in groups):
            return date.name
    taken = {table.fields.get(date.name): date.name for date in dates}
    own = (taken[column.place] for column in pieces.values() if column.place in taken)
    return next(own, _MAIN.get(plan.name, ""))


def _days_of(table: Table, name: str, pieces: dict[str, TableColumn]) -> TableColumn | None:
    """The column that was taken for the date, when it gives days only and months stand beside."""
    column = next((c for c in table.columns if c.place == table.fields.get(name, -1)), None)
    if column is None or "month" not in pieces or column in pieces.values():
        return None
    said = [plain(value).strip() for value in column.values[:50] if value != ""]
    days = [text for text in said if _BARE_DAY.fullmatch(text)]
    return column if days and len(days) * 2 >= len(said) else None


def _are_days(column: TableColumn) -> bool:
    """5月15日, 5.15: the year alone is missing."""
    written = [bool(_WITHOUT_YEAR.match(plain(v))) for v in column.values[:50] if v != ""]
    return any(written) and sum(written) * 2 >= len(written)


def _years(table: Table, column: TableColumn | None) -> Sequence[str]:
    """The year that the column of years or the headings give each record; "" for none."""
    if column is None:
        return [_year_in(table.groups.get(row, "")) for row in table.rows]
    years: list[str] = []
    for value in column.values:
        found = _year_in(value)
        years.append(found or (years[-1] if years and value == "" else ""))
    return years


def _year_in(value: Cell) -> str:
    found = set(_YEAR.findall(plain(value))) if value != "" else set()
    return found.pop() if len(found) == 1 else ""


def _join(days: TableColumn, months: TableColumn) -> None:
    """5 | 15 → 5月15日; a month that is not repeated goes on."""
    month = ""
    for place, (value, above) in enumerate(zip(days.values, months.values, strict=True)):
        match = _BARE_MONTH.fullmatch(plain(above).strip())
        month = match[1] if match else month
        day = _BARE_DAY.fullmatch(plain(value).strip())
        if month and day and int(day[1]) <= 31:
            days.values[place] = f"{month}月{day[1]}日{day[2] or ''}{day[3] or ''}"
        elif month and value == "":
            days.values[place] = f"{month}月"


def _add_hours(table: Table, plan: Plan) -> None:
    """日期 | 时间: the day in one column, the hour in another."""
    start = plan.column("start")
    hours = next((column for column in table.columns if _are_hours(column)), None)
    if hours is None:
        return
    used = {place for name, place in table.fields.items() if name != "start"} | {hours.place}
    others = [c for c in table.columns if c.place not in used and c.place >= 0]
    named = sorted(others, key=lambda c: (c.place != table.fields["start"], -_likeness(start, c)))
    if not named or not (named[0].place == table.fields["start"] or _likeness(start, named[0])):
        return
    days, day = named[0], ""
    values: list[Cell] = []
    for value, hour in zip(days.values, hours.values, strict=True):
        day = plain(value).strip() or day
        values.append(f"{day} {_hour(hour)}".strip() if hour != "" else value)
    days.values = values
    table.fields["start"] = days.place


def _likeness(start: Column, column: TableColumn) -> float:
    return start.match(strip_header(column.header))


def _are_hours(column: TableColumn) -> bool:
    """9:30, 下午2点, and the fractions of a day that spreadsheets keep for them."""
    if not _HOURS_OVER.search(column.header):
        return False
    said = [value for value in column.values[:50] if value != ""]
    hours = sum(bool(_HOUR.fullmatch(str(_hour(value)))) for value in said)
    return hours > 0 and hours * 2 >= len(said)


def _hour(value: Cell) -> str:
    if isinstance(value, float) and 0 < value < 1:
        minutes = round(value * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    text = plain(value).strip()
    return f"{text[:-2]}:{text[-2:]}" if _CLOCK.fullmatch(text) else text


def _add_month(column: TableColumn, table: Table) -> None:
    """15日 under 5月: the month in a heading, in the name of the sheet or in the title."""
    said = [plain(value).strip() for value in column.values if value != ""]
    days = [text for text in said if re.search("[日号]", text) and _BARE_DAY.fullmatch(text)]
    if not days or len(days) * 2 < len(said):
        return
    whole = _month_in(table.sheet) or _month_in(table.title)
    for place, (value, row) in enumerate(zip(column.values, table.rows, strict=True)):
        month = _month_in(table.groups.get(row, "")) or whole
        if month and _BARE_DAY.fullmatch(plain(value).strip()):
            column.values[place] = f"{month}月{plain(value).strip()}"


def _month_in(text: str) -> str:
    found = set(_MONTH.findall(plain(text)))
    return found.pop() if len(found) == 1 else ""


def _as_month(value: Cell) -> Cell:
    match = _BARE_MONTH.fullmatch(plain(value).strip())
    return f"{match[1]}月" if match and 1 <= int(match[1]) <= 12 else value


def _with_year(value: Cell, year: str) -> Cell:
    text = plain(value).strip()
    return f"{year}年{text}" if year and _WITHOUT_YEAR.match(text) else value
