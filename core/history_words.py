"""History as a person reads it: labels for fields, names for keys, words for acts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from itertools import groupby, takewhile
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.access import Viewer
from core.history import DELETED, INSERTED, UPDATED, Event
from core.history_names import Reader, kept_fields, label_of, target_of
from core.parts import NOTHING, Change, HistoryEntry, Tone, number_words

LABEL_WORDS: dict[str, Promise] = {
    INSERTED: pgettext_lazy("修改记录", "新增"),
    UPDATED: pgettext_lazy("修改记录", "修改"),
    DELETED: pgettext_lazy("修改记录", "删除"),
}
LABEL_TONES = {INSERTED: Tone.GREEN, UPDATED: Tone.BLUE, DELETED: Tone.RED}

# What acts are called, by the first word of their name: close_village → 停用.
ACT_WORDS: dict[str, Promise] = {
    "add": pgettext_lazy("修改记录", "添加"),
    "answer": pgettext_lazy("修改记录", "答复"),
    "ask": pgettext_lazy("修改记录", "申请"),
    "begin": pgettext_lazy("修改记录", "开始"),
    "cancel": pgettext_lazy("修改记录", "取消"),
    "change": pgettext_lazy("修改记录", "更改"),
    "choose": pgettext_lazy("修改记录", "选择"),
    "close": pgettext_lazy("修改记录", "停用"),
    "commit": pgettext_lazy("修改记录", "导入"),
    "confirm": pgettext_lazy("修改记录", "确认"),
    "correct": pgettext_lazy("修改记录", "更正"),
    "create": pgettext_lazy("修改记录", "新建"),
    "delete": pgettext_lazy("修改记录", "删除"),
    "disable": pgettext_lazy("修改记录", "停用"),
    "discard": pgettext_lazy("修改记录", "放弃"),
    "edit": pgettext_lazy("修改记录", "修改"),
    "enable": pgettext_lazy("修改记录", "启用"),
    "forget": pgettext_lazy("修改记录", "忘掉"),
    "give": pgettext_lazy("修改记录", "提出"),
    "hold": pgettext_lazy("修改记录", "登记举办"),
    "issue": pgettext_lazy("修改记录", "生成"),
    "load": pgettext_lazy("修改记录", "载入名单"),
    "postpone": pgettext_lazy("修改记录", "延期"),
    "receive": pgettext_lazy("修改记录", "上传"),
    "remember": pgettext_lazy("修改记录", "记住"),
    "remove": pgettext_lazy("修改记录", "删除"),
    "reset": pgettext_lazy("修改记录", "重置"),
    "retry": pgettext_lazy("修改记录", "重试"),
    "return": pgettext_lazy("修改记录", "退回"),
    "save": pgettext_lazy("修改记录", "保存"),
    "seed": pgettext_lazy("修改记录", "示例数据"),
    "set": pgettext_lazy("修改记录", "设置"),
    "share": pgettext_lazy("修改记录", "分开"),
    "submit": pgettext_lazy("修改记录", "提交"),
    "undo": pgettext_lazy("修改记录", "撤销导入"),
    "unlock": pgettext_lazy("修改记录", "解锁"),
    "write": pgettext_lazy("修改记录", "生成"),
}

# Acts that are a source of their own, wherever they were asked for.
IN_THE_BACKGROUND = frozenset({"commit", "undo", "load", "seed"})

# Fields that name a row, the first that it has.
NAMING_FIELDS = ("name", "title", "holder", "file_name", "number")
NAMED_IN_A_GROUP = 5  # names given of many like rows written in one act
GROUPED_FROM = 4
CONTEXT_OF_DIFFERENCE = 12  # characters kept on both sides of what differs in a long text
LONG_TEXT = 120


def entries(
    events: Sequence[Event], *, viewer: Viewer, record: Model | None = None
) -> list[HistoryEntry]:
    """Events as the timeline shows them; many like rows of one act become one entry.

    ``record`` is the record whose page it is: its own events need not name it.
    """
    return _entries(events, Reader.of(events, viewer), record)


def audit_entries(events: Sequence[Event], *, viewer: Viewer) -> list[HistoryEntry]:
    """The same for those who read all history: leading to records, with network addresses."""
    reader = replace(Reader.of(events, viewer, with_pages=True), says_address=True)
    return _entries(events, reader, None)


def _entries(events: Sequence[Event], reader: Reader, record: Model | None) -> list[HistoryEntry]:
    shown: list[HistoryEntry] = []
    for _key, group in groupby(events, key=_same_act):
        together = list(group)
        each = [_entry(event, reader, record) for event in together]
        if len(together) >= GROUPED_FROM:
            shown.append(_group_entry(together, each, reader, record))
        else:
            shown += each
    return shown


def _same_act(event: Event) -> tuple[Any, ...]:
    """Events of one act, one model and one kind belong together; others each stand alone."""
    act = event.row.pgh_context_id or event.row.pgh_id
    return act, event.model, event.label


def _entry(event: Event, reader: Reader, record: Model | None) -> HistoryEntry:
    is_own = isinstance(record, event.model) and record.pk == event.row.pgh_obj_id
    named = f"{event.model._meta.verbose_name} {subject_of(event, reader, record)}"
    return HistoryEntry(
        at=event.at,
        who=who(event, reader),
        what=f"{act_words(event)} {'' if is_own else named}".strip(),
        changes=list(changes_of(event, reader, record)),
        reason=str(event.metadata.get("reason", "")),
        where_from=where_from(event, reader),
        source_url=source_url(event, reader),
        tone=LABEL_TONES.get(event.label, Tone.GREY),
        url=reader.pages.get((event.model, event.row.pgh_obj_id), ""),
        about=f"model={event.model._meta.label_lower}&record={event.row.pgh_obj_id}",
        act=str(event.row.pgh_context_id or ""),
    )


def _group_entry(
    events: Sequence[Event], parts: Sequence[HistoryEntry], reader: Reader, record: Model | None
) -> HistoryEntry:
    first, count = events[0], len(events)
    names = [subject_of(event, reader, record) for event in events[:NAMED_IN_A_GROUP]]
    listed = _("、").join(names) + (_("等") if count > len(names) else "")
    what = _("%(act)s %(model)s %(count)s 条：%(names)s") % {
        "act": act_words(first),
        "model": first.model._meta.verbose_name,
        "count": count,
        "names": listed,
    }
    return replace(parts[0], what=what, changes=(), parts=parts, url="", about="")


def act_words(event: Event) -> str:
    """What was done: the act's own word when it was about this row, else what became of the row."""
    verb, _underscore, about = str(event.metadata.get("action", "")).partition("_")
    if event.label == UPDATED and about == event.model._meta.model_name and verb in ACT_WORDS:
        return str(ACT_WORDS[verb])
    return str(LABEL_WORDS.get(event.label, event.label))


