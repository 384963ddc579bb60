"""Every address × role × own or other town × method; no word of the other town for a liaison."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.documents import addresses
from activities.models import Photo
from summaries.figures.catalogue import FIGURES
from tests.access.table import TABLE, Line
from tests.access.world import (
    AUDITOR,
    LIAISON,
    OFFICER,
    OTHER_MARK,
    ROLES,
    STRANGER,
    World,
    built,
)

ASKED = ("?per_page=200&page=1&history=all", "?q=zq", "?export=xlsx")
# Ways to ask a page of one's own for what belongs to the other side: figures, and lists.
SCOPES = (
    "?scope=district",
    "?scope=town:{town.code}",
    "?scope=chamber:{chamber.pk}",
    "?scope=venue:{venue.pk}",
    "?scope=brand:{brand.pk}",
)
FILTERS = (
    "?town={town.pk}",
    "?town={town.code}",
    "?chamber={chamber.pk}",
    "?venue={venue.pk}",
    "?brand={brand.pk}",
    "?like={activity.pk}",
)
# Kinds of words that pages show: names, texts, contacts, files.
SHOWN = {
    "town", "village", "post", "brand", "brandtext", "chamber", "chambertext", "enterprise",
    "contact", "address", "note", "tag", "honour", "issuer", "milestone", "venue", "venueaddress",
    "managedby", "venuecontact", "function", "zone", "neighbour", "activity", "activitytext",
    "place", "host", "photo", "submitted", "returned", "reason", "user", "batch", "row",
}  # fmt: skip
REFUSALS = {302, 403, 404, 405}
# Answers given before an address's query is read.
SHUT = {403, 404, 405}

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


def sides(line: Line) -> tuple[str, ...]:
    """Both sides for an address with a record in it; it is one and the same without."""
    with_record = any("." in spelled for spelled in line.with_.values())
    return ("own", "other") if with_record else ("own",)


def address(line: Line, world: World, side: str) -> str:
    """Where a line's record of one side stands."""
    records = world.side(side)
    arguments = {name: value_of(spelled, records) for name, spelled in line.with_.items()}
    return reverse(line.name, kwargs=arguments)


def value_of(spelled: str, records: Any) -> Any:
    """ "village.pk" of a side, or "=members" for the word itself."""
    if spelled.startswith("="):
        return spelled[1:]
    kind, _dot, attribute = spelled.partition(".")
    return getattr(records[kind], attribute)


def send(
    world: World, role: str, method: str, url: str, *, line: Line, undo: bool = True, **options: Any
) -> Any:
    """One request whose writes are taken back, in the database and in the browser.

    No answer to the liaison may hold the canary of the other town.
    """
    client = world.clients[role]
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(url, **options)
        answer.body = words_of(answer)
        transaction.set_rollback(undo)
    client.cookies = cookies
    if role == LIAISON:
        read = answer.body
        if line.names_towns:
            read = read.replace(world.other["town"].name, "")
        assert OTHER_MARK not in read, (method, url)
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
        return {404} if line.private else {403}
    if not seen(line, role, side):
        return {404}
    return {302} if method == "get" and role in line.sent_on else {status}


def seen(line: Line, role: str, side: str) -> bool:
    """Whether the record of this side is in the role's sight."""
    scoped = any("." in spelled for spelled in line.with_.values()) and not line.unscoped
    return not (scoped and side == "other" and role == LIAISON)


def one_of_each_table() -> list[Line]:
    """Each address once; of the pages that list a figure's rows, one for each kind of row."""
    kept: dict[tuple[str, str], Line] = {}
    for line in TABLE:
        figure = FIGURES.get(line.with_.get("key", "").removeprefix("="))
        words = "&".join(sorted(line.with_.values()))
        kept.setdefault((line.name, figure.listing if figure else words), line)
    return list(kept.values())


def test_every_address_of_the_site_stands_in_the_table() -> None:
    assert {line.name for line in TABLE} == {one.name for one in addresses()}


def test_no_two_addresses_have_one_name() -> None:
    names = [one.name for one in addresses()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)
def test_who_may_do_what(world: World, line: Line) -> None:
    wrong = []
    for side in sides(line):
        url = address(line, world, side)
        for role in ROLES:
            for method in ("get", "post"):
                fields = dict(line.fields) if method == "post" else {}
                answer = send(world, role, method, url, line=line, data=fields)
                if answer.status_code not in expected(line, role, method, side):
                    wrong.append((method, url, role, answer.status_code))
                if role == STRANGER and answer.status_code == 302 and not line.public:
                    assert answer["Location"].startswith("/sign-in/?next="), url
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("line", one_of_each_table(), ids=lambda line: line.name)
def test_no_other_method_does_anything(world: World, line: Line) -> None:
    url = address(line, world, "own")
    for role in (STRANGER, LIAISON, OFFICER):
        for method in ("put", "patch", "delete"):
            assert send(world, role, method, url, line=line).status_code in REFUSALS, (role, method)


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)
def test_a_liaison_reads_no_word_of_the_other_town(world: World, line: Line) -> None:
    """``send`` looks for the canary, above all in ``test_who_may_do_what``; here more is asked."""
    of_figures = line.name.startswith(("summaries:", "dashboards:"))
    for_others = [
        query.format(**world.other.records) for query in (SCOPES if of_figures else FILTERS)
    ]
    for side in sides(line):
        url = address(line, world, side)
        for query in (*ASKED, *for_others):
            answer = send(world, LIAISON, "get", url + query, line=line)
            assert answer.status_code < 500
            if answer.status_code in SHUT:
                break
        part = {"hx-request": "true", "hx-target": "list-results"}
        assert send(world, LIAISON, "get", url, line=line, headers=part).status_code < 500


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
        answers = [send(world, LIAISON, method, url, line=line) for url in (there, nowhere)]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    "line", [line for line in TABLE if line.post], ids=lambda line: f"{line.name}"
)
def test_nothing_is_written_without_the_token_of_a_form(world: World, line: Line) -> None:
    role = sorted(line.post)[0]
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = deepcopy(world.clients[role].cookies)
    with transaction.atomic():
        answer = forger.post(address(line, world, "own"), dict(line.fields))
        transaction.set_rollback(True)
    assert answer.status_code == 403


def test_the_district_reads_the_words_of_both_towns(world: World) -> None:
    """The control: a canary that no page ever shows would prove nothing."""
    shown = ""
    for line in TABLE:
        for role in sorted(line.get - {LIAISON})[:1]:
            for side in sides(line):
                shown += send(world, role, "get", address(line, world, side), line=line).body
    # What a photo is called is told by its history alone, which lists thirty writes on a page.
    of_photos = f"{reverse('dashboards:list_changes')}?model={Photo._meta.label_lower}"
    shown += world.clients[AUDITOR].get(of_photos).content.decode()
    for records in (world.own, world.other):
        assert {kind for kind in SHOWN if records.words(kind) not in shown} == set()


def test_the_liaison_reads_the_words_of_the_own_town(world: World) -> None:
    shown = "".join(
        send(world, LIAISON, "get", address(line, world, "own"), line=line).body
        for line in TABLE
        if LIAISON in line.get
    )
    for kind in ("village", "chamber", "enterprise", "venue", "activity", "draft"):
        assert world.own.words(kind) in shown, kind
