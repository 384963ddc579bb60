"""Two towns with a record of every kind in each; every text of the other town carries a canary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from accounts.models import Feedback, SavedView, User
from activities.models import Activity, Host, Photo
from chambers.models import Milestone, Term
from core.periods import Period
from imports.receiving.files import receive_upload
from imports.understanding.learning import add_header_word
from summaries.actions import write_summary
from summaries.models import Summary
from tests import factories
from towns.models import BrandField
from venues.models import Neighbour, Zone

# Long enough that no token of a form holds one by chance.
OWN_MARK, OTHER_MARK = "zq3home", "zq7away"
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

STRANGER = "stranger"
LIAISON, OFFICER, ADMINISTRATOR, AUDITOR = "liaison", "officer", "administrator", "auditor"
ROLES = (STRANGER, LIAISON, OFFICER, ADMINISTRATOR, AUDITOR)


@dataclass
class Side:
    """One town and a record of every kind in it, under the names the table uses."""

    mark: str
    records: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, kind: str) -> Any:
        return self.records[kind]

    def words(self, kind: str) -> str:
        """A name that nothing else holds: "village-zq7away"."""
        return f"{kind}-{self.mark}"

    def __setitem__(self, kind: str, record: Any) -> None:
        self.records[kind] = record


@dataclass
class World:
    """Both sides, and a signed-in browser for each role; the liaison works in ``own``."""

    own: Side
    other: Side
    clients: dict[str, Client]
    people: dict[str, User]

    def side(self, name: str) -> Side:
        return {"own": self.own, "other": self.other}[name]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is written inside is as if it had not been."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


@contextmanager
def built(media: Path) -> Iterator[World]:
    """The world, in a transaction that is rolled back in the end."""
    with (
        override_settings(PASSWORD_HASHERS=HASHERS, MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        administrator = factories.administrator(username="administrator")
        own = side(OWN_MARK, "310118107", administrator)
        other = side(OTHER_MARK, "310118106", administrator)
        people = {
            LIAISON: factories.liaison(own["town"], username="liaison"),
            OFFICER: factories.officer(username="officer"),
            ADMINISTRATOR: administrator,
            AUDITOR: factories.auditor(username="auditor"),
        }
        clients = {role: signed_in(person) for role, person in people.items()}
        yield World(own, other, {STRANGER: Client(), **clients}, people)
        transaction.set_rollback(True)


def signed_in(person: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def side(mark: str, code: str, administrator: User) -> Side:
    """A town and everything in it."""
    made = Side(mark)
    add_town(made, code)
    add_chamber(made)
    add_venue(made)
    add_activity(made)
    add_summary(made)
    add_import(made, administrator)
    made["user"] = factories.liaison(made["town"], name=made.words("user"))
    made["view"] = SavedView.objects.create(
        owner=administrator, name=made.words("view"), path="/towns/", query=f"q={mark}"
    )
    made["feedback"] = Feedback.objects.create(
        written_by=made["user"],
        path="/towns/",
        words=made.words("feedback"),
        written_at=timezone.now(),
    )
    return made


def add_town(side: Side, code: str) -> None:
    town = side["town"] = factories.town(side.words("town"), code=code)
    village = side["village"] = factories.village(town, side.words("village"))
    side["post"] = factories.post(village, holder=side.words("post"), work_phone="021-1")
    # A word of the district, no town's secret.
    side["brandfield"] = BrandField.objects.create(name=f"示例领域{code}", order=9)
    side["brand"] = factories.brand(town, side.words("brand"), description=side.words("brandtext"))


def add_chamber(side: Side) -> None:
    words, town = side.words, side["town"]
    chamber = side["chamber"] = factories.chamber(
        town,
        words("chamber"),
        introduction=words("chambertext"),
    )
    enterprise = side["enterprise"] = factories.enterprise(
        town,
        words("enterprise"),
        contact=words("contact"),
        address=words("address"),
        note=words("note"),
        industry_tag=words("tag"),
    )
    side["membership"] = factories.membership(chamber, enterprise)
    side["honour"] = factories.honour(chamber, title=words("honour"), issuer=words("issuer"))
    today = timezone.localdate()
    side["term"] = Term.objects.create(
        chamber=chamber,
        number=3,
        from_on=today - timedelta(days=900),
        to_on=today + timedelta(days=60),
    )
    side["milestone"] = Milestone.objects.create(
        chamber=chamber,
        happened_on=today,
        title=words("milestone"),
    )


def add_venue(side: Side) -> None:
    words = side.words
    venue = side["venue"] = factories.venue(
        side["town"],
        words("venue"),
        chamber=side["chamber"],
        address=words("venueaddress"),
        managed_by=words("managedby"),
        contact=words("venuecontact"),
        functions=[words("function")],
        area_m2=100,
    )
    side["zone"] = Zone.objects.create(venue=venue, name=words("zone"))
    side["neighbour"] = Neighbour.objects.create(venue=venue, name=words("neighbour"))


def add_activity(side: Side) -> None:
    words = side.words
    side["activitykind"] = factories.kind(
        f"kind{side['town'].code}", f"示例类型{side['town'].code}"
    )
    activity = side["activity"] = factories.activity(
        side["town"],
        words("activity"),
        venue=side["venue"],
        brand=side["brand"],
        start_on=timezone.localdate(),
        summary=words("activitytext"),
        place=words("place"),
    )
    Host.objects.create(activity=activity, part=Host.Part.CO_HOST, name=words("host"))
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    side["photo"] = Photo.objects.create(
        activity=activity,
        file=ContentFile(picture.getvalue(), name=f"{words('file')}.jpg"),
        sha256=side.mark * 9,
        caption=words("photo"),
    )
    for kind, review in (
        ("draft", Activity.Review.DRAFT),
        ("submitted", Activity.Review.SUBMITTED),
        ("returned", Activity.Review.RETURNED),
    ):
        side[kind] = factories.activity(
            side["town"],
            words(kind),
            review=review,
            start_on=timezone.localdate(),
            return_reason=words("reason") if kind == "returned" else "",
        )


def add_summary(side: Side) -> None:
    now = timezone.now()
    last_month = Period.month_of(timezone.localdate().replace(day=1) - timedelta(days=1))
    side["summary"] = write_summary(
        kind=Summary.Kind.MONTHLY,
        period=last_month,
        town=side["town"],
        by=None,
        now=now,
    )


def add_import(side: Side, administrator: User) -> None:
    """A roster of one row, read and waiting to be confirmed."""
    roster = f"企业名称,商会职务,联系人\n{side.words('row')},会员,{side.words('rowcontact')}\n"
    side["batch"] = receive_upload(
        content=roster.encode(),
        file_name=f"{side.words('batch')}.csv",
        chamber=side["chamber"],
        by=administrator,
        today=timezone.localdate(),
    )
    side["batchrow"] = side["batch"].rows.get(verdict="new")
    side["header_word"] = add_header_word(
        plan="members", field="name", word=side.words("headerword"), by=administrator
    )
