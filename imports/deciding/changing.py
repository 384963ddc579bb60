"""Changes of a whole preview: of a short list done at once, of a long one by the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from chambers.models import Chamber
from core.audit import written
from core.refusals import Refused
from core.said import why_refused
from imports.actions import NOT_IN_PREVIEW
from imports.comparing.verdicts import Tell, unheard
from imports.deciding import decisions, rereading, sharing
from imports.models import Batch
from imports.receiving.belonging import Belonging
from imports.understanding.correcting import Asked
from jobs import actions as jobs
from jobs.registry import Progress
from towns.models import Town

ROWS_COMPARED_AT_ONCE = 2_000

Said = dict[str, Any]


def choose_policies(*, batch: Batch, policies: Mapping[str, str], by: User, at: datetime) -> Batch:
    """Say by field what becomes of known values; all rows are compared again. Raises Refused."""
    if decisions.are_policies(policies):
        return _change(batch, "choose_policies", {"policies": dict(policies)}, by, at)
    raise Refused([decisions.NO_SUCH_POLICY])


def correct_understanding(*, batch: Batch, asked: Asked, by: User, at: datetime) -> Batch:
    """Read the kept cells again as a person says. Raises Refused."""
    return _change(batch, "correct_understanding", {"asked": asdict(asked)}, by, at)


def choose_whose(*, batch: Batch, chosen: Belonging, by: User, at: datetime) -> Batch:
    """Say whose list it is; all rows are compared anew. Raises Refused."""
    said = {name: record.pk for name, record in chosen._asdict().items() if record}
    return _change(batch, "choose_whose", said, by, at)


def _change(batch: Batch, act: str, said: Said, by: User, at: datetime) -> Batch:
    if _row_count(batch) <= ROWS_COMPARED_AT_ONCE:
        return ACTS[act](batch, said, by, at, unheard)
    with written(by=by, action=act):
        batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.state != Batch.State.PREVIEW:
            raise Refused([NOT_IN_PREVIEW])
        batch.job = jobs.enqueue(
            kind="change_import",
            key=f"change_import:{batch.pk}:{at.isoformat()}",
            payload={"batch": batch.pk, "act": act, "said": said},
            by=by,
        )
        batch.state = Batch.State.COMPARING
        batch.save(update_fields=["state", "job"])
    return batch


def _row_count(batch: Batch) -> int:
    """The rows of the file, also of one of which none is kept so far."""
    return sum(int(table.get("rows", 0)) for table in batch.understanding.get("tables", []))


def change_waiting(
    *, batch: Batch, act: str, said: Said, by: User, at: datetime, progress: Progress
) -> str:
    """Do what was asked of a long list; returns why not, if not. Runs inside a job."""

    def tell(done: int, total: int) -> None:
        progress.report(done, total)
        progress.check()

    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Batch.State.COMPARING:
        return ""
    settle_change(batch)
    try:
        ACTS[act](batch, said, by, at, tell)
    except Refused as refused:
        return why_refused(refused)
    return ""


def settle_change(batch: Batch) -> None:
    """Give the preview back to the person, as it was when nothing was changed."""
    waiting = Batch.objects.filter(pk=batch.pk, state=Batch.State.COMPARING)
    waiting.update(state=Batch.State.PREVIEW)


def _choose_policies(batch: Batch, said: Said, by: User, at: datetime, tell: Tell) -> Batch:
    today = timezone.localdate(at)
    return decisions.choose_policies(
        batch=batch, policies=said["policies"], by=by, today=today, tell=tell
    )


def _correct_understanding(batch: Batch, said: Said, by: User, at: datetime, tell: Tell) -> Batch:
    told = said["asked"]
    columns = {letters: tuple(fields) for letters, fields in told["columns"].items()}
    asked = Asked(**{**told, "columns": columns})
    return rereading.correct_understanding(batch=batch, asked=asked, by=by, at=at, tell=tell)


def _choose_whose(batch: Batch, said: Said, by: User, at: datetime, tell: Tell) -> Batch:
    chosen = Belonging(
        Chamber.objects.visible_to(by).filter(pk=said.get("chamber", 0)).first(),
        Town.objects.visible_to(by).filter(pk=said.get("town", 0)).first(),
    )
    today = timezone.localdate(at)
    return sharing.choose_whose(batch=batch, chosen=chosen, by=by, today=today, tell=tell)


ACTS: dict[str, Callable[[Batch, Said, User, datetime, Tell], Batch]] = {
    "choose_policies": _choose_policies,
    "correct_understanding": _correct_understanding,
    "choose_whose": _choose_whose,
}
