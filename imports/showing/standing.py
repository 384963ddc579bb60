"""What the page of a batch says and offers, as the batch stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.parts import Action, Linked, Progress, number_words, sentence
from imports.models import Batch
from imports.plans.registry import PLANS
from imports.plans.rows import WRITING
from imports.understanding.noted import language
from jobs.models import Job
from jobs.queries import is_paused

READING = {Batch.State.RECEIVING, Batch.State.COMPARING}
RUNNING = READING | {Batch.State.COMMITTING, Batch.State.UNDOING}
MANY_UNNAMED = 5  # of fewer it means nothing that a list names none
IMPORTED = {Batch.State.COMMITTED, Batch.State.UNDONE}


def result(batch: Batch) -> str:
    """What came of the import, its numbers opening their rows."""
    if batch.state == Batch.State.UNDONE:
        words = _(
            "已撤销：撤回 {reversed} 行，后来有人改过而保留 {kept} 行，未能撤销 {failed} 行。"
        )
        counts = {name: (name, count) for name, count in batch.counts["undo"].items()}
    elif batch.state == Batch.State.COMMITTED:
        words = _(
            "已导入：新增 {new} {unit}，更新 {changed} {unit}；"
            "相同 {same} {unit}，未导入 {errors} 行。"
        )
        shows = {"new": "new", "changed": "changed", "same": "same", "errors": "problem"}
        if batch.counts.get("leaving"):
            words += _("名单上没有而登记离开的 {leaving} {unit}。")
            shows["leaving"] = "absent"
        counts = {name: (show, batch.counts[name]) for name, show in shows.items()}
    else:
        return ""
    return sentence(
        words,
        unit=_unit(batch),
        **{
            name: Linked(count, f"?show={show}" if count else "")
            for name, (show, count) in counts.items()
        },
    )


def _unit(batch: Batch) -> str:
    """How records of this kind are counted: 家, 处, 场."""
    return str(PLANS[batch.plan].unit)


def warning(batch: Batch) -> str:
    """What the background said when it wrote nothing: stopped, out of date, failed."""
    job = batch.job
    if batch.state == Batch.State.DISCARDED:
        return _("这次导入已放弃，没有写入任何内容。")
    if batch.state == Batch.State.UNREAD and job:
        return _("这个文件没有读成，没有保存任何内容。%(reason)s") % {"reason": job.words}
    if batch.state == Batch.State.FAILED and job:
        return _("导入没有成功，没有写入任何内容。%(reason)s") % {"reason": job.words}
    if batch.state == Batch.State.PREVIEW and job:
        return job.words
    if batch.state == Batch.State.COMMITTED and job and job.state != Job.State.DONE:
        return _("撤销没有做成，导入的内容还在。%(reason)s") % {"reason": job.words}
    return ""


def note(batch: Batch) -> str:
    """The sentence beside the buttons."""
    if batch.state == Batch.State.PREVIEW:
        return _prospect(batch) if _writing(batch) else _nothing(batch)
    if batch.state == Batch.State.COMMITTED:
        words = _("撤销会恢复到导入前的样子；之后有人改过的内容会保留。")
        return _one_after_another([words, _again(batch)])
    return ""


def _nothing(batch: Batch) -> str:
    """Why there is nothing to confirm."""
    if errors := batch.counts.get("errors"):
        words = _("%(count)s 行要处理，改好后才能导入；点单元格可直接改。")
        return words % {"count": number_words(errors)}
    return _("没有新增或有变化的行，无需导入。")


def _again(batch: Batch) -> str:
    """How rows that were not imported come in after all."""
    if not batch.counts.get("errors"):
        return ""
    return _("没有导入的行，在标记过的原表上改好后再上传即可，已导入的不会重复。")


def strangers(batch: Batch) -> str:
    """That a list names none of the members it is compared with, which another's list does."""
    known = sum(int(batch.counts.get(name, 0)) for name in ("same", "changed"))
    unnamed = int(batch.counts.get("absent", 0))
    if batch.state != Batch.State.PREVIEW or known or unnamed < MANY_UNNAMED:
        return ""
    words = _(
        "%(whose)s现有的 %(count)s %(unit)s，这份名单一%(unit)s也没有列到。请先核对是不是选错了。"
    )
    told = {"whose": batch.whose, "count": number_words(unnamed), "unit": _unit(batch)}
    return words % told


