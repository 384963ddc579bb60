"""Forms on which towns, villages, posts and brands are made, changed, ended and removed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.parts import Crumb
from core.register_views import Register
from core.scoping import SharedQuerySet
from towns import actions
from towns.forms import BrandFieldForm, BrandForm, PostForm, TownForm, VillageForm
from towns.models import Brand, BrandField, Post, Town, Village


def towns_list() -> Crumb:
    return Crumb(pgettext("列表", "街镇"), reverse("towns:list_towns"))


def villages_list() -> Crumb:
    return Crumb(pgettext("列表", "村居"), reverse("towns:list_villages"))


def posts_list() -> Crumb:
    return Crumb(pgettext("列表", "岗位"), reverse("towns:list_posts"))


def brands_list() -> Crumb:
    return Crumb(pgettext("列表", "品牌"), reverse("towns:list_brands"))


def page_of_post(post: Post) -> str:
    """A post is shown on the page of its village, or in the list of the town's own posts."""
    return post.village.get_absolute_url() if post.village else posts_list().url


TOWNS = Register(Town.objects.all(), TownForm, towns_list)
create_town = TOWNS.create(_("新建街镇"), actions.create_town)
edit_town = TOWNS.edit(_("修改街镇"), actions.edit_town)
close_town = TOWNS.close(
    _("撤销街镇"),
    actions.close_town,
    label=_("撤销日期"),
    note=_("撤销后，街镇的岗位和品牌同日停用；还有村居的街镇不能撤销。"),
)
remove_town = TOWNS.remove(_("删除街镇"), actions.remove_town)

VILLAGES = Register(Village.objects.select_related("town"), VillageForm, villages_list)
create_village = VILLAGES.create(_("新建村居"), actions.create_village)
edit_village = VILLAGES.edit(_("修改村居"), actions.edit_village)
close_village = VILLAGES.close(
    _("撤销村居"),
    actions.close_village,
    label=_("撤销日期"),
    note=_("撤销后，在这个村居任职的人同日离任。"),
)
remove_village = VILLAGES.remove(_("删除村居"), actions.remove_village)

POSTS = Register(
    Post.objects.select_related("town", "village"), PostForm, posts_list, shown_at=page_of_post
)
create_post = POSTS.create(_("登记任职"), actions.create_post)
edit_post = POSTS.edit(_("修改任职"), actions.edit_post)
close_post = POSTS.close(_("离任"), actions.close_post, label=_("离任日期"))
remove_post = POSTS.remove(_("删除任职"), actions.remove_post)

BRANDS = Register(Brand.objects.select_related("town", "field"), BrandForm, brands_list)
create_brand = BRANDS.create(_("新建品牌"), actions.create_brand)
edit_brand = BRANDS.edit(_("修改品牌"), actions.edit_brand)
close_brand = BRANDS.close(_("停用品牌"), actions.close_brand, label=_("停用日期"))
remove_brand = BRANDS.remove(_("删除品牌"), actions.remove_brand)


def fields_list() -> Crumb:
    return Crumb(pgettext("列表", "领域"), reverse("towns:list_brandfields"))


FIELDS: Register[BrandField] = Register(
    SharedQuerySet(BrandField),
    BrandFieldForm,
    fields_list,
    shown_at=lambda _field: fields_list().url,
)
create_brandfield = FIELDS.create(_("新建领域"), actions.create_brandfield)
edit_brandfield = FIELDS.edit(_("修改领域"), actions.edit_brandfield)
remove_brandfield = FIELDS.remove(_("删除领域"), actions.remove_brandfield)
