"""The rules of towns, villages, posts and brands, each with its number and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.refusals import Rule
from towns.models import Brand, Post, Town, Village

TOWN_CODE = re.compile(r"\d{9}")
VILLAGE_CODE = re.compile(r"\d{12}")

TOWN_CODE_SHAPE = Rule("TWN-01", _("街镇的区划代码是9位数字，如 310118107。"), "code")
VILLAGE_CODE_SHAPE = Rule("TWN-02", _("村居的区划代码是12位数字，前9位是街镇代码。"), "code")
CODE_OF_ANOTHER_TOWN = Rule("TWN-03", _("区划代码的前9位与所选街镇的代码不一致。"), "code")
TOWN_STILL_HAS_VILLAGES = Rule("TWN-04", _("街镇在这一天还有村居，请先撤销或划转这些村居。"), "on")
OUTSIDE_THE_TOWN = Rule(
    "TWN-05", _("设立日期不能早于街镇设立，也不能在街镇撤销之后。"), "opened_on"
)
VILLAGE_OF_ANOTHER_TOWN = Rule("TWN-06", _("所选村居不属于所选街镇。"), "village")
OUTSIDE_THE_VILLAGE = Rule("TWN-07", _("任职期间须在村居存续期间内。"), "from_on")
HELD_TWICE = Rule("TWN-08", _("此人在这段时间已担任同一村居的同一岗位。"), "holder")
CLOSED_ALREADY = Rule("TWN-09", _("已经停用，如日期有误请用“修改”更正。"), "on")
CLOSED_BEFORE_OPENING = Rule("TWN-10", _("停用日期不能早于设立日期。"), "on")


def broken_by_town(town: Town) -> Iterator[Rule]:
    """The rules that a town as it would be written breaks."""
    if not TOWN_CODE.fullmatch(town.code):
        yield TOWN_CODE_SHAPE


def broken_by_village(village: Village) -> Iterator[Rule]:
    if village.code and not VILLAGE_CODE.fullmatch(village.code):
        yield VILLAGE_CODE_SHAPE
    elif village.code and not village.code.startswith(village.town.code):
        yield CODE_OF_ANOTHER_TOWN
    if not _lies_within(village.opened_on, village.town.opened_on, village.town.closed_on):
        yield OUTSIDE_THE_TOWN


def broken_by_brand(brand: Brand) -> Iterator[Rule]:
    if not _lies_within(brand.opened_on, brand.town.opened_on, brand.town.closed_on):
        yield OUTSIDE_THE_TOWN


def broken_by_post(post: Post) -> Iterator[Rule]:
    village = post.village
    if village and village.town_id != post.town_id:
        yield VILLAGE_OF_ANOTHER_TOWN
    if village and not _stays_within(post, village):
        yield OUTSIDE_THE_VILLAGE
    if _held_twice(post):
        yield HELD_TWICE


def broken_by_closing(record: Town | Village | Brand, on: date) -> Iterator[Rule]:
    """The rules that ending a town, a village or a brand on a day breaks."""
    if record.closed_on:
        yield CLOSED_ALREADY
    if record.opened_on and on < record.opened_on:
        yield CLOSED_BEFORE_OPENING
    if isinstance(record, Town) and Village.objects.filter(town=record).on(on).exists():
        yield TOWN_STILL_HAS_VILLAGES


def broken_by_ending(post: Post, on: date) -> Iterator[Rule]:
    """The rules that leaving a post on a day breaks."""
    if post.to_on:
        yield CLOSED_ALREADY
    if post.from_on and on < post.from_on:
        yield CLOSED_BEFORE_OPENING


def _lies_within(day: date | None, start: date | None, end: date | None) -> bool:
    """Whether a day, if known, lies in a span whose ends may be unknown."""
    return day is None or ((start is None or day >= start) and (end is None or day < end))


def _stays_within(post: Post, village: Village) -> bool:
    """Whether a post is held only while its village exists."""
    outlasts = village.closed_on and post.to_on and post.to_on > village.closed_on
    begun = _lies_within(post.from_on, village.opened_on, village.closed_on)
    return begun and not outlasts


def _held_twice(post: Post) -> bool:
    """Whether the same person holds the same post of the village on a day of this spell."""
    others = Post.objects.filter(village=post.village, town=post.town, kind=post.kind)
    return any(
        _overlap(post, other) for other in others.filter(holder=post.holder).exclude(pk=post.pk)
    )


def _overlap(one: Post, other: Post) -> bool:
    def before(end: date | None, start: date | None) -> bool:
        return end is not None and end <= (start or date.min)

    return not before(one.to_on, other.from_on) and not before(other.to_on, one.from_on)
