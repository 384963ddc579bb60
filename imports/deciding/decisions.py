"""What a person decides in a preview: a cell corrected, what a row means, who leaves, what counts.

Each is kept with the batch, compared again at once and told in its history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.audit import written
from core.credit_code import is_identity_number
from core.normalise import clean_text
from core.refusals import Refused, Rule, refuse_if_broken
from imports import queries
from imports.actions import NOT_IN_PREVIEW
from imports.cleaning.values import Cleaned, Context
from imports.comparing import values, verdicts
from imports.comparing.slices import OF_COMPARING, put
from imports.models import Batch, Decision, Row
from imports.plans.base import RECORD, Plan, Policy
from imports.plans.bulk import update_rows
from imports.plans.registry import PLANS
from imports.plans.rows import ANOTHER, LEFT_ON, OMIT, SAME_AS, SheetRow
from imports.reading.inspect import Problem as ReadProblem
from imports.reading.messages import Message
from imports.reading.vocabulary import PLANS as VOCABULARY
from imports.understanding.noted import language
from towns.models import Town

NO_SUCH_ROW = Rule("IMP-40", gettext_lazy("这一行已经不在预览中，请刷新后再试。"))
NO_SUCH_FIELD = Rule("IMP-41", gettext_lazy("这份表没有这一项，不能修改。"))
TOO_LONG = Rule("IMP-42", gettext_lazy("填写的内容太长，请删短。"))
PERSONAL = Rule("IMP-43", gettext_lazy("身份证号属个人信息，不能填写。"))
LEFT_BEFORE_BEGINNING = Rule("IMP-44", gettext_lazy("离开的日期早于开始的日期，请核对。"))
NO_DAY = Rule("IMP-45", gettext_lazy("请填写离开的日期，如 2024-05-28。"))
NO_SUCH_POLICY = Rule("IMP-46", gettext_lazy("没有这样的写入方式，请重新选择。"))
LONGEST = 5_000
# The plan knows what the register takes and says it better.
SAID_BY_THE_PLAN = {"town_unknown", "position_unknown"}
ALL = "all"


def correct_cell(
    *, batch: Batch, position: int, field: str, text: str, by: User, today: date
) -> Row:
    """Take what was typed in place of what the file says; the row is cleaned and compared again.

    What the file said stays in ``corrections``; typing it again takes the correction back.
    Raises Refused.
    """
    text = clean_text(text)
    with written(by=by, action="correct_cell"):
        batch, row = _opened(batch, position)
        _refuse_unfit(batch, field, text)
        before = _said(row, field)
        _type(batch, row, field, text)
        row.save(update_fields=["values", "problems", "corrections"])
        _compare_again(batch, [row], today)
        _note(batch, row, Decision.Kind.CELL, before, _said(row, field) or text, by, field=field)
    return row


def choose_row(
    *, batch: Batch, position: int, act: str, record: int = 0, by: User, today: date
) -> Row:
    """Say what a row means: the ``same_as`` record, ``another`` one, or that it stays out.

    "" takes an earlier choice back. Raises Refused.
    """
    with written(by=by, action="choose_row"):
        batch, row = _opened(batch, position)
        before = choice_words(row.choice)
        row.choice = _choice(row, act, record)
        row.save(update_fields=["choice"])
        _compare_again(batch, [row], today)
        kind = Decision.Kind.OMIT if act == OMIT else Decision.Kind.MATCH
        _note(batch, row, kind, before, choice_words(row.choice), by)
    return row


def choose_leavers(
    *, batch: Batch, positions: Iterable[int] | None, left_on: date | None, by: User
) -> int:
    """Let those not on the list leave on a day, or stay (None); ``positions`` None means all.

    Returns how many. Raises Refused when one began after that day; then nothing is chosen.
    """
    with written(by=by, action="choose_leavers"):
        batch = _locked(batch)
        rows = queries.rows_shown(batch, queries.ABSENT)
        if positions is not None:
            rows = rows.filter(position__in=list(positions))
        chosen = list(rows)
        _set_leaving(PLANS[batch.plan], chosen, left_on)
        update_rows(chosen, ["choice", "verdict", "changes"])
        counts = batch.rows.filter(verdict=Row.Verdict.LEAVING).count()
        batch.counts = {**batch.counts, "leaving": counts}
        batch.save(update_fields=["counts"])
        _note_leavers(batch, chosen, left_on, by)
    return len(chosen)


def are_policies(policies: Mapping[str, str]) -> bool:
    """Whether each word is one of a policy."""
    return set(policies.values()) <= {*Policy}


def choose_policies(
    *,
    batch: Batch,
    policies: Mapping[str, str],
    by: User,
    today: date,
    tell: verdicts.Tell = verdicts.unheard,
) -> Batch:
    """Say by field what becomes of known values; all rows are compared again. Raises Refused."""
    with written(by=by, action="choose_policies"):
        batch = _locked(batch)
        before = {**batch.policies}
        fields = PLANS[batch.plan].fields
        known = {name: word for name, word in policies.items() if name in fields}
        refuse_if_broken([] if are_policies(known) else [NO_SUCH_POLICY])
        batch.policies = known
        batch.save(update_fields=["policies"])
        verdicts.compare_again(batch, today=today, tell=tell)
        for name in known:
            old = Policy(before.get(name, Policy.OVERWRITE))
            new = Policy(batch.policies[name])
            if old != new:
                words = str(old.words), str(new.words)
                _note(batch, None, Decision.Kind.POLICY, *words, by, field=name)
    return batch


def replace_rows(
    batch: Batch,
    rows: Sequence[SheetRow],
    *,
    today: date,
    tell: verdicts.Tell = verdicts.unheard,
) -> None:
    """Take these rows in place of those the batch has: its file was understood anew.

    What was typed and chosen stays with the same row of the same sheet, where its field is left.
    """
    decided = batch.rows.exclude(corrections={}, choice={}).exclude(verdict__in=queries.NOT_NAMED)
    kept = {(row.sheet, row.number): row for row in decided}
    corrected: dict[int, dict[str, Any]] = {}

    def fresh() -> Iterator[SheetRow]:
        for row in rows:
            if before := kept.get((row.sheet, row.number)):
                again = _decided(batch, row, before)
                corrected[row.position] = again.corrections
                yield values.sheet_row(again)
            else:
                yield row

    verdicts.replace_rows(batch, fresh(), total=len(rows), today=today, tell=tell)
    stored = list(batch.rows.filter(position__in=[at for at, told in corrected.items() if told]))
    for row in stored:
        row.corrections = corrected[row.position]
    update_rows(stored, ["corrections"])


def _decided(batch: Batch, row: SheetRow, kept: Row) -> Row:
    """A row read anew with what was decided of it before, not saved."""
    fresh = Row(
        batch=batch,
        position=row.position,
        sheet=row.sheet,
        number=row.number,
        values=row.values,
        problems=row.problems,
        choice=kept.choice,
    )
    for field, one in kept.corrections.items():
        if field in queries.fields_of(batch):
            _type(batch, fresh, field, one["typed"])
    return fresh


def choice_words(choice: Mapping[str, Any]) -> str:
    """A choice as it is told."""
    if choice.get(OMIT):
        return _("不导入此行")
    if SAME_AS in choice:
        return _("与系统中的“%(name)s”相同") % {"name": choice.get("name", "")}
    return _("另外新增") if ANOTHER in choice else ""


def _locked(batch: Batch) -> Batch:
    """The batch as it stands now, held. Raises Refused unless it is a preview."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Batch.State.PREVIEW:
        raise Refused([NOT_IN_PREVIEW])
    return batch


