"""What an administrator sets for figures: everywhere at once, with history, and never backwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from chambers.models import Position
from core.periods import Period
from core.refusals import Refused
from summaries import actions, queries
from summaries.figures.catalogue import FIGURES, figures_for, in_order
from summaries.figures.scopes import ScopeKind
from summaries.models import FigureSetting, Summary
from tests import factories
from tests.conftest import SignedIn
from tests.summaries.test_figures import exported_lines
from towns.models import Town

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, 0, 10, tzinfo=timezone.get_fixed_timezone(480))


def set_figure(by: User, key: str = "members", **changes: Any) -> None:
    keys = ["", *FIGURES]
    before = keys[keys.index(key) - 1] if key in keys else ""
    fields = {"title": "", "title_en": "", "is_hidden": False, "after": before, **changes}
    actions.set_figure(key=key, **fields, by=by)


def set_rules(by: User, **changes: Any) -> None:
    row = queries.figure_rules()
    names = ("council_positions", "idle_days", "grey_days", "lapse_days", "term_days")
    fields = {name: getattr(row, name) for name in (*names, "least_base", "summaries_from")}
    actions.set_rules(**{**fields, **changes}, by=by)


def listed(client: Any, query: str = "") -> dict[str, Any]:
    rows = client.get(reverse("summaries:list_figures") + query).context["table"].data
    return {row["title"]: row for row in rows}


def test_a_new_name_stands_in_lists_pages_and_later_summaries_and_not_in_earlier_ones(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    may, april = Period.parse("2024-05"), Period.parse("2024-04")

    def titles_of(period: Period) -> set[str]:
        kept = actions.write_summary(
            kind=Summary.Kind.MONTHLY, period=period, town=own_town, by=None, now=NOW
        )
        return {one["title"] for one in kept.figures}

    assert "会员企业" in titles_of(april)
    set_figure(administrator, title="会员单位", title_en="Member bodies")
    client = signed_in(administrator)
    assert "会员单位" in listed(client)
    page = client.get(reverse("summaries:figure_rows", args=["members"])).content.decode()
    assert "·会员单位" in page
    assert "会员单位" in titles_of(may)
    assert "会员单位" not in titles_of(april)
    with translation.override("en"):
        assert FIGURES["members"].title_under(queries.rules_in_force()) == "Member bodies"


def test_a_hidden_figure_leaves_the_lists_and_its_rows_can_still_be_opened(
    signed_in: SignedIn, administrator: User
) -> None:
    client = signed_in(administrator)
    assert "会员企业" in listed(client)
    set_figure(administrator, is_hidden=True)
    assert "会员企业" not in listed(client)
    assert client.get(reverse("summaries:figure_rows", args=["members"])).status_code == 200
    shown = figures_for(ScopeKind.DISTRICT, queries.rules_in_force())
    assert "members" not in [one.key for one in shown]


def test_a_figure_moves_behind_another_and_the_others_keep_their_order(
    administrator: User,
) -> None:
    before = [one.key for one in figures_for(ScopeKind.DISTRICT, queries.rules_in_force())]
    set_figure(administrator, "honours", after="activities")
    set_figure(administrator, "brands", after="")
    after = [one.key for one in figures_for(ScopeKind.DISTRICT, queries.rules_in_force())]
    assert after[:3] == ["brands", "activities", "honours"]
    rest = [key for key in before if key not in {"brands", "activities", "honours"}]
    assert after[3:] == rest


def test_a_figure_without_a_place_of_its_own_stays_behind_its_forerunner(
    administrator: User,
) -> None:
    set_figure(administrator, "honours", after="activities")
    FigureSetting.objects.filter(key="honours_lapsing").delete()  # as one that a release adds
    keys = [one.key for one in figures_for(ScopeKind.DISTRICT, queries.rules_in_force())]
    assert keys[keys.index("honours") + 1] == "honours_lapsing"


def test_saving_without_a_move_writes_no_places(administrator: User) -> None:
    set_figure(administrator, title="会员单位")
    assert list(FigureSetting.objects.values_list("key", "order")) == [("members", None)]


def test_two_figures_cannot_bear_one_name(administrator: User) -> None:
    with pytest.raises(Refused, match="SUM-05") as refused:
        set_figure(administrator, title="理事以上企业")
    assert [rule.code for rule in refused.value.rules] == ["SUM-05"]
    with pytest.raises(Refused):
        set_figure(administrator, "no_such_figure", after="")
    set_figure(administrator, title="会员企业")  # its own built-in name is no other's
    assert not FigureSetting.objects.exclude(key="members").exists()


def test_every_change_is_in_the_history_with_the_person(administrator: User) -> None:
    set_figure(administrator, title="会员单位")
    event = FigureSetting.objects.get().events.get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata == {"user": administrator.pk, "action": "set_figure"}


def test_the_page_of_a_figures_names_saves_and_refuses(
    signed_in: SignedIn, administrator: User, officer: User
) -> None:
    url = reverse("summaries:edit_figure", args=["members"])
    client = signed_in(administrator)
    assert "不填则用原名“会员企业”。" in client.get(url).content.decode()
    posted = {"title": "会员单位", "title_en": "", "after": "activities"}
    assert client.post(url, posted).status_code == 302
    assert next(iter(list(listed(client))[1:])) == "会员单位"
    assert client.post(url, {**posted, "title": "阵地"}).context["form"].errors
    unknown = reverse("summaries:edit_figure", args=["nothing"])
    assert client.get(unknown).status_code == 404
    assert signed_in(officer).post(url, posted).status_code == 403


def test_the_list_of_members_and_the_figure_mean_the_same_by_council(
    signed_in: SignedIn, administrator: User, own_town: Town
) -> None:
    chamber = factories.chamber(own_town)
    for position in (Position.PRESIDENT, Position.COUNCILLOR, Position.SUPERVISOR, Position.MEMBER):
        factories.membership(chamber, position=position)
    set_rules(administrator, council_positions=["president", "supervisor", "member"])
    client = signed_in(administrator)
    url = reverse("chambers:list_memberships")
    figure = client.get(reverse("summaries:figure_rows", args=["council_enterprises"]))
    assert figure.context["total"] == 3
    assert client.get(url, {"council": "yes"}).context["records"].count == 3
    assert client.get(url, {"council": "no"}).context["records"].count == 1


def test_a_summary_is_silent_about_a_hidden_figure_where_it_can_be(
    administrator: User, own_town: Town
) -> None:
    factories.brand(own_town)

    def written(period: str) -> Summary:
        return actions.write_summary(
            kind=Summary.Kind.MONTHLY,
            period=Period.parse(period),
            town=own_town,
            by=None,
            now=NOW,
        )

    assert "个品牌较长时间没有活动支撑" in str(written("2024-03").content)
    for key in ("brands_grey", "members"):
        set_figure(administrator, key, is_hidden=True)
    after = written("2024-04")
    assert "没有活动支撑" not in str(after.content)
    assert "会员企业" not in str(after.content)
    assert not {"brands_grey", "members"} & {one["key"] for one in after.figures}


def test_the_page_of_a_figure_says_since_when_it_counts_so_and_what_was_changed(
    signed_in: SignedIn, administrator: User, officer: User
) -> None:
    url = reverse("summaries:figure_rows", args=["council_enterprises"])
    client = signed_in(officer)
    assert client.get(url).context["page"].version_words == "口径第 1 版，系统内置"
    positions = [*queries.figure_rules().council_positions, "supervisor"]
    set_rules(administrator, council_positions=positions, idle_days=60)
    set_figure(administrator, "council_enterprises", title="理事单位")
    set_rules(administrator, council_positions=[*positions[1:]])
    response = client.get(url)
    page = response.context["page"]
    assert page.version.number == 3
    assert [edit.words for edit in page.version.definition_edits] == [
        "理事以上去掉会长",
        "理事以上加入监事；阵地闲置天数由 90 天 改为 60 天",
    ]
    assert [edit.words for edit in page.version.other_edits] == ["名称由 — 改为 “理事单位”"]
    assert {edit.by for edit in page.version.edits} == {administrator.name}
    assert "理事以上去掉会长" in response.content.decode()
    other = client.get(reverse("summaries:figure_rows", args=["activities"])).context["page"]
    assert other.version.number == 1
    notes = client.get(f"{url}?export=xlsx")
    assert notes.status_code == 200


def test_the_list_says_what_of_its_question_it_did_not_understand(
    signed_in: SignedIn, officer: User
) -> None:
    url = reverse("summaries:list_figures")
    page = signed_in(officer).get(url + "?period=2024-13&as_of=2024-05-27").content.decode()
    assert "看不懂期间“2024-13”" in page


def test_every_change_of_definitions_stands_below_their_settings(
    signed_in: SignedIn, administrator: User
) -> None:
    set_rules(administrator, least_base=20)
    page = signed_in(administrator).get(reverse("summaries:edit_rules")).content.decode()
    assert "算百分比的最小基数由 10 改为 20" in page


def test_only_an_administrator_finds_the_hidden_figures_and_shows_them_again(
    signed_in: SignedIn, administrator: User, officer: User
) -> None:
    set_figure(administrator, is_hidden=True)
    url = reverse("summaries:list_figures")
    edit = reverse("summaries:edit_figure", args=["members"])
    assert edit in signed_in(administrator).get(url).content.decode()
    assert edit not in signed_in(officer).get(url).content.decode()
    set_figure(administrator)
    assert "会员企业" in listed(signed_in(officer))


def fields_of(client: Client, url: str) -> dict[str, Any]:
    """A form as a browser has it before a person, ready to be sent back."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_of_two_administrators_neither_takes_back_what_the_other_set(
    signed_in: SignedIn, administrator: User
) -> None:
    url = reverse("summaries:edit_rules")
    first, second = signed_in(administrator), signed_in(factories.administrator())
    of_first, of_second = fields_of(first, url), fields_of(second, url)
    first.post(url, {**of_first, "idle_days": 60})
    assert second.post(url, {**of_second, "grey_days": 30}).status_code == 302
    rules = queries.figure_rules()
    assert (rules.idle_days, rules.grey_days) == (60, 30)


