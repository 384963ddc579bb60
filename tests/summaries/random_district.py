"""A small district made at random, the same for the same seed: every state and date occurs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db.models import F

from activities.models import Activity, Host
from chambers.models import Chamber, Enterprise, Honour, Membership, Position, Term
from core.periods import Period
from tests import factories
from towns.models import Brand, BrandField, Post, Town, Village
from venues.models import Venue, Zone

TAX_BANDS: list[dict[str, Any]] = [
    {},
    {"tax_band": "千万级", "tax_band_year": 2023, "tax_band_source": "示例来源"},
]
FIRST, LAST = date(2022, 11, 1), date(2024, 8, 31)


class RandomDistrict:
    """Builds towns with all that figures count; ``pick`` goes on with the same randomness."""

    def __init__(self, seed: int) -> None:
        self.pick = Random(seed)
        self.towns = [factories.town(f"示例{name}镇") for name in "甲乙丙"]
        self.towns.append(factories.town("示例丁镇", closed_on=date(2024, 1, 1)))  # merged
        self.kinds = [factories.kind(f"k{n}", f"类型{n}") for n in range(3)]
        self.fields = [BrandField.objects.create(name=f"领域{n}", order=n) for n in range(2)]
        for town in self.towns:
            self._villages(town)
        self.chambers = [self._chamber(town) for town in [*self.towns, self.towns[0], None]]
        self.enterprises = [self._enterprise() for _ in range(14)]
        for enterprise in self.enterprises:
            self._memberships(enterprise)
        self._honours()
        self.venues = [self._venue(town) for town in self.towns for _ in range(2)]
        self.venues += [self._venue(one.town, parent=one) for one in self.venues[:3]]
        self.brands = [self._brand(town) for town in self.towns for _ in range(2)]
        self.activities = [self._activity() for _ in range(60)]

    def day(self) -> date:
        return FIRST + timedelta(days=self.pick.randrange((LAST - FIRST).days))

    def period(self) -> Period:
        month = self.day().replace(day=1)
        return self.pick.choice(
            [
                Period.months(month.year, 1, 12),
                Period.month_of(month),
                Period.months(month.year, (month.month - 1) // 3 * 3 + 1, 3),
                Period(month, month + timedelta(days=self.pick.randrange(400))),
            ]
        )

    def go_on(self, later: date) -> None:
        """Work goes on after ``later``: newcomers, and ends, moves and awards of what there is."""
        town, other, *_others = self.towns
        factories.activity(town, start_on=later, venue=self.venues[0], brand=self.brands[0])
        chamber = factories.chamber(town, founded_on=later)
        newcomer = factories.enterprise(town, founded_on=later)
        factories.membership(chamber, newcomer, joined_on=later, position="president")
        factories.honour(chamber, awarded_on=later)
        factories.post(factories.village(other, opened_on=later), from_on=later)
        whole = factories.venue(town, opened_on=later, area_m2=Decimal(500))
        factories.venue(other, parent=whole, opened_on=later)
        factories.brand(town, opened_on=later)
        for membership in Membership.objects.filter(left_on__isnull=True)[::2]:
            membership.position, membership.position_since = Position.PRESIDENT, later
            membership.save()
        for model, ends in (
            (Membership, "left_on"), (Village, "closed_on"), (Venue, "closed_on"),
            (Brand, "closed_on"), (Chamber, "closed_on"), (Enterprise, "closed_on"),
            (Post, "to_on"),
        ):  # fmt: skip
            pks = model.objects.filter(**{f"{ends}__isnull": True}).values_list("pk", flat=True)
            model.objects.filter(pk__in=list(pks)[::2]).update(**{ends: later})
        Term.objects.filter(chamber=self.chambers[0]).update(number=F("number") + 10)

    def _dates(self, begins: str, ends: str) -> dict[str, Any]:
        start = self.pick.choice([None, self.day(), self.day()])
        end = self.pick.choice([None, None, (start or FIRST) + timedelta(self.pick.randrange(400))])
        return {begins: start, ends: end}

    def _villages(self, town: Town) -> None:
        for _ in range(5):
            village = factories.village(
                town,
                kind=self.pick.choice(Village.Kind.values),
                **self._dates("opened_on", "closed_on"),
            )
            for kind in self.pick.sample(Post.Kind.values, self.pick.randrange(4)):
                factories.post(village, kind, **self._dates("from_on", "to_on"))

    def _chamber(self, town: Town | None) -> Chamber:
        chamber = factories.chamber(town, **self._dates("founded_on", "closed_on"))
        for number in range(1, self.pick.randrange(1, 4)):
            start = date(2016 + number * 3, 5, 1) + timedelta(self.pick.randrange(300))
            Term.objects.create(
                chamber=chamber, number=number, from_on=start, to_on=start + timedelta(3 * 365)
            )
        return chamber

    def _enterprise(self) -> Enterprise:
        return factories.enterprise(
            self.pick.choice([*self.towns, None]),
            industry=self.pick.choice(["", "C", "E", "G"]),
            industry_tag=self.pick.choice(["", "快递物流", "建筑"]),
            **self.pick.choice(TAX_BANDS),
            **self._dates("founded_on", "closed_on"),
        )

    def _memberships(self, enterprise: Enterprise) -> None:
        for chamber in self.pick.sample(self.chambers, self.pick.randrange(4)):
            dates = self._dates("joined_on", "left_on")
            membership = factories.membership(
                chamber, enterprise, position=self.pick.choice(Position.values), **dates
            )
            if self.pick.random() < 0.5:
                membership.position = self.pick.choice(Position.values)
                membership.position_since = self.day()
                membership.save()

    def _honours(self) -> None:
        for _ in range(14):
            awarded = self.pick.choice([None, self.day()])
            until = (awarded or FIRST) + timedelta(self.pick.randrange(700))
            holder: dict[str, Any] = self.pick.choice(
                [
                    {"chamber": self.pick.choice(self.chambers)},
                    {"enterprise": self.pick.choice(self.enterprises)},
                    {"town": self.pick.choice(self.towns)},
                ]
            )
            Honour.objects.create(
                title="示例荣誉",
                level=self.pick.choice(Honour.Level.values),
                awarded_on=awarded,
                valid_until=self.pick.choice([None, until]),
                **holder,
            )

    def _venue(self, town: Town, parent: Venue | None = None) -> Venue:
        venue = factories.venue(
            town,
            parent=parent,
            kind=self.pick.choice(Venue.Kind.values),
            area_m2=self.pick.choice([None, Decimal("120.50"), Decimal(300)]),
            chamber=self.pick.choice([None, *self.chambers]),
            **self._dates("opened_on", "closed_on"),
        )
        Zone.objects.create(venue=venue, name="示例功能区")
        return venue

    def _brand(self, town: Town) -> Brand:
        return factories.brand(
            town, field=self.pick.choice(self.fields), **self._dates("opened_on", "closed_on")
        )

    def _activity(self) -> Activity:
        review = self.pick.choice([*Activity.Review.values, *["confirmed"] * 6])
        activity = factories.activity(
            self.pick.choice([*self.towns, None]),
            start_on=self.day(),
            kind=self.pick.choice(self.kinds),
            mode=self.pick.choice(Activity.Mode.values),
            state=self.pick.choice([*Activity.State.values, *["held"] * 6]),
            review=review,
            return_reason="请补充人次" if review == "returned" else "",
            venue=self.pick.choice([None, *self.venues]),
            brand=self.pick.choice([None, *self.brands]),
            headcount=self.pick.choice([None, 0, self.pick.randrange(1, 90)]),
            donation_yuan=self.pick.choice([None, None, Decimal("1250.50"), 0]),
            beneficiaries=self.pick.choice([None, None, 0, 12]),
        )
        self._hosts(activity)
        return activity

    def _hosts(self, activity: Activity) -> None:
        others: list[dict[str, Any]] = [
            *({"chamber": one} for one in self.chambers),
            *({"town": one} for one in self.towns),
            *({"enterprise": one} for one in self.enterprises[:3]),
            {"name": "示例单位"},
        ]
        for organisation in self.pick.sample(others, self.pick.randrange(3)):
            Host.objects.create(activity=activity, part=Host.Part.CO_HOST, **organisation)
