"""Gives a test run its own PostgreSQL and Valkey, before Django reads its settings.

Loaded by `-p` in pyproject.toml. A conftest would be too late: pytest-django reads the settings
before any. Workers of pytest-xdist inherit the variables and use the same servers. Servers of the
office named in the environment are never used by tests.
"""

import os
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from config.runtime.services import temporary_services

MARK = "TONGXIN_TEST_GROUND"
# Tests take back what they write. Looking at a table in between, the server would note it as empty
# and plan for that while the next test fills it: questions of milliseconds then take a minute.
PLANS_STAY = {"autovacuum": "off"}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    if MARK not in os.environ:
        services = ExitStack()
        early_config.add_cleanup(services.close)
        environment = services.enter_context(temporary_services(settings=PLANS_STAY))
        os.environ.update(environment.variables() | {MARK: str(os.getpid())})
        for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DISTRICT_NAME", "TIME_ZONE"):
            os.environ.pop(name, None)
    return (yield)
