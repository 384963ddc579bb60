"""django-import-export resources that are fed cleaned rows, never a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from chambers.models import Enterprise, Membership
from imports.bulk import update_rows

TELL_EVERY = 100  # rows


class KnownInstances(BaseInstanceLoader):
    """Finds the records that the plan has already loaded: no query for a row."""

    def get_instance(self, row: Mapping[str, Any]) -> models.Model | None:
        found: models.Model | None = self.resource.known.get(row["id"])
        return found


class QuietRow(RowResult):
    """The result of a row without the words of its record, which would cost a query for each."""

    def add_instance_info(self, instance: models.Model) -> None:
        self.object_id = instance.pk


class CleanedResource(resources.ModelResource):
    """Writes rows whose values are clean and whose records are known, in bulk.

    The same columns serve export, so that a list that was exported comes back in unchanged.
    ``tell`` hears how many rows are done, and may raise to stop.
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

    def write(self, rows: Iterable[Mapping[str, Any]]) -> list[models.Model]:
        """Create rows without an id, update those with one; returns the records in order."""
        names = list(self.fields)
        values = [[row.get(name, "") for name in names] for row in rows]
        if values:
            dataset = Dataset(*values, headers=names)
            result = self.import_data(dataset, raise_errors=True, use_transactions=False)
            if result.invalid_rows:
                # The library skips such rows in silence; clean rows have none.
                raise result.invalid_rows[0].error
        return self.written

    @classmethod
    def get_row_result_class(cls) -> type[RowResult]:
        return QuietRow

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        if self.tell and len(self.written) % TELL_EVERY == 0:
            self.tell(len(self.written))
        return super().import_row(row, instance_loader, **kwargs)

    def after_init_instance(
        self, instance: models.Model, new: bool, row: Any, **kwargs: Any
    ) -> None:
        self.written.append(instance)

    def bulk_update(self, *args: Any, **kwargs: Any) -> None:
        """Update what is gathered; names are never changed, so their spelling stays as well."""
        names = [field.attribute for field in self.fields.values()]
        update_rows(self.update_instances, [name for name in names if name not in {"id", "name"}])
        self.update_instances.clear()


class Options:
    """What every resource here has in common: bulk writes, no differences, no second validation."""

    import_id_fields = ("id",)
    instance_loader_class = KnownInstances
    use_bulk = True
    batch_size = 1000
    skip_diff = True
    skip_html_diff = True
    use_transactions = False


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
