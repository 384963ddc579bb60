"""Imports from the command line: the same rows and jobs as from the pages, done here and now."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from chambers.models import Chamber
from core.access import Permission
from core.normalise import name_key
from core.refusals import Refused, Rule
from imports import actions, queries
from imports.comparing.verdicts import compare_all
from imports.models import Batch
from imports.plans.base import Scope, counts_of
from imports.plans.registry import PLANS
from imports.plans.rows import WRITING
from imports.receiving.belonging import Belonging, belonging_of
from imports.receiving.files import receive_reading
from imports.receiving.rosters import Reading
from jobs import actions as jobs
from jobs.models import Job
from towns.models import Town

BYTES_PER_MB = 1024 * 1024
LOOK_AGAIN_SECONDS = 0.3


def _refused(words: str) -> Refused:
    return Refused([Rule("IMP-11", words)])


def file_content(path: Path) -> bytes:
    """The bytes of a file. Raises Refused when it can't be read or is too large."""
    try:
        if path.stat().st_size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // BYTES_PER_MB
            raise _refused(_("文件超过%(limit)sMB，请拆成几个文件。") % {"limit": limit})
        return path.read_bytes()
    except OSError as unreadable:
        raise _refused(_("打不开文件 %(path)s，请核对路径。") % {"path": path}) from unreadable


def plan_named(name: str) -> str:
    """The key of a plan. Raises Refused with the keys there are."""
    if name not in PLANS:
        words = _("没有名为 %(name)s 的导入内容，请写 %(known)s 之一。")
        raise _refused(words % {"name": name, "known": "、".join(PLANS)})
    return name


def importer(username: str) -> User:
    """The person in whose name it is done. Raises Refused without the permission."""
    user = User.objects.filter(username=username).first()
    if user is None or not user.is_active:
        raise _refused(_("没有可用的用户 %(name)s。") % {"name": username})
    if not user.can(Permission.IMPORT):
        raise _refused(_("用户 %(name)s 没有导入的权限。") % {"name": username})
    return user


def chamber_named(name: str, user: User) -> Chamber:
    """The chamber of that name. Raises Refused when the person sees none."""
    chamber = Chamber.objects.visible_to(user).filter(name_key=name_key(name)).first()
    if chamber is None:
        raise _refused(_("没有名为“%(name)s”的商会。") % {"name": name})
    return chamber


def batch_numbered(number: str, user: User) -> Batch:
    """The batch of that number. Raises Refused when the person sees none."""
    short = number.isascii() and number.isdigit() and len(number) < 19
    batch = queries.visible_batches(user).filter(pk=number).first() if short else None
    if batch is None:
        raise _refused(_("没有编号为 %(number)s 的导入。") % {"number": number})
    return batch


def town_named(name: str, user: User) -> Town:
    """The town of that name. Raises Refused when the person sees none."""
    town = Town.objects.visible_to(user).filter(name_key=name_key(name)).first()
    if town is None:
        raise _refused(_("没有名为“%(name)s”的街镇。") % {"name": name})
    return town


def compare_only(reading: Reading, chosen: Belonging, *, by: User, today: date) -> dict[str, int]:
    """What importing would do, by counts; nothing is kept."""
    whose = belonging_of(reading.plan, reading.title, chosen, by)
    plan = PLANS[reading.plan](Scope(whose.chamber, whose.town, by), today=today)
    return counts_of(compare_all(plan, reading.rows))


def import_now(reading: Reading, chosen: Belonging, *, by: User, today: date) -> Batch:
    """Keep what was read and commit it. Raises Refused with the reason when it isn't committed."""
    whose = belonging_of(reading.plan, reading.title, chosen, by)
    batch = receive_reading(reading, whose, by=by, today=today)
    if any(batch.counts.get(verdict) for verdict in WRITING):
        _finish(batch, actions.confirm_batch(batch=batch, by=by), Batch.State.COMMITTED)
    else:
        actions.discard_batch(batch=batch, by=by)
    return batch


def undo_now(batch: Batch, *, by: User) -> Batch:
    """Take a batch back. Raises Refused with the reason when it isn't taken back."""
    _finish(batch, actions.undo_batch(batch=batch, by=by), Batch.State.UNDONE)
    return batch


def _finish(batch: Batch, job: Job, wanted: str) -> None:
    """Do the job, or wait for the worker that took it up first."""
    while True:
        jobs.run(token=str(job.token))
        job.refresh_from_db()
        if job.is_over:
            break
        if job.state == Job.State.RUNNING:
            time.sleep(LOOK_AGAIN_SECONDS)
            jobs.take_back_lost(now=timezone.now())
    batch.refresh_from_db()
    if batch.state != wanted:
        raise _refused(job.words)
