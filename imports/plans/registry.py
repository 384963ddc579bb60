"""The plans there are, by the key that a batch keeps."""

from __future__ import annotations

from imports.plans.base import Plan
from imports.plans.members import MemberPlan

PLANS: dict[str, type[Plan]] = {plan.key: plan for plan in (MemberPlan,)}
