"""The cells of a file go into the database as a stream: a literal would be held four times."""

from __future__ import annotations

from io import RawIOBase

from django.db import connection

from imports.models import Batch, KeptGrid

BYTES_AT_ONCE = 1 << 16


class _Line(RawIOBase):
    """A line of COPY with the cells in hexadecimal, made while it is read."""

    def __init__(self, before: str, content: bytes) -> None:
        self._left, self._content, self._place = before.encode() + rb"\\x", memoryview(content), 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the line, at most ``size``; none after its end."""
        if not self._left and not self._ended:
            self._left = self._next(max(size, 2) // 2)
        told, self._left = self._left[:size], self._left[size:]
        return told

    def _next(self, count: int) -> bytes:
        piece = self._content[self._place : self._place + count]
        self._place += len(piece)
        self._ended = not piece
        return piece.hex().encode() or b"\n"


def keep_cells(batch: Batch, content: bytes) -> None:
    """Keep these cells as those of the batch, in place of what was kept of it before."""
    KeptGrid.objects.filter(batch=batch).delete()
    quote = connection.ops.quote_name
    statement = f"COPY {quote(KeptGrid._meta.db_table)} (batch_id, kept_at, content) FROM STDIN"
    line = _Line(f"{batch.pk}\t{batch.uploaded_at.isoformat()}\t", content)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(statement, line, BYTES_AT_ONCE)
