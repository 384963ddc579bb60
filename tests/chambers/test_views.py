"""The pages of chambers, members, enterprises and honours: what they show, what editing does."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from accounts.models import User
from chambers.forms import EnterpriseForm, HonourForm, MembershipForm
from chambers.models import Chamber, Enterprise, Honour, Membership, Milestone, Position, Term
from tests import factories
from tests.conftest import SignedIn
from tests.registers import untouched
from towns.models import Town

Queries = Any
VALID, WRONG_DIGIT = "91110000802100433B", "911100008021004331"


@pytest.fixture
def chamber(own_town: Town) -> Chamber:
    return factories.chamber(own_town, "华新镇商会", founded_on=date(2010, 5, 1))


@pytest.fixture
def admin(administrator: User, signed_in: SignedIn) -> Client:
    return signed_in(administrator)


def rows(client: Client, url: str, **filters: Any) -> list[Any]:
    response = client.get(url, filters)
    return [row.record for row in response.context["records"].table.paginated_rows]


def test_members_stand_down_the_ladder(
    chamber: Chamber, liaison: User, signed_in: SignedIn
) -> None:
    for position in (Position.MEMBER, Position.PRESIDENT, Position.COUNCILLOR):
        factories.membership(chamber, position=position)

    listed = rows(signed_in(liaison), "/memberships/")

    assert [row.held for row in listed] == ["president", "councillor", "member"]


def test_the_list_of_a_past_day_shows_the_positions_of_that_day(
    chamber: Chamber, liaison: User, signed_in: SignedIn
) -> None:
    member = factories.membership(chamber, position=Position.COUNCILLOR)
    gone = factories.membership(chamber, left_on=date(2023, 1, 1))
    member.position, member.position_since = Position.PRESIDENT, date(2024, 1, 1)
    member.save()
    client = signed_in(liaison)

    past = rows(client, "/memberships/", day="2022-06-01")

    assert [(row.pk, row.held) for row in past] == [(member.pk, "councillor"), (gone.pk, "member")]
    assert [row.held for row in rows(client, "/memberships/")] == ["president"]
    assert rows(client, "/memberships/", day="2022-06-01", position="president") == []
    assert rows(client, "/memberships/", standing="ended") == [gone]


def test_council_or_above_is_filtered_as_of_the_day(
    chamber: Chamber, liaison: User, signed_in: SignedIn
) -> None:
    councillor = factories.membership(chamber, position=Position.COUNCILLOR)
    plain = factories.membership(chamber)
    client = signed_in(liaison)

    assert rows(client, "/memberships/", council="yes") == [councillor]
    assert rows(client, "/memberships/", council="no") == [plain]


@pytest.mark.parametrize("text", ["示例快递", "shilikuaidi", "slkd", "91110000"])
def test_an_enterprise_is_found_by_name_pinyin_initials_and_code(
    own_town: Town, liaison: User, signed_in: SignedIn, text: str
) -> None:
    found = factories.enterprise(own_town, "上海示例快递有限公司", credit_code=VALID)
    factories.enterprise(own_town, "上海另一家有限公司")
    client = signed_in(liaison)

    assert rows(client, "/enterprises/", q=text) == [found]
    suggested = client.get("/enterprises/suggest/", {"q": text}).json()["results"]
    assert suggested == [{"value": str(found.pk), "text": found.name, "note": VALID}]


def test_enterprises_are_filtered_by_capital_tag_band_and_membership(
    chamber: Chamber, own_town: Town, liaison: User, signed_in: SignedIn
) -> None:
    big = factories.enterprise(
        own_town,
        capital_wan=5000,
        industry_tag="快递物流",
        tax_band="千万级",
        tax_band_year=2023,
        tax_band_source="镇经发办",
    )
    small = factories.enterprise(own_town, capital_wan=10)
    factories.membership(chamber, big)
    client = signed_in(liaison)

    for filters in (
        {"capital_min": "100"},
        {"tag": "快递物流"},
        {"tax_band": "千万级"},
        {"member": "yes"},
    ):
        assert rows(client, "/enterprises/", **filters) == [big], filters
    assert rows(client, "/enterprises/", member="no") == [small]


def test_honours_are_parted_into_valid_lapsing_and_lapsed(
    chamber: Chamber, liaison: User, signed_in: SignedIn
) -> None:
    today = localdate()
    last_day = factories.honour(chamber, title="今天到期", valid_until=today)
    soon = factories.honour(chamber, title="半年内", valid_until=today + timedelta(days=180))
    later = factories.honour(chamber, title="以后", valid_until=today + timedelta(days=181))
    lapsed = factories.honour(chamber, title="过期", valid_until=today - timedelta(days=1))
    always = factories.honour(chamber, title="长期")
    client = signed_in(liaison)

    assert set(rows(client, "/honours/", validity="lapsing")) == {last_day, soon}
    assert set(rows(client, "/honours/", validity="valid")) == {last_day, soon, later, always}
    assert rows(client, "/honours/", validity="lapsed") == [lapsed]


def test_honours_stand_from_national_down(
    chamber: Chamber, liaison: User, signed_in: SignedIn
) -> None:
    for level in (Honour.Level.TOWN, Honour.Level.NATIONAL, Honour.Level.DISTRICT):
        factories.honour(chamber, level=level, title=level)

    levels = [row.level for row in rows(signed_in(liaison), "/honours/")]

    assert levels == ["national", "district", "town"]


@pytest.mark.parametrize(
    "url", ["/chambers/", "/memberships/", "/enterprises/", "/honours/", "/venues/"]
)
def test_lists_cost_the_same_for_few_and_for_many(
    chamber: Chamber,
    own_town: Town,
    liaison: User,
    signed_in: SignedIn,
    django_assert_max_num_queries: Queries,
    url: str,
) -> None:
    for number in range(12):
        factories.membership(chamber)
        factories.honour(chamber, title=f"荣誉{number}")
        factories.chamber(own_town)
        factories.venue(own_town)
    client = signed_in(liaison)

    with django_assert_max_num_queries(14):
        client.get(url)


def test_an_export_holds_exactly_the_filtered_rows(
    chamber: Chamber, liaison: User, signed_in: SignedIn
) -> None:
    factories.membership(chamber, position=Position.PRESIDENT)
    factories.membership(chamber)

    response = signed_in(liaison).get("/memberships/?council=yes&export=xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0)
    cells = [row for row in sheet.to_python() if "会长" in row]

    assert len(cells) == 1
    assert not any("会员" in row for row in sheet.to_python()[5:])


def test_a_chamber_page_opens_with_its_sentence_and_shows_its_council(
    chamber: Chamber,
    liaison: User,
    signed_in: SignedIn,
) -> None:
    president = factories.membership(chamber, position=Position.PRESIDENT)
    factories.membership(chamber)
    factories.honour(chamber, title="全国“四好”商会", level=Honour.Level.NATIONAL)
    Term.objects.create(chamber=chamber, number=3, from_on=date(2022, 1, 1), to_on=date(2099, 1, 1))
    Milestone.objects.create(chamber=chamber, happened_on=date(2010, 5, 1), title="商会成立")

    response = signed_in(liaison).get(f"/chambers/{chamber.pk}/")
    page = response.content.decode()

    assert "现为第3届" in page
    assert f'href="/memberships/?chamber={chamber.pk}">2</a>' in page
    assert [rung.position for rung in response.context["council"]] == ["president"]
    assert president.enterprise.name in page
    assert "全国“四好”商会" in page
    assert "商会成立" in page


def test_a_chamber_page_costs_the_same_for_few_and_for_many(
    chamber: Chamber,
    liaison: User,
    signed_in: SignedIn,
    django_assert_max_num_queries: Queries,
) -> None:
    for number in range(20):
        factories.membership(chamber, position=Position.COUNCILLOR)
        factories.honour(chamber, title=f"荣誉{number}")
    client = signed_in(liaison)

    with django_assert_max_num_queries(26):
        client.get(f"/chambers/{chamber.pk}/")


@pytest.mark.parametrize(
    ("code", "verdict"),
    [(VALID, "校验通过"), (WRONG_DIGIT, "校验位不符"), (None, "未填")],
)
def test_an_enterprise_page_says_what_its_code_is_worth(
    own_town: Town, liaison: User, signed_in: SignedIn, code: str | None, verdict: str
) -> None:
    enterprise = factories.enterprise(own_town, credit_code=code)

    assert verdict in signed_in(liaison).get(f"/enterprises/{enterprise.pk}/").content.decode()


def test_an_enterprise_page_lists_every_position_with_its_days(
    chamber: Chamber, liaison: User, signed_in: SignedIn
) -> None:
    member = factories.membership(chamber, position=Position.COUNCILLOR)
    member.position, member.position_since = Position.PRESIDENT, date(2024, 1, 1)
    member.save()

    page = signed_in(liaison).get(f"/enterprises/{member.enterprise_id}/").content.decode()

    assert page.index("现任") < page.index("2020年1月1日 — 2024年1月1日")


def enterprise_data(administrator: User, **changed: Any) -> dict[str, Any]:
    return {
        **untouched(EnterpriseForm, Enterprise(name="上海示例新办有限公司"), administrator),
        **changed,
    }


def test_a_code_is_cleaned_as_it_is_saved(administrator: User, admin: Client) -> None:
    code = " ９１１１００００８０２１００４３３b "

    response = admin.post("/enterprises/new/", enterprise_data(administrator, credit_code=code))

    assert response.status_code == 302
    assert Enterprise.objects.get().credit_code == VALID


def test_a_wrong_check_digit_is_asked_about_and_then_saved(
    administrator: User, admin: Client
) -> None:
    data = enterprise_data(administrator, credit_code=WRONG_DIGIT)

    asked = admin.post("/enterprises/new/", data)
    assert "校验位不符" in asked.content.decode()
    assert "仍要保存" in asked.content.decode()
    assert not Enterprise.objects.exists()

    confirmed = asked.context["buttons"][0].value
    assert admin.post("/enterprises/new/", {**data, "confirmed": confirmed}).status_code == 302
    assert Enterprise.objects.get().credit_code == WRONG_DIGIT


def test_a_code_confirmed_once_is_not_asked_about_again(
    own_town: Town, administrator: User, admin: Client
) -> None:
    enterprise = factories.enterprise(own_town, credit_code=WRONG_DIGIT)
    data = untouched(EnterpriseForm, enterprise, administrator)

    response = admin.post(f"/enterprises/{enterprise.pk}/edit/", {**data, "note": "改备注"})

    assert response.status_code == 302


@pytest.mark.parametrize("code", ["310229000123456", "9.13E+17", "12345"])
def test_what_is_no_credit_code_is_refused_with_the_reason(
    administrator: User, admin: Client, code: str
) -> None:
    response = admin.post("/enterprises/new/", enterprise_data(administrator, credit_code=code))

    assert response.context["form"].has_error("credit_code", "ENT-01")
    assert not Enterprise.objects.exists()


def test_a_namesake_is_asked_about(own_town: Town, administrator: User, admin: Client) -> None:
    factories.enterprise(own_town, "上海示例新办（有限）公司")
    data = enterprise_data(administrator, name="上海示例新办(有限)公司")

    asked = admin.post("/enterprises/new/", data)

    assert "已有同名企业" in asked.content.decode()
    assert Enterprise.objects.count() == 1


def test_the_same_code_twice_is_refused(own_town: Town, administrator: User, admin: Client) -> None:
    factories.enterprise(own_town, credit_code=VALID)

    response = admin.post("/enterprises/new/", enterprise_data(administrator, credit_code=VALID))

    assert "credit_code" in response.context["form"].errors
    assert Enterprise.objects.count() == 1


def test_an_enterprise_joins_and_is_promoted_and_its_past_is_kept(
    chamber: Chamber, own_town: Town, administrator: User, admin: Client
) -> None:
    enterprise = factories.enterprise(own_town)
    new = f"/chambers/{chamber.pk}/memberships/new/"
    data = {"enterprise": enterprise.pk, "position": "councillor", "joined_on": "2020-01-01"}
    assert admin.post(new, data).status_code == 302

    membership = Membership.objects.get()
    edited = untouched(MembershipForm, membership, administrator)
    edited |= {"position": "president", "position_since": "2024-01-01"}
    assert admin.post(f"/memberships/{membership.pk}/edit/", edited).status_code == 302

    assert list(membership.spells.order_by("from_on").values_list("position", flat=True)) == [
        "councillor",
        "president",
    ]


def test_another_position_without_its_day_is_asked_about(
    chamber: Chamber, administrator: User, admin: Client
) -> None:
    membership = factories.membership(chamber)
    data = {**untouched(MembershipForm, membership, administrator), "position": "president"}
    url = f"/memberships/{membership.pk}/edit/"

    asked = admin.post(url, data)
    assert "任现职日期没有改" in asked.content.decode()
    assert Membership.objects.get().position == "member"

    assert admin.post(url, {**data, "confirmed": "CHB-12"}).status_code == 302


def test_all_broken_rules_of_a_membership_are_told_at_once(
    chamber: Chamber, own_town: Town, admin: Client
) -> None:
    enterprise = factories.enterprise(own_town, closed_on=date(2023, 1, 1))
    data = {
        "enterprise": enterprise.pk,
        "position": "member",
        "joined_on": "2009-01-01",
        "position_since": "2008-01-01",
    }

    form = admin.post(f"/chambers/{chamber.pk}/memberships/new/", data).context["form"]

    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    assert codes >= {"CHB-04", "CHB-07", "CHB-11"}


def test_rejoining_is_no_double_membership_but_overlapping_is(
    chamber: Chamber, admin: Client
) -> None:
    past = factories.membership(chamber, left_on=date(2022, 1, 1))
    new = f"/chambers/{chamber.pk}/memberships/new/"
    data = {"enterprise": past.enterprise_id, "position": "member"}

    overlapping = admin.post(new, {**data, "joined_on": "2021-12-31"})
    assert "已是这家商会的会员" in overlapping.content.decode()
    assert admin.post(new, {**data, "joined_on": "2022-01-01"}).status_code == 302


def test_leaving_ends_a_membership_on_its_day(chamber: Chamber, admin: Client) -> None:
    membership = factories.membership(chamber)

    admin.post(f"/memberships/{membership.pk}/close/", {"on": "2024-05-01", "reason": "迁出"})

    membership.refresh_from_db()
    assert membership.left_on == date(2024, 5, 1)


def test_closing_a_chamber_ends_its_memberships(chamber: Chamber, admin: Client) -> None:
    factories.membership(chamber)
    factories.membership(chamber, left_on=date(2022, 1, 1))
    factories.membership(chamber, left_on=date(2030, 1, 1))

    admin.post(f"/chambers/{chamber.pk}/close/", {"on": "2024-05-01"})

    days = list(Membership.objects.order_by("left_on").values_list("left_on", flat=True))
    assert days == [date(2022, 1, 1), date(2024, 5, 1), date(2024, 5, 1)]
    assert not Membership.objects.on(date(2024, 5, 1)).exists()


def test_terms_of_a_chamber_do_not_overlap(chamber: Chamber, admin: Client) -> None:
    url = f"/chambers/{chamber.pk}/terms/new/"
    first = {"number": 1, "from_on": "2018-01-01", "to_on": "2023-01-01"}
    assert admin.post(url, first).status_code == 302

    overlapping = admin.post(url, {"number": 2, "from_on": "2022-12-31", "to_on": "2027-12-31"})
    assert "与另一届的起止日期重叠" in overlapping.content.decode()
    following = {"number": 2, "from_on": "2023-01-01", "to_on": "2028-01-01"}
    assert admin.post(url, following).status_code == 302


def test_an_honour_is_filed_under_the_town_of_its_holder(
    chamber: Chamber, own_town: Town, other_town: Town, administrator: User, admin: Client
) -> None:
    data = untouched(HonourForm, Honour(title="示例荣誉", level="district"), administrator)
    data |= {"chamber": chamber.pk}

    elsewhere = admin.post("/honours/new/", {**data, "town": other_town.pk})
    assert "不是获得荣誉的单位所在街镇" in elsewhere.content.decode()
    assert admin.post("/honours/new/", data).status_code == 302
    assert Honour.objects.get().town == own_town
    again = admin.post("/honours/new/", data)
    assert "这项荣誉已经登记过" in again.content.decode()


def test_a_milestone_is_added_changed_and_removed(
    chamber: Chamber, administrator: User, admin: Client
) -> None:
    new = {"happened_on": "2010-05-01", "title": "商会成立", "text": ""}
    assert admin.post(f"/chambers/{chamber.pk}/milestones/new/", new).status_code == 302
    milestone = Milestone.objects.get()

    assert admin.post(f"/milestones/{milestone.pk}/remove/", {"reason": "误登"}).status_code == 302
    assert not Milestone.objects.exists()
    assert (
        "删除 发展历程 商会成立"
        in admin.get(f"/chambers/{chamber.pk}/?history=newest").content.decode()
    )
