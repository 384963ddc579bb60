"""Photos of activities in the store: shrunk in a process apart, kept under random names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from activities import rules
from activities.models import Activity, Photo
from activities.shrinking import Refusal, Shrunk, shrink_photo
from core.refusals import Rule
from core.storage_room import has_room


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that did not become a photo, and the rule that says why."""

    file_name: str
    rule: Rule

    def __str__(self) -> str:
        return f"{self.file_name}：{self.rule}"


@dataclass(frozen=True, slots=True)
class Ready:
    """A file made fit to be kept."""

    file_name: str
    shrunk: Shrunk


def shrink_all(files: Iterable[Any]) -> tuple[list[Ready], list[Rejected]]:
    """Shrink uploaded files one after the other. Takes about half a second each: no transaction."""
    ready: list[Ready] = []
    rejected: list[Rejected] = []
    for file in files:
        if not has_room():
            rejected.append(Rejected(file.name, rules.NO_ROOM))
            continue
        outcome = shrink_photo(file.chunks(), file.size)
        if isinstance(outcome, Refusal):
            rejected.append(Rejected(file.name, rules.OF_REFUSED_PHOTOS[outcome]))
        else:
            ready.append(Ready(file.name, outcome))
    return ready, rejected


def store(activity: Activity, ready: Iterable[Ready]) -> list[Rejected]:
    """Keep photos of an activity whose row is locked. Inside a transaction that takes them back.

    A photo that the activity has already is left out in silence: it was sent twice.
    """
    photos = list(activity.photos.order_by("order", "pk"))
    known = {photo.sha256 for photo in photos}
    last = photos[-1].order if photos else 0
    rejected: list[Rejected] = []
    for one in ready:
        if one.shrunk.sha256 in known:
            continue
        if len(known) >= rules.MOST_PHOTOS:
            rejected.append(Rejected(one.file_name, rules.TOO_MANY_PHOTOS))
            continue
        last += 1
        try:
            _store_one(activity, one.shrunk, order=last)
        except OSError:  # the disk is full, or is no more
            rejected.append(Rejected(one.file_name, rules.NO_ROOM))
            continue
        known.add(one.shrunk.sha256)
    return rejected


def _store_one(activity: Activity, shrunk: Shrunk, *, order: int) -> None:
    name = uuid4().hex
    photo = Photo(
        activity=activity,
        sha256=shrunk.sha256,
        order=order,
        width=shrunk.width,
        height=shrunk.height,
    )
    try:
        photo.file.save(f"{name}.jpg", ContentFile(shrunk.photo), save=False)
        photo.thumbnail.save(f"{name}-small.jpg", ContentFile(shrunk.thumbnail), save=False)
        with transaction.atomic():
            photo.save()
    except BaseException:
        delete_files(photo)
        raise


def remove(photo: Photo) -> None:
    """Take a photo away; its files go when that is certain."""
    transaction.on_commit(partial(delete_files, Photo(file=photo.file, thumbnail=photo.thumbnail)))
    photo.delete()


def delete_files(photo: Photo) -> None:
    for file in (photo.file, photo.thumbnail):
        if file.name:
            file.storage.delete(file.name)
