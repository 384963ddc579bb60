"""The administration of users, and the rules that hold for it."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts import actions, queries
from accounts.models import User
from accounts.passwords import DENGBAO
from core.access import (
    ROLES,
    Administrator,
    Auditor,
    DistrictOfficer,
    Permission,
    TownLiaison,
)
from core.drawn_rows import DrawnRows
from core.refusals import Refused
from tests import factories
from tests.accounts.conftest import broken_rules
from tests.conftest import SignedIn
from towns.models import Town


@pytest.fixture
def admin(signed_in: SignedIn, administrator: User) -> Client:
    return signed_in(administrator)


def last_event(user: User) -> Any:
    return User.objects.get(pk=user.pk).events.latest("pgh_id")  # type: ignore[attr-defined]


def new_user(**fields: Any) -> dict[str, Any]:
    return {"username": "new.person", "name": "示例新人", "role": Auditor.key, **fields}


def test_a_new_account_has_a_password_that_is_shown_once_and_must_change(
    admin: Client, own_town: Town, administrator: User
) -> None:
    fields = new_user(username=" New.Person ", role=TownLiaison.key, towns=[own_town.pk])
    page = admin.post("/users/new/", fields)
    assert "no-store" in page["Cache-Control"]
    password = page.context["password"]
    assert password in page.content.decode()
    user = User.objects.get(username="new.person")
    assert user.check_password(password)
    assert not list(DENGBAO.broken_by(password, None))
    assert user.must_change_password
    assert user.town_ids == frozenset({own_town.pk})
    assert password not in admin.get(f"/users/{user.pk}/").content.decode()
    event = last_event(user)
    assert event.pgh_context.metadata["action"] == "create_user"
    assert event.pgh_context.metadata["user"] == administrator.pk


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"role": TownLiaison.key}, "USR-03"),
        ({"username": "administrator"}, "USR-02"),
        ({"username": "ADMINistrator"}, "USR-02"),
        ({"username": "two words"}, "USR-01"),
        ({"username": "x"}, "USR-01"),
        ({"username": "<script>"}, "USR-01"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told_at_its_field(
    admin: Client, fields: dict[str, str], broken: str
) -> None:
    page = admin.post("/users/new/", new_user(**fields))
    assert broken_rules(page) == {broken}
    assert User.objects.count() == 1


def test_a_role_of_the_district_takes_no_town(admin: Client, own_town: Town) -> None:
    page = admin.post("/users/new/", new_user(towns=[own_town.pk]))
    assert broken_rules(page) == {"USR-04"}


def test_all_broken_rules_are_told_at_once(administrator: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.create_user(
            username="no good", name="x", role=TownLiaison.key, towns=[], work_phone="",
            by=administrator,
        )  # fmt: skip
    assert {rule.code for rule in refused.value.rules} == {"USR-01", "USR-03"}


def test_a_role_that_does_not_exist_is_refused(admin: Client) -> None:
    page = admin.post("/users/new/", new_user(role="superuser"))
    assert page.status_code == 200
    assert User.objects.count() == 1


def test_one_person_has_one_role_in_the_database_too(administrator: User) -> None:
    both = f"{Administrator.key},{Auditor.key}"
    with pytest.raises(Exception, match="user_role_is_known"), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET role = %s", [both[:30]])


def test_towns_and_role_change_together(
    admin: Client, liaison: User, own_town: Town, other_town: Town
) -> None:
    page = f"/users/{liaison.pk}/edit/"
    moved = {"name": "示例乙", "role": TownLiaison.key, "towns": [other_town.pk]}
    assert admin.post(page, {**moved, "opened": opened(liaison)}).status_code == 302
    user = User.objects.get(pk=liaison.pk)
    assert (user.name, user.town_ids) == ("示例乙", frozenset({other_town.pk}))
    assert user.initials == "sly"
    promoted = {"name": "示例乙", "role": DistrictOfficer.key, "opened": opened(user)}
    assert admin.post(page, promoted).status_code == 302
    user = User.objects.get(pk=liaison.pk)
    assert user.town_ids is None
    assert not user.assignments.exists()


def opened(user: User) -> str:
    """What the edit page of an account carries about how it stood."""
    return json.dumps(queries.account_values(user))


def test_what_another_administrator_wrote_meanwhile_is_not_overwritten_unseen(
    admin: Client, liaison: User, own_town: Town, other_town: Town
) -> None:
    page = f"/users/{liaison.pk}/edit/"
    sent = {
        "name": liaison.name,
        "work_phone": "021-1",
        "role": TownLiaison.key,
        "towns": [own_town.pk],
        "opened": opened(liaison),
    }
    actions.edit_user(
        user=liaison,
        name=liaison.name,
        work_phone="021-2",
        role=TownLiaison.key,
        towns=[own_town, other_town],
        by=factories.administrator(),
    )
    refused = admin.post(page, sent)
    errors = refused.context["form"].errors
    assert set(errors) == {"work_phone", "towns"}
    assert "021-2" in str(errors["work_phone"])
    assert other_town.name in str(errors["towns"])
    assert User.objects.get(pk=liaison.pk).work_phone == "021-2"

    again = {**sent, "opened": refused.context["form"]["opened"].value()}
    assert admin.post(page, again).status_code == 302
    user = User.objects.get(pk=liaison.pk)
    assert (user.work_phone, user.town_ids) == ("021-1", frozenset({own_town.pk}))


@pytest.mark.parametrize("forged", ["", "[]", "null", "{", "7"])
def test_an_edit_that_says_not_what_it_looked_at_overwrites_nothing(
    admin: Client, liaison: User, own_town: Town, forged: str
) -> None:
    sent = {"name": "别人", "role": TownLiaison.key, "towns": [own_town.pk], "opened": forged}
    assert admin.post(f"/users/{liaison.pk}/edit/", sent).status_code == 200
    assert User.objects.get(pk=liaison.pk).name == liaison.name


def test_extra_fields_of_a_form_change_nothing(
    admin: Client, signed_in: SignedIn, liaison: User, own_town: Town, other_town: Town
) -> None:
    forged = {"role": Administrator.key, "towns": [other_town.pk], "username": "root", "name": "x"}
    signed_in(liaison).post("/profile/", {"language": "en", **forged})
    user = User.objects.get(pk=liaison.pk)
    assert (user.role, user.username, user.language) == (TownLiaison.key, "liaison", "en")
    assert user.town_ids == frozenset({own_town.pk})


def test_nobody_changes_their_own_role(admin: Client, administrator: User) -> None:
    factories.administrator()
    page = f"/users/{administrator.pk}/edit/"
    admin.post(page, {"name": "示例", "role": Auditor.key})
    administrator.refresh_from_db()
    assert administrator.role == Administrator.key
    with pytest.raises(Refused, match="USR-05"):
        actions.edit_user(
            user=administrator, name="x", role=Auditor.key, towns=[], work_phone="",
            by=administrator,
        )  # fmt: skip


def test_nobody_disables_themself(admin: Client, administrator: User) -> None:
    factories.administrator()
    answer = admin.post(f"/users/{administrator.pk}/disable/", follow=True)
    assert "不能停用自己的账号" in answer.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_the_last_active_administrator_stays(administrator: User) -> None:
    gone = factories.administrator(is_active=False)
    with pytest.raises(Refused, match="USR-07"):
        actions.disable_user(user=administrator, by=gone)
    with pytest.raises(Refused, match="USR-07"):
        actions.edit_user(
            user=administrator, name="x", role=Auditor.key, towns=[], work_phone="", by=gone
        )
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.role) == (True, Administrator.key)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_disable_each_other_leave_one() -> None:
    one, two = factories.administrator(), factories.administrator()
    start = threading.Barrier(2)

    def disable(user: User, by: User) -> None:
        start.wait(timeout=10)
        try:
            actions.disable_user(user=user, by=by)
        except Refused:
            pass
        finally:
            connection.close()

    both = [threading.Thread(target=disable, args=pair) for pair in ((one, two), (two, one))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=20)
    assert User.objects.filter(is_active=True).count() == 1


@pytest.mark.parametrize("act", ["disable", "enable", "unlock", "reset-second-factor"])
def test_every_act_of_help_is_written_down_with_who_did_it(
    admin: Client, administrator: User, liaison: User, act: str
) -> None:
    if act == "enable":
        User.objects.filter(pk=liaison.pk).update(is_active=False)
    if act == "reset-second-factor":
        User.objects.filter(pk=liaison.pk).update(second_factor_since="2024-05-27T00:00Z")
    assert admin.post(f"/users/{liaison.pk}/{act}/").status_code == 302
    metadata = last_event(liaison).pgh_context.metadata
    name = {"disable": "disable_user", "enable": "enable_user", "unlock": "unlock_user"}
    assert metadata["action"] == name.get(act, "reset_second_factor")
    assert metadata["user"] == administrator.pk


def test_a_reset_password_is_shown_once_and_must_change(
    admin: Client, administrator: User, liaison: User
) -> None:
    page = admin.post(f"/users/{liaison.pk}/reset-password/")
    assert "no-store" in page["Cache-Control"]
    liaison.refresh_from_db()
    assert liaison.check_password(page.context["password"])
    assert liaison.must_change_password
    assert last_event(liaison).pgh_context.metadata["action"] == "reset_password"


@pytest.mark.parametrize("act", ["reset-password", "reset-second-factor"])
def test_one_s_own_password_is_not_reset_from_the_list(
    admin: Client, administrator: User, act: str
) -> None:
    answer = admin.post(f"/users/{administrator.pk}/{act}/", follow=True)
    assert "自己的密码和两步验证" in answer.content.decode()
    administrator.refresh_from_db()
    assert administrator.check_password(factories.PASSWORD)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=华新", ["hx"]),
        ("q=hxlly", ["hx"]),
        ("q=huaxin", ["hx"]),
        ("q=HX", ["hx"]),
        ("role=auditor", ["sj"]),
        ("state=disabled", ["xj"]),
        ("q=%25", []),
    ],
)
def test_people_are_found_by_name_pinyin_role_and_state(
    admin: Client, own_town: Town, other_town: Town, query: str, found: list[str]
) -> None:
    factories.liaison(own_town, username="hx", name="华新联络员")
    factories.liaison(other_town, username="xj", name="徐泾联络员", is_active=False)
    factories.auditor(username="sj", name="审计员")
    table = admin.get(f"/users/?{query}").context["records"].table
    assert [row.record.username for row in table.page.object_list] == found


def test_the_filter_by_town_and_by_lock(
    admin: Client, own_town: Town, other_town: Town, client: Client
) -> None:
    factories.liaison(own_town, other_town, username="both")
    factories.liaison(other_town, username="one")
    for _n in range(5):
        client.post("/sign-in/", {"username": "both", "password": "wrong"})

    def found(query: str) -> set[str]:
        table = admin.get(f"/users/?{query}").context["records"].table
        return {row.record.username for row in table.page.object_list}

    assert found(f"town={own_town.pk}") == {"both"}
    assert found(f"town={other_town.pk}") == {"both", "one"}
    assert found("state=locked") == {"both"}


def test_the_list_costs_the_same_however_many_people_it_shows(
    admin: Client, own_town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(40):
        factories.liaison(own_town)
    with django_assert_max_num_queries(8):
        assert admin.get("/users/").status_code == 200


def test_the_page_of_a_person_costs_little(
    admin: Client, liaison: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        assert admin.get(f"/users/{liaison.pk}/").status_code == 200


def test_an_ordinary_page_costs_two_queries_for_who_is_asking(
    signed_in: SignedIn, liaison: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = signed_in(liaison)
    with django_assert_max_num_queries(2):
        session.get("/profile/second-factor/begin/")  # 405: nothing but the middleware


def test_every_role_is_described_in_its_own_words(admin: Client) -> None:
    for address in ("/users/roles/", "/users/new/"):
        page = admin.get(address).content.decode()
        assert all(str(role.description) in page for role in ROLES.values())
    page = admin.get("/users/roles/").content.decode()
    assert all(str(permission.words) in page for permission in Permission)


def test_the_matrix_shows_what_the_code_decides(admin: Client) -> None:
    matrix = admin.get("/users/roles/").context["matrix"]
    shown = {
        (permission, role)
        for permission, row in zip(Permission, matrix.rows, strict=True)
        for role, cell in zip(ROLES, row.cells, strict=True)
        if cell.words == "✓"
    }
    held = {(one, role.key) for role in ROLES.values() for one in role.permissions}
    assert shown == held


def test_no_name_of_a_person_runs_as_markup(admin: Client) -> None:
    factories.officer(username="xss", name="<script>alert(1)</script>")
    page = admin.get("/users/").content.decode()
    assert not re.search(r"<script>alert", page)
    assert "&lt;script&gt;" in page


def test_the_export_holds_the_towns_and_the_state(admin: Client, liaison: User) -> None:
    answer = admin.get("/users/?export=xlsx")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")


def test_a_person_that_does_not_exist_is_not_found(admin: Client) -> None:
    assert admin.get("/users/999999/").status_code == 404
    assert admin.post("/users/999999/disable/").status_code == 404


def test_the_list_is_drawn_again_for_who_changed_alone(
    admin: Client, liaison: User, own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every moment anew who is locked is asked, which must not draw all rows again."""
    admin.get("/users/")
    fresh: list[int] = []
    monkeypatch.setattr(DrawnRows, "put", lambda self, drawn: fresh.append(len(drawn)))
    admin.get("/users/")
    Town.objects.filter(pk=own_town.pk).update(name="新名镇")
    page = admin.get("/users/").content.decode()
    assert fresh == [0, User.objects.filter(towns=own_town).count()]
    assert "新名镇" in page
