"""Forms over chambers, terms, milestones, memberships, enterprises and honours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chambers.models import Chamber, Enterprise, Honour, Membership, Milestone, Term
from core.edit_pages import RegisterForm
from core.forms import Section, SuggestField
from towns.models import Village

LONGEST_TYPED_CODE = 40  # with the spaces and full-width letters it may be typed with


class CodeField(forms.CharField):
    """A credit code as it is typed: cleaned and judged by the action, not by its length."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "label": _("统一社会信用代码"),
                "max_length": LONGEST_TYPED_CODE,
                "required": False,
                "help_text": _("18位。空格、全角和小写会自动整理；校验不符会先提示。"),
                "widget": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
                **options,
            }
        )


class ChamberForm(RegisterForm):
    credit_code = CodeField()

    sections = (
        Section(
            "",
            (
                "name",
                "credit_code",
                ("kind", "town"),
                ("founded_on", "closed_on"),
                "introduction",
            ),
        ),
    )

    class Meta:
        model = Chamber
        fields = (
            "name",
            "credit_code",
            "kind",
            "town",
            "founded_on",
            "closed_on",
            "introduction",
        )
        help_texts = {"town": _("区级商会和异地商会可不选。")}


class TermForm(RegisterForm):
    sections = (Section("", ("number", ("from_on", "to_on"))),)

    class Meta:
        model = Term
        fields = ("number", "from_on", "to_on")
        help_texts = {"to_on": _("这一天起须换届。")}


class MilestoneForm(RegisterForm):
    sections = (Section("", (("happened_on", "title"), "text")),)

    class Meta:
        model = Milestone
        fields = ("happened_on", "title", "text")


class MembershipForm(RegisterForm):
    """The membership of an enterprise; the chamber is given by the page."""

    enterprise = SuggestField(
        label=_("企业"),
        queryset=Enterprise.objects.select_related("town"),
        suggest_url="chambers:suggest_enterprises",
        help_text=_("输入名称、拼音首字母或信用代码。名单里没有的企业请先新建。"),
    )

    sections = (
        Section("", ("enterprise", ("position", "position_since"), ("joined_on", "left_on"))),
    )

    class Meta:
        model = Membership
        fields = ("enterprise", "position", "position_since", "joined_on", "left_on")
        help_texts = {
            "position_since": _("从哪一天起担任现职；不填表示入会起一直是。连任不用改。"),
            "left_on": _("从这一天起不再是会员。"),
        }


class EnterpriseForm(RegisterForm):
    credit_code = CodeField()
    village = SuggestField(
        label=_("村居"),
        queryset=Village.objects.select_related("town"),
        suggest_url="towns:suggest_villages",
        required=False,
    )

    sections = (
        Section("", ("name", "credit_code", ("town", "village"), "address")),
        Section(
            _("登记"),
            (
                ("industry", "industry_tag"),
                ("capital_wan", "staff_count"),
                ("founded_on", "closed_on"),
            ),
        ),
        Section(_("工作联系"), (("contact", "phone"),)),
        Section(_("税收档次"), (("tax_band", "tax_band_year", "tax_band_source"), "note")),
    )

    class Meta:
        model = Enterprise
        fields = (
            "name",
            "credit_code",
            "town",
            "village",
            "address",
            "industry",
            "industry_tag",
            "capital_wan",
            "staff_count",
            "founded_on",
            "closed_on",
            "contact",
            "phone",
            "tax_band",
            "tax_band_year",
            "tax_band_source",
            "note",
        )
        help_texts = {
            "industry_tag": _("本地说法，如快递物流、高端制造。"),
            "contact": _("只填工作联系人姓名。"),
            "tax_band": _("如“千万级”，照来源抄录，系统不计算。"),
        }


class HonourForm(RegisterForm):
    chamber = SuggestField(
        label=_("获得荣誉的商会"),
        queryset=Chamber.objects.select_related("town"),
        suggest_url="chambers:suggest_chambers",
        required=False,
    )
    enterprise = SuggestField(
        label=_("获得荣誉的企业"),
        queryset=Enterprise.objects.select_related("town"),
        suggest_url="chambers:suggest_enterprises",
        required=False,
    )

    sections = (
        Section(
            "",
            (
                ("title", "level"),
                ("chamber", "enterprise"),
                ("town", "issuer"),
                ("awarded_on", "valid_until"),
            ),
        ),
    )

    class Meta:
        model = Honour
        fields = (
            "title",
            "level",
            "chamber",
            "enterprise",
            "town",
            "issuer",
            "awarded_on",
            "valid_until",
        )
        help_texts = {
            "town": _("商会或企业的荣誉可不选，按其所在街镇归属。"),
            "valid_until": _("当天仍有效；长期有效不填。"),
        }
