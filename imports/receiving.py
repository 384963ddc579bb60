"""From an uploaded file to the rows of a plan: read in a child process, nothing personal kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from chambers.models import Chamber
from core.refusals import Refused, Rule
from imports import actions
from imports.models import Batch
from imports.plans.members import MemberPlan
from imports.plans.rows import Problem, SheetRow
from imports.reading import messages
from imports.reading.inspect import InspectedTable, Inspection, inspect_file
from imports.reading.inspect import Problem as ReadProblem
from imports.understanding import Understanding, language, note_of
from towns.models import Town

# What the cell held is kept beside the message where it is no free text: the message is about it.
QUOTABLE = {"credit_code", "phone", "joined_on", "founded_on", "capital_wan", "staff_count"}
LONGEST_QUOTE = 60
# The plan knows what the register takes and says it better.
SAID_BY_THE_PLAN = {"town_unknown", "position_unknown"}
SHEETS_TOLD = 5
SHEET_NAME = 100


@dataclass(frozen=True)
class Reading:
    """A file as read: its rows, how it was understood, and the fingerprint of its bytes."""

    file_name: str
    sha256: str
    rows: list[SheetRow]
    understanding: Understanding


def inspect(content: bytes, file_name: str, plan: str | None = None) -> Inspection:
    """How a file is understood. Raises Refused with the one sentence that says why not."""
    towns = tuple(Town.objects.order_by("order").values_list("name", flat=True))
    try:
        return inspect_file(content, file_name, plan, towns)
    except messages.Refused as refused:
        raise Refused([_refusal(refused.message.text(language()))]) from refused


def read_roster(content: bytes, file_name: str) -> Reading:
    """The rows of a member list. Raises Refused when there are none."""
    inspection = inspect(content, file_name, MemberPlan.key)
    if not inspection.tables:
        raise Refused([_refusal(_why_no_table(inspection))])
    rows = list(_rows(inspection))
    if not rows:
        raise Refused([_refusal(_("认出了表头，但下面没有企业的行，请检查是否选错了文件。"))])
    return Reading(
        file_name=inspection.file or _("未命名"),
        sha256=hashlib.sha256(content).hexdigest(),
        rows=rows,
        understanding=note_of(inspection, MemberPlan.fields),
    )


def receive_upload(
    *, content: bytes, file_name: str, chamber: Chamber, by: User, today: date
) -> Batch:
    """Read a file and keep its rows for a preview. The file itself is not kept. Raises Refused."""
    reading = read_roster(content, file_name)
    return actions.receive_file(
        file_name=reading.file_name,
        sha256=reading.sha256,
        rows=reading.rows,
        understanding=reading.understanding,
        chamber=chamber,
        by=by,
        today=today,
    )


def _refusal(words: str) -> Rule:
    return Rule("IMP-10", words, field="file")


def _why_no_table(inspection: Inspection) -> str:
    told = [
        _("工作表“%(sheet)s”：%(why)s") % {"sheet": one.name, "why": one.message.text(language())}
        if one.name
        else one.message.text(language())
        for one in inspection.sheets[:SHEETS_TOLD]
    ]
    words = _("没有找到会员名册，请检查是否选错了文件。%(sheets)s")
    return words % {"sheets": "；".join(told)}


def _rows(inspection: Inspection) -> Iterator[SheetRow]:
    position = 0
    for table in inspection.tables:
        for place, row in enumerate(table.rows()):
            position += 1
            yield SheetRow(
                position=position,
                sheet=table.table.sheet[:SHEET_NAME],
                number=row.number,
                values={
                    name: value
                    for name, value in row.values.items()
                    if value and name in MemberPlan.fields
                },
                problems=list(_problems(table, place, row.problems)),
            )


def _problems(
    table: InspectedTable, place: int, problems: Iterable[ReadProblem]
) -> Iterator[Problem]:
    for problem in problems:
        if problem.field not in MemberPlan.fields or problem.message.code in SAID_BY_THE_PLAN:
            continue
        told = problem.as_json(language())
        if problem.field in QUOTABLE and (raw := _raw(table, place, problem.field)):
            told["raw"] = raw
        yield told


def _raw(table: InspectedTable, place: int, field: str) -> str:
    """What the cell held, unless the reader put a mark in its place (an identity number)."""
    source = table.by_place[table.table.fields[field]]
    text = str(source.values[place])
    return "" if text.startswith("#") else text[:LONGEST_QUOTE]