def _opened(batch: Batch, position: int) -> tuple[Batch, Row]:
    batch = _locked(batch)
    row = queries.rows_of_file(batch).filter(position=position).first()
    if row is None:
        raise Refused([NO_SUCH_ROW])
    return batch, row


def _refuse_unfit(batch: Batch, field: str, text: str) -> None:
    if field not in queries.fields_of(batch):
        raise Refused([NO_SUCH_FIELD])
    if len(text) > LONGEST:
        raise Refused([TOO_LONG])
    if is_identity_number(text):
        raise Refused([PERSONAL])


def _said(row: Row, field: str) -> str:
    """What the row says of a field by now: the clean value, or the text that could not be read."""
    if row.values.get(field):
        return values.sheet_row(row).text(field)
    raws = (one.get("raw", "") for one in row.problems if one["field"] == field)
    return next(filter(None, raws), "")


def _type(batch: Batch, row: Row, field: str, text: str) -> None:
    """Put the typed text into the row, cleaned as the file's cells are."""
    was = row.corrections.get(field, {"was": _said(row, field)})["was"]
    column = VOCABULARY[batch.plan].column(field)
    place = queries.place_of(batch, row.sheet, field)
    cleaned = column.clean(text, _context(place, column.limit))
    row.corrections = {name: one for name, one in row.corrections.items() if name != field}
    if text != was:
        row.corrections[field] = {"was": was, "typed": text}
    row.values = {name: value for name, value in row.values.items() if name != field}
    if cleaned.value:
        row.values[field] = cleaned.value
    others = [one for one in row.problems if one["field"] != field]
    row.problems = [*others, *_findings(row, field, column.title, place, cleaned, text)]


