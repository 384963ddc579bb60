"""All changes as lines that are skimmed: what was done, and, to be opened, each field of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.parts import Change, HistoryEntry

FIELDS_AT_ONCE = 2  # shown without opening anything, if they are short
SHORT = 40  # characters of both values of a field
FIELDS_NAMED = 3  # of many


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An entry, what its fields are called in short ("" when they stand there), and its fields.

    ``at`` is its moment for the machine and for people, ``more`` leads to what belongs to it.
    """

    entry: HistoryEntry
    at: tuple[str, str]
    in_short: str
    body: SafeString
    more: SafeString


def lines_of(
    entries: Iterable[HistoryEntry], *, of_acts: bool = True, of_records: bool = True
) -> Iterator[ChangeLine]:
    """``of_acts`` and ``of_records`` tell whether lines lead to all changes of those."""
    for entry in entries:
        folded = bool(entry.parts)
        at = localtime(entry.at)
        yield ChangeLine(
            entry=entry,
            at=(at.isoformat(), f"{at:%Y-%m-%d %H:%M:%S}"),
            in_short=_("逐条查看") if folded else _in_short(entry.changes),
            body=_parts(entry.parts) if folded else _fields(entry.changes) or _nothing(),
            more=_drawn(_more(entry, of_acts=of_acts, of_records=of_records)),
        )


def _more(entry: HistoryEntry, *, of_acts: bool, of_records: bool) -> Iterator[SafeString]:
    if of_acts and entry.act:
        yield format_html('<a href="?act={}">{}</a>', entry.act, _("同一次操作"))
    if of_records and entry.about:
        yield format_html('<a href="?{}">{}</a>', entry.about, _("此记录的全部修改"))


def _in_short(changes: Sequence[Change]) -> str:
    """名称、街镇、类型等 15 项; few short fields are not folded at all."""
    short = all(len(str(one.before)) + len(str(one.after)) <= SHORT for one in changes)
    if short and len(changes) <= FIELDS_AT_ONCE:
        return ""
    labels = _("、").join(str(one.label) for one in changes[:FIELDS_NAMED])
    if len(changes) <= FIELDS_NAMED:
        return labels
    return _("%(fields)s等 %(count)s 项") % {"fields": labels, "count": len(changes)}


def _nothing() -> SafeString:
    """A write of spellings and other fields that no person has a word for."""
    return format_html('<span class="quiet">{}</span>', _("只有系统自用的字段有变化"))


def _parts(parts: Iterable[HistoryEntry]) -> SafeString:
    return _drawn(part for one in parts for part in (_heading(one), _fields(one.changes)))


def _heading(entry: HistoryEntry) -> SafeString:
    if entry.url:
        return format_html('<p><a class="link" href="{}">{}</a></p>', entry.url, entry.what)
    return format_html("<p>{}</p>", entry.what)


def _fields(changes: Sequence[Change]) -> SafeString:
    """Each field before and after. A template takes four times as long for a page of them."""
    rows = [
        f"<div><dt>{escape(str(one.label))}</dt><dd>{_values(one)}</dd></div>" for one in changes
    ]
    return _drawn(['<dl class="change-fields">', *rows, "</dl>"] if rows else [])


def _values(change: Change) -> str:
    after = escape(str(change.after))
    if not change.before:
        return after
    return f"<del>{escape(str(change.before))}</del> → <ins>{after}</ins>"


def _drawn(pieces: Iterable[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 - each value was escaped
