"""Every address × role × own or other town × method; no word of the other town for a liaison."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.documents import addresses
from tests.access.table import TABLE, Line
from tests.access.world import (
    LIAISON,
    OFFICER,
    OTHER_MARK,
    OWN_MARK,
    ROLES,
    STRANGER,
    World,
    built,
)

ASKED = ("", "?q=zq", "?export=xlsx", "?per_page=200&page=1", "?history=all")
BY_TOWN = ("?town={pk}", "?town={code}", "?towns={pk}", "?scope={code}")
REFUSALS = {302, 403, 404, 405}

# The world lives as long as this module; the mark has the database made for it.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    with django_db_blocker.unblock(), built(tmp_path_factory.mktemp("media")) as made:
        yield made


def address(line: Line, world: World, side: str) -> str:
    """Where a line's record of one side stands."""
    records = world.side(side)
    arguments = {name: value_of(spelled, records) for name, spelled in line.with_.items()}
    return reverse(line.name, kwargs=arguments) + line.query


def value_of(spelled: str, records: Any) -> Any:
    """ "village.pk" of a side, or "=members" for the word itself."""
    if spelled.startswith("="):
        return spelled[1:]
    kind, _dot, attribute = spelled.partition(".")
    return getattr(records[kind], attribute)


def send(world: World, role: str, method: str, url: str, **options: Any) -> Any:
    """One request whose writes are taken back, in the database and in the browser."""
    client = world.clients[role]
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(url, **options)
        answer.body = words_of(answer)
        transaction.set_rollback(True)
    client.cookies = cookies
    assert role != LIAISON or OTHER_MARK not in answer.body, (method, url)
    return answer


def words_of(answer: Any) -> str:
    """All text of an answer, spreadsheets and documents unpacked."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"\n".join(packed.read(name) for name in packed.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return f"{headers}\n{raw.decode('utf-8', 'replace')}"


def expected(line: Line, role: str, method: str, side: str) -> set[int]:
    """The statuses that are right."""
    may, status = (line.get, line.got) if method == "get" else (line.post, line.posted)
    offered = bool(may)
    if not offered:
        allowed_otherwise = role in (line.get | line.post) or (line.public and role == STRANGER)
        return {405} if allowed_otherwise and seen(line, role, side) else REFUSALS
    if role == STRANGER:
        return {200, 302} if line.public else {302}
    if role not in may:
        return {403}
    return {status} if seen(line, role, side) else {404}


def seen(line: Line, role: str, side: str) -> bool:
    """Whether the record of this side is in the role's sight."""
    scoped = any("." in spelled for spelled in line.with_.values()) and not line.unscoped
    return not (scoped and side == "other" and role == LIAISON)


def test_every_address_of_the_site_stands_in_the_table_once() -> None:
    in_table = sorted(line.name for line in TABLE)
    on_site = sorted(one.name for one in addresses())
    assert in_table == on_site


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)
def test_who_may_do_what(world: World, line: Line) -> None:
    wrong = []
    for side in ("own", "other"):
        url = address(line, world, side)
        for role in ROLES:
            for method in ("get", "post"):
                answer = send(world, role, method, url)
                if answer.status_code not in expected(line, role, method, side):
                    wrong.append((method, url, role, answer.status_code))
                if role == STRANGER and answer.status_code == 302 and not line.public:
                    assert answer["Location"].startswith("/sign-in/?next="), url
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)
def test_no_other_method_does_anything(world: World, line: Line) -> None:
    url = address(line, world, "own")
    for role in (STRANGER, LIAISON, OFFICER):
        for method in ("put", "patch", "delete"):
            assert send(world, role, method, url).status_code in REFUSALS, (role, method)


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)
def test_a_liaison_reads_no_word_of_the_other_town(world: World, line: Line) -> None:
    """``send`` looks for the canary; here are the ways of asking for more."""
    town = world.other["town"]
    by_town = [query.format(pk=town.pk, code=town.code) for query in BY_TOWN]
    for side in ("own", "other"):
        url = address(line, world, side)
        queries = [query for query in (*ASKED, *by_town) if not (query and line.query)]
        for query in queries:
            assert send(world, LIAISON, "get", url + query).status_code < 500
        part = {"hx-request": "true", "hx-target": "list-results"}
        assert send(world, LIAISON, "get", url, headers=part).status_code < 500


@pytest.mark.parametrize(
    "line",
    [line for line in TABLE if any(".pk" in spelled for spelled in line.with_.values())],
    ids=lambda line: line.name,
)
def test_another_town_s_record_is_like_one_that_does_not_exist(world: World, line: Line) -> None:
    there = address(line, world, "other")
    key = next(spelled for spelled in line.with_.values() if spelled.endswith(".pk"))
    nowhere = there.replace(f"/{value_of(key, world.other)}/", "/987654321/")
    for method in ("get", "post"):
        answers = [send(world, LIAISON, method, url) for url in (there, nowhere)]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].content == answers[1].content


def test_the_district_reads_the_words_of_both_towns(world: World) -> None:
    """The control: a canary that no page ever shows would prove nothing."""
    shown = ""
    for line in TABLE:
        for side in ("own", "other"):
            url = address(line, world, side)
            for role in (OFFICER, "administrator"):
                shown += send(world, role, "get", url).body
    kinds = {
        "town", "village", "post", "brand", "chamber", "enterprise", "honour", "milestone",
        "venue", "zone", "neighbour", "activity", "photo", "host", "contact", "batch", "row",
    }  # fmt: skip
    for mark in (OWN_MARK, OTHER_MARK):
        assert {kind for kind in kinds if f"{kind}-{mark}" not in shown} == set()


def test_the_liaison_reads_the_words_of_the_own_town(world: World) -> None:
    shown = "".join(send(world, LIAISON, "get", address(line, world, "own")).body for line in TABLE)
    assert f"village-{OWN_MARK}" in shown
    assert f"activity-{OWN_MARK}" in shown
