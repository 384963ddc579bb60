"""One transaction whose every read sees the database at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def repeatable_read() -> Iterator[None]:
    """Open the outermost transaction as REPEATABLE READ: what is written meanwhile is not seen.

    Raises RuntimeError inside another transaction, whose earlier reads it could not include.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
