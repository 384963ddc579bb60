"""Dated truth of towns: which villages there were on a day, and which of them were staffed."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from tests import factories
from towns.models import Brand, Post, Town, Village

DAY = date(2024, 5, 27)


def staffed_village(town: Town, **fields: object) -> Village:
    village = factories.village(town)
    factories.post(village, Post.Kind.OFFICER, **fields)
    factories.post(village, Post.Kind.LIAISON)
    return village


def test_a_village_exists_from_its_opening_until_the_day_it_closes(own_town: Town) -> None:
    always = factories.village(own_town)
    opened = factories.village(own_town, opened_on=DAY)
    factories.village(own_town, opened_on=date(2024, 5, 28))
    factories.village(own_town, closed_on=DAY)

    assert set(Village.objects.on(DAY)) == {always, opened}


def test_a_village_is_staffed_when_both_posts_are_filled_that_day(own_town: Town) -> None:
    both = staffed_village(own_town)
    factories.post(factories.village(own_town), Post.Kind.OFFICER)
    factories.post(factories.village(own_town), Post.Kind.LIAISON)

    assert list(Village.objects.staffed_on(DAY)) == [both]


def test_a_post_left_that_day_no_longer_staffs(own_town: Town) -> None:
    staffed_village(own_town, to_on=DAY)
    staffed_village(own_town, from_on=date(2024, 5, 28))

    assert not Village.objects.staffed_on(DAY).exists()


def test_two_holders_of_one_post_count_the_village_once(own_town: Town) -> None:
    village = staffed_village(own_town)
    factories.post(village, Post.Kind.OFFICER, holder="示例另一位")

    assert Village.objects.staffed_on(DAY).count() == 1


def test_dated_and_scoped_conditions_go_together(
    own_town: Town, other_town: Town, liaison: User
) -> None:
    own = staffed_village(own_town)
    staffed_village(other_town)

    assert list(Village.objects.visible_to(liaison).on(DAY).staffed_on(DAY)) == [own]


def test_a_brand_ends_on_the_day_it_closes(own_town: Town) -> None:
    factories.brand(own_town, closed_on=DAY)

    assert not Brand.objects.on(DAY).exists()
    assert Brand.objects.on(date(2024, 5, 26)).exists()
