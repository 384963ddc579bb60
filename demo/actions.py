"""Writes the demo district, whole or not at all."""

from __future__ import annotations

from datetime import date

from core.audit import written
from core.refusals import Refused, Rule
from demo import organisations, people
from demo.events import Programme
from towns.models import Town

NOT_EMPTY = Rule("DEM-01", "这里已有街镇数据，示例数据只写入空的系统。")


def is_seeded() -> bool:
    """Whether this database holds a district already."""
    return Town.objects.exists()


def seed_district(*, today: date) -> None:
    """Write the article's district into an empty system. Raises Refused when it isn't empty."""
    with written(by=None, action="seed_demo", reason="示例数据"):
        if is_seeded():
            raise Refused([NOT_EMPTY])
        organisations.build()
        people.build()
        Programme(today).write()
