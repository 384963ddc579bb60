"""What the office taught: the field a header means, and the words an administrator added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.audit import written
from core.normalise import clean_text, name_key, strip_header
from core.refusals import Refused, Rule
from imports.models import HeaderWord, RememberedMapping
from imports.reading.corrections import Synonyms
from imports.reading.inspect import Inspection
from imports.reading.personal import is_personal_header
from imports.reading.vocabulary import PLANS
from imports.understanding.noted import field_title

EMPTY_WORD = Rule("IMP-20", gettext_lazy("请填写表头用词。"), "word")
LONG_WORD = Rule("IMP-21", gettext_lazy("表头用词不超过50个字。"), "word")
PERSONAL_WORD = Rule("IMP-22", gettext_lazy("这个词指个人信息，这样的列不导入。"), "word")

LONGEST_WORD = 50
LONGEST_HEADER = 200
MOST_REMEMBERED = 2_000  # headers told to the reader, newest first


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a header meant last time, and who said so when."""

    pk: int
    header: str
    fields: tuple[str, ...]
    by: str
    is_own: bool
    at: datetime


def remembered_for(user: User, plan: str) -> dict[str, Remembered]:
    """By the key of the header: what this person said last, else what anybody of the office did."""
    found: dict[str, Remembered] = {}
    mappings = (
        RememberedMapping.objects.filter(plan=plan)
        .select_related("remembered_by")
        .order_by("-remembered_at", "-pk")[:MOST_REMEMBERED]
    )
    for one in sorted(mappings, key=lambda mapping: mapping.remembered_by_id != user.pk):
        found.setdefault(one.header_key, _remembered(one, user))
    return found


def _remembered(one: RememberedMapping, user: User) -> Remembered:
    return Remembered(
        pk=one.pk,
        header=one.header,
        fields=tuple(one.fields.split(",")) if one.fields else (),
        by=str(one.remembered_by),
        is_own=one.remembered_by_id == user.pk,
        at=one.remembered_at,
    )


def fields_by_header(user: User, plan: str) -> dict[str, list[str]]:
    """What headers mean to this person, for the reader; "" for a plan that is still to be guessed.

    Of fields that its plan does not have the reader makes nothing.
    """
    meant: dict[str, list[str]] = {}
    for key in [plan] if plan else PLANS:
        for one in remembered_for(user, key).values():
            meant.setdefault(one.header, []).extend(one.fields)
    return meant


def applied(remembered: Mapping[str, Remembered], inspection: Inspection) -> list[list[Any]]:
    """What was remembered of the headers this file has, where it was followed.

    Each is header, fields, who said so, whether it was the reader, and the day, as a batch keeps
    them.
    """
    followed = {
        key: one
        for table in inspection.tables
        for column in table.table.columns
        if (one := remembered.get(key := name_key(column.header)))
        and {n for n, place in table.table.fields.items() if place == column.place}
        == set(one.fields)
    }
    return [
        [one.header, list(one.fields), one.by, one.is_own, one.at.isoformat()]
        for one in followed.values()
    ]


def remember_mappings(
    *, plan: str, chosen: Mapping[str, Sequence[str]], by: User, at: datetime
) -> None:
    """Keep what a person said: the fields, by header text; () for a column not to be imported."""
    with written(by=by, action="remember_mapping"):
        for header, fields in chosen.items():
            text = clean_text(header)[:LONGEST_HEADER]
            if not (key := name_key(text)):
                continue
            RememberedMapping.objects.update_or_create(
                plan=plan,
                header_key=key[:LONGEST_HEADER],
                remembered_by=by,
                defaults={"header": text, "fields": ",".join(fields), "remembered_at": at},
            )


def forget_header(*, plan: str, header: str, by: User) -> None:
    """Guess a header anew from now on, for everybody."""
    with written(by=by, action="forget_mapping"):
        RememberedMapping.objects.filter(plan=plan, header_key=name_key(header)).delete()


def header_words() -> Synonyms:
    """The words administrators added, by plan and field."""
    words: dict[str, dict[str, list[str]]] = {}
    for one in HeaderWord.objects.order_by("pk"):
        words.setdefault(one.plan, {}).setdefault(one.field, []).append(one.word)
    return words


def add_header_word(*, plan: str, field: str, word: str, by: User) -> HeaderWord:
    """Let a further word name a field. Raises Refused for one that means another already."""
    text = clean_text(word)
    key = strip_header(text)
    if not key:
        raise Refused([EMPTY_WORD])
    if len(text) > LONGEST_WORD or len(key) > LONGEST_WORD:
        raise Refused([LONG_WORD])
    if is_personal_header(text):
        raise Refused([PERSONAL_WORD])
    if taken := _built_in(plan, key):
        raise Refused([_taken(taken)])
    with written(by=by, action="add_header_word"):
        try:
            with transaction.atomic():
                return HeaderWord.objects.create(plan=plan, field=field, word=text, word_key=key)
        except IntegrityError as again:
            other = HeaderWord.objects.filter(plan=plan, word_key=key).first()
            raise Refused([_taken(field_title(plan, other.field) if other else "")]) from again


def remove_header_word(*, word: HeaderWord, by: User) -> None:
    """Let a word that was added name its field no longer."""
    with written(by=by, action="remove_header_word"):
        word.delete()


def _built_in(plan: str, key: str) -> str:
    """The title of the field that goes by this word anyway, "" for none."""
    for column in PLANS[plan].columns:
        if key in {strip_header(word) for word in column.synonyms}:
            return field_title(plan, column.name)
    return ""


def _taken(title: str) -> Rule:
    words = _("这个词已经指“%(field)s”，一个词只能指一项。")
    return Rule("IMP-23", words % {"field": title}, "word")
