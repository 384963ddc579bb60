"""The fields of each kind of list with the words of their headers, for the page of these words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from imports.models import HeaderWord
from imports.plans.members import MemberPlan
from imports.plans.registry import PLANS
from imports.reading.vocabulary import PLANS as VOCABULARY
from imports.understanding.noted import field_title

WORDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list, to be chosen."""

    title: str
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its built-in words and those an administrator added."""

    title: str
    built_in: Sequence[str]
    own: Sequence[HeaderWord]

    @property
    def first_words(self) -> str:
        """The commonest of the built-in words."""
        return _("、").join(self.built_in[:WORDS_SHOWN])

    @property
    def more_words(self) -> str:
        """The others, which are shown when asked for."""
        return _("、").join(self.built_in[WORDS_SHOWN:])

    @property
    def more_count(self) -> int:
        return max(len(self.built_in) - WORDS_SHOWN, 0)


def plan_named(asked: str) -> str:
    """The key of the plan that was asked for; member lists for anything else."""
    return asked if asked in PLANS else MemberPlan.key


def address(plan: str) -> str:
    """Where the words of a plan are edited."""
    return f"{reverse('imports:list_header_words')}?plan={plan}"


def kinds(plan: str) -> list[Kind]:
    """The kinds of lists, the present one marked."""
    return [Kind(str(one.title), address(key), key == plan) for key, one in PLANS.items()]


def fields(plan: str) -> list[Field]:
    """The fields of a plan in its order."""
    own: dict[str, list[HeaderWord]] = {}
    for word in HeaderWord.objects.filter(plan=plan).order_by("pk"):
        own.setdefault(word.field, []).append(word)
    return [
        Field(field_title(plan, column.name), column.synonyms, own.get(column.name, []))
        for column in VOCABULARY[plan].columns
    ]