def who(event: Event, reader: Reader) -> str:
    """The person, the system itself, or nobody known when it was written past the system."""
    if not event.is_attributed:
        return _("来源不明（未经系统写入）")
    user = event.metadata.get("user")
    if user is None:
        return _("系统")
    return reader.people.get(user) or _("用户 %(key)s") % {"key": user}


def where_from(event: Event, reader: Reader) -> str:
    """Where it came from: a page, an import, a background job, and for audit the address."""
    verb = str(event.metadata.get("action", "")).partition("_")[0]
    if verb in IN_THE_BACKGROUND:
        place = str(ACT_WORDS[verb])
    elif event.metadata.get("url"):
        place = _("网页")
    else:
        place = _("后台任务") if event.is_attributed else _("数据库")
    address = event.metadata.get("address") if reader.says_address else None
    return f"{place} {address}" if address else place


def source_url(event: Event, reader: Reader) -> str:
    """The page of the import that wrote it, for those who may import."""
    return str(event.metadata.get("source", "")) if reader.may_import else ""


def subject_of(event: Event, reader: Reader, record: Model | None = None) -> str:
    """What the row is called, from its own fields: the row itself may be gone.

    A row without a name is called by the rows it points to, ``record`` left out, and by what its
    model's ``called(row)`` says.
    """
    for name in NAMING_FIELDS:
        if value := getattr(event.row, name, None):
            return str(value)
    fields = [field for field in kept_fields(event.model) if isinstance(field, ForeignKey)]
    keys = [(field, getattr(event.row, field.attname)) for field in fields]
    named = [
        reader.name(field, key)
        for field, key in keys
        if key is not None and not _is_key_to(field, event, record)
    ]
    if called := getattr(event.model, "called", None):
        named.append(called(event.row))
    return " · ".join(named) or str(event.row.pgh_obj_id)


