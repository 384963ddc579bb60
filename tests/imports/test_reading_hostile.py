"""A hostile file costs a sentence, never a worker."""

import resource
import time
from pathlib import Path

import pytest

from imports.reading.inspect import inspect_file
from imports.reading.messages import Refused
from tests.imports.samples.hostile import OTHERS, PACKAGES, Hostile


@pytest.mark.parametrize("hostile", [*PACKAGES, *OTHERS], ids=lambda h: h.name)
def test_hostile_file_is_refused_with_a_reason_or_read_right(hostile: Hostile) -> None:
    content = hostile.content()
    started = time.monotonic()
    if hostile.code:
        with pytest.raises(Refused) as refusal:
            inspect_file(content, hostile.name)
        assert refusal.value.message.code == hostile.code
        assert refusal.value.message.text("en")
    else:
        inspection = inspect_file(content, hostile.name)
        rows = tuple(row.number for table in inspection.tables for row in table.rows())
        assert rows == hostile.rows
        if hostile.notice:
            assert hostile.notice in {notice.code for notice in inspection.notices}
    assert time.monotonic() - started < 15


def test_this_process_stays_small_and_writes_nothing(tmp_path: Path) -> None:
    before = set(Path("/tmp").glob("*evil*"))
    for hostile in PACKAGES[:6]:
        with pytest.raises(Refused):
            inspect_file(hostile.content(), hostile.name)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert children < 1024 * 1024
    assert set(Path("/tmp").glob("*evil*")) == before
