"""The demo district for a journey: also after a flush has taken the kinds that migrations offer."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from django.db import connection

from demo import actions
from tests import factories


def seed(today: date) -> None:
    """Write the demo district as it is on ``today`` into an empty database."""
    for code, name in import_module("activities.migrations.0008_offer_kinds").KINDS:
        factories.kind(code, name)
    actions.seed_district(today=today)
    # Tables that were emptied before are planned for as empty, which takes minutes.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
