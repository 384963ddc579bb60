"""Villages and who holds which post there: a new holder ends the spell of the one before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from core.normalise import name_key
from imports.plans.base import RECORD, Belongs
from imports.plans.near import NearNames
from imports.plans.records import RecordPlan, changed_copy, label, one_of_words
from imports.plans.rows import (
    ABSENT,
    ANOTHER,
    CHANGED,
    LEAVING,
    LEFT_ON,
    OMITTED,
    SAME_AS,
    Comparison,
    SheetRow,
    Wanted,
    error,
    option,
    warning,
)
from imports.plans.targets import Target, Unfit, read_day
from imports.understanding.said import said as _
from towns import rules
from towns.models import Post, Town, Village

POST_WORDS = {
    "统战委员": Post.Kind.COMMITTEE_MEMBER.value,
    "统战干事": Post.Kind.OFFICER.value,
    "联络员": Post.Kind.LIAISON.value,
}
POST_LABELS = {value: word for word, value in POST_WORDS.items()}
KIND_WORDS = {
    "村委会": Village.Kind.VILLAGE.value,
    "行政村": Village.Kind.VILLAGE.value,
    "村": Village.Kind.VILLAGE.value,
    "居委会": Village.Kind.NEIGHBOURHOOD.value,
    "社区": Village.Kind.NEIGHBOURHOOD.value,
    "居": Village.Kind.NEIGHBOURHOOD.value,
    "园区": Village.Kind.PARK.value,
    "国企": Village.Kind.STATE_FIRM.value,
    "国有企业": Village.Kind.STATE_FIRM.value,
}
KIND_LABELS = {value: str(words) for value, words in Village.Kind.choices}
# How the name of a unit ends tells its kind, when no column does.
_ENDINGS = (
    (re.compile(r"(?:居委会|居民委员会|社区|[一二三四五六七八九十]居)$"), "居委会"),
    (re.compile(r"(?:村|村委会|村民委员会)$"), "村委会"),
    (re.compile(r"园区$|产业园$|经济城$"), "园区"),
)
_OFFICES = (
    (re.compile(r"村?(?:村民委员会|村委会)$"), "村"),
    (re.compile(r"(?<=社区)(?:居民委员会|居委会)$"), ""),
    (re.compile(r"居?(?:居民委员会|居委会)$"), "居"),
)

_post = one_of_words(
    POST_WORDS, gettext_lazy("“%(text)s”不是统战岗位，请写统战委员、统战干事或联络员。")
)
_kind = one_of_words(
    KIND_WORDS, gettext_lazy("“%(text)s”不是村居类型，请写村委会、居委会、园区或国企。")
)


def _yes(text: str) -> bool:
    if text not in {"是", "否"}:
        raise Unfit(_("“%(text)s”看不出专职还是兼职，请写是或否。") % {"text": text[:30]})
    return text == "是"


POST = (
    Target("phone", Post, "work_phone"),
    Target("full_time", Post, "is_full_time", _yes, needed=True),
    Target("since", Post, "from_on", read_day, needed=True),
)
VILLAGE = (
    Target("village_kind", Village, "kind", _kind, needed=True, labels=KIND_LABELS),
    Target("village_code", Village, "code", needed=True),
)
TARGETS = (
    Target("village", Village, "name", needed=True),
    Target("post", Post, "kind", _post, needed=True, labels=POST_LABELS),
    Target("holder", Post, "holder", needed=True),
    *POST,
    *VILLAGE,
)
Office = tuple[int, str, str]  # town, name of the village, kind of post


class PostPlan(RecordPlan):
    """A village is known in its town by name; a post by its place, its kind and its holder.

    A holder whom the list does not name any more leaves when it names another for the same post:
    on the day that one begins, today when it is not said.
    """

    key = "posts"
    title = gettext_lazy("村居与统战岗位")
    unit = gettext_lazy("条")
    belongs_to = frozenset({Belongs.TOWN, Belongs.DISTRICT})
    fields = (*(one.name for one in TARGETS), "town")
    named_by = "village"
    begins_with = "since"
    shown = ("village", "post", "holder", "since")
    keeps = frozenset({"village", "post", "holder", "town"})
    targets = TARGETS
    told_at = {
        "name": "village",
        "kind": "village_kind",
        "code": "village_code",
        "from_on": "since",
        "opened_on": "village",
    }
    absent_words = gettext_lazy(
        "这些人现在任职，名单里没有，也没有人接替。不作选择的保持任职不变。"
    )

    def _load(self, rows: Sequence[SheetRow]) -> None:
        self._load_towns()
        town = self.scope.town
        villages = Village.objects.filter(closed_on__isnull=True).select_related("town")
        posts = Post.objects.filter(to_on__isnull=True).select_related("town", "village")
        if town:
            villages, posts = villages.filter(town=town), posts.filter(town=town)
        self.villages: dict[tuple[int, str], Village] = {
            (one.town_id, one.name_key): one for one in self.locked(villages)
        }
        self.by_pk = {one.pk: one for one in self.villages.values()}
        self.loose: dict[tuple[int, str], list[Village]] = defaultdict(list)
        for one in self.by_pk.values():
            self.loose[one.town_id, _bare(one.name_key)].append(one)
        self.near: dict[int, NearNames[int]] = {}
        self.posts: dict[Office, list[Post]] = defaultdict(list)
        for post in self.locked(posts):
            self.posts[_office_of(post)].append(post)
        self.made: dict[tuple[int, str], Village] = {}
        self.relieved: set[int] = set()
        self.holders: dict[Office, set[str]] = defaultdict(set)
        for row in rows:
            self._note_holder(row)

    def _note_holder(self, row: SheetRow) -> None:
        """Who the list says holds which post; two of one post stay side by side."""
        text = row.text("town")
        town = self.towns.get(name_key(text)) if text else self.scope.town
        kind = POST_WORDS.get(row.text("post"))
        if town and kind and not row.choice.get("omit"):
            village = self._village_known(town, row)
            name = village.name_key if village else name_key(row.text("village"))
            self.holders[town.pk, name, kind].add(name_key(row.text("holder")))

    def _judge(self, one: Comparison) -> None:
        town = self._town_of(one)
        if town is None:
            return
        one.keys = [f"{RECORD}town {town.pk}"]
        village = self._village(one, town)
        if any(
            problem["field"] == "village" and problem["level"] == "error"
            for problem in one.problems
        ):
            return
        holder, kind = one.row.text("holder"), one.values.get("post")
        if holder and kind:
            self._judge_post(one, town, village, kind)
        elif holder:
            one.problems.append(error("post", _("请写明岗位：统战委员、统战干事或联络员。")))
        elif village is None:
            one.problems.append(error("village", _("没有村居也没有任职的人，无法导入。")))
        elif village.pk:
            one.record = label(village)
            one.verdict = CHANGED

    def _village(self, one: Comparison, town: Town) -> Village | None:
        """The village of a row: known, made by an earlier row, or to be made."""
        name = one.row.text("village")
        if not name:
            return None
        key = (town.pk, name_key(name))
        if known := self._village_known(town, one.row):
            if known.name_key != key[1]:
                words = _("系统中的名称是“%(name)s”，名称保持不变。") % {"name": known.name}
                one.problems.append({**warning("village", words), "level": "notice"})
            self._change_village(one, known)
            return known
        if key not in self.made:
            self._make_village(one, town, name)
        elif self.made[key] not in one.wanted.new:
            # Shared by rows: who takes one back keeps it while another row needs it.
            one.wanted.new = [self.made[key]]
        return self.made.get(key)

    def _village_known(self, town: Town, row: SheetRow) -> Village | None:
        if chosen := self.by_pk.get(row.choice.get(SAME_AS, 0)):
            return chosen
        key = name_key(row.text("village"))
        loose = self.loose.get((town.pk, _bare(key)), [])
        only = loose[0] if len(loose) == 1 and ANOTHER not in row.choice else None
        return self.villages.get((town.pk, key)) or only

    def _change_village(self, one: Comparison, village: Village) -> None:
        values = self._differences(one, village, VILLAGE)
        if values:
            one.wanted.changed.append((village, values))
            changed = changed_copy(village, values)
            self._hold_to(one, changed, rules.broken_by_village(changed))

    def _make_village(self, one: Comparison, town: Town, name: str) -> None:
        kind = one.values.get("village_kind") or _kind_by_name(name)
        if kind is None:
            words = _("系统中没有村居“%(name)s”。要新增请写明村居类型，否则请改成系统中的名称。")
            told = error("village", words % {"name": name[:50]})
            one.problems.append({**told, "options": self._near(town, name)})
            return
        village = Village(
            town=town, name=name, kind=kind, code=one.values.get("village_code") or None
        )
        self._hold_to(one, village, rules.broken_by_village(village))
        self.made[town.pk, name_key(name)] = village
        one.wanted.new.append(village)
        if ANOTHER not in one.row.choice:
            words = _("系统中没有这个村居，将新增为%(kind)s。") % {"kind": KIND_LABELS[kind]}
            near = self._near(town, name)
            told = {"options": near, "another": bool(near)}
            one.problems.append({**warning("village", words), **told})

    def _near(self, town: Town, name: str) -> list[dict[str, Any]]:
        here = {one.pk: one for one in self.by_pk.values() if one.town_id == town.pk}
        if town.pk not in self.near:
            self.near[town.pk] = NearNames([(pk, one.name_key) for pk, one in here.items()])
        return [option(here[pk], here[pk].name) for pk in self.near[town.pk].near(name_key(name))]

    def _judge_post(self, one: Comparison, town: Town, village: Village | None, kind: str) -> None:
        holder = one.row.text("holder")
        place = village.name_key or name_key(village.name) if village else ""
        office = (town.pk, place, kind)
        held = self.posts.get(office, [])
        one.keys += [f"{RECORD}{post.pk}" for post in held]
        known = next((post for post in held if name_key(post.holder) == name_key(holder)), None)
        if known:
            one.record, one.verdict = label(known), CHANGED
            values = self._differences(one, known, POST)
            if values:
                one.wanted.changed.append((known, values))
                changed = changed_copy(known, values)
                self._hold_to(one, changed, rules.broken_by_post(changed))
            return
        post = Post(town=town, village=village, kind=kind, holder=holder)
        for target in POST:
            if target.name in one.values:
                setattr(post, target.attribute, one.values[target.name])
        self._relieve(one, post, held, self.holders[office])
        one.wanted.new.append(post)
        broken = rules.broken_by_post(post) if village is None or village.pk else ()
        self._hold_to(one, post, broken)

    def _relieve(
        self, one: Comparison, post: Post, held: Sequence[Post], named: Collection[str]
    ) -> None:
        """End the spells of those whom the list does not name for this post any more."""
        gone = [
            other
            for other in held
            if name_key(other.holder) not in named and other.pk not in self.relieved
        ]
        if not gone:
            return
        post.from_on = post.from_on or self.today
        self.relieved |= {other.pk for other in gone}
        one.verdict = CHANGED
        one.changes["holder"] = ["、".join(other.holder for other in gone), post.holder]
        for other in gone:
            if other.from_on and post.from_on < other.from_on:
                words = _("任职日期早于前任%(holder)s的任职日期，请核对。")
                one.problems.append(error("since", words % {"holder": other.holder}))
            one.wanted.changed.append((other, {"to_on": post.from_on}))

    def absent(
        self, named: Collection[str], choices: Mapping[str, Mapping[str, Any]]
    ) -> list[Comparison]:
        """Holders in the towns of the list whom it neither names nor replaces."""
        found = [
            post
            for posts in self.posts.values()
            for post in posts
            if f"{RECORD}town {post.town_id}" in named and f"{RECORD}{post.pk}" not in named
        ]
        found.sort(key=lambda post: (post.village.sort_key if post.village else "", post.pk))
        return [_not_named(post, choices) for post in found]

    def _twin_marks(self, one: Comparison) -> Iterable[str]:
        if one.verdict == OMITTED:
            return []
        holder = one.row.text("holder")
        place = f"{one.row.text('town')} {name_key(one.row.text('village'))}"
        if holder:
            return [f"post {place} {one.row.text('post')} {name_key(holder)}"]
        return [f"village {place}"] if one.row.text("village") else []


def _not_named(post: Post, choices: Mapping[str, Mapping[str, Any]]) -> Comparison:
    choice = dict(choices.get(label(post), {}))
    begun = post.from_on.isoformat() if post.from_on else ""
    values = {
        "village": str(post.village or post.town),
        "post": POST_LABELS[post.kind],
        "holder": post.holder,
        "since": begun,
    }
    one = Comparison(
        SheetRow(0, "", 0, {name: text for name, text in values.items() if text}, choice=choice),
        LEAVING if LEFT_ON in choice else ABSENT,
        record=label(post),
    )
    if LEFT_ON in choice:
        one.changes = {LEFT_ON: ["", str(choice[LEFT_ON])]}
        leaving = {"to_on": date.fromisoformat(choice[LEFT_ON])}
        one.wanted = Wanted(changed=[(post, leaving)])
    return one


def _office_of(post: Post) -> Office:
    return post.town_id, post.village.name_key if post.village else "", post.kind


def _bare(key: str) -> str:
    """The name of a unit without the word for its office: 凤溪村委会 and 凤溪村 are one."""
    for office, short in _OFFICES:
        if office.search(key):
            return office.sub(short, key)
    return key


def _kind_by_name(name: str) -> str | None:
    for ending, word in _ENDINGS:
        if ending.search(name):
            return KIND_WORDS[word]
    return None
