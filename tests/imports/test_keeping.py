"""The cells of a file come back from the database as they were streamed into it."""

import pytest
from django.utils import timezone

from imports.models import Batch, KeptGrid
from imports.receiving.keeping import BYTES_AT_ONCE, keep_cells

CONTENT = bytes(range(256)) * (BYTES_AT_ONCE // 100) + b"\\\t\n"


@pytest.mark.django_db
@pytest.mark.parametrize("content", [CONTENT, CONTENT[: BYTES_AT_ONCE // 2], b"", b"x"])
def test_cells_of_several_pieces_take_the_place_of_those_before(content: bytes) -> None:
    batch = Batch.objects.create(plan="members", file_name="a.xlsx", uploaded_at=timezone.now())
    keep_cells(batch, b"old")
    keep_cells(batch, content)
    kept = KeptGrid.objects.get()
    assert bytes(kept.content) == content
    assert (kept.batch, kept.kept_at) == (batch, batch.uploaded_at)
