"""The one place that decides which rows a person may see."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from core.access import Viewer

RowModel = TypeVar("RowModel", bound=models.Model)


class TownScopedQuerySet(models.QuerySet[RowModel]):
    """A queryset whose rows belong to a town. Every read starts from ``visible_to(user)``.

    ``town_path`` is the lookup from the row to its town's primary key.
    """

    town_path: ClassVar[str] = "town_id"
    # Whether the name alone may be told to anybody signed in: a record names its partners.
    names_are_public: ClassVar[bool] = False

    def visible_to(self, user: Viewer) -> Self:
        """Rows this person may see: all for the district, own towns for a liaison, else none."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.town_ids is None:
            return self.all()
        return self.filter(self.in_towns(user.town_ids))

    @classmethod
    def in_towns(cls, town_ids: frozenset[int]) -> Q:
        """The condition that a row belongs to one of these towns."""
        return Q(**{f"{cls.town_path}__in": town_ids})


def sees_rows_of(user: Viewer, town_id: int | None) -> bool:
    """Whether this person sees what lies in a town; None is what belongs to the district itself."""
    return user.town_ids is None or town_id in user.town_ids


class SharedQuerySet(TownScopedQuerySet[RowModel]):
    """Rows of a dictionary (领域, 活动类型), which belong to no town: everybody signed in sees all.

    ``SharedQuerySet(ActivityKind)`` is the whole dictionary, as a register of records takes it.
    """

    @classmethod
    def in_towns(cls, town_ids: frozenset[int]) -> Q:
        return Q()
