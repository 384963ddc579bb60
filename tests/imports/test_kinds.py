"""The kinds of lists are called the same wherever they are named."""

from __future__ import annotations

from imports.models import KINDS
from imports.plans.registry import PLANS
from imports.reading.vocabulary import PLANS as VOCABULARY


def test_a_kind_of_list_has_one_name() -> None:
    assert {key: str(plan.title) for key, plan in PLANS.items()} == {
        key: str(title) for key, title in KINDS.items()
    }
    assert set(KINDS) == set(VOCABULARY)
