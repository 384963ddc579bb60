"""What the page that asks whose list it is offers: the chambers it may be of, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from chambers.models import Chamber
from core.parts import number_words
from imports.deciding.sharing import owners
from imports.models import Batch
from imports.plans.registry import PLANS
from imports.receiving.belonging import Belonging, is_asked
from imports.understanding.noted import tables_of


@dataclass(frozen=True, slots=True)
class WhoseOffer:
    """A chamber the list may be of, to be chosen with one click."""

    pk: int
    name: str
    why: str


def is_open_question(batch: Batch) -> bool:
    """Whether nothing can be said of the rows before somebody says whose list it is."""
    whose = Belonging(batch.chamber, batch.town)
    return batch.state == Batch.State.PREVIEW and is_asked(batch.plan, whose)


def offers(batch: Batch, by: User) -> list[WhoseOffer]:
    """The chambers that were found likely when the file was read, the likeliest first."""
    told = dict(batch.understanding.get("offers", []))
    seen = Chamber.objects.visible_to(by).in_bulk(told)
    return [WhoseOffer(pk, seen[pk].name, _why(count)) for pk, count in told.items() if pk in seen]


def _why(count: int) -> str:
    if not count:
        return _("标题里提到")
    words = ngettext("表里有 %(count)s 家是它的会员", "表里有 %(count)s 家是它的会员", count)
    return words % {"count": number_words(count)}


def shares(batch: Batch, by: User) -> str:
    """The chambers among which the tables of the file can be shared out, with their rows."""
    keys = owners(batch)
    seen = Chamber.objects.visible_to(by).in_bulk(keys)
    counts = Counter[int]()
    for table in tables_of(batch):
        counts[table.get("chamber") or 0] += table["rows"]
    words = _("%(chamber)s %(count)s 行")
    told = (
        words % {"chamber": seen[pk].name, "count": number_words(counts[pk])}
        for pk in keys
        if pk in seen
    )
    return _("、").join(told)


def question(batch: Batch) -> str:
    """What is asked."""
    plan = PLANS[batch.plan].title
    if is_open_question(batch):
        return _("这是哪家商会的%(plan)s？") % {"plan": plan}
    return _("这份%(plan)s改为哪里的？") % {"plan": plan}


def why_asked(batch: Batch) -> str:
    """Why it is asked, and what happens after the answer."""
    if is_open_question(batch):
        return _(
            "标题、工作表名和文件名里没有认出是哪一家。表格已经读好，选定后就看到预览，不必重新上传。"
        )
    return _("现在按“%(whose)s”比对。改选后按新的重新比对，在预览中改过的单元格会保留。") % {
        "whose": batch.whose
    }
