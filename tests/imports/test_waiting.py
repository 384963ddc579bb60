"""A large file waits, sealed, for the background; the request that brings it answers at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from chambers.models import Chamber
from imports.actions import cancel_batch
from imports.models import Batch, KeptGrid, WaitingFile
from imports.reading import isolation
from imports.reading.exchange import Options
from imports.receiving import sealing, waiting
from jobs import actions as jobs
from jobs import queries
from jobs.actions import ATTEMPTS_LIMIT
from jobs.models import Job
from tests.imports.conftest import TODAY
from tests.imports.samples.here import run_here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

LINES = "企业名称,身份证号,联系人\n上海甲有限公司,310229198001010018,张三\n上海乙有限公司,,李四\n"
HandIn = Callable[..., Batch]


@pytest.fixture
def handed_in(
    chamber: Chamber, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Batch]:
    """A file that is too large to be read at once, handed in."""
    monkeypatch.setattr(waiting, "BYTES_READ_AT_ONCE", 10)

    def hand_in(content: bytes = LINES.encode(), name: str = "名册.csv") -> Batch:
        whose: dict[str, Any] = {"plan": "members", "chamber": chamber}
        return waiting.hand_in(
            content=content, file_name=name, by=administrator, today=TODAY, **whose
        )

    return hand_in


def _read(batch: Batch) -> Batch:
    assert batch.job is not None
    jobs.run(token=str(batch.job.token))
    return Batch.objects.select_related("job").get(pk=batch.pk)


def test_a_large_file_waits_and_is_read_by_the_background(handed_in: HandIn) -> None:
    batch = handed_in()
    assert batch.state == Batch.State.RECEIVING
    assert not batch.rows.exists()
    batch = _read(batch)
    assert batch.state == Batch.State.PREVIEW
    assert batch.counts["new"] == 2
    assert batch.job is not None and (batch.job.state, batch.job.done_count) == ("done", 0)
    assert KeptGrid.objects.filter(batch=batch).exists()
    assert not WaitingFile.objects.exists()


def test_the_background_may_read_longer_than_a_page(
    handed_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine a hundred thousand rows take longer than a person would wait."""
    asked: list[bool] = []

    def listen(content: bytes, options: Options) -> Any:
        asked.append(options.unhurried)
        return run_here(content, options)

    monkeypatch.setattr(isolation, "_run", listen)
    _read(handed_in())
    monkeypatch.setattr(waiting, "BYTES_READ_AT_ONCE", 10_000)
    handed_in()
    assert asked == [True, False]


def test_nothing_personal_lies_in_the_database_while_a_file_waits(handed_in: HandIn) -> None:
    handed_in()
    sealed = bytes(WaitingFile.objects.get().sealed)
    assert b"310229198001010018" not in sealed and "张三".encode() not in sealed
    assert sealing.unseal(sealed) == LINES.encode()


def test_what_was_changed_under_its_seal_is_not_opened() -> None:
    sealed = bytearray(sealing.seal(b"x" * 3_000_000))
    assert sealing.unseal(bytes(sealed)) == b"x" * 3_000_000
    sealed[-1] ^= 1
    with pytest.raises(sealing.BrokenSealError):
        sealing.unseal(bytes(sealed))


def test_a_file_outlives_a_change_of_the_secret_that_keeps_the_old_one(settings: Settings) -> None:
    sealed = sealing.seal(b"rows")
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [old]
    assert sealing.unseal(sealed) == b"rows"


def test_a_file_that_cannot_be_read_says_why_and_keeps_nothing(
    handed_in: HandIn, signed_in: Callable[[User], Client], administrator: User
) -> None:
    batch = _read(handed_in(b"\x00\x01nothing of a table" * 10, "坏.xlsx"))
    assert batch.state == Batch.State.UNREAD
    assert not WaitingFile.objects.exists() and not batch.rows.exists()
    page = signed_in(administrator).get(reverse("imports:show_batch", args=[batch.pk]))
    assert "这个文件没有读成" in page.content.decode()


def test_a_file_that_is_given_up_is_gone(handed_in: HandIn, administrator: User) -> None:
    batch = handed_in()
    cancel_batch(batch=batch, by=administrator)
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.DISCARDED
    assert not WaitingFile.objects.exists()
    assert _read(batch).state == Batch.State.DISCARDED


def test_a_reading_that_breaks_leaves_the_file_for_the_next_attempt(
    handed_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = handed_in()
    with monkeypatch.context() as patch:
        patch.setattr("imports.receiving.files.actions.receive_file", _break)
        assert _read(batch).state == Batch.State.RECEIVING
    assert WaitingFile.objects.filter(batch=batch).exists()
    assert Job.objects.get(pk=batch.job_id or 0).state == Job.State.DUE
    assert _read(batch).state == Batch.State.PREVIEW


def test_a_file_at_which_every_attempt_breaks_is_given_up(
    handed_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = handed_in()
    monkeypatch.setattr("imports.receiving.files.actions.receive_file", _break)
    for _attempt in range(ATTEMPTS_LIMIT):
        assert WaitingFile.objects.filter(batch=batch).exists()
        batch = _read(batch)
    assert batch.state == Batch.State.UNREAD and not batch.rows.exists()
    assert not WaitingFile.objects.exists(), "what nobody can read is not kept, not even sealed"
    assert not queries.to_publish(timezone.now()).exists()


def _break(**_said: object) -> None:
    raise OSError("the worker lost its disk")


def test_a_small_file_is_read_while_the_person_waits(chamber: Chamber, administrator: User) -> None:
    content, name = LINES.encode(), "名册.csv"
    whose: dict[str, Any] = {"plan": "members", "chamber": chamber}
    batch = waiting.hand_in(content=content, file_name=name, by=administrator, today=TODAY, **whose)
    assert (batch.state, batch.job) == (Batch.State.PREVIEW, None)


def test_the_page_of_a_file_that_is_read_says_how_far_it_is(
    handed_in: HandIn, signed_in: Callable[[User], Client], administrator: User
) -> None:
    batch, client = handed_in(), signed_in(administrator)
    address = reverse("imports:show_batch", args=[batch.pk])
    assert "正在读取文件" in client.get(address).content.decode()
    Job.objects.filter(pk=batch.job_id or 0).update(
        state="running", done_count=4_000, total_count=9_000
    )
    page = client.get(address).content.decode()
    assert "正在逐行核对" in page and "4,000" in page
    for name in ("show_understanding", "download_rows", "download_marked", "list_touched"):
        assert client.get(reverse(f"imports:{name}", args=[batch.pk])).status_code == 200
