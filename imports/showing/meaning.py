"""What the page of an understanding offers: tables as tabs, columns with their choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.normalise import name_key, strip_header
from core.parts import number_words
from imports.models import Batch
from imports.plans.registry import PLANS as KINDS
from imports.reading.columns import Plan
from imports.reading.corrections import Corrections
from imports.reading.vocabulary import PLANS
from imports.understanding.correcting import COLUMN, JOINT, Asked
from imports.understanding.noted import RUNNING_NUMBERS, field_title, place_name, tables_of

SURE = 0.9
WORDS_TOLD = 8

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tab:
    """A table of the file, or a sheet without one, to be looked at."""

    label: str
    note: str
    query: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A field a column may fill; ``words`` are other words it is found by."""

    value: str
    label: str
    words: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column over the sheet: what fills from it, and why; ``left_out`` says it is personal."""

    letters: str
    name: str
    header: str
    title: str
    reason: str
    left_out: str
    choices: Sequence[Choice]
    is_known: bool

    @property
    def label(self) -> str:
        """What the choice is called for who can't see the sheet."""
        words = _("%(letters)s列“%(header)s”对应的项")
        if not self.letters.isalpha():  # a cell of a form
            words = _("%(letters)s“%(header)s”对应的项")
        return words % {
            "letters": self.letters,
            "header": self.header or _("无表头"),
        }


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: a table of a sheet, or a sheet that has none.

    ``is_hidden``, ``is_left``: the sheet is not imported, because it is hidden or a person said so.
    ``can_leave``: other tables remain without this one.
    """

    sheet: str
    table: Table | None
    is_hidden: bool = False
    is_left: bool = False
    can_leave: bool = False

    @property
    def key(self) -> str:
        return str(self.table["key"]) if self.table else ""

    @property
    def query(self) -> str:
        return address_of(self.sheet, self.key)


def looked_at(batch: Batch, asked: Mapping[str, str]) -> Looked:
    """The table or sheet the address names, else the first table, else the first sheet."""
    tables = tables_of(batch)
    known = {one[0]: one for one in batch.understanding.get("sheets", [])}
    wanted = asked.get("sheet", "")
    first = tables[0] if tables else None
    table = next((one for one in tables if one["key"] == asked.get("table")), None)
    if table is None and wanted in known:
        table = next((one for one in tables if one["sheet"] == wanted), None)
    elif table is None:
        table, wanted = first, _first_to_look_at(known)
    sheet = table["sheet"] if table else wanted
    _name, count, is_hidden, code = known.get(sheet, (sheet, 0, False, ""))
    return Looked(
        sheet=sheet,
        table=table,
        is_hidden=is_hidden and not count,
        is_left=code == "sheet_not_chosen",
        can_leave=table is not None and len(tables) > 1,
    )


def _first_to_look_at(known: Mapping[str, Sequence[Any]]) -> str:
    """The first sheet with something on it; "" when there is none."""
    return next((name for name, one in known.items() if one[3] not in UNREADABLE), "")


def tabs(batch: Batch, looked: Looked) -> list[Tab]:
    """Every table, and every sheet that has none, in the order of the file."""
    tables = tables_of(batch)
    found: list[Tab] = []
    for name, _count, is_hidden, code in batch.understanding.get("sheets", []):
        here = [one for one in tables if one["sheet"] == name]
        found += [_table_tab(one, looked, alone=len(here) == 1) for one in here]
        if not here and code not in UNREADABLE:
            note = _("隐藏，未导入") if is_hidden else _("未导入")
            on = looked.table is None and looked.sheet == name
            found.append(Tab(name, note, urlencode({"sheet": name}), on))
    return found


UNREADABLE = {"empty_sheet", "not_a_worksheet"}


def _table_tab(table: Table, looked: Looked, *, alone: bool) -> Tab:
    note = _("%(count)s 行") % {"count": number_words(table["rows"])}
    label = table["sheet"] or _("表格")
    if not alone:
        first = table["header_first"] or 1
        label = _("%(sheet)s（第%(row)s行起）") % {"sheet": label, "row": first}
    on = looked.key == table["key"]
    return Tab(label, note, urlencode({"table": table["key"]}), on)


def heads(batch: Batch, table: Table | None, places: Sequence[str]) -> list[ColumnHead]:
    """The columns over the sheet, each with its choices."""
    if table is None:
        return [ColumnHead(one, "", "", "", "", "", (), is_known=False) for one in places]
    said = Corrections.from_json(batch.understanding.get("corrections", {}))
    columns = {one["column"]: one for one in table["columns"]}
    chosen = {**said.places.get(table["sheet"], {}), **said.places.get(table["key"], {})}
    told = {name_key(one[0]): one for one in batch.understanding.get("remembered", [])}
    if table.get("is_form"):
        return [ColumnHead(one, "", "", "", "", "", (), is_known=True) for one in places]
    return [
        _head(table, letters, columns.get(letters), letters in chosen, told) for letters in places
    ]


def form_heads(batch: Batch, table: Table | None) -> list[ColumnHead]:
    """The cells of a form, each by the name beside it, with its choices; none of a list."""
    if table is None or not table.get("is_form"):
        return []
    told = {name_key(one[0]): one for one in batch.understanding.get("remembered", [])}
    return [
        _head(table, place_name(one), one, is_chosen=False, told=told) for one in table["columns"]
    ]


def _head(
    table: Table,
    letters: str,
    column: Mapping[str, Any] | None,
    is_chosen: bool,
    told: Mapping[str, Sequence[Any]],
) -> ColumnHead:
    if letters in table["personal"]:
        header = table["personal"][letters][0]
        words = _("个人信息，不导入也不保存")
        return ColumnHead(letters, "", header, "", "", words, (), is_known=False)
    if column is None:
        return ColumnHead(letters, "", "", "", "", "", (), is_known=False)
    fields = column["fields"]
    remembered = told.get(name_key(column["header"]))
    return ColumnHead(
        letters=letters,
        name=f"{COLUMN}{letters}",
        header=column["header"],
        title=_("、").join(field_title(table["plan"], one) for one in fields),
        reason=_reason(PLANS[table["plan"]], column, is_chosen, remembered),
        left_out="",
        choices=list(_choices(table, column)),
        is_known=bool(fields),
    )


def _reason(
    plan: Plan,
    column: Mapping[str, Any],
    is_chosen: bool,
    remembered: Sequence[Any] | None,
) -> str:
    """Why the column was taken for what it is."""
    if is_chosen:
        return _("您选定")
    if remembered and list(remembered[1]) == column["fields"]:
        return remembered_words(remembered)
    if not column["fields"]:
        return _unused_reason(column["header"])
    match = max(
        plan.column(name).match(strip_header(column["header"])) for name in column["fields"]
    )
    if match >= SURE:
        return _("按表头认出")
    return _("按表头和内容推断") if match else _("按内容推断")


def remembered_words(remembered: Sequence[Any]) -> str:
    """Whose choice of which day is followed."""
    _header, _fields, by, _own, at = remembered
    day = localtime(datetime.fromisoformat(at)).strftime("%Y-%m-%d")
    return _("按上次的对应（%(name)s，%(day)s）") % {"name": by, "day": day}


def _choices(table: Table, column: Mapping[str, Any]) -> Iterator[Choice]:
    """Not imported, then every field of the plan; where another column fills it, that is told."""
    fields, plan = column["fields"], PLANS[table["plan"]]
    elsewhere = {
        name: place_name(one)
        for one in table["columns"]
        for name in one["fields"]
        if one is not column
    }
    yield Choice("", _("不导入"), "", is_on=not fields)
    if len(fields) > 1:
        titles = _("、").join(field_title(table["plan"], one) for one in fields)
        yield Choice(JOINT.join(fields), titles, "", is_on=True)
    for one in plan.columns:
        title = field_title(table["plan"], one.name)
        if place := elsewhere.get(one.name):
            words = (
                _("%(title)s（现为%(letters)s）")
                if table.get("is_form")
                else _("%(title)s（现为%(letters)s列）")
            )
            title = words % {"title": title, "letters": place}
        words = " ".join(one.synonyms[:WORDS_TOLD])
        yield Choice(one.name, title, words, is_on=fields == [one.name])


def _unused_reason(header: str) -> str:
    if not header:
        return _("没有表头，不导入")
    if strip_header(header) in RUNNING_NUMBERS:
        return _("序号，不必导入")
    return _("没有认出，不导入")


@dataclass(frozen=True, slots=True)
class Followed:
    """A header that is read as it was last time, and how to say so."""

    header: str
    words: str


def remembered(batch: Batch) -> list[Followed]:
    """The headers of this file that are read as somebody said before."""
    return [
        Followed(one[0], _followed_words(batch.plan, one))
        for one in batch.understanding.get("remembered", [])
        if datetime.fromisoformat(one[4]) < batch.uploaded_at
    ]


def _followed_words(plan: str, one: Sequence[Any]) -> str:
    header, fields, *_rest = one
    titles = _("、").join(field_title(plan, name) for name in fields)
    words = _("“%(header)s”读作“%(title)s”") if fields else _("“%(header)s”不导入")
    return f"{words % {'header': header, 'title': titles}}{_('，')}{remembered_words(one)}"


def address_of(sheet: str, table: str) -> str:
    """The query under which a table or sheet is looked at."""
    return urlencode({"table": table} if table else {"sheet": sheet})


def after(batch: Batch, asked: Asked) -> str:
    """The query under which a correction's outcome is looked at: the same table, moved or not."""
    tables = tables_of(batch)
    row = f"{asked.sheet}:{asked.value}" if asked.act == "header" else asked.table
    sheet = asked.value if asked.act == "take_sheet" else asked.sheet
    return address_of(sheet, next((one["key"] for one in tables if one["key"] == row), ""))


def kinds(batch: Batch) -> list[Choice]:
    """The kinds of lists a file may be read as."""
    return [Choice(key, str(one.title), "", key == batch.plan) for key, one in KINDS.items()]


def count_words(batch: Batch) -> str:
    """What importing the file as it is read now would do."""
    counts = {name: number_words(batch.counts.get(name, 0)) for name in ("new", "changed", "same")}
    words = _("新增 %(new)s，有变化 %(changed)s，相同 %(same)s，要处理 %(errors)s。")
    return words % {**counts, "errors": number_words(batch.counts.get("errors", 0))}
