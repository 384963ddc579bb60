"""What every test stands on: real PostgreSQL and broker, people of each role, no network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Start one private database and broker for the run, before Django reads its settings."""
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    from config.runtime.services import temporary_services

    services = temporary_services()
    environment = services.__enter__()
    config.add_cleanup(lambda: services.__exit__(None, None, None))
    os.environ["DATABASE_URL"] = environment["DATABASE_URL"]
    os.environ["REDIS_URL"] = environment["REDIS_URL"]
    os.environ["DATA_DIR"] = environment["DATA_DIR"]
