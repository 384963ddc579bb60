"""Builders of valid records for tests: plain functions, every value sensible unless given."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Assignment, User
from activities.models import Activity, ActivityKind, Host
from chambers.models import Chamber, Enterprise, Honour, Membership, Position
from core.access import Administrator, Auditor, DistrictOfficer, Role, TownLiaison
from towns.models import Brand, BrandField, Post, Town, Village
from venues.models import Venue

PASSWORD = "Tongxin-2026-ok"
_numbers = count(1)


def town(name: str = "", **fields: Any) -> Town:
    number = next(_numbers)
    return Town.objects.create(
        **{"name": name or f"示例{number}镇", "code": f"9{number:08d}", "order": number, **fields}
    )


def village(town: Town, name: str = "", **fields: Any) -> Village:
    number = next(_numbers)
    return Village.objects.create(
        **{
            "town": town,
            "name": name or f"示例{number}村",
            "code": f"9{number:011d}",
            "kind": Village.Kind.VILLAGE,
            **fields,
        }
    )


def post(village: Village, kind: str = Post.Kind.OFFICER, **fields: Any) -> Post:
    return Post.objects.create(
        **{"town": village.town, "village": village, "kind": kind, "holder": "示例干事", **fields}
    )


def user(role: type[Role] = DistrictOfficer, *towns: Town, **fields: Any) -> User:
    number = next(_numbers)
    made = User.objects.create_user(
        username=fields.pop("username", f"user{number}"),
        password=fields.pop("password", PASSWORD),
        **{
            "name": f"示例{number}",
            "role": role.key,
            "password_changed_at": timezone.now(),
            **fields,
        },
    )
    for one in towns:
        Assignment.objects.create(user=made, town=one)
    return made


def officer(**fields: Any) -> User:
    return user(DistrictOfficer, **fields)


def liaison(*towns: Town, **fields: Any) -> User:
    return user(TownLiaison, *towns, **fields)


def administrator(**fields: Any) -> User:
    return user(Administrator, **fields)


def auditor(**fields: Any) -> User:
    return user(Auditor, **fields)


def chamber(town: Town | None, name: str = "", **fields: Any) -> Chamber:
    number = next(_numbers)
    return Chamber.objects.create(**{"town": town, "name": name or f"示例{number}商会", **fields})


def enterprise(town: Town | None = None, name: str = "", **fields: Any) -> Enterprise:
    number = next(_numbers)
    return Enterprise.objects.create(
        **{"town": town, "name": name or f"上海示例{number}有限公司", **fields}
    )


def membership(chamber: Chamber, enterprise: Enterprise | None = None, **fields: Any) -> Membership:
    return Membership.objects.create(
        **{
            "chamber": chamber,
            "enterprise": enterprise or globals()["enterprise"](chamber.town),
            "position": Position.MEMBER,
            "joined_on": date(2020, 1, 1),
            **fields,
        }
    )


def honour(chamber: Chamber, **fields: Any) -> Honour:
    return Honour.objects.create(
        **{
            "chamber": chamber,
            "town": chamber.town,
            "title": "示例荣誉",
            "level": Honour.Level.DISTRICT,
            "awarded_on": date(2023, 1, 1),
            **fields,
        }
    )


def venue(town: Town, name: str = "", **fields: Any) -> Venue:
    number = next(_numbers)
    return Venue.objects.create(
        **{
            "town": town,
            "name": name or f"示例{number}阵地",
            "kind": Venue.Kind.STATION,
            "opened_on": date(2020, 1, 1),
            **fields,
        }
    )


def brand(town: Town, name: str = "", **fields: Any) -> Brand:
    field, _made = BrandField.objects.get_or_create(name="文化")
    return Brand.objects.create(
        **{"town": town, "field": field, "name": name or f"示例品牌{next(_numbers)}", **fields}
    )


def kind(code: str = "forum", name: str = "座谈会") -> ActivityKind:
    return ActivityKind.objects.get_or_create(code=code, defaults={"name": name})[0]


def activity(town: Town | None, name: str = "", **fields: Any) -> Activity:
    """A confirmed, held activity of a town, hosted by it, unless told otherwise."""
    number = next(_numbers)
    made = Activity.objects.create(
        **{
            "town": town,
            "name": name or f"示例{number}活动",
            "kind": kind(),
            "start_on": date(2024, 5, 15),
            "state": Activity.State.HELD,
            "review": Activity.Review.CONFIRMED,
            "headcount": 10,
            **fields,
        }
    )
    if town:
        Host.objects.create(activity=made, part=Host.Part.HOST, town=town)
    return made