def _context(place: Mapping[str, Any], limit: int) -> Context:
    towns = Town.objects.order_by("order").values_list("name", flat=True)
    return Context(
        unit=place.get("unit", ""),
        year=place.get("year"),
        towns=tuple(towns),
        limit=limit,
    )


def _findings(
    row: Row, field: str, title: str, place: Mapping[str, Any], cleaned: Cleaned, text: str
) -> list[dict[str, Any]]:
    told = []
    for one in cleaned.findings:
        if one.code not in SAID_BY_THE_PLAN:
            message = Message(one.code, {"title": title, **one.parameters})
            found = ReadProblem(field, place.get("column", ""), row.number, one.level, message)
            told.append({**found.as_json(language()), "raw": text})
    return told


def _compare_again(batch: Batch, changed: Sequence[Row], today: date) -> None:
    """Compare rows again and those that share something with them, before or after."""
    plan = verdicts.plan_of(batch, today=today)
    alone = plan.compare([values.sheet_row(row) for row in changed])
    keys = {key for row in changed for key in row.keys} | {k for one in alone for k in one.keys}
    concerned = {row.position: row for row in queries.rows_sharing(batch, keys)}
    concerned |= {row.position: row for row in changed}
    around = {key for row in concerned.values() for key in row.keys} | keys
    wider = {row.position: row for row in queries.rows_sharing(batch, around)} | concerned
    ordered = [wider[position] for position in sorted(wider)]
    compared = plan.compare([values.sheet_row(row) for row in ordered])
    fresh = {one.row.position: one for one in compared if one.row.position in concerned}
    named = _records(key for row in concerned.values() for key in row.keys)
    batch.counts = verdicts.changed_counts(batch, concerned.values(), fresh.values())
    for position, one in fresh.items():
        put(concerned[position], one)
    update_rows(list(concerned.values()), OF_COMPARING)
    batch.save(update_fields=["counts"])
    if named != _records(key for one in fresh.values() for key in one.keys):
        _name_again(batch, plan)


def _name_again(batch: Batch, plan: Plan) -> None:
    """Find anew whom the list does not name, when a row came to mean another record."""
    rows = queries.rows_shown(batch, queries.ABSENT)
    choices = dict(rows.values_list("record", "choice"))
    not_named = plan.absent(queries.records_named(batch), choices)
    verdicts.keep_not_named(batch, not_named)


def _records(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if key.startswith(RECORD)}


def _choice(row: Row, act: str, record: int) -> dict[str, Any]:
    if act == SAME_AS:
        offered = [one for told in row.problems for one in told.get("options", ())]
        chosen = next((one for one in offered if one["pk"] == record), None)
        if chosen is None:
            raise Refused([NO_SUCH_ROW])
        return {SAME_AS: record, "name": chosen["name"]}
    return {act: True} if act in {ANOTHER, OMIT} else {}


def _set_leaving(plan: type[Plan], rows: Sequence[Row], left_on: date | None) -> None:
    for row in rows:
        begun = row.values.get(plan.begins_with, "")
        if left_on and begun and begun > left_on.isoformat():
            name = row.values.get(plan.named_by, "")
            words = _("%(name)s：离开的日期早于开始的日期，请核对。") % {"name": name}
            raise Refused([Rule(LEFT_BEFORE_BEGINNING.code, words)])
        row.choice = {LEFT_ON: left_on.isoformat()} if left_on else {}
        row.verdict = Row.Verdict.LEAVING if left_on else Row.Verdict.ABSENT
        row.changes = {LEFT_ON: ["", left_on.isoformat()]} if left_on else {}


def _note_leavers(batch: Batch, rows: Sequence[Row], left_on: date | None, by: User) -> None:
    """One sentence for many, so that the history stays readable."""
    named_by = PLANS[batch.plan].named_by
    names = [str(row.values.get(named_by, "")) for row in rows]
    told = _("、").join(names[:3])
    if len(names) > 3:
        words = _("%(names)s等%(count)s个")
        told = words % {"names": told, "count": len(names)}
    after = _("保持不变")
    if left_on:
        after = _("%(day)s起离开") % {"day": left_on.isoformat()}
    if names:
        _note(batch, None, Decision.Kind.LEAVING, told, after, by)


def _note(
    batch: Batch, row: Row | None, kind: str, before: str, after: str, by: User, field: str = ""
) -> None:
    place = {"sheet": row.sheet, "number": row.number} if row else {}
    Decision.objects.create(
        batch=batch, **place, kind=kind, field=field, before=before, after=after, made_by=by
    )