def test_what_both_changed_is_asked_about_once(signed_in: SignedIn, administrator: User) -> None:
    url = reverse("summaries:edit_rules")
    client = signed_in(administrator)
    sent = fields_of(client, url)
    set_rules(administrator, idle_days=60, council_positions=["president", "supervisor"])
    mine = {**sent, "idle_days": 45, "council_positions": ["president"]}
    refused = client.post(url, mine)
    assert "改成了“60”" in refused.content.decode()
    assert "改成了“会长、监事”" in refused.content.decode()
    assert queries.figure_rules().idle_days == 60
    again = {**mine, "seen": refused.context["form"]["seen"].value()}
    assert client.post(url, again).status_code == 302
    assert queries.figure_rules().idle_days == 45


def test_a_figure_hidden_meanwhile_stays_hidden_when_another_renames_it(
    signed_in: SignedIn, administrator: User
) -> None:
    url = reverse("summaries:edit_figure", args=["members"])
    client = signed_in(administrator)
    sent = fields_of(client, url)
    set_figure(administrator, is_hidden=True, title="会员单位")
    set_figure(administrator, "members", is_hidden=True, title="会员单位", after="activities")
    refused = client.post(url, {**sent, "title": "会员商家"})
    assert "改成了“会员单位”" in refused.content.decode()
    assert client.post(url, sent).status_code == 302
    setting = FigureSetting.objects.get(key="members")
    assert (setting.title, setting.is_hidden) == ("会员单位", True)
    keys = [one.key for one in figures_for(ScopeKind.DISTRICT)]
    assert "members" in keys
    shown = list(in_order(FIGURES.values(), queries.figure_settings()))
    assert shown[[one.key for one in shown].index("members") - 1].key == "activities"


def test_a_figure_hidden_while_its_page_is_open_still_opens_exports_and_says_so(
    signed_in: SignedIn, administrator: User, officer: User, own_town: Town
) -> None:
    factories.membership(factories.chamber(own_town))
    url = reverse("summaries:figure_rows", args=["members"])
    client = signed_in(officer)
    assert "看板、指标列表和以后的小结不显示这个指标" not in client.get(url).content.decode()
    set_figure(administrator, is_hidden=True, title="会员单位")
    page = client.get(url).content.decode()
    assert "看板、指标列表和以后的小结不显示这个指标" in page
    assert "·会员单位" in page
    table = exported_lines(client.get(f"{url}?export=xlsx").content)
    assert table[0][0].endswith("·会员单位")
    assert "合计：1 家" in [line[0] for line in table]
    assert "会员单位" not in client.get("/").content.decode()
