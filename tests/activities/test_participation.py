"""Which towns take part in an activity is right, whoever wrote its hosts and however."""

from __future__ import annotations

from datetime import date

import pytest

from activities.models import Activity, Host, Participation
from tests import factories
from towns.models import Town

pytestmark = pytest.mark.django_db


def towns_of(activity: Activity) -> set[str]:
    return set(Participation.objects.filter(activity=activity).values_list("town__name", flat=True))


def test_the_own_town_takes_part(own_town: Town) -> None:
    assert towns_of(factories.activity(own_town)) == {"华新镇"}


def test_a_district_activity_without_hosts_has_no_town() -> None:
    assert towns_of(factories.activity(None)) == set()


def test_the_town_of_each_host_takes_part_once(own_town: Town, other_town: Town) -> None:
    activity = factories.activity(own_town)
    chamber = factories.chamber(other_town)
    Host.objects.create(activity=activity, chamber=chamber)
    Host.objects.create(activity=activity, part=Host.Part.CO_HOST, town=other_town)
    Host.objects.create(activity=activity, name="示例单位")
    assert towns_of(activity) == {"华新镇", "徐泾镇"}


def test_a_host_that_leaves_takes_its_town_along(own_town: Town, other_town: Town) -> None:
    activity = factories.activity(own_town)
    Host.objects.create(activity=activity, town=other_town)
    Host.objects.filter(activity=activity, town=other_town).delete()
    assert towns_of(activity) == {"华新镇"}


def test_bulk_writes_are_kept_as_well(own_town: Town, other_town: Town) -> None:
    activities = [factories.activity(own_town) for _ in range(3)]
    Host.objects.bulk_create(Host(activity=one, town=other_town) for one in activities)
    assert [towns_of(one) for one in activities] == [{"华新镇", "徐泾镇"}] * 3
    Host.objects.filter(town=other_town).update(town=None, name="示例单位")
    assert [towns_of(one) for one in activities] == [{"华新镇"}] * 3


def test_an_activity_that_moves_to_another_town_takes_part_there(
    own_town: Town, other_town: Town
) -> None:
    activity = factories.activity(own_town)
    Host.objects.filter(activity=activity).delete()
    Activity.objects.filter(pk=activity.pk).update(town=other_town)
    assert towns_of(activity) == {"徐泾镇"}


def test_each_participation_says_the_day_of_its_activity(own_town: Town, other_town: Town) -> None:
    activity = factories.activity(own_town, start_on=date(2024, 5, 1))
    Host.objects.create(activity=activity, town=other_town)
    days = Participation.objects.filter(activity=activity).values_list("start_on", flat=True)
    assert list(days) == [date(2024, 5, 1)] * 2
    Activity.objects.filter(pk=activity.pk).update(start_on=date(2025, 6, 2))
    assert list(days.all()) == [date(2025, 6, 2)] * 2


def test_one_town_walks_what_it_sees_and_nothing_else(own_town: Town, other_town: Town) -> None:
    """The walk along the index of a town finds the rows that its scope allows, in their order."""
    liaison, officer = factories.liaison(own_town), factories.officer()
    joint = factories.activity(other_town, start_on=date(2024, 5, 3))
    Host.objects.create(activity=joint, town=own_town)
    others_draft = factories.activity(other_town, review="draft", start_on=date(2024, 5, 4))
    Host.objects.create(activity=others_draft, town=own_town)
    factories.activity(other_town, start_on=date(2024, 5, 5))
    for day in (6, 1, 6):
        factories.activity(own_town, review="draft", start_on=date(2024, 5, day))
    for person in (liaison, officer):
        walked = list(Activity.objects.newest_to(person))
        assert len(walked) == len(set(walked)) > 1
        assert walked == sorted(
            Activity.objects.visible_to(person),
            key=lambda one: (one.start_on, one.pk),
            reverse=True,
        )
        some = Activity.objects.newest_to(person).held_within(date(2024, 5, 3), date(2024, 5, 5))
        assert list(some) == [one for one in walked if 3 <= one.start_on.day <= 5]
    assert joint in walked
    assert others_draft not in Activity.objects.newest_to(liaison)
    liaison.is_active = False
    assert not Activity.objects.newest_to(liaison)


def test_deleting_an_activity_leaves_nothing_behind(own_town: Town, other_town: Town) -> None:
    activity = factories.activity(own_town)
    Host.objects.create(activity=activity, town=other_town)
    activity.delete()
    assert not Participation.objects.exists()
