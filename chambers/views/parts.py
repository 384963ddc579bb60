"""Forms on which what belongs to a chamber is kept: its terms, milestones and members."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chambers import actions
from chambers.forms import MembershipForm, MilestoneForm, TermForm
from chambers.models import Chamber, Membership, Milestone, Term
from chambers.views.edits import chambers_list
from core.register_views import Register

TERMS = Register(
    Term.objects.select_related("chamber"), TermForm, chambers_list, parents=Chamber.objects.all()
)
create_term = TERMS.create(_("新增届"), actions.create_term)
edit_term = TERMS.edit(_("修改届"), actions.edit_term)
remove_term = TERMS.remove(_("删除届"), actions.remove_term)

MILESTONES = Register(
    Milestone.objects.select_related("chamber"),
    MilestoneForm,
    chambers_list,
    parents=Chamber.objects.all(),
)
create_milestone = MILESTONES.create(_("新增历程"), actions.create_milestone)
edit_milestone = MILESTONES.edit(_("修改历程"), actions.edit_milestone)
remove_milestone = MILESTONES.remove(_("删除历程"), actions.remove_milestone)

MEMBERSHIPS = Register(
    Membership.objects.select_related("chamber", "enterprise"),
    MembershipForm,
    chambers_list,
    parents=Chamber.objects.all(),
)
create_membership = MEMBERSHIPS.create(_("新增会员"), actions.create_membership)
edit_membership = MEMBERSHIPS.edit(_("修改会员"), actions.edit_membership)
close_membership = MEMBERSHIPS.close(
    _("退会：%(name)s"), actions.close_membership, label=_("退会日期")
)
remove_membership = MEMBERSHIPS.remove(_("删除会员"), actions.remove_membership)
