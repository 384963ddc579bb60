"""A disk that fills up under the database: it comes back by itself when there is room."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from config.runtime.services import connection_words
from tests.runtime.site import Site, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk"),
]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    mount = ["mount", "-t", "tmpfs", "-o", "size=110m,mode=0711", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk may be mounted here")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def write_until_it_fails(site: Site) -> int:
    """Adds rows one by one; how many were acknowledged before there was no room left."""
    acknowledged = 0
    connection = psycopg2.connect(make_dsn(**connection_words(site.environment)))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE noted (id int, text text)")
            while True:
                cursor.execute(
                    "INSERT INTO noted SELECT %s, string_agg(md5(g::text), '')"
                    " FROM generate_series(1, 3000) g",
                    [acknowledged],
                )
                acknowledged += 1
    except psycopg2.Error:
        return acknowledged
    finally:
        connection.close()


def count_noted(site: Site) -> int:
    connection = psycopg2.connect(make_dsn(**connection_words(site.environment)))
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM noted")
        (count,) = cursor.fetchone() or (0,)
    connection.close()
    return int(count)


def test_nothing_acknowledged_is_lost_and_the_site_comes_back(small_disk: Path) -> None:
    site = Site(small_disk / "data")
    site.start()
    filler = small_disk / "filler"
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    filler.write_bytes(bytes(max(free - 12_000_000, 0)))
    acknowledged = write_until_it_fails(site)
    assert acknowledged > 0
    filler.unlink()
    wait_for(site.answers, 60)
    assert count_noted(site) == acknowledged
    site.close()
