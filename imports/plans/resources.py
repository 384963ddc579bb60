"""django-import-export resources that are fed cleaned rows, never a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader
from tablib import Dataset

from chambers.models import Enterprise, Membership
from core.fields import DerivedField, respell


class KnownInstances(BaseInstanceLoader):  # type: ignore[misc]
    """Finds the records that the plan has already loaded: no query for a row."""

    def get_instance(self, row: Mapping[str, Any]) -> models.Model | None:
        found: models.Model | None = self.resource.known.get(row["id"])
        return found


class CleanedResource(resources.ModelResource):  # type: ignore[misc]
    """Writes rows whose values are clean and whose records are known, in bulk.

    The same columns serve export, so that a list that was exported comes back in unchanged.
    """

    def __init__(self, known: Mapping[int, models.Model] | None = None) -> None:
        super().__init__()
        self.known = known or {}
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

    def after_init_instance(
        self, instance: models.Model, new: bool, row: Any, **kwargs: Any
    ) -> None:
        self.written.append(instance)

    def before_save_instance(self, instance: models.Model, row: Any, **kwargs: Any) -> None:
        respell(instance)

    def get_bulk_update_fields(self) -> list[str]:
        derived = [
            field.name
            for field in self._meta.model._meta.concrete_fields
            if isinstance(field, DerivedField)
        ]
        named = [field.attribute.removesuffix("_id") for field in self.fields.values()]
        return [*dict.fromkeys([name for name in named if name != "id"] + derived)]


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
