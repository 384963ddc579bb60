"""The plans there are, by the key that a batch keeps."""

from __future__ import annotations

from imports.plans.activities import ActivityPlan
from imports.plans.base import Plan
from imports.plans.honours import HonourPlan
from imports.plans.members import MemberPlan
from imports.plans.posts import PostPlan
from imports.plans.venues import VenuePlan

PLANS: dict[str, type[Plan]] = {
    plan.key: plan for plan in (MemberPlan, VenuePlan, ActivityPlan, PostPlan, HonourPlan)
}
