"""Forms on which chambers, enterprises and honours are made, changed, ended and removed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from chambers import actions
from chambers.forms import ChamberForm, EnterpriseForm, HonourForm
from chambers.models import Chamber, Enterprise, Honour
from core.parts import Crumb
from core.register_views import Register


def chambers_list() -> Crumb:
    return Crumb(pgettext("列表", "商会"), reverse("chambers:list_chambers"))


def enterprises_list() -> Crumb:
    return Crumb(pgettext("列表", "企业"), reverse("chambers:list_enterprises"))


def honours_list() -> Crumb:
    return Crumb(pgettext("列表", "荣誉"), reverse("chambers:list_honours"))


CHAMBERS = Register(Chamber.objects.select_related("town"), ChamberForm, chambers_list)
create_chamber = CHAMBERS.create(_("新建商会"), actions.create_chamber)
edit_chamber = CHAMBERS.edit(_("修改商会"), actions.edit_chamber)
close_chamber = CHAMBERS.close(
    _("注销商会"), actions.close_chamber, label=_("注销日期"), note=_("注销后，会员同日退会。")
)
remove_chamber = CHAMBERS.remove(_("删除商会"), actions.remove_chamber)

ENTERPRISES = Register(
    Enterprise.objects.select_related("town", "village"), EnterpriseForm, enterprises_list
)
create_enterprise = ENTERPRISES.create(_("新建企业"), actions.create_enterprise)
edit_enterprise = ENTERPRISES.edit(_("修改企业"), actions.edit_enterprise)
close_enterprise = ENTERPRISES.close(
    _("注销企业"),
    actions.close_enterprise,
    label=_("注销日期"),
    note=_("注销后，各商会的会籍同日结束。"),
)
remove_enterprise = ENTERPRISES.remove(_("删除企业"), actions.remove_enterprise)

HONOURS = Register(
    Honour.objects.select_related("chamber", "enterprise", "town"), HonourForm, honours_list
)
create_honour = HONOURS.create(_("登记荣誉"), actions.create_honour)
edit_honour = HONOURS.edit(_("修改荣誉"), actions.edit_honour)
remove_honour = HONOURS.remove(_("删除荣誉"), actions.remove_honour)
