"""The trigger that keeps who held which position when, however a membership is written."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chambers.models import Chamber, Membership, Position, PositionSpell
from tests import factories
from towns.models import Town

JOINED = date(2020, 1, 1)
Spell = tuple[str, date | None, date | None]


@pytest.fixture
def chamber(own_town: Town) -> Chamber:
    return factories.chamber(own_town)


@pytest.fixture
def member(chamber: Chamber) -> Membership:
    return factories.membership(chamber, position=Position.COUNCILLOR, joined_on=JOINED)


def spells(membership: Membership) -> list[Spell]:
    rows = PositionSpell.objects.filter(membership=membership).order_by("from_on", "pk")
    return list(rows.values_list("position", "from_on", "to_on"))


def change(membership: Membership, **values: object) -> None:
    Membership.objects.filter(pk=membership.pk).update(**values)


def test_joining_begins_the_first_spell(member: Membership) -> None:
    assert spells(member) == [("councillor", JOINED, None)]


def test_another_position_ends_the_one_before_on_its_day(member: Membership) -> None:
    change(member, position="president", position_since=date(2022, 3, 1))

    assert spells(member) == [
        ("councillor", JOINED, date(2022, 3, 1)),
        ("president", date(2022, 3, 1), None),
    ]


def test_bulk_update_keeps_a_spell_for_every_row(chamber: Chamber) -> None:
    members = [factories.membership(chamber) for _ in range(3)]
    for one in members:
        one.position, one.position_since = Position.COUNCILLOR, date(2023, 1, 1)
    Membership.objects.bulk_update(members, ["position", "position_since"])

    assert [len(spells(one)) for one in members] == [2, 2, 2]
    assert Membership.objects.council_on(date(2023, 1, 1)).count() == 3
    assert not Membership.objects.council_on(date(2022, 12, 31)).exists()


def test_bulk_create_begins_a_spell_for_every_row(chamber: Chamber) -> None:
    enterprises = [factories.enterprise() for _ in range(3)]
    made = Membership.objects.bulk_create(
        Membership(chamber=chamber, enterprise=one, position=Position.PRESIDENT, joined_on=JOINED)
        for one in enterprises
    )

    assert [spells(one) for one in made] == [[("president", JOINED, None)]] * 3


def test_rows_copied_into_the_table_get_their_spells(chamber: Chamber) -> None:
    enterprise = factories.enterprise()
    lines = StringIO()
    csv.writer(lines).writerow([chamber.pk, enterprise.pk, "councillor", JOINED])
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            "COPY chambers_membership (chamber_id, enterprise_id, position, joined_on) "
            "FROM STDIN WITH CSV",
            lines,
        )

    assert spells(Membership.objects.get(enterprise=enterprise)) == [("councillor", JOINED, None)]


def test_there_and_back_on_the_same_day_leaves_no_trace_of_the_detour(member: Membership) -> None:
    day = date(2022, 3, 1)
    change(member, position="president", position_since=day)
    change(member, position="councillor", position_since=day)

    assert spells(member) == [("councillor", JOINED, day), ("councillor", day, None)]


def test_back_since_joining_makes_it_as_if_nothing_had_been(member: Membership) -> None:
    change(member, position="president", position_since=date(2022, 3, 1))
    change(member, position="councillor", position_since=None)

    assert spells(member) == [("councillor", JOINED, None)]


def test_a_corrected_position_with_the_same_day_replaces_the_wrong_one(member: Membership) -> None:
    change(member, position="president", position_since=date(2022, 3, 1))
    change(member, position="vice_president")

    assert spells(member) == [
        ("councillor", JOINED, date(2022, 3, 1)),
        ("vice_president", date(2022, 3, 1), None),
    ]


@pytest.mark.parametrize("corrected", [date(2021, 6, 1), date(2023, 6, 1)])
def test_a_corrected_day_moves_the_border_and_leaves_no_gap(
    member: Membership, corrected: date
) -> None:
    change(member, position="president", position_since=date(2022, 3, 1))
    change(member, position_since=corrected)

    assert spells(member) == [
        ("councillor", JOINED, corrected),
        ("president", corrected, None),
    ]


def test_an_earlier_day_swallows_spells_that_lie_wholly_after_it(member: Membership) -> None:
    change(member, position="vice_president", position_since=date(2022, 1, 1))
    change(member, position="president", position_since=date(2023, 1, 1))
    change(member, position_since=date(2021, 1, 1))

    assert spells(member) == [
        ("councillor", JOINED, date(2021, 1, 1)),
        ("president", date(2021, 1, 1), None),
    ]


@pytest.mark.parametrize("joined", [date(2019, 5, 1), date(2021, 5, 1)])
def test_a_corrected_join_date_moves_the_first_spell_alone(
    member: Membership, joined: date
) -> None:
    change(member, position="president", position_since=date(2022, 3, 1))
    change(member, joined_on=joined)

    assert spells(member) == [
        ("councillor", joined, date(2022, 3, 1)),
        ("president", date(2022, 3, 1), None),
    ]


def test_a_join_date_found_later_is_given_to_the_spell_without_a_beginning(
    chamber: Chamber,
) -> None:
    member = factories.membership(chamber, joined_on=None, position=Position.COUNCILLOR)
    assert spells(member) == [("councillor", None, None)]

    change(member, joined_on=JOINED)

    assert spells(member) == [("councillor", JOINED, None)]


def test_a_join_date_after_the_first_position_ended_removes_that_spell(member: Membership) -> None:
    change(member, position="president", position_since=date(2022, 3, 1))
    change(member, joined_on=date(2022, 6, 1))

    assert spells(member) == [("president", date(2022, 3, 1), None)]
    assert not Membership.objects.council_on(date(2022, 5, 31)).exists()


def test_leaving_and_other_edits_touch_no_spell(member: Membership) -> None:
    before = PositionSpell.objects.get(membership=member).pk
    change(member, left_on=date(2024, 1, 1))
    member.refresh_from_db()
    member.save()

    assert PositionSpell.objects.get(membership=member).pk == before


def test_a_join_date_taken_away_leaves_no_two_spells_without_a_beginning(chamber: Chamber) -> None:
    member = factories.membership(chamber, joined_on=None, position=Position.PRESIDENT)
    change(member, position="councillor", joined_on=JOINED)
    change(member, position="president", position_since=date(2020, 1, 2))
    change(member, joined_on=None)

    assert spells(member) == [
        ("president", date(2020, 1, 2), None),
        ("councillor", None, date(2020, 1, 2)),
    ]


DAYS = st.one_of(
    st.none(), st.integers(0, 1500).map(lambda days: date(2018, 1, 1) + timedelta(days=days))
)
EDITS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "position": st.sampled_from(["president", "councillor", "member"]),
            "position_since": DAYS,
            "joined_on": DAYS,
        },
    ).filter(bool),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_whatever_is_edited_spells_never_overlap_and_the_last_is_the_present(
    chamber: Chamber, edits: list[dict[str, object]]
) -> None:
    member = factories.membership(chamber, joined_on=JOINED)
    for edit in edits:
        change(member, **edit)
        member.refresh_from_db()
        *earlier, last = sorted(spells(member), key=lambda spell: spell[1] or date.min)

        assert last == (member.position, member.position_since or member.joined_on, None)
        borders = [end for _position, _start, end in earlier]
        starts = [start for _position, start, _end in [*earlier, last]][1:]
        assert all(
            end and start and end <= start for end, start in zip(borders, starts, strict=True)
        )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(gaps=st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_promotions_in_order_keep_every_earlier_day(chamber: Chamber, gaps: list[int]) -> None:
    member = factories.membership(chamber, joined_on=JOINED, position=Position.MEMBER)
    ladder = ["councillor", "standing_councillor", "vice_president"]
    expected, day = [("member", JOINED)], JOINED
    for step, gap in enumerate(gaps):
        day += timedelta(days=gap)
        expected.append((ladder[step % 3], day))
        change(member, position=ladder[step % 3], position_since=day)

    ends = [start for _position, start in expected[1:]] + [None]
    assert spells(member) == [
        (position, start, end) for (position, start), end in zip(expected, ends, strict=True)
    ]
