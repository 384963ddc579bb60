"""Who wrote, from where and why: the context that the database triggers store with each change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import pghistory
from django.db import models, transaction

TrackedModel = TypeVar("TrackedModel", bound=models.Model)


def tracked(
    *, exclude: list[str] | None = None
) -> Callable[[type[TrackedModel]], type[TrackedModel]]:
    """Keep every insert, update and delete of the model, bulk ones too, in a history table.

    ``exclude`` names fields that must not be kept twice (hashes, file contents).
    """

    def decorate(model: type[TrackedModel]) -> type[TrackedModel]:
        newest_first = models.Index(
            fields=["-pgh_created_at", "-pgh_id"], name=f"{model._meta.model_name}_event_newest"
        )
        # Made anew for each model: the library's shared defaults lose their operation when copied.
        track: Callable[[type[TrackedModel]], type[TrackedModel]] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=exclude,
            meta={"indexes": [newest_first]},
        )
        return track(model)

    return decorate


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
        with transaction.atomic(), pghistory.context(**metadata):
            yield
    finally:
        _writing.reset(token)
