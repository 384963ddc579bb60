"""What tests of imports share: a chamber, the sample rosters, a way from a file to its batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from accounts.models import User
from chambers.models import Chamber
from imports import actions
from imports.models import Batch
from imports.plans.rows import SheetRow
from imports.reading import isolation
from imports.receiving.files import receive_upload
from jobs import actions as jobs
from tests import factories
from tests.imports.samples.here import run_here
from towns.models import Town

ROSTERS = Path(__file__).parent / "samples" / "rosters"
TODAY = date(2024, 6, 3)

Receive = Callable[..., Batch]


@pytest.fixture(scope="module")
def reads_here() -> Iterator[None]:
    """Files are read in this process, not in one each: what that adds is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolation, "_run", run_here)
        yield


@pytest.fixture
def chamber(own_town: Town) -> Chamber:
    """The chamber whose list is imported."""
    return factories.chamber(own_town, "华新镇商会")


@pytest.fixture
def received(chamber: Chamber, administrator: User) -> Receive:
    """A batch in preview of rows given as mappings, the first in row 4 of its sheet."""

    def receive(*records: dict[str, str], sha256: str = "a", by: User = administrator) -> Batch:
        rows = [
            SheetRow(position, "名册", position + 3, dict(values))
            for position, values in enumerate(records, start=1)
        ]
        fields = dict.fromkeys(name for record in records for name in record)
        columns = [
            {"column": "ABCDEFGHIJKL"[place], "header": name, "field": name}
            for place, name in enumerate(fields)
        ]
        table = {"sheet": "名册", "header_first": 3, "header_row": 3, "columns": columns}
        understanding = {"tables": [{**table, "left_out": [], "skipped": [], "rows": len(rows)}]}
        return actions.receive_file(
            file_name="名册.xlsx",
            sha256=sha256,
            rows=rows,
            understanding=understanding,
            chamber=chamber,
            by=by,
            today=TODAY,
        )

    return receive


@pytest.fixture
def uploaded(chamber: Chamber, administrator: User) -> Callable[..., Batch]:
    """A batch in preview of one of the sample files, or of bytes under a name."""

    def upload(name: str, content: bytes | None = None) -> Batch:
        return receive_upload(
            content=(ROSTERS / name).read_bytes() if content is None else content,
            file_name=name,
            chamber=chamber,
            by=administrator,
            today=TODAY,
        )

    return upload


def commit(batch: Batch) -> Batch:
    """Confirm and do it, as the worker would."""
    jobs.run(token=str(actions.confirm_batch(batch=batch, by=_person(batch)).token))
    batch.refresh_from_db()
    return batch


def undo(batch: Batch) -> Batch:
    """Take it back, as the worker would."""
    jobs.run(token=str(actions.undo_batch(batch=batch, by=_person(batch)).token))
    batch.refresh_from_db()
    return batch


def _person(batch: Batch) -> User:
    assert batch.uploaded_by is not None
    return batch.uploaded_by
