"""Builds the demo district's activities: the article's, and an invented programme round them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from activities.models import Activity, ActivityKind, Host
from chambers.models import Chamber
from core.periods import Period
from demo import article, pictures
from demo.invented import Inventor
from towns.models import Brand, Town
from venues.models import Venue

FIRST_DAY = date(2023, 1, 1)
KINDS = ("visit", "forum", "training", "culture", "charity", "investment", "reception", "publicity")
TITLES = {
    "visit": ("走访会员企业", "走访重点企业", "上门问需"),
    "forum": ("企业家座谈会", "政企早餐会", "新阶层人士座谈会"),
    "training": ("政策宣讲会", "统战干部培训", "法律讲堂"),
    "culture": ("传统文化体验", "书法雅集", "健康跑"),
    "charity": ("助学结对", "爱心义卖", "敬老慰问"),
    "investment": ("招商推介会", "项目对接会", "以商引商沙龙"),
    "reception": ("接待兄弟商会", "参观交流", "现场观摩"),
    "publicity": ("主题展览", "统战知识宣传", "开放日"),
}
E_PARK_TITLES = ("周末课堂", "手作体验", "读书会", "志愿服务日", "青年联谊", "健身课", "观影会")
PICTURED = {"“国际家庭日”活动", "“同心筑梦”助学捐赠", "全区统战干部培训班暨现场会"}
QUIET_TOWN = 5
MONTHLY = (4, 3, 6, 6, 7, 6, 5, 4, 7, 6, 6, 5)  # how busy a town is, January to December


class Draft(NamedTuple):
    """An activity with the organisations behind it."""

    activity: Activity
    hosts: tuple[dict[str, Any], ...]


class Programme:
    """The year's activities of the whole district up to ``today``, the same every time."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.kinds = {kind.code: kind for kind in ActivityKind.objects.all()}
        self.towns = {town.code: town for town in Town.objects.all()}
        self.chambers = {c.town_id: c for c in Chamber.objects.filter(kind=Chamber.Kind.TOWN)}
        self.brands = {brand.name: brand for brand in Brand.objects.all()}
        self.venues = {venue.name: venue for venue in Venue.objects.all()}

    def write(self) -> None:
        drafts = [*self._invented(), *self._e_park(), *self._of_the_article(), *self._under_way()]
        Activity.objects.bulk_create([draft.activity for draft in drafts], batch_size=1000)
        Host.objects.bulk_create(
            [Host(activity=draft.activity, **host) for draft in drafts for host in draft.hosts],
            batch_size=2000,
        )
        of_the_article = [draft.activity for draft in drafts if draft.activity.name in PICTURED]
        pictures.give([*pictures.newest(draft.activity for draft in drafts), *of_the_article])

    def _invented(self) -> Iterator[Draft]:
        """Every town's own programme, busier from year to year, none of it at 幸福·新e园."""
        for town in self.towns.values():
            inventor = Inventor(f"programme {town.code}")
            places = [
                venue
                for venue in self.venues.values()
                if venue.town_id == town.pk and venue.name != article.E_PARK
            ]
            for month in Period(FIRST_DAY, self.today).each_month():
                count = MONTHLY[month.start.month - 1] + inventor.random.randint(-2, 2)
                for _index in range(max(1, count + (month.start.year - 2023))):
                    draft = self._one(town, month, places, inventor)
                    if draft.activity.start_on <= self.today:
                        yield draft

    def _one(self, town: Town, month: Period, places: list[Venue], inventor: Inventor) -> Draft:
        pick = inventor.random
        code = pick.choice(KINDS)
        chamber_hosts = code in {"forum", "investment", "charity"}
        own = [brand for brand in self.brands.values() if brand.town_id == town.pk]
        if town.order == QUIET_TOWN and month.start.month > 6:
            own = []  # a brand that fell silent, so that the matrix has a grey one to show
        amount = pick.choice((5_000, 10_000, 20_000, 50_000)) if code == "charity" else None
        activity = self._activity(
            town=town,
            name=pick.choice(TITLES[code]),
            kind=self.kinds[code],
            start_on=month.start + timedelta(days=pick.randint(0, 27)),
            start_at=time(pick.choice((9, 10, 14, 15)), pick.choice((0, 30))),
            mode=pick.choice(("offline", "offline", "offline", "offline", "online", "both")),
            venue=pick.choice(places),
            brand=pick.choice([*own, None, None]),
            headcount=pick.randint(8, 90),
            donation_yuan=amount,
            beneficiaries=amount // 500 if amount else None,
        )
        host = {"chamber": self.chambers[town.pk]} if chamber_hosts else {"town": town}
        return Draft(activity, (host,))

    def _e_park(self) -> Iterator[Draft]:
        """幸福·新e园: 63 by the article's day in 2024, and as steadily before and after."""
        town = self.towns[article.HUAXIN]
        inventor = Inventor("e-park")
        for year in range(FIRST_DAY.year, self.today.year + 1):
            for day in self._e_park_days(year):
                if day <= self.today:
                    activity = self._activity(
                        town=town,
                        name=inventor.random.choice(E_PARK_TITLES),
                        kind=self.kinds["culture"],
                        start_on=day,
                        start_at=time(18, 30),
                        venue=self.venues[article.E_PARK],
                        brand=self.brands[article.E_PARK],
                        headcount=inventor.random.randint(12, 36),
                    )
                    yield Draft(activity, ({"town": town},))

    @staticmethod
    def _e_park_days(year: int) -> Iterator[date]:
        """Days spread evenly so that the article's count is reached on 27 May of 2024."""
        span = (article.ARTICLE_DAY - date(2024, 1, 2)).days
        for index in range(article.E_PARK_ACTIVITIES):
            yield date(year, 1, 2) + timedelta(days=index * span // (article.E_PARK_ACTIVITIES - 1))
        day = date(year, 6, 1)
        while day.year == year:
            yield day
            day += timedelta(days=3)

    def _of_the_article(self) -> Iterator[Draft]:
        xujing = self.towns[article.XUJING]
        chamber = self.chambers[xujing.pk]
        elsewhere = Chamber.objects.get(kind=Chamber.Kind.ELSEWHERE)
        facts: list[tuple[dict[str, Any], tuple[dict[str, Any], ...]]] = [
            (
                {
                    "name": "“国际家庭日”活动",
                    "kind": self.kinds["culture"],
                    "start_on": date(2024, 5, 15),
                    "venue": self.venues[article.XUJING_STREET],
                    "brand": self.brands["蟠龙街区"],
                    "headcount": 60,
                },
                ({"town": xujing}, {"part": Host.Part.CO_HOST, "chamber": chamber}),
            ),
            (
                {
                    "name": "“同心筑梦”助学捐赠",
                    "kind": self.kinds["charity"],
                    "start_on": date(2024, 3, 20),
                    "brand": self.brands["同心筑梦"],
                    "headcount": 45,
                    "donation_yuan": 100_000,
                    "beneficiaries": 50,
                    "summary": "教育公益和爱心捐赠；金额、人数为示例。",
                },
                ({"chamber": chamber},),
            ),
            (
                {
                    "name": "与异地商会交流座谈",
                    "kind": self.kinds["forum"],
                    "start_on": date(2024, 4, 18),
                    "headcount": 28,
                },
                ({"chamber": chamber}, {"part": Host.Part.CO_HOST, "chamber": elsewhere}),
            ),
            (
                {
                    "name": "联采项目对接会（“丝路电商”）",
                    "kind": self.kinds["investment"],
                    "start_on": date(2024, 4, 25),
                    "brand": self.brands["联采项目"],
                    "headcount": 36,
                    "mode": Activity.Mode.BOTH,
                    "summary": "跨境电商企业和物流企业参加。",
                },
                ({"chamber": chamber},),
            ),
        ]
        for fields, hosts in facts:
            yield Draft(self._activity(town=xujing, **fields), hosts)
        yield self._district_meeting()

    def _district_meeting(self) -> Draft:
        activity = self._activity(
            town=None,
            name="全区统战干部培训班暨现场会",
            kind=self.kinds["training"],
            start_on=article.ARTICLE_DAY,
            headcount=120,
            place="华新镇、赵巷镇、徐泾镇",
        )
        guests = (article.HUAXIN, article.ZHAOXIANG, article.XUJING)
        return Draft(
            activity,
            (
                {"name": "青浦区委统战部"},
                *({"part": Host.Part.CO_HOST, "town": self.towns[code]} for code in guests),
            ),
        )

    def _under_way(self) -> Iterator[Draft]:
        """What makes the pages live today: one waiting for review, one returned, two planned."""
        town = self.towns[article.XUJING]
        waiting = {"review": Activity.Review.SUBMITTED, "reviewed_at": None}
        returned = {
            "review": Activity.Review.RETURNED,
            "return_reason": "人数与主要内容不符，请核对。",
        }
        planned = {"state": Activity.State.PLANNED, "headcount": None}
        for code, name, days, fields in (
            (article.XUJING, "新阶层人士座谈会", -2, waiting),
            (article.ZHAOXIANG, "同心家园开放日", -3, waiting),
            (article.HUAXIN, "会员企业走访", -4, returned),
            (article.HUAXIN, "以商引商沙龙", 9, planned),
            (article.XUJING, "蟠龙街区文化节", 16, planned),
        ):
            town = self.towns[code]
            activity = self._activity(
                town=town,
                name=name,
                start_on=self.today + timedelta(days=days),
                kind=self.kinds["forum"],
                **{"headcount": 30, **fields},
            )
            yield Draft(activity, ({"town": town},))

    def _activity(self, **fields: Any) -> Activity:
        # What happens today is not handed in this evening already, nor confirmed tomorrow.
        now = timezone.now()
        held_at = timezone.make_aware(datetime.combine(fields["start_on"], time(17)))
        return Activity(
            **{
                "state": Activity.State.HELD,
                "review": Activity.Review.CONFIRMED,
                "submitted_at": min(held_at, now),
                "reviewed_at": min(held_at + timedelta(days=1), now),
                **fields,
            }
        )