def _prospect(batch: Batch) -> str:
    """What confirming does beyond the rows of the file, and not, and that it can be taken back."""
    told = []
    if leaving := batch.counts.get("leaving"):
        words = _("其中 %(count)s %(unit)s登记离开。")
        told.append(words % {"count": number_words(leaving), "unit": _unit(batch)})
    if errors := batch.counts.get("errors"):
        told.append(_("要处理的 %(count)s 行不会导入。") % {"count": number_words(errors)})
    return _one_after_another([*told, _("确认后可随时整批撤销。")])


def _one_after_another(sentences: Iterable[str]) -> str:
    """Sentences as one text; Chinese ones stand without a space between."""
    return ("" if language() == "zh" else " ").join(filter(None, sentences))


def _writing(batch: Batch) -> int:
    """How many rows would be written."""
    return sum(int(batch.counts.get(verdict, 0)) for verdict in WRITING)


def main_act(batch: Batch) -> Action:
    """What most people do next."""
    if batch.state == Batch.State.PREVIEW and _writing(batch):
        count = _writing(batch)
        words = ngettext("导入 %(count)s 行", "导入 %(count)s 行", count) % {"count": count}
        return _post(words, "confirm_batch", batch, primary=True)
    if batch.state == Batch.State.FAILED:
        return _post(_("重试"), "retry_batch", batch, primary=True)
    if batch.state == Batch.State.COMMITTED:
        ask = _("撤销这次导入？之后有人改过的内容会保留。")
        return _post(_("撤销导入"), "undo_batch", batch, icon="arrow-back-up", ask=ask)
    whose = {"plan": batch.plan, "chamber": batch.chamber_id, "town": batch.town_id}
    query = urlencode({name: value for name, value in whose.items() if value})
    return Action(_("再导入一份"), f"{reverse('imports:upload')}?{query}", primary=True)


def other_acts(batch: Batch) -> list[Action]:
    """What else can be done."""
    found: list[Action] = []
    if batch.state in {Batch.State.PREVIEW, Batch.State.FAILED}:
        found.append(_post(_("放弃"), "discard_batch", batch, ask=_("放弃这次导入？")))
    if batch.state in IMPORTED:
        wrote = reverse("imports:list_touched", args=[batch.pk])
        found.append(Action(_("写入的记录"), wrote))
    if batch.counts.get("errors") or batch.counts.get("warnings"):
        marked = reverse("imports:download_marked", args=[batch.pk])
        found.append(Action(_("下载标记过的原表"), marked, "download"))
    if batch.counts.get("errors"):
        rows = reverse("imports:download_rows", args=[batch.pk])
        found.append(Action(_("下载需要处理的行"), rows, "download"))
    return found


def cancelling(batch: Batch) -> Action:
    """The way to stop it while it runs."""
    return _post(_("停下"), "cancel_batch", batch, ask=_("停下后不会留下一半的数据。"))


def _post(
    label: str, name: str, batch: Batch, *, icon: str = "", primary: bool = False, ask: str = ""
) -> Action:
    url = reverse(f"imports:{name}", args=[batch.pk])
    return Action(label, url, icon, primary=primary, post=True, confirm=ask)


def progress(batch: Batch, now: datetime) -> Progress:
    """How far the background is with the batch."""
    job = batch.job
    note = _("可以关闭本页，后台会继续；回来时从“导入”列表打开。")
    if is_paused(now):
        note = _("后台任务暂停，恢复后自动继续，不必重新上传。")
    elif job and job.attempts and job.state == Job.State.DUE:
        note = _("执行中断，正在重试（第%(attempt)s次，共3次）。") % {"attempt": job.attempts + 1}
    return Progress(
        _doing(batch),
        done=job.done_count if job else 0,
        total=job.total_count if job else 0,
        state="running" if job and job.state == Job.State.RUNNING else "waiting",
        note=note,
        poll_url=reverse("imports:show_progress", args=[batch.pk]),
    )


def _doing(batch: Batch) -> str:
    """What the background is at."""
    if batch.state == Batch.State.RECEIVING:
        counted = batch.job and batch.job.total_count
        return _("正在逐行核对") if counted else _("正在读取文件")
    if batch.state == Batch.State.COMPARING:
        return _("正在重新核对各行")
    if batch.state == Batch.State.UNDOING:
        return _("正在撤销")
    words = _("正在导入：新增 %(new)s %(unit)s，更新 %(changed)s %(unit)s")
    return words % {**batch.counts, "unit": _unit(batch)}
