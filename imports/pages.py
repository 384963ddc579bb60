"""What the page of an import shows: chips, heads with the sheet's own words, cells with changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.urls import reverse
from django.utils.translation import gettext as _

from core.exports import CellValue
from core.parts import State, Tone, number_words
from imports import queries
from imports.models import Batch, Row
from imports.plans.members import MemberPlan
from imports.reading.vocabulary import PLANS
from imports.understanding import language

VERDICT_TONES = {
    Row.Verdict.NEW: Tone.GREEN,
    Row.Verdict.CHANGED: Tone.BLUE,
    Row.Verdict.SAME: Tone.GREY,
    Row.Verdict.PROBLEM: Tone.RED,
    Row.Verdict.OMITTED: Tone.GREY,
    Row.Verdict.ABSENT: Tone.GREY,
    Row.Verdict.LEAVING: Tone.AMBER,
}
OUTCOME_TONES = {"reversed": Tone.GREY, "kept": Tone.AMBER, "failed": Tone.RED}
AMOUNTS = {"capital_wan", "staff_count"}
STYLES = {
    "name": "is-title",
    "credit_code": "is-code",
    "phone": "is-phone",
    "joined_on": "is-day",
    "founded_on": "is-day",
}
NAME = "name"
ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Chip:
    """A count that limits the rows to those it counts."""

    key: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A field over its column: what it is here, and where and under which words in the sheet."""

    field: str
    title: str
    letters: str
    header: str

    @property
    def place(self) -> str:
        """C列 商会职务（必填）; the words are left out when they are the title."""
        if not self.letters:
            return ""
        column = _("%(letters)s列") % {"letters": self.letters}
        return column if self.header == self.title else f"{column} {self.header}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say under a cell; ``tone`` is a class, "" for what keeps the row out."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    css: str
    text: str
    old: str | None = None
    url: str = ""
    raw: str = ""
    remarks: Sequence[Remark] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.raw or self.remarks)


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int
    sheet: str
    states: Sequence[State]
    cells: Sequence[Cell]


def chips(batch: Batch, shown: str) -> list[Chip]:
    """The counts over the table, each a link to its rows."""
    counts = batch.counts
    total = sum(counts.get(key, 0) for key in ("new", "changed", "same", "errors"))
    found = [
        (queries.ALL, _("全部"), total),
        ("new", _("新增"), counts.get("new", 0)),
        ("changed", _("有变化"), counts.get("changed", 0)),
        ("same", _("相同"), counts.get("same", 0)),
        ("problem", _("要处理"), counts.get("errors", 0)),
        (queries.WARNED, _("请核对"), counts.get("warnings", 0)),
        (queries.ABSENT, _("不在本次名单"), counts.get("absent", 0)),
    ]
    if undone := counts.get("undo"):
        found = [found[0], *((key, str(words), undone[key]) for key, words in UNDONE)]
    known = {key for key, _label, _count in found}
    on = shown if shown in known else queries.ALL
    return [Chip(key, label, count, key == on) for key, label, count in found]


UNDONE = tuple(queries.UNDONE_WORDS.items())


def heads(batch: Batch) -> list[Head]:
    """The fields the sheet has, in its order, the name first when it has none of its own."""
    places: dict[str, list[dict[str, str]]] = {}
    for table in batch.understanding.get("tables", []):
        for column in table["columns"]:
            if column["field"]:
                places.setdefault(column["field"], []).append(column)
    fields = list(places) if NAME in places else [NAME, *places]
    return [_head(field, places.get(field, [])) for field in fields]


def _head(field: str, columns: Sequence[dict[str, str]]) -> Head:
    letters = "、".join(dict.fromkeys(column["column"] for column in columns))
    return Head(field, title_of(field), letters, columns[0]["header"] if columns else "")


def title_of(field: str) -> str:
    """What a field is called, in the reader's language."""
    column = PLANS[MemberPlan.key].column(field)
    return column.title_en if language() == "en" else column.title


