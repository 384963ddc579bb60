"""A disk that runs full: first the administrator is told, then nothing more is taken in."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from accounts.models import User
from core.refusals import Refused
from core.storage_room import MEBIBYTE, free_when_scarce, has_room, refuse_without_room
from tests.conftest import SignedIn

GIGABYTES = 1024 * MEBIBYTE
Free = Callable[[int], None]


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Free:
    """Say how many bytes of a disk of 20 GB are free."""

    def say(left: int) -> None:
        usage = shutil._ntuple_diskusage(20 * GIGABYTES, 20 * GIGABYTES - left, left)
        monkeypatch.setattr("core.storage_room.shutil.disk_usage", lambda _path: usage)

    return say


def test_below_the_floor_nothing_is_taken_in(free: Free) -> None:
    free(500 * MEBIBYTE)
    refuse_without_room()
    free(500 * MEBIBYTE - 1)
    assert not has_room()
    with pytest.raises(Refused, match="STO-01"):
        refuse_without_room()


def test_a_disk_is_scarce_below_two_gigabytes_or_a_twentieth(
    free: Free, monkeypatch: pytest.MonkeyPatch
) -> None:
    free(2 * GIGABYTES)
    assert free_when_scarce() is None
    free(2 * GIGABYTES - 1)
    assert free_when_scarce() == 2 * GIGABYTES - 1
    large = shutil._ntuple_diskusage(1000 * GIGABYTES, 951 * GIGABYTES, 49 * GIGABYTES)
    monkeypatch.setattr("core.storage_room.shutil.disk_usage", lambda _path: large)
    assert free_when_scarce() == 49 * GIGABYTES


def test_only_the_administrator_reads_of_it_on_every_page(
    free: Free, signed_in: SignedIn, administrator: User, liaison: User
) -> None:
    free(GIGABYTES)
    told = signed_in(administrator).get("/profile/").content.decode()
    assert "存储空间只剩 1.0" in told
    assert "存储空间" not in signed_in(liaison).get("/profile/").content.decode()
    free(10 * GIGABYTES)
    assert "存储空间" not in signed_in(administrator).get("/profile/").content.decode()
