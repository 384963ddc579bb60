"""What the page of an import shows: chips, heads with the sheet's own words, cells with changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.exports import CellValue
from core.parts import State, Tone, number_words
from imports import queries
from imports.comparing.values import sheet_row
from imports.deciding.decisions import choice_words
from imports.models import Batch, Decision, Row
from imports.plans.base import Policy
from imports.plans.registry import PLANS
from imports.plans.rows import LEFT_ON
from imports.understanding.noted import field_title
from imports.understanding.said import words_of

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
# Records with a page of their own, by the model.
PAGES = {
    "chambers.enterprise": "chambers:show_enterprise",
    "venues.venue": "venues:show_venue",
    "activities.activity": "activities:show_activity",
    "towns.village": "towns:show_village",
}
MOMENT = "start"
AMOUNTS = {
    "capital_wan",
    "staff_count",
    "headcount",
    "donation_yuan",
    "beneficiaries",
    "area_m2",
}
STYLES = {
    "credit_code": "is-code",
    "phone": "is-phone",
    "joined_on": "is-day",
    "founded_on": "is-day",
    "opened_on": "is-day",
    "awarded_on": "is-day",
    "valid_until": "is-day",
    "since": "is-day",
    "start": "is-day",
}
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
    cell: str = ""

    @property
    def place(self) -> str:
        """C列 商会职务（必填）, of a form B3; the words are left out when they are the title."""
        if not self.letters:
            return ""
        column = self.cell or _("%(letters)s列") % {"letters": self.letters}
        return column if self.header == self.title else f"{column} {self.header}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say under a cell; ``tone`` is a class, "" for what keeps the row out."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; ``was`` what the file said when somebody corrected it."""

    label: str
    css: str
    text: str
    old: str | None = None
    url: str = ""
    raw: str = ""
    remarks: Sequence[Remark] = ()
    field: str = ""
    typed: str = ""
    was: str | None = None
    kept: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.raw or self.remarks)


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int
    sheet: str
    states: Sequence[State]
    cells: Sequence[Cell]
    position: int = 0
    verdict: str = ""
    choice: str = ""
    offers: Sequence[Offer] = ()
    can_be_another: bool = False
    is_omitted: bool = False
    left_on: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A record of the register that a row may mean, shown beside it."""

    pk: int
    name: str
    details: Sequence[str]
    url: str = ""


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """A column, and what becomes of a value that is known already."""

    field: str
    title: str
    policy: str
    words: str


def chips(batch: Batch, shown: str) -> list[Chip]:
    """The counts over the table, each a link to its rows."""
    counts = batch.counts
    total = sum(counts.get(key, 0) for key in ("new", "changed", "same", "errors", "omitted"))
    found = [
        (queries.ALL, _("全部"), total),
        ("new", _("新增"), counts.get("new", 0)),
        ("changed", _("有变化"), counts.get("changed", 0)),
        ("same", _("相同"), counts.get("same", 0)),
        ("problem", _("要处理"), counts.get("errors", 0)),
        (queries.WARNED, _("请核对"), counts.get("warnings", 0)),
    ]
    if counts.get("omitted"):
        found.append(("omitted", _("不导入"), counts["omitted"]))
    if PLANS[batch.plan].absent_words:
        found.append((queries.ABSENT, _("不在本次名单"), counts.get("absent", 0)))
    if undone := counts.get("undo"):
        found = [found[0], *((key, str(words), undone[key]) for key, words in UNDONE)]
    known = {key for key, _label, _count in found}
    on = shown if shown in known else queries.ALL
    return [Chip(key, label, count, key == on) for key, label, count in found]


UNDONE = tuple(queries.UNDONE_WORDS.items())


def heads(batch: Batch) -> list[Head]:
    """The fields the sheet has, in its order, the name first when it has none of its own."""
    places: dict[str, list[dict[str, Any]]] = {}
    for field, column in queries.columns_of(batch):
        places.setdefault(field, []).append(column)
    return [_head(batch.plan, field, places.get(field, [])) for field in queries.fields_of(batch)]


def _head(plan: str, field: str, columns: Sequence[dict[str, Any]]) -> Head:
    letters = "、".join(dict.fromkeys(column["column"] for column in columns))
    first = columns[0] if columns else {"header": ""}
    return Head(field, field_title(plan, field), letters, first["header"], first.get("cell", ""))


def shown_rows(batch: Batch, rows: Iterable[Row]) -> list[ShownRow]:
    """Rows of a batch as its table draws them."""
    columns = heads(batch)
    many = has_sheets(batch)
    named_by = PLANS[batch.plan].named_by
    return [_shown_row(row, columns, named_by, has_sheets=many) for row in rows]


def _shown_row(row: Row, columns: Sequence[Head], named_by: str, *, has_sheets: bool) -> ShownRow:
    return ShownRow(
        row.number,
        row.sheet if has_sheets else "",
        _states(row),
        _cells(row, columns, named_by),
        position=row.position,
        verdict=row.verdict,
        choice=choice_words(row.choice),
        offers=list(_offers(row)),
        can_be_another=any(problem.get("another") for problem in row.problems),
        is_omitted=row.verdict == Row.Verdict.OMITTED,
        left_on=row.choice.get(LEFT_ON, ""),
    )


def _offers(row: Row) -> Iterator[Offer]:
    """The records of the register that stand beside a row, each once."""
    told = [one for problem in row.problems for one in problem.get("options", ())]
    for one in {one["pk"]: one for one in told}.values():
        yield Offer(one["pk"], one["name"], one["details"], one.get("url", ""))


def policy_choices(batch: Batch) -> list[PolicyChoice]:
    """The columns whose known values may be kept, in the order of the file."""
    keeps = PLANS[batch.plan].keeps | {PLANS[batch.plan].named_by}
    fields = [field for field in queries.fields_of(batch) if field not in keeps]
    return [
        PolicyChoice(
            field,
            field_title(batch.plan, field),
            policy := batch.policies.get(field, Policy.OVERWRITE),
            str(Policy(policy).words),
        )
        for field in fields
        if field in PLANS[batch.plan].fields
    ]


def policy_words(batch: Batch) -> str:
    """What becomes of known values, in one sentence."""
    chosen: dict[str, list[str]] = {}
    for one in policy_choices(batch):
        if one.policy != Policy.OVERWRITE:
            chosen.setdefault(one.words, []).append(one.title)
    if not chosen:
        return _("系统中已有的内容，表里填了的以表为准，表里空着的保持不变。")
    told = "；".join(
        _("%(fields)s：%(words)s") % {"fields": _("、").join(fields), "words": words}
        for words, fields in chosen.items()
    )
    return _("%(told)s；其他各项以表为准，表里空着的保持不变。") % {"told": told}


def absent_heads(batch: Batch) -> list[Head]:
    """What is shown of records that the list does not name."""
    return [Head(name, field_title(batch.plan, name), "", "") for name in PLANS[batch.plan].shown]


def absent_rows(batch: Batch, rows: Iterable[Row]) -> list[ShownRow]:
    """Records that the list does not name as their table draws them."""
    columns = absent_heads(batch)
    named_by = PLANS[batch.plan].named_by
    return [_shown_row(row, columns, named_by, has_sheets=False) for row in rows]


def decisions(batch: Batch, made: Iterable[Decision]) -> list[Decision]:
    """What was changed in the preview, each with the ``title`` of its field."""
    found = list(made)
    for one in found:
        one.title = field_title(batch.plan, one.field) if one.field else ""  # type: ignore[attr-defined]
    return found


def has_sheets(batch: Batch) -> bool:
    """Whether rows come from several sheets, so that a number alone does not say where."""
    tables = batch.understanding.get("tables", [])
    return len({one["sheet"] for one in tables}) > 1


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


def _cells(row: Row, columns: Sequence[Head], named_by: str) -> list[Cell]:
    letters = {head.field: head.letters for head in columns}
    told: dict[str, list[Remark]] = {}
    raws: dict[str, str] = {}
    for problem in row.problems:
        field = problem["field"] if problem["field"] in letters else named_by
        told.setdefault(field, []).append(_remark(row, problem, letters.get(field, "")))
        raws[field] = problem.get("raw", "")
    if joins := row.changes.get("membership"):
        words = _("加入%(chamber)s") % {"chamber": joins[1]}
        told.setdefault(named_by, []).append(Remark(words, "is-blue"))
    if row.outcome_reason:
        told.setdefault(named_by, []).append(Remark(row.outcome_words, "is-amber"))
    return [
        _cell(row, head, told.get(head.field, ()), raws.get(head.field, ""), named_by)
        for head in columns
    ]


def _cell(row: Row, head: Head, remarks: Sequence[Remark], raw: str, named_by: str) -> Cell:
    value = row.values.get(head.field, "")
    text = value if isinstance(value, str) else "、".join(value)
    change = row.changes.get(head.field)
    return Cell(
        label=head.title,
        css="is-title" if head.field == named_by else STYLES.get(head.field, ""),
        text=_shown(head.field, change[1] if change else text),
        old=_shown(head.field, change[0]) if change else None,
        url=_record_url(row) if head.field == named_by else "",
        raw="" if text else raw,
        remarks=remarks,
        field=head.field,
        typed=text or raw,
        was=row.corrections.get(head.field, {}).get("was"),
    )


def _remark(row: Row, problem: dict[str, str], letters: str) -> Remark:
    tones = {"error": "", "warning": "is-amber", "notice": "is-quiet"}
    return Remark(words_about(row, problem, letters), tones.get(problem["level"], "is-quiet"))


def words_about(row: Row, problem: dict[str, str], letters: str) -> str:
    """The message with the cell it is about; those of the reader cite it already."""
    words = words_of(problem, row.batch.plan)
    if not problem["column"] and letters and "、" not in letters:
        words = _("%(cell)s：%(words)s") % {"cell": f"{letters}{row.number}", "words": words}
    return words


def _shown(field: str, text: str) -> str:
    if field == MOMENT:
        return text.replace("T", " ")
    if field not in AMOUNTS or not text:
        return text
    try:
        return number_words(Decimal(text))
    except InvalidOperation:
        return text


def _record_url(row: Row) -> str:
    """The page of the record the row wrote or means, unless undoing has deleted it."""
    kept = row.before if row.outcome == "reversed" else row.after
    keys = [*kept] or [row.record]
    for key in filter(None, keys):
        model, pk = key.split(":")
        if model in PAGES:
            return reverse(PAGES[model], args=[pk])
    return ""


def rows_needing_work(batch: Batch) -> Iterator[list[CellValue]]:
    """The rows that are not imported as a spreadsheet holds them: place, cells, reasons."""
    columns, many = heads(batch), has_sheets(batch)
    letters = {head.field: head.letters for head in columns}
    rows = queries.rows_shown(batch, Row.Verdict.PROBLEM)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        place: list[CellValue] = [row.sheet, str(row.number)] if many else [str(row.number)]
        raws = {one["field"]: one.get("raw", "") for one in row.problems}
        said = sheet_row(row)
        cells = [raws.get(head.field) or said.text(head.field) for head in columns]
        told = (_remark(row, one, letters.get(one["field"], "")).words for one in row.problems)
        yield [*place, *cells, "\n".join(told)]
