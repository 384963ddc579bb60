"""How much room is left where uploads are kept: below a floor nothing is taken in any more."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused, Rule

MEBIBYTE = 1024 * 1024
LEAST_BYTES = 500 * MEBIBYTE  # below it nothing is uploaded, so that the database can still write
PLENTY_BYTES = 2048 * MEBIBYTE  # below it, or below this part of the disk, somebody should act
PLENTY_PART = 20

NO_ROOM = Rule(
    "STO-01", _("服务器存储空间不足，暂停上传；请联系系统管理员清理磁盘后再传。"), field="file"
)


def has_room() -> bool:
    """Whether an upload may be taken in."""
    return _usage().free >= LEAST_BYTES


def refuse_without_room() -> None:
    """Raise Refused when an upload may not be taken in."""
    if not has_room():
        raise Refused([NO_ROOM])


def free_when_scarce() -> int | None:
    """The free bytes when they are few enough to tell an administrator; None while plenty."""
    usage = _usage()
    scarce = usage.free < max(PLENTY_BYTES, usage.total // PLENTY_PART)
    return usage.free if scarce else None


def _usage() -> shutil._ntuple_diskusage:
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder)
