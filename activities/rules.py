"""The rules of entering and reviewing activities. docs/rules.md lists them under these numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from activities.entries import Entry
from activities.models import Activity, Host
from activities.shrinking import Refusal
from core.refusals import Rule
from venues.models import Venue

FIRST_YEAR, YEARS_AHEAD = 2000, 2
MOST_PHOTOS = 9
MOST_HEADCOUNT = 1_000_000

NAME_MISSING = Rule("ACT-01", _("请填写活动名称。存草稿也要有名称，日后才找得到。"), "name")
DAY_MISSING = Rule("ACT-02", _("请填写活动日期。"), "start_on")
HELD_AFTER_TODAY = Rule("ACT-03", _("已举办的活动，日期不得晚于填报日。"), "start_on")
DAY_OUT_OF_RANGE = Rule("ACT-04", _("日期应在2000年以后、今后两年以内，请检查年份。"), "start_on")
ENDS_BEFORE_START = Rule("ACT-05", _("结束日期不得早于开始日期。"), "end_on")
ENDS_BEFORE_HOUR = Rule("ACT-06", _("同一天结束的活动，结束时间须晚于开始时间。"), "end_at")
KIND_MISSING = Rule("ACT-07", _("请选择活动类型。"), "kind")
NOT_OWN_TOWN = Rule("ACT-08", _("请选择您所在的街镇。"), "town")
BRAND_OF_ANOTHER_TOWN = Rule("ACT-09", _("品牌须属于登记这场活动的街镇。"), "brand")
VENUE_NOT_OPEN = Rule("ACT-10", _("这处阵地在活动当天没有启用或已经停用。"), "where")
HEADCOUNT_MISSING = Rule("ACT-11", _("已举办的活动请填写人数，至少 1 人。"), "headcount")
HOST_MISSING = Rule("ACT-12", _("请至少填写一个主办单位。"), "hosts")
PLACE_MISSING = Rule("ACT-13", _("线下举办的活动，请选择阵地或填写地点。"), "where")
ALREADY_ENTERED = Rule(
    "ACT-14",
    _("同一天已登记过同名的活动。确有两场的，请填写各自的开始时间，或在名称中区分。"),
    "name",
)
TOO_MANY_PHOTOS = Rule("ACT-15", _("一场活动最多 9 张照片。"), "photos")
CONFIRMED_ALREADY = Rule("ACT-16", _("已确认的活动不能直接修改；如有错误，请联系区里退回后再改。"))
CANCELLED_ALREADY = Rule("ACT-17", _("已取消的活动不能修改；重新举办的，请照此再记一场。"))
NOT_WAITING = Rule("ACT-18", _("只有待审核的活动可以确认；待审核和已确认的活动可以退回。"))
REASON_MISSING = Rule("ACT-19", _("请写明退回的原因，街镇才知道改什么。"), "common")
CHANGED_MEANWHILE = Rule("ACT-20", _("这场活动刚刚被修改过，请看过最新的内容再决定。"))
NOT_AHEAD = Rule("ACT-21", _("只有计划中和已延期的活动可以标记举办、延期或取消。"))
NEW_DAY_NOT_AHEAD = Rule("ACT-22", _("新的日期须在今天以后；日期未定的可以不填。"), "start_on")
NOT_DELETABLE = Rule("ACT-23", _("只有草稿和已退回的活动可以删除。"))
NOT_OWN = Rule("ACT-24", _("只有登记这场活动的单位可以修改它。"))
PHOTO_TOO_LARGE = Rule("ACT-25", _("照片超过 20 MB，请压缩后再传。"), "photos")
NOT_A_PHOTO = Rule("ACT-26", _("只支持 JPG、PNG、WebP、HEIC 照片。"), "photos")
TOO_MANY_PIXELS = Rule("ACT-27", _("图片过大（超过2500万像素），请缩小后再传。"), "photos")
PHOTO_DAMAGED = Rule("ACT-28", _("照片不完整或已损坏，请重新选择。"), "photos")
GONE = Rule("ACT-29", _("这场活动已被删除，请返回列表。"))
CANCEL_REASON_MISSING = Rule("ACT-30", _("请写明取消的原因。"), "reason")
NO_ROOM = Rule("ACT-32", _("存储空间不足，已停止上传照片，请联系系统管理员。"), "photos")
NUMBER_TOO_LARGE = Rule("ACT-31", _("人数过大，请检查是否多打了数字。"), "headcount")

OF_REFUSED_PHOTOS = {
    Refusal.TOO_LARGE: PHOTO_TOO_LARGE,
    Refusal.EMPTY: PHOTO_DAMAGED,
    Refusal.NOT_A_PHOTO: NOT_A_PHOTO,
    Refusal.TOO_MANY_PIXELS: TOO_MANY_PIXELS,
    Refusal.DAMAGED: PHOTO_DAMAGED,
}
AHEAD = frozenset({Activity.State.PLANNED, Activity.State.POSTPONED})
DELETABLE = frozenset({Activity.Review.DRAFT, Activity.Review.RETURNED})
RETURNABLE = frozenset({Activity.Review.SUBMITTED, Activity.Review.CONFIRMED})


def broken_by_entry(
    entry: Entry, *, today: date, town_ids: frozenset[int] | None
) -> Iterator[Rule]:
    """What even a draft must keep. ``town_ids`` are the towns of whoever enters it."""
    if not entry.name:
        yield NAME_MISSING
    if not entry.kind:
        yield KIND_MISSING
    if not is_own(entry.town.pk if entry.town else None, town_ids):
        yield NOT_OWN_TOWN
    if entry.headcount and entry.headcount > MOST_HEADCOUNT:
        yield NUMBER_TOO_LARGE
    yield from _broken_by_days(entry, today)
    if entry.brand and entry.town and entry.brand.town_id != entry.town.pk:
        yield BRAND_OF_ANOTHER_TOWN
    if entry.venue and entry.start_on and not _is_open(entry.venue, entry.start_on):
        yield VENUE_NOT_OPEN


def is_own(town_id: int | None, town_ids: frozenset[int] | None) -> bool:
    """Whether a record of this town (None: the district) is one's own to write."""
    return town_id is None if town_ids is None else town_id in town_ids