def changes_of(event: Event, reader: Reader, record: Model | None = None) -> Iterator[Change]:
    """Field by field: what it was, what it became. An insert shows what it began with.

    A key that still leads to ``record``, on whose page this is read, goes without saying.
    """
    for field in kept_fields(event.model):
        after = getattr(event.row, field.attname)
        before = getattr(event.before, field.attname) if event.before else None
        if event.label == DELETED:
            before, after = after, None
        elif event.label == UPDATED and (event.before is None or before == after):
            continue
        words_before, words_after = shown(field, before, reader), shown(field, after, reader)
        if words_before == words_after or (
            event.label != UPDATED and _is_key_to(field, event, record)
        ):
            continue
        words_before, words_after = excerpt(words_before, words_after)
        if event.label == UPDATED:
            words_before = words_before or NOTHING
        yield Change(field_label(field), words_before, words_after or NOTHING)


def _is_key_to(field: Field[Any, Any], event: Event, record: Model | None) -> bool:
    return (
        isinstance(field, ForeignKey)
        and isinstance(record, target_of(field))
        and getattr(event.row, field.attname) == record.pk
    )


def field_label(field: Field[Any, Any]) -> str:
    """What a person calls a field, in the reader's language."""
    return str(label_of(field))


def shown(field: Field[Any, Any], value: Any, reader: Reader) -> str:
    """A stored value as it is read: choices and keys by name, days and truth values in words."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(field, ForeignKey):
        return reader.name(field, value)
    if field.choices:
        return str(_choices(field).get(value, value))
    return value_words(value)


@cache
def _choices(field: Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)


def value_words(value: Any) -> str:
    """A plain value in words. Whole numbers stay without separators: they may be years."""
    match value:
        case bool():
            words = _("是") if value else _("否")
        case datetime() | date() | time():
            words = _moment_words(value)
        case Decimal():
            words = number_words(value)
        case list() | tuple():
            words = _("、").join(map(value_words, value))
        case dict():
            words = json.dumps(value, ensure_ascii=False, sort_keys=True)
        case _:
            words = str(value)
    return words


def _moment_words(value: datetime | date | time) -> str:
    if isinstance(value, time):
        return time_format(value, "H:i")
    if isinstance(value, datetime):
        return date_format(localtime(value) if is_aware(value) else value, "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT")


def excerpt(before: str, after: str) -> tuple[str, str]:
    """Two texts as they are; of long ones only where they differ, with a little around it."""
    if not (before and after) or max(len(before), len(after)) <= LONG_TEXT:
        return before, after
    start = _alike(before, after)
    tail = _alike(before[start:][::-1], after[start:][::-1])
    return _around(before, start, tail), _around(after, start, tail)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _around(text: str, start: int, tail: int) -> str:
    first = max(start - CONTEXT_OF_DIFFERENCE, 0)
    last = min(len(text) - tail + CONTEXT_OF_DIFFERENCE, len(text))
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
