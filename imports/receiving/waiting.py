"""A large file that waits to be read: taken in at once, read by the background, then gone."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from accounts.models import User
from chambers.models import Chamber
from core.audit import written
from core.normalise import clean_text
from core.refusals import Refused
from core.said import said as _
from core.said import why_refused
from imports.models import Batch, WaitingFile
from imports.plans.members import MemberPlan
from imports.receiving import files
from imports.receiving.belonging import Belonging
from imports.receiving.sealing import BrokenSealError, seal, unseal
from jobs import actions as jobs
from jobs.registry import Progress
from towns.models import Town

# A roster of two thousand rows, which is read and compared in about a second.
BYTES_READ_AT_ONCE = 1_250_000
FILE_NAME = 255


def hand_in(
    *,
    content: bytes,
    file_name: str,
    by: User,
    today: date,
    plan: str = "",
    chamber: Chamber | None = None,
    town: Town | None = None,
) -> Batch:
    """Receive a file: a small one is read here and now, a large one by the background.

    Raises Refused when a small one can't be read; of a large one its page says so.
    """
    if _unpacked_bytes(content) > BYTES_READ_AT_ONCE:
        chosen = Belonging(chamber, town)
        return _take_in(content, file_name, plan, chosen, by)
    return files.receive_upload(
        content=content,
        file_name=file_name,
        plan=plan,
        chamber=chamber,
        town=town,
        by=by,
        today=today,
    )


def hand_in_pasted(*, cells: str, by: User, today: date, **whose: object) -> Batch:
    """Receive rows copied from a spreadsheet, as a file of text would be. Raises Refused."""
    content = cells.encode("utf-8-sig", "replace")
    name = _("粘贴的表格.tsv")
    return hand_in(content=content, file_name=name, by=by, today=today, **whose)  # type: ignore[arg-type]


def _unpacked_bytes(content: bytes) -> int:
    """How much there is to read: of a packed file what its contents say of themselves."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            return max(len(content), sum(one.file_size for one in packed.infolist()))
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return len(content)


def _take_in(content: bytes, file_name: str, plan: str, chosen: Belonging, by: User) -> Batch:
    """Keep a file, sealed, together with the job that reads it."""
    with written(by=by, action="receive_import"):
        batch = Batch.objects.create(
            plan=plan or MemberPlan.key,
            chamber=chosen.chamber,
            town=chosen.town,
            file_name=clean_text(file_name)[:FILE_NAME] or _("未命名"),
            sha256=hashlib.sha256(content).hexdigest(),
            state=Batch.State.RECEIVING,
            uploaded_by=by,
        )
        WaitingFile.objects.create(batch=batch, sealed=seal(content))
        batch.job = jobs.enqueue(
            kind="receive_import",
            key=f"receive_import:{batch.pk}",
            payload={"batch": batch.pk, "plan": plan},
            by=by,
        )
        batch.save(update_fields=["job"])
    return batch


def read_waiting(*, batch: Batch, plan: str, today: date, progress: Progress) -> str:
    """Read a file that waits and keep its rows for a preview; returns why not, if not.

    Runs inside a job, in whose transaction the file is deleted.
    """

    def tell(done: int, total: int) -> None:
        progress.report(done, total)
        progress.check()

    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    is_there = WaitingFile.objects.filter(batch=batch).exists()
    if batch.state != Batch.State.RECEIVING or not is_there or batch.uploaded_by is None:
        return ""
    try:
        files.receive_upload(
            content=_opened(batch),
            file_name=batch.file_name,
            plan=plan,
            chamber=batch.chamber,
            town=batch.town,
            by=batch.uploaded_by,
            today=today,
            batch=batch,
            tell=tell,
        )
    except Refused as refused:
        return _unread(batch, why_refused(refused))
    except BrokenSealError:
        return _unread(batch, _("系统的密钥换过，等待中的文件打不开了，请重新上传。"))
    return ""


def _opened(batch: Batch) -> bytes:
    """The file that waits, which is gone with that. Raises BrokenSealError."""
    waiting = WaitingFile.objects.get(batch=batch)
    WaitingFile.objects.filter(batch=batch).delete()
    return unseal(bytes(waiting.sealed))


def _unread(batch: Batch, why: str) -> str:
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.UNREAD)
    return why


def settle_reading(batch: Batch, *, failed: bool) -> None:
    """Let go of a file whose reading was stopped: given up, or not readable by any attempt."""
    WaitingFile.objects.filter(batch=batch).delete()
    state = Batch.State.UNREAD if failed else Batch.State.DISCARDED
    Batch.objects.filter(pk=batch.pk, state=Batch.State.RECEIVING).update(state=state)
