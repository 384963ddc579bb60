"""Sites of stand-ins for the tests of the ground."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site whose folder has a space and Chinese in its name, one for the module."""
    running = Site(tmp_path_factory.mktemp("ground") / "青浦 数据")
    running.start()
    yield running
    running.close()


@pytest.fixture
def stopped_site(tmp_path: Path) -> Iterator[Site]:
    """A site that was never started."""
    new = Site(tmp_path / "data")
    yield new
    new.close()
