"""Abstract bases only: the bottom of the house has no tables of its own."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.credit_code import compact
from core.fields import InitialsField, NameKeyField, PinyinField, SortKeyField
from core.normalise import name_key
from core.scoping import RowModel, TownScopedQuerySet


class Named(models.Model):
    """A thing with a name that people look up by characters, pinyin or initials."""

    name = models.CharField(_("名称"), max_length=200)
    name_key = NameKeyField()
    pinyin = PinyinField()
    initials = InitialsField()
    sort_key = SortKeyField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class NamedQuerySet(TownScopedQuerySet[RowModel]):
    """Rows with a name: found by any part of it, its pinyin or its initials."""

    def named_like(self, text: str) -> Self:
        """Rows whose name holds ``text``, or whose pinyin or initials do. Empty text finds all."""
        return self.filter(named_like(text))

    def by_name(self) -> Self:
        """In the order of the dictionary."""
        return self.order_by("sort_key", "pk")


class DatedQuerySet(TownScopedQuerySet[RowModel]):
    """Rows in force from a day to a day. ``begins`` and ``ends`` name the two fields."""

    begins: ClassVar[str] = "opened_on"
    ends: ClassVar[str] = "closed_on"

    def on(self, day: date) -> Self:
        """Those in force on ``day``; see ``open_on``."""
        return self.filter(open_on(day, start=self.begins, end=self.ends))


class DatedNamedQuerySet(NamedQuerySet[RowModel]):
    """Rows with a name, in force from a day to a day."""

    begins: ClassVar[str] = "opened_on"
    ends: ClassVar[str] = "closed_on"

    def on(self, day: date) -> Self:
        """Those in force on ``day``; see ``open_on``."""
        return self.filter(open_on(day, start=self.begins, end=self.ends))


def named_like(text: str, *, path: str = "") -> Q:
    """The condition that a name holds ``text``, or its pinyin or initials do. Empty text is none.

    ``path`` leads from the row to the thing with the name: "village__".
    """
    key = name_key(text)
    if not key:
        return Q()
    return (
        Q(**{f"{path}name_key__contains": key})
        | Q(**{f"{path}pinyin__contains": key})
        | Q(**{f"{path}initials__contains": key})
    )


def code_like(text: str, *, path: str = "") -> Q:
    """The condition that a credit code begins with ``text``. Empty text is none."""
    code = compact(text)
    return Q(**{f"{path}credit_code__startswith": code}) if code else Q()


def open_on(day: object, *, start: str = "opened_on", end: str = "closed_on") -> Q:
    """The condition that a row is in force on ``day``: begun, and not ended before or on it.

    An unknown beginning counts as "always was"; the end day is the first day it is no more.
    """
    begun = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})
    return begun & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day}))
