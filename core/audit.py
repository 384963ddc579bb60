"""Who wrote, from where and why: the context that the database triggers store with each change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from uuid import uuid4

import pghistory
from django.db import models, transaction
from django.db.migrations import RunSQL
from pghistory import runtime

TrackedModel = TypeVar("TrackedModel", bound=models.Model)


class WriterNow(models.Func):
    """The key of the person whose write goes on, 0 for the system, null past the system.

    The database takes it for each row of history from what ``written`` set for the transaction.
    """

    output_field = models.BigIntegerField()
    template = (
        "CASE WHEN nullif(current_setting('pghistory.context_metadata', true), '') IS NULL"
        " THEN NULL ELSE coalesce((current_setting('pghistory.context_metadata', true)::jsonb"
        " ->> 'user')::bigint, 0) END"
    )


def tracked(
    *, exclude: list[str] | None = None
) -> Callable[[type[TrackedModel]], type[TrackedModel]]:
    """Keep every insert, update and delete of the model, bulk ones too, in a history table.

    ``exclude`` names fields that must not be kept twice (hashes, file contents).
    """

    def decorate(model: type[TrackedModel]) -> type[TrackedModel]:
        # Made anew for each model: the library's shared defaults lose their operation when copied.
        track: Callable[[type[TrackedModel]], type[TrackedModel]] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=exclude,
            obj_field=pghistory.ObjForeignKey(related_name="events", db_index=False),
            attrs={"pgh_person": models.BigIntegerField(null=True, db_default=WriterNow())},
            meta={"indexes": _indexes(str(model._meta.model_name))},
        )
        return track(model)

    return decorate


def _indexes(name: str) -> list[models.Index]:
    """Ways to a page's worth of a history table: newest of all, of a kind of write, of a person,
    and of one record, whose earlier row is what a write found."""
    newest = ["-pgh_created_at", "-pgh_id"]
    return [
        models.Index(fields=newest, name=f"{name}_event_newest"),
        models.Index(fields=["pgh_label", *newest], name=f"{name}_event_kind"),
        models.Index(fields=["pgh_person", *newest], name=f"{name}_event_person"),
        models.Index(
            fields=["pgh_obj", "-pgh_id"], include=["pgh_created_at"], name=f"{name}_event_record"
        ),
    ]


def fill_in_persons(*tables: str) -> RunSQL:
    """For a migration: note the person of the rows that history tables held before they kept it."""
    fill = """
        ALTER TABLE {0} DISABLE TRIGGER USER;
        UPDATE {0} SET pgh_person = coalesce((metadata ->> 'user')::bigint, 0)
        FROM pghistory_context WHERE pghistory_context.id = pgh_context_id;
        ALTER TABLE {0} ENABLE TRIGGER USER;
    """
    return RunSQL([fill.format(table) for table in tables], RunSQL.noop)


_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def written(*, by: models.Model | None, action: str, reason: str = "") -> Iterator[None]:
    """One atomic write whose rows of history carry the person, the action and the reason.

    ``by`` is None for what the system does by itself. Used by every action, so that a write is
    attributed the same way from a page, a task and a command. An action that calls another keeps
    its own name: the outermost says what was done.
    """
    if _writing.get():
        with transaction.atomic():
            yield
        return
    metadata: dict[str, object] = {"user": by.pk if by else None, "action": action}
    if reason:
        metadata["reason"] = reason
    token = _writing.set(True)
    try:
        with transaction.atomic(), _act_of_its_own(metadata):
            yield
    finally:
        _writing.reset(token)


@contextmanager
def _act_of_its_own(metadata: dict[str, object]) -> Iterator[None]:
    """A context of its own, with what the page keeps of its request.

    The library has one for all of a request: of two acts the second would give its name, and the
    first its reason, to the rows of both.
    """
    request = getattr(runtime._tracker, "value", None)
    if request is None:
        with pghistory.context(**metadata):
            yield
        return
    runtime._tracker.value = runtime.Context(uuid4(), {**request.metadata, **metadata})
    try:
        yield
    finally:
        runtime._tracker.value = request