def _broken_by_days(entry: Entry, today: date) -> Iterator[Rule]:
    if not entry.start_on:
        yield DAY_MISSING
        return
    if not FIRST_YEAR <= entry.start_on.year <= today.year + YEARS_AHEAD:
        yield DAY_OUT_OF_RANGE
    if entry.end_on and entry.end_on < entry.start_on:
        yield ENDS_BEFORE_START
    one_day = entry.end_on in (None, entry.start_on)
    if one_day and entry.start_at and entry.end_at and entry.end_at <= entry.start_at:
        yield ENDS_BEFORE_HOUR


def _is_open(venue: Venue, day: date) -> bool:
    begun = venue.opened_on is None or venue.opened_on <= day
    return begun and (venue.closed_on is None or day < venue.closed_on)


def broken_by_submitting(entry: Entry, *, state: str, today: date) -> Iterator[Rule]:
    """What the district wants to be complete, besides the rules of a draft."""
    if state == Activity.State.HELD:
        if not entry.headcount:
            yield HEADCOUNT_MISSING
        if entry.start_on and entry.start_on > today:
            yield HELD_AFTER_TODAY
    if not any(host.part == Host.Part.HOST for host in entry.hosts):
        yield HOST_MISSING
    if entry.mode != Activity.Mode.ONLINE and not (entry.venue or entry.place):
        yield PLACE_MISSING


def broken_by_editing(activity: Activity) -> Iterator[Rule]:
    """What stands against changing what was entered."""
    if activity.review == Activity.Review.CONFIRMED:
        yield CONFIRMED_ALREADY
    if activity.state == Activity.State.CANCELLED:
        yield CANCELLED_ALREADY


def broken_by_postponing(activity: Activity, *, to: date | None, today: date) -> Iterator[Rule]:
    if activity.state not in AHEAD:
        yield NOT_AHEAD
    if to is not None and to <= today:
        yield NEW_DAY_NOT_AHEAD
    if to is not None and to.year > today.year + YEARS_AHEAD:
        yield DAY_OUT_OF_RANGE


def broken_by_cancelling(activity: Activity, reason: str) -> Iterator[Rule]:
    if activity.state not in AHEAD:
        yield NOT_AHEAD
    if not reason:
        yield CANCEL_REASON_MISSING


def broken_by_returning(activity: Activity, reason: str) -> Iterator[Rule]:
    if activity.review not in RETURNABLE:
        yield NOT_WAITING
    if not reason:
        yield REASON_MISSING
