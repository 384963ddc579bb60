"""Invented records in any number, by COPY: for measuring, never for looking at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from activities.models import Activity, ActivityKind, Host
from chambers.models import Chamber, Enterprise, Membership
from core.audit import written
from core.normalise import name_key
from core.pinyin import spell
from demo.events import KINDS, TITLES
from demo.invented import TRADES, Inventor
from towns.models import Brand, Town
from venues.models import Venue

CHUNK = 20_000
YEARS = 10


def fill_up(*, activities: int, enterprises: int, today: date) -> None:
    """Add invented enterprises and activities until there are so many of each in all."""
    missing = enterprises - Enterprise.objects.count()
    for count in _chunks(missing):
        with written(by=None, action="seed_demo", reason="示例数据（压力测试）"):
            _add_enterprises(count)
    missing = activities - Activity.objects.count()
    for count in _chunks(missing):
        with written(by=None, action="seed_demo", reason="示例数据（压力测试）"):
            _add_activities(count, today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _chunks(count: int) -> Iterator[int]:
    while count > 0:
        yield min(count, CHUNK)
        count -= CHUNK


def _names(name: str) -> tuple[str, str, str, str, str]:
    spelling = spell(name)
    return name, name_key(name), spelling.full, spelling.initials, spelling.sort_key


def _add_enterprises(count: int) -> None:
    start = Enterprise.objects.count()
    inventor = Inventor(f"bulk {start}")
    chambers = list(
        Chamber.objects.filter(kind=Chamber.Kind.TOWN).values_list("pk", "town_id", "town__name")
    )
    tags = list(TRADES)
    first = _reserve(Enterprise, count)
    rows, members = [], []
    for index in range(count):
        chamber, town, town_name = chambers[index % len(chambers)]
        fact = inventor.enterprise(town_name, tags[index % len(tags)])
        name = fact.name.replace("示例", f"示例{start + index}号")
        code = inventor.numbered_credit_code(first + index)
        rows.append(
            (
                first + index,
                *_names(name),
                code,
                town,
                fact.industry,
                fact.tag,
                fact.contact,
                fact.phone,
                fact.address,
                fact.capital_wan,
                "",
                "",
                "",
            )
        )
        members.append((chamber, first + index, "member", date(2015 + index % 10, 1, 1)))
    columns = "id name name_key pinyin initials sort_key credit_code town_id industry"
    columns += " industry_tag contact phone address capital_wan tax_band tax_band_source note"
    _copy(Enterprise, columns.split(), rows)
    _copy(Membership, ["chamber_id", "enterprise_id", "position", "joined_on"], members)


def _add_activities(count: int, today: date) -> None:
    start = Activity.objects.count()
    pick = Inventor(f"bulk activities {start}").random
    kinds = dict(ActivityKind.objects.values_list("code", "pk"))
    towns = list(Town.objects.values_list("pk", flat=True))
    venues = {town: _keys(Venue, town) for town in towns}
    brands = {town: [*_keys(Brand, town), None] for town in towns}
    now = timezone.now()
    first = _reserve(Activity, count)
    rows, hosts = [], []
    for index in range(count):
        town = towns[index % len(towns)]
        code = pick.choice(KINDS)
        title = f"{pick.choice(TITLES[code])}第{pick.randint(1, 60)}场"
        day = today - timedelta(days=pick.randint(0, 365 * YEARS))
        token = UUID(int=pick.getrandbits(128), version=4)
        rows.append(
            (
                first + index,
                *_names(title),
                town,
                kinds[code],
                "offline",
                "held",
                day,
                pick.choice(venues[town]),
                pick.choice(brands[town]),
                pick.randint(5, 120),
                "confirmed",
                "",
                "",
                "",
                token,
                1,
                now,
            )
        )
        hosts.append((first + index, "host", town, ""))
    columns = "id name name_key pinyin initials sort_key town_id kind_id mode state start_on"
    columns += " venue_id brand_id headcount review return_reason summary place entry_token"
    columns += " version created_at"
    _copy(Activity, columns.split(), rows)
    _copy(Host, ["activity_id", "part", "town_id", "name"], hosts)


def _keys(model: Any, town: int) -> list[int]:
    return list(model.objects.filter(town_id=town).values_list("pk", flat=True))


def _reserve(model: type[Any], count: int) -> int:
    """Take ``count`` primary keys from the sequence; returns the first."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), "
            "nextval(pg_get_serial_sequence(%s, 'id')) + %s) - %s",
            [table, table, count, count],
        )
        return int(cursor.fetchone()[0])


def _copy(model: type[Any], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Load rows by COPY: triggers and constraints work as for any insert."""
    text = io.StringIO()
    writer = csv.writer(text)
    # None becomes an unquoted empty field, which CSV COPY reads as NULL; "" needs quotes.
    for row in rows:
        writer.writerow([EMPTY if value == "" else value for value in row])
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    sql = f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv, NULL '')"
    data = io.StringIO(text.getvalue().replace(EMPTY, '""'))
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(sql, data)


EMPTY = "\x02"
