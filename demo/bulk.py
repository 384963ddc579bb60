"""Invented records in any number, by COPY: for measuring, never for looking at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.models import Assignment, User
from activities.models import Activity, ActivityKind, Host
from chambers.models import Chamber, Enterprise, Membership
from core.access import TownLiaison
from core.audit import written
from core.normalise import name_key
from core.pinyin import spell
from demo.events import KINDS, TITLES
from demo.invented import TRADES, Inventor
from towns.models import Brand, Town
from venues.models import Venue

CHUNK = 20_000
YEARS = 10
JOINT_EACH = 20  # of so many activities one has its town's chamber beside it, one another town
WAITING_EACH = 10_000  # of so many activities one waits for its review
MODES = ("offline", "offline", "offline", "online", "both")
POSITIONS = ("member",) * 17 + ("councillor", "standing_councillor", "vice_president")


def fill_up(*, activities: int, enterprises: int, today: date, users: int = 0) -> None:
    """Add invented enterprises, activities and liaisons until there are so many of each in all."""
    missing = users - User.objects.count()
    for count in _chunks(missing):
        with written(by=None, action="seed_demo", reason="示例数据（压力测试）"):
            _add_users(count)
    missing = enterprises - Enterprise.objects.count()
    for count in _chunks(missing):
        with written(by=None, action="seed_demo", reason="示例数据（压力测试）"):
            _add_enterprises(count)
    missing = activities - Activity.objects.count()
    for count in _chunks(missing):
        with written(by=None, action="seed_demo", reason="示例数据（压力测试）"):
            _add_activities(count, today)
    with connection.cursor() as cursor:
        # As the server itself would do it after a while: indexes then answer without the rows.
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")


def _chunks(count: int) -> Iterator[int]:
    while count > 0:
        yield min(count, CHUNK)
        count -= CHUNK


@lru_cache(maxsize=5_000)
def _names(name: str) -> tuple[str, str, str, str, str]:
    spelling = spell(name)
    return name, name_key(name), spelling.full, spelling.initials, spelling.sort_key


def _add_users(count: int) -> None:
    """Liaisons who can't sign in: an unusable password costs nothing to make."""
    start = User.objects.count()
    towns = list(Town.objects.order_by("order").values_list("pk", flat=True))
    now = timezone.now()
    first = _reserve(User, count)
    rows, assignments = [], []
    for index in range(count):
        pk = first + index
        names = _names(f"示例联络员{start + index}号")
        rows.append((pk, f"bulk{pk}", "!", *names, TownLiaison.key, "", True, False, now, ""))
        assignments.append((pk, towns[index % len(towns)]))
    columns = "id username password name name_key pinyin initials sort_key role work_phone"
    columns += " is_active must_change_password password_changed_at language"
    _copy(User, columns.split(), rows)
    _copy(Assignment, ["user_id", "town_id"], assignments)


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
        joined = date(2015 + index % 10, 1, 1)
        members.append((chamber, first + index, POSITIONS[index % len(POSITIONS)], joined))
    columns = "id name name_key pinyin initials sort_key credit_code town_id industry"
    columns += " industry_tag contact phone address capital_wan tax_band tax_band_source note"
    _copy(Enterprise, columns.split(), rows)
    _copy(Membership, ["chamber_id", "enterprise_id", "position", "joined_on"], members)


ACTIVITY_COLUMNS = (
    *("id", "name", "name_key", "pinyin", "initials", "sort_key", "town_id", "kind_id"),
    *("mode", "state", "start_on", "venue_id", "brand_id"),
    *("headcount", "donation_yuan", "beneficiaries"),
    *("review", "submitted_at", "reviewed_at"),
    *("return_reason", "summary", "place", "entry_token", "version", "created_at"),
)


def _add_activities(count: int, today: date) -> None:
    start = Activity.objects.count()
    pick = Inventor(f"bulk activities {start}").random
    places = [_Place.of(town) for town in Town.objects.order_by("order")]
    kinds = dict(ActivityKind.objects.values_list("code", "pk"))
    now = timezone.now()
    first = _reserve(Activity, count)
    rows: list[tuple[Any, ...]] = []
    hosts: list[tuple[Any, ...]] = []
    for index in range(count):
        place = places[index % len(places)]
        pk = first + index
        rows.append(_activity(pk, place, kinds, pick, today, now))
        hosts.append((pk, "host", place.town, None, ""))
        if index % JOINT_EACH == 0 and place.chamber:
            hosts.append((pk, "co_host", None, place.chamber, ""))
        elif index % JOINT_EACH == 1:
            hosts.append((pk, "co_host", places[(index + 3) % len(places)].town, None, ""))
    _copy(Activity, ACTIVITY_COLUMNS, rows)
    _copy(Host, ["activity_id", "part", "town_id", "chamber_id", "name"], hosts)


@dataclass(frozen=True, slots=True)
class _Place:
    """A town with what its activities belong to."""

    town: int
    chamber: int | None
    venues: list[int]
    brands: list[int | None]

    @classmethod
    def of(cls, town: Town) -> _Place:
        chamber = Chamber.objects.filter(town=town, kind=Chamber.Kind.TOWN).first()
        venues, brands = _keys(Venue, town.pk), _keys(Brand, town.pk)
        return cls(town.pk, chamber.pk if chamber else None, venues, [*brands, None])


def _activity(
    pk: int, place: _Place, kinds: dict[str, int], pick: Random, today: date, now: datetime
) -> tuple[Any, ...]:
    """One held activity, confirmed but for a few that wait: the values of ACTIVITY_COLUMNS."""
    code = pick.choice(KINDS)
    title = f"{pick.choice(TITLES[code])}第{pick.randint(1, 60)}场"
    waits = pk % WAITING_EACH == 0
    day = today - timedelta(days=pick.randint(0, 20 if waits else 365 * YEARS))
    gift = 1000 * pick.randint(1, 50) if code == "charity" else None
    return (
        *(pk, *_names(title), place.town, kinds[code]),
        *(pick.choice(MODES), "held", day, pick.choice(place.venues), pick.choice(place.brands)),
        *(pick.randint(5, 120), gift, gift // 500 if gift else None),
        *(("submitted", now, None) if waits else ("confirmed", now, now)),
        *("", "", "", UUID(int=pick.getrandbits(128), version=4), 1, now),
    )


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
