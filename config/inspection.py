"""What `./run doctor` wants to know of the records, told in JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import FileField, Max, Model
from django.utils import timezone


def inspect() -> dict[str, Any]:
    """Unapplied migrations, files that rows name but nobody finds, and the clock."""
    now, last = timezone.now(), last_change_at()
    return {
        "unapplied": unapplied(),
        "missing_files": list(missing_files()),
        "last_change_at": last.isoformat() if last else None,
        "clock_behind_s": max(0.0, (last - now).total_seconds()) if last else 0.0,
    }


def unapplied() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def missing_files() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                yield from _missing_of(model, field)


def _missing_of(model: type[Model], field: FileField) -> Iterator[str]:
    rows = model._default_manager.exclude(**{field.name: ""}).order_by("pk")
    for name in rows.values_list(field.name, flat=True).iterator():
        if name and not field.storage.exists(name):
            yield str(name)


def last_change_at() -> datetime | None:
    """When the history saw its last change."""
    context = apps.get_model("pghistory", "Context")
    found: datetime | None = context.objects.aggregate(last=Max("created_at"))["last"]
    return found


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        json.dump(inspect(), sys.stdout, ensure_ascii=False)
    except (DatabaseError, ImproperlyConfigured) as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
