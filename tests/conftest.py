"""What every test stands on: two towns, a person of each role, and a browser signed in as each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from accounts.models import User
from core.kept import kept_pages
from core.kept_parts import kept_parts
from tests import factories, ground
from towns.models import Town

SignedIn = Callable[[User], Client]
LONGEST = "test_every_page.py"  # of the files with a browser


def pytest_configure(config: pytest.Config) -> None:
    """The leading process has the database made that all of them copy."""
    leads = not hasattr(config, "workerinput")
    if leads and not config.option.collectonly:
        making = ground.begin()
        config.add_cleanup(lambda: ground.end(making))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each process copies the migrated database instead of migrating its own."""
    connection.settings_dict["TEST"]["TEMPLATE"] = ground.await_template()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that need no database first, while it is made; files whose tests empty it after the
    others, those with a browser last of all.

    What migrations wrote is gone once a table was emptied: each test that empties the database has
    it put back first, all of them alike, or one finds the rows another left. The browser's driver
    leaves an event loop behind, in which Django gives the thread other connections. The longest
    file begins the turn of the browser, so that both processes end at about the same time.
    """
    turns: dict[Path, int] = {}
    for item in items:
        if _empties_the_database(item):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )
    for item in items:
        turns[item.path] = max(turns.get(item.path, -1), _turn(item))
    items.sort(key=lambda item: (turns[item.path], item.path.name != LONGEST))


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker("browser"):
        return 2
    if _empties_the_database(item):
        return 1
    return 0 if _asks_the_database(item) else -1


def _asks_the_database(item: pytest.Item) -> bool:
    asked = {"db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db"))


def _empties_the_database(item: pytest.Item) -> bool:
    database = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or (database and database.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def light_settings(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Static files as they stand in the tree, and passwords that cost nothing to check.

    Hashing takes a third of a second by design; a test about it asks for ``real_hashing``.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    if "real_hashing" not in request.fixturenames:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Each test begins without kept pages: no version tells what a test put in place of a part."""
    kept_pages.forget()
    kept_parts.forget()


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Each test begins in the main language: a request in English leaves English behind."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def real_hashing() -> None:
    """Asked for by a test that is about the cost of a password."""


@pytest.fixture
def own_town(db: None) -> Town:
    """The town whose liaison the test looks at."""
    return factories.town("华新镇", code="310118107")


@pytest.fixture
def other_town(db: None) -> Town:
    """A town that nobody of ``own_town`` may see anything of."""
    return factories.town("徐泾镇", code="310118106")


@pytest.fixture
def liaison(own_town: Town) -> User:
    return factories.liaison(own_town, username="liaison")


@pytest.fixture
def other_liaison(other_town: Town) -> User:
    return factories.liaison(other_town, username="other_liaison")


@pytest.fixture
def officer(db: None) -> User:
    return factories.officer(username="officer")


@pytest.fixture
def administrator(db: None) -> User:
    return factories.administrator(username="administrator")


@pytest.fixture
def auditor(db: None) -> User:
    return factories.auditor(username="auditor")


@pytest.fixture
def signed_in() -> SignedIn:
    """A test client signed in as a person, past every second step."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
