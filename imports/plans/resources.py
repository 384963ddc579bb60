"""django-import-export resources that are fed cleaned rows, never a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import models
from import_export import fields, resources, widgets

from chambers.models import Enterprise, Membership
from imports.plans.bulk import insert_rows, maker, update_rows

AT_ONCE = 1_000  # rows written with one statement; between two of them somebody may stop it

Row = Mapping[str, Any]


class CleanedResource(resources.ModelResource):
    """Writes rows whose values are clean and whose records are known, column by column.

    The fields and their widgets are the library's; its way from row to row is not taken (see
    docs/adr/0008-columns-not-rows.md). The same columns serve export, so that a list that was
    exported comes back in unchanged. ``tell`` hears how many rows are done, and may raise to stop.
    """

    def __init__(
        self,
        known: Mapping[int, models.Model] | None = None,
        tell: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__()
        self.known = known or {}
        self.tell = tell
        self.written: list[models.Model] = []
        self._cleaned: dict[str, dict[Any, Any]] = defaultdict(dict)

    def write(self, rows: Iterable[Row]) -> list[models.Model]:
        """Create rows without an id, update those with one; returns the records in order."""
        pending = iter(rows)
        while chunk := list(islice(pending, AT_ONCE)):
            if self.tell:
                self.tell(len(self.written))
            self.written += self._write(chunk)
        return self.written

    def _write(self, rows: Sequence[Row]) -> list[models.Model]:
        columns = {
            field.attribute: self._clean_column(field, rows)
            for field in self.get_import_fields()
            if field.attribute != self._key
        }
        records: list[models.Model] = []
        new: list[models.Model] = []
        changed: list[models.Model] = []
        key, names, make = self._key, list(columns), maker(self._meta.model)
        for row, said in zip(rows, zip(*columns.values(), strict=True), strict=True):
            known = self.known.get(row.get(key) or 0)
            record = known or make()
            for attribute, value in zip(names, said, strict=True):
                setattr(record, attribute, value)
            (changed if known else new).append(record)
            records.append(record)
        insert_rows(new)
        update_rows(changed, self._kept_current(columns))
        return records

    def _kept_current(self, attributes: Iterable[str]) -> list[str]:
        """The fields an update writes: names are never changed, so their spelling stays as well."""
        return [name for name in attributes if name != "name"]

    @property
    def _key(self) -> str:
        key: str = self._meta.import_id_fields[0]
        return key

    def _clean_column(self, field: fields.Field, rows: Sequence[Row]) -> list[Any]:
        """The values of a field as its widget reads them, each different one once."""
        name, known = field.column_name, self._cleaned[field.column_name]
        values = [row.get(name, "") for row in rows]
        for value in set(values) - known.keys():
            known[value] = field.clean({name: value})
        return [known[value] for value in values]


class Options:
    """What every resource here has in common."""

    import_id_fields = ("id",)


def key(attribute: str) -> fields.Field:
    """A foreign key as the primary key that the plan has found."""
    return fields.Field(attribute=attribute, column_name=attribute, widget=widgets.IntegerWidget())


class EnterpriseResource(CleanedResource):
    """Enterprises of a member list."""

    town_id = key("town_id")
    credit_code = fields.Field(
        attribute="credit_code",
        column_name="credit_code",
        widget=widgets.CharWidget(allow_blank=False),
    )

    class Meta(Options):
        model = Enterprise
        fields = (
            "id",
            "name",
            "credit_code",
            "town_id",
            "contact",
            "phone",
            "address",
            "industry_tag",
            "capital_wan",
            "staff_count",
            "founded_on",
            "note",
        )


class MembershipResource(CleanedResource):
    """Memberships of a member list."""

    chamber_id = key("chamber_id")
    enterprise_id = key("enterprise_id")

    class Meta(Options):
        model = Membership
        fields = ("id", "chamber_id", "enterprise_id", "position", "position_since", "joined_on")