def shown_rows(batch: Batch, rows: Iterable[Row]) -> list[ShownRow]:
    """Rows of a batch as its table draws them."""
    columns = heads(batch)
    many = has_sheets(batch)
    return [
        ShownRow(row.number, row.sheet if many else "", _states(row), _cells(row, columns))
        for row in rows
    ]


def has_sheets(batch: Batch) -> bool:
    """Whether rows come from several tables, so that a number alone does not say where."""
    return len(batch.understanding.get("tables", [])) > 1


def _states(row: Row) -> list[State]:
    if row.outcome:
        word = str(queries.UNDONE_WORDS[row.outcome])
        return [State(word, OUTCOME_TONES[row.outcome])]
    verdict = Row.Verdict(row.verdict)
    states = [State(verdict.label, VERDICT_TONES[verdict])]
    warned = any(problem["level"] == "warning" for problem in row.problems)
    if warned and verdict != Row.Verdict.PROBLEM:
        states.append(State(_("请核对"), Tone.AMBER))
    return states


def _cells(row: Row, columns: Sequence[Head]) -> list[Cell]:
    letters = {head.field: head.letters for head in columns}
    told: dict[str, list[Remark]] = {}
    raws: dict[str, str] = {}
    for problem in row.problems:
        field = problem["field"] if problem["field"] in letters else NAME
        told.setdefault(field, []).append(_remark(row, problem, letters.get(field, "")))
        raws[field] = problem.get("raw", "")
    if joins := row.changes.get("membership"):
        words = _("加入%(chamber)s") % {"chamber": joins[1]}
        told.setdefault(NAME, []).append(Remark(words, "is-blue"))
    if row.outcome_reason:
        told.setdefault(NAME, []).append(Remark(row.outcome_reason, "is-amber"))
    return [
        _cell(row, head, told.get(head.field, ()), raws.get(head.field, "")) for head in columns
    ]


def _cell(row: Row, head: Head, remarks: Sequence[Remark], raw: str) -> Cell:
    value = row.values.get(head.field, "")
    text = value if isinstance(value, str) else "、".join(value)
    change = row.changes.get(head.field)
    return Cell(
        label=head.title,
        css=STYLES.get(head.field, ""),
        text=_shown(head.field, change[1] if change else text),
        old=_shown(head.field, change[0]) if change else None,
        url=_record_url(row) if head.field == NAME else "",
        raw="" if text else raw,
        remarks=remarks,
    )


def _remark(row: Row, problem: dict[str, str], letters: str) -> Remark:
    """The message with the cell it is about; those of the reader cite it already."""
    words = problem["message"]
    if not problem["column"] and letters and "、" not in letters:
        words = _("%(cell)s：%(words)s") % {"cell": f"{letters}{row.number}", "words": words}
    tones = {"error": "", "warning": "is-amber", "notice": "is-quiet"}
    return Remark(words, tones.get(problem["level"], "is-quiet"))


def _shown(field: str, text: str) -> str:
    if field not in AMOUNTS or not text:
        return text
    try:
        return number_words(Decimal(text))
    except InvalidOperation:
        return text


def _record_url(row: Row) -> str:
    """The page of the enterprise the row wrote, unless undoing has deleted it."""
    gone = row.outcome == "reversed"
    for key in row.before if gone else row.after:
        model, pk = key.split(":")
        if model == "chambers.enterprise":
            return reverse("chambers:show_enterprise", args=[pk])
    return ""


def rows_needing_work(batch: Batch) -> Iterator[list[CellValue]]:
    """The rows that are not imported as a spreadsheet holds them: place, cells, reasons."""
    columns, many = heads(batch), has_sheets(batch)
    letters = {head.field: head.letters for head in columns}
    rows = queries.rows_shown(batch, Row.Verdict.PROBLEM)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        place: list[CellValue] = [row.sheet, str(row.number)] if many else [str(row.number)]
        raws = {one["field"]: one.get("raw", "") for one in row.problems}
        cells = [raws.get(head.field) or row.values.get(head.field, "") for head in columns]
        told = (_remark(row, one, letters.get(one["field"], "")).words for one in row.problems)
        yield [*place, *cells, "\n".join(told)]
