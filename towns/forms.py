"""Forms over towns, villages, posts and brands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.edit_pages import RegisterForm
from core.forms import Section, Segmented, SuggestField
from towns.models import Brand, BrandField, Post, Town, Village


class TownForm(RegisterForm):
    sections = (Section("", (("name", "code"), ("kind", "order"), ("opened_on", "closed_on"))),)

    class Meta:
        model = Town
        fields = ("name", "code", "kind", "order", "opened_on", "closed_on")
        widgets = {"kind": Segmented}
        help_texts = {"order": _("各表按此次序排列街镇，从小到大。")}


class VillageForm(RegisterForm):
    sections = (Section("", (("name", "town"), ("kind", "code"), ("opened_on", "closed_on"))),)

    class Meta:
        model = Village
        fields = ("name", "town", "kind", "code", "opened_on", "closed_on")
        help_texts = {
            "code": _("12位，可不填。"),
            "closed_on": _("从这一天起不再计入村居数。"),
        }


class PostForm(RegisterForm):
    village = SuggestField(
        label=_("村居"),
        queryset=Village.objects.select_related("town"),
        suggest_url="towns:suggest_villages",
        required=False,
        help_text=_("街镇本级的岗位不选村居。"),
    )

    sections = (
        Section(
            "",
            (
                ("town", "village"),
                ("kind", "is_full_time"),
                ("holder", "work_phone"),
                ("from_on", "to_on"),
            ),
        ),
    )

    class Meta:
        model = Post
        fields = (
            "town",
            "village",
            "kind",
            "is_full_time",
            "holder",
            "work_phone",
            "from_on",
            "to_on",
        )
        widgets = {"kind": Segmented}
        help_texts = {"to_on": _("从这一天起不再在岗。")}


class BrandFieldForm(RegisterForm):
    sections = (Section("", (("name", "order"),)),)

    class Meta:
        model = BrandField
        fields = ("name", "order")
        help_texts = {"order": _("品牌矩阵按此次序排列领域，从小到大。")}


class BrandForm(RegisterForm):
    sections = (
        Section("", (("name", "town"), "field", "description", ("opened_on", "closed_on"))),
    )

    class Meta:
        model = Brand
        fields = ("name", "town", "field", "description", "opened_on", "closed_on")
