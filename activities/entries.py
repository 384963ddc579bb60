"""What a person enters of an activity, before it is a record: values, hosts, photos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Self

from activities.models import Activity, ActivityKind, Host
from core.normalise import clean_text
from towns.models import Brand, Town
from venues.models import Venue

# Fields of an entry that are columns of the record under the same name.
COLUMNS = (
    "name",
    "kind",
    "mode",
    "start_on",
    "start_at",
    "end_on",
    "end_at",
    "venue",
    "place",
    "brand",
    "headcount",
    "donation_yuan",
    "beneficiaries",
    "summary",
)
LONGEST_NAME = 200
# What a host is, as a token says it before the colon; "name" for one that is not registered.
KINDS_OF_HOST = ("town", "chamber", "enterprise")
BY_NAME = "name"


@dataclass(frozen=True, slots=True)
class Organisation:
    """One that may stand behind an activity: a registered row, or a bare name (``key`` 0).

    As a token, the way forms send it: "town:3", "chamber:12", "enterprise:9", "name:示例大学".
    """

    kind: str
    key: int = 0
    name: str = ""

    @classmethod
    def parse(cls, token: str) -> Self | None:
        """Read a token; None for what is none."""
        kind, _colon, rest = token.partition(":")
        if kind in KINDS_OF_HOST and rest.isdecimal() and len(rest) <= 18:
            return cls(kind, key=int(rest))
        if kind == BY_NAME and (name := clean_text(rest)[:LONGEST_NAME].strip()):
            return cls(BY_NAME, name=name)
        return None

    @classmethod
    def of(cls, host: Host) -> Self:
        for kind in KINDS_OF_HOST:
            if key := getattr(host, f"{kind}_id"):
                return cls(kind, key=key)
        return cls(BY_NAME, name=host.name)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key or self.name}"

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a host's row that say who it is."""
        return {f"{self.kind}_id": self.key} if self.key else {"name": self.name}


def parse_tokens(tokens: Iterable[str]) -> Iterator[Organisation]:
    """Those that can be read, each once, in their order."""
    found = filter(None, map(Organisation.parse, tokens))
    yield from dict.fromkeys(found)


@dataclass(frozen=True, slots=True)
class Hosting:
    """An organisation and its part in the activity."""

    part: str
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity as somebody typed it. Nothing but the shape of a value has been checked.

    ``town`` None is the district itself.
    """

    town: Town | None = None
    name: str = ""
    kind: ActivityKind | None = None
    mode: str = Activity.Mode.OFFLINE
    start_on: date | None = None
    start_at: time | None = None
    end_on: date | None = None
    end_at: time | None = None
    venue: Venue | None = None
    place: str = ""
    brand: Brand | None = None
    headcount: int | None = None
    donation_yuan: Decimal | None = None
    beneficiaries: int | None = None
    summary: str = ""
    hosts: tuple[Hosting, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in COLUMNS}

    def says_the_same(self, other: Entry) -> bool:
        """Whether two entries would make the same record."""
        alike = self.town == other.town and self.columns == other.columns
        return alike and set(self.hosts) == set(other.hosts)

    def state_on(self, today: date, now: str = "") -> str:
        """Where it stands: what lies ahead is planned, what has been is held.

        ``now`` is where the record stands already. Something planned for a day that has come is
        held once somebody says how many were there; what was put off stays so until then.
        """
        ahead = self.start_on is not None and self.start_on > today
        counted = self.headcount is not None
        if now == Activity.State.POSTPONED and (ahead or not counted):
            return now
        if ahead:
            return Activity.State.PLANNED
        still_open = now == Activity.State.PLANNED or (not now and self.start_on == today)
        return Activity.State.PLANNED if still_open and not counted else Activity.State.HELD


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is done: the day of the district, and the exact time."""

    today: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """All that one press of a button sends: the entry, photos to add and to take away.

    ``submit`` is False for 存草稿. ``photos`` are uploaded files: ``name``, ``size``, ``chunks()``.
    """

    entry: Entry
    submit: bool
    photos: Sequence[Any] = field(default_factory=tuple)
    dropped_photos: frozenset[int] = frozenset()


def entry_of(activity: Activity) -> Entry:
    """The entry that would write this record as it is."""
    values = {name: getattr(activity, name) for name in COLUMNS}
    hosts = tuple(
        Hosting(host.part, Organisation.of(host)) for host in activity.hosts.order_by("pk")
    )
    return Entry(town=activity.town, hosts=hosts, **values)
