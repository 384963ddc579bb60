"""From the bytes of a file to the rows of a plan: read apart, nothing personal kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.models import User
from core.refusals import Refused, Rule
from imports.comparing.file_rows import RowsOfFile
from imports.models import Batch, KeptGrid
from imports.plans.members import MemberPlan
from imports.plans.registry import PLANS
from imports.plans.rows import SheetRow
from imports.reading import messages
from imports.reading.corrections import Corrections
from imports.reading.inspect import Inspection, inspect_file, inspect_kept
from imports.understanding import learning
from imports.understanding.noted import Understanding, language, note_of
from towns.models import Town

SHEETS_TOLD = 5


@dataclass(frozen=True)
class Reading:
    """A file as read: its rows, how it was understood, its cells, the fingerprint of its bytes.

    ``title``: the words of its titles, sheets and file name, which may say whose list it is;
    ``titles`` those of each table.
    """

    plan: str
    file_name: str
    sha256: str
    rows: Sequence[SheetRow]
    understanding: Understanding
    title: str = ""
    titles: Sequence[str] = ()
    kept: bytes = b""


class NothingFound(Refused):
    """No list was found; ``reading`` has no rows, but the cells of something like a table."""

    def __init__(self, why: str, reading: Reading | None) -> None:
        super().__init__([_refusal(why)])
        self.reading = reading


def inspect(content: bytes, file_name: str, plan: str | None = None) -> Inspection:
    """How a file is understood. Raises Refused with the one sentence that says why not."""
    return _inspect_file(content, file_name, Corrections(plan=plan or ""), keep=False)


def read_roster(
    content: bytes,
    file_name: str,
    *,
    plan: str = MemberPlan.key,
    by: User | None = None,
    unhurried: bool = False,
) -> Reading:
    """The rows of a list, as this person's files are read. Raises Refused when there are none.

    ``plan`` is "" to guess it from the content; ``unhurried``: nobody waits, it may take longer.
    """
    said = Corrections(plan=plan)
    taught = _taught(said, by)
    inspection = _inspect_file(content, file_name, taught, keep=True, unhurried=unhurried)
    return _reading(inspection, said, hashlib.sha256(content).hexdigest(), by)


def read_again(batch: Batch, said: Corrections, by: User) -> Reading:
    """The kept cells of a batch, read under other choices. Raises Refused."""
    kept = KeptGrid.objects.filter(batch=batch).first()
    if kept is None:
        words = _("原表已按保存期限清除，请重新上传文件。")
        raise Refused([Rule("IMP-12", words)])
    try:
        inspection = inspect_kept(
            bytes(kept.content),
            said.plan,
            _towns(),
            corrections=_taught(said, by),
            keep=True,
            unhurried=True,  # they were read once and are no stranger's any more
        )
    except messages.Refused as refused:
        raise Refused([_refusal(refused.message.text(language()))]) from refused
    return _reading(inspection, said, batch.sha256, by)


def corrections_of(batch: Batch) -> Corrections:
    """What persons said of this file so far."""
    return Corrections.from_json(batch.understanding.get("corrections", {"plan": batch.plan}))


def _inspect_file(
    content: bytes,
    file_name: str,
    corrections: Corrections,
    *,
    keep: bool,
    unhurried: bool = False,
) -> Inspection:
    plan = corrections.plan or None
    try:
        return inspect_file(
            content,
            file_name,
            plan,
            _towns(),
            corrections=corrections,
            keep=keep,
            unhurried=unhurried,
        )
    except messages.Refused as refused:
        raise Refused([_refusal(refused.message.text(language()))]) from refused


def _towns() -> tuple[str, ...]:
    return tuple(Town.objects.order_by("order").values_list("name", flat=True))


def _taught(said: Corrections, by: User | None) -> Corrections:
    """The choices of a person with what the office taught before."""
    meant = learning.fields_by_header(by, said.plan) if by else {}
    fields = {header: names or "" for header, names in meant.items()}
    return replace(said, fields=fields, synonyms=learning.header_words())


def _reading(inspection: Inspection, said: Corrections, sha256: str, by: User | None) -> Reading:
    if not inspection.tables:
        blank = _blank(inspection, said, sha256) if _is_tabular(inspection) else None
        raise NothingFound(_why_no_table(inspection), blank)
    said = replace(said, plan=said.plan or _likeliest(inspection))
    inspection.tables = [table for table in inspection.tables if table.plan.name == said.plan]
    rows = RowsOfFile(inspection, said.plan)
    if not rows:
        raise Refused([_refusal(_("认出了表头，但下面没有可以导入的行，请检查是否选错了。"))])
    remembered = learning.remembered_for(by, said.plan) if by else {}
    reading = _blank(inspection, said, sha256)
    reading.understanding["remembered"] = learning.applied(remembered, inspection)
    return replace(reading, rows=rows)


def _blank(inspection: Inspection, said: Corrections, sha256: str) -> Reading:
    """What is known of a file but its rows."""
    plan = said.plan or MemberPlan.key
    return Reading(
        plan=plan,
        file_name=inspection.file or _("未命名"),
        sha256=sha256,
        rows=[],
        understanding={
            **note_of(inspection, PLANS[plan].fields),
            "corrections": replace(said, plan=plan).as_json(),
            "remembered": [],
        },
        title=" ".join([*_titles(inspection), inspection.file]),
        titles=_titles(inspection),
        kept=inspection.kept,
    )


def _is_tabular(inspection: Inspection) -> bool:
    """Whether some sheet has a few rows of several cells, in which a person may see a list."""
    return bool(inspection.kept) and any(
        sum(sum(map(bool, row)) > 1 for row in sheet.head) > 1 for sheet in inspection.sheets
    )


def _likeliest(inspection: Inspection) -> str:
    """The plan of most rows. Raises Refused when none of the file's lists can be imported."""
    counts = Counter[str]()
    for table in inspection.tables:
        if table.plan.name in PLANS:
            counts[table.plan.name] += len(table.table.rows)
    if not counts:
        titles = _("、").join(dict.fromkeys(table.plan.title for table in inspection.tables))
        words = _("这份表格像是%(plans)s，目前不能导入这类内容。")
        raise Refused([_refusal(words % {"plans": titles})])
    return counts.most_common(1)[0][0]


def _titles(inspection: Inspection) -> list[str]:
    return [f"{table.table.title} {table.table.sheet}" for table in inspection.tables]


def _refusal(words: str) -> Rule:
    return Rule("IMP-10", words, field="file")


def _why_no_table(inspection: Inspection) -> str:
    told = [
        _("工作表“%(sheet)s”：%(why)s") % {"sheet": one.name, "why": one.message.text(language())}
        if one.name
        else one.message.text(language())
        for one in inspection.sheets[:SHEETS_TOLD]
    ]
    words = _("请检查是否选错了文件：%(sheets)s")
    return words % {"sheets": "；".join(told)}
