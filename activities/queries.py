"""Reads of activities: lists, the queue of review, what a form offers, and what it begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Max, Model, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from activities import rules
from activities.entries import BY_NAME, Entry, Hosting, Organisation, entry_of
from activities.models import Activity, ActivityKind, ActivityQuerySet, Host, Photo
from chambers.models import Chamber, Enterprise
from core.access import Permission, Viewer
from core.counting import count_of
from core.normalise import name_key
from towns.models import Brand, BrandQuerySet, Town, TownQuerySet
from venues.models import Venue, VenueQuerySet

REGISTERED: dict[str, type[Any]] = {"town": Town, "chamber": Chamber, "enterprise": Enterprise}
RECENT = 60  # the newest activities that tell what a person is likely to choose again
OFFERED_AT_FIRST = 12
FOUND_EACH = 8  # rows of each kind while hosts are typed
SHOWN_DRAFTS = 3


def listed(user: Viewer) -> ActivityQuerySet[Any]:
    """The list of activities, with what its columns show; the newest first."""
    rows = Activity.objects.newest_to(user).select_related("town", "kind", "venue", "brand")
    return rows.annotate(hosted_by=_names_of_hosts())


def _names_of_hosts() -> ArraySubquery:
    """The names of those that host an activity, without organisers, in the order of entry."""
    name = Coalesce("town__name", "chamber__name", "enterprise__name", "name")
    hosts = Host.objects.filter(activity=OuterRef("pk"), part=Host.Part.HOST)
    return ArraySubquery(hosts.order_by("pk").annotate(called=name).values("called"))


def waiting(user: Viewer) -> ActivityQuerySet[Any]:
    """What waits for the district's word, the longest waiting first."""
    rows = Activity.objects.visible_to(user).filter(review=Activity.Review.SUBMITTED)
    return (
        rows.select_related("town", "kind", "venue", "brand")
        .annotate(photos_count=count_of(Photo.objects.all(), "activity"))
        .order_by(F("submitted_at").asc(nulls_first=True), F("pk").asc())
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """Where one activity stands in the queue, and what comes after it."""

    place: int
    total: int
    following: int | None


def turn_of(activity: Activity, user: Viewer) -> Turn:
    """The place in the queue; ``following`` leads round to the front, None when it is the last."""
    keys = list(waiting(user).values_list("pk", flat=True))
    place = keys.index(activity.pk) if activity.pk in keys else -1
    others = keys[place + 1 :] + keys[: max(place, 0)]
    return Turn(place + 1, len(keys), others[0] if others else None)


def next_waiting(user: Viewer, *, after: Activity) -> Activity | None:
    """What comes after an activity that has just left the queue."""
    rows = waiting(user).exclude(pk=after.pk)
    later = Q(submitted_at__gt=after.submitted_at) | Q(
        submitted_at=after.submitted_at, pk__gt=after.pk
    )
    return (rows.filter(later).first() if after.submitted_at else None) or rows.first()


def may_write(activity: Activity, user: Viewer) -> bool:
    """Whether it is this person's own to change: the town's, or the district's own."""
    can = user.can(Permission.ENTER_ACTIVITIES)
    return can and rules.is_own(activity.town_id, user.town_ids)


def may_review(activity: Activity, user: Viewer) -> bool:
    return user.can(Permission.REVIEW_ACTIVITIES) and user.town_ids is None


def drafts_of(user: User) -> list[Activity]:
    """The last drafts somebody began and has not submitted."""
    rows = Activity.objects.visible_to(user).filter(review=Activity.Review.DRAFT, entered_by=user)
    return list(rows.order_by("-created_at")[:SHOWN_DRAFTS])


def photos_of(activity: Activity) -> list[Photo]:
    return list(activity.photos.order_by("order", "pk"))


def hosts_of(activity: Activity) -> list[Host]:
    rows = activity.hosts.select_related("town", "chamber", "enterprise")
    order = {part: place for place, part in enumerate(Host.Part.values)}
    return sorted(rows, key=lambda host: (order[host.part], host.pk))


def towns_taking_part(activity: Activity) -> list[Town]:
    """The towns in which it counts; see Participation."""
    towns = Town.objects.filter(participations__activity=activity)
    return list(towns.in_official_order())


def entered_twice(entry: Entry, *, but: int | None) -> bool:
    """Whether the town has entered the same already: same name, same day, same hour."""
    if entry.start_on is None:
        return False
    same = Activity.objects.filter(
        town=entry.town,
        start_on=entry.start_on,
        start_at=entry.start_at,
        name_key=name_key(entry.name),
    )
    return same.exclude(pk=but or 0).exclude(state=Activity.State.CANCELLED).exists()


# --- what a form offers ---


def own_towns(user: Viewer) -> TownQuerySet[Town]:
    """The towns somebody may enter activities for; none for the district, which enters its own."""
    if user.town_ids is None:
        return Town.objects.none()
    return Town.objects.visible_to(user).in_official_order()


def kinds(current: int | None = None) -> Any:
    """The kinds on offer, and the one a record has already."""
    rows = ActivityKind.objects.filter(Q(is_offered=True) | Q(pk=current))
    return rows.order_by("order", "code")


def brands(user: Viewer, current: int | None, today: date) -> BrandQuerySet[Brand]:
    seen = Brand.objects.visible_to(user).select_related("town", "field")
    return seen.filter(Q(pk__in=seen.on(today)) | Q(pk=current)).order_by(
        "town__order", "field__order", "sort_key"
    )


def venues(user: Viewer) -> VenueQuerySet[Venue]:
    return Venue.objects.visible_to(user).select_related("town")


def venues_like(typed: str, user: Viewer, today: date) -> list[Venue]:
    """Venues in use whose name, pinyin or initials hold ``typed``; lately used ones first."""
    rows = venues(user).on(today).named_like(typed)
    if typed:
        return list(rows.by_name()[: OFFERED_AT_FIRST + FOUND_EACH])
    used = rows.annotate(last_used=Max("activities__start_on"))
    return list(used.order_by(F("last_used").desc(nulls_last=True), "sort_key")[:OFFERED_AT_FIRST])


def organisations_like(typed: str, user: Viewer, today: date) -> list[tuple[Organisation, Model]]:
    """Who may have hosted: towns, chambers, enterprises called so; without text, the usual ones.

    Every town of the district is found by its official name, which is public: a joint activity
    names its partner. Chambers and enterprises are found as far as this person sees them.
    """
    if not typed.strip():
        return _usual_hosts(user)
    begins = name_key(typed)
    found: list[tuple[bool, Organisation, Model]] = []
    for kind in REGISTERED:
        for row in _partners(kind, user).on(today).named_like(typed).by_name()[:FOUND_EACH]:
            elsewhere = not row.name_key.startswith(begins)
            found.append((elsewhere, Organisation(kind, key=row.pk), row))
    found.sort(key=lambda one: one[0])
    return [(organisation, row) for _elsewhere, organisation, row in found]


def _partners(kind: str, user: Viewer) -> Any:
    """The rows of one kind that this person may name as hosts."""
    rows: Any = REGISTERED[kind].objects.all()
    return rows if kind == "town" else rows.visible_to(user)


def _usual_hosts(user: Viewer) -> list[tuple[Organisation, Model]]:
    """The own towns and their chambers, then whoever hosted lately, the most frequent first."""
    own: list[tuple[str, Any]] = [("town", town) for town in own_towns(user)]
    own += [("chamber", row) for row in Chamber.objects.visible_to(user).by_name()[:FOUND_EACH]]
    found: dict[Organisation, Model] = {Organisation(kind, key=row.pk): row for kind, row in own}
    recent = Activity.objects.visible_to(user).order_by(F("start_on").desc(), F("pk").desc())
    keys = list(recent.values_list("pk", flat=True)[:RECENT])
    hosts = Host.objects.filter(activity_id__in=keys)
    often: Counter[Organisation] = Counter()
    rows: dict[Organisation, Any] = {}
    for host in hosts.select_related("town", "chamber", "enterprise"):
        organisation = Organisation.of(host)
        often[organisation] += 1
        rows[organisation] = host.organisation
    for organisation, _times in often.most_common(OFFERED_AT_FIRST):
        if organisation.kind != BY_NAME:
            found.setdefault(organisation, rows[organisation])
    return list(found.items())[: OFFERED_AT_FIRST + FOUND_EACH]


def names_of(organisations: Iterable[Organisation]) -> dict[Organisation, str]:
    """What organisations are called; those that do not exist are left out. A query a kind."""
    wanted = list(organisations)
    named = {one: one.name for one in wanted if one.kind == BY_NAME}
    for kind, model in REGISTERED.items():
        keys = [one.key for one in wanted if one.kind == kind]
        if keys:
            rows = dict(model.objects.filter(pk__in=keys).values_list("pk", "name"))
            named |= {Organisation(kind, key=key): name for key, name in rows.items()}
    return named


def known(
    organisations: Sequence[Organisation], user: Viewer, *, already: Iterable[Organisation] = ()
) -> Iterator[Organisation]:
    """Those this person may name, each as the registered row where its bare name is one's.

    ``already`` are on the record and may stay, whoever put them there.
    """
    allowed = {*already, *_visible(organisations, user)}
    for one in organisations:
        if one.kind == BY_NAME:
            yield _registered(one.name, user) or one
        elif one in allowed:
            yield one


def _visible(organisations: Iterable[Organisation], user: Viewer) -> Iterator[Organisation]:
    for kind, model in REGISTERED.items():
        keys = [one.key for one in organisations if one.kind == kind]
        found = _partners(kind, user).filter(pk__in=keys) if keys else model.objects.none()
        for key in found.values_list("pk", flat=True):
            yield Organisation(kind, key=key)


def _registered(name: str, user: Viewer) -> Organisation | None:
    """The registered town, chamber or enterprise of exactly that name, when there is one alone."""
    for kind in REGISTERED:
        same = _partners(kind, user).filter(name_key=name_key(name))
        found = list(same.values_list("pk", flat=True)[:2])
        if len(found) == 1:
            return Organisation(kind, key=found[0])
    return None


# --- what a form begins with ---


def usual(user: User) -> Activity | None:
    """The activity a new one is likely to resemble: the last this person entered, else the last
    that was held there."""
    rows = Activity.objects.visible_to(user).filter(_own(user))
    own = rows.filter(entered_by=user).order_by("-created_at", "-pk").first()
    return own or rows.filter(state=Activity.State.HELD).order_by("-start_on", "-pk").first()


def fresh_entry(user: User, last: Activity | None, *, today: date) -> Entry:
    """A new entry, dated today, with what usually stays the same taken from ``last``."""
    if last:
        return again(last, user, today=today, usual=True)
    town = own_towns(user).first()
    hosts = (Hosting(Host.Part.HOST, Organisation("town", key=town.pk)),) if town else _district()
    return Entry(town=town, start_on=today, kind=kinds().first(), hosts=hosts)


def _district() -> tuple[Hosting, ...]:
    name = _("%(district)s委统战部") % {"district": settings.DISTRICT_NAME}
    return (Hosting(Host.Part.HOST, Organisation(BY_NAME, name=name)),)


def _own(user: Viewer) -> Q:
    return Q(town__isnull=True) if user.town_ids is None else Q(town_id__in=user.town_ids)


def again(activity: Activity, user: Viewer, *, today: date, usual: bool = False) -> Entry:
    """An entry like an earlier activity, to be dated and counted anew.

    ``usual`` keeps only what stays the same from week to week: no name, no hour, no partners.
    """
    entry = entry_of(activity)
    town = entry.town if may_write(activity, user) else own_towns(user).first()
    venue = venues(user).on(today).filter(pk=activity.venue_id or 0).first()
    brand = brands(user, None, today).filter(pk=activity.brand_id or 0).first()
    organisations = [host.organisation for host in entry.hosts]
    allowed = {*_visible(organisations, user)}
    hosts = [
        host
        for host in entry.hosts
        if (host.organisation in allowed or host.organisation.name)
        and (host.part == Host.Part.HOST or not usual)
    ]
    return replace(
        entry,
        town=town,
        name="" if usual else entry.name,
        kind=kinds().filter(pk=activity.kind_id).first(),
        start_on=today,
        start_at=None if usual else entry.start_at,
        end_on=None,
        end_at=None if usual else entry.end_at,
        place=entry.place if venue or not entry.venue else "",
        venue=venue,
        brand=brand,
        headcount=None,
        donation_yuan=None,
        beneficiaries=None,
        summary="",
        hosts=tuple(hosts),
    )
