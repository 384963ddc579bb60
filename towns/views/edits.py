"""Forms on which towns, villages, posts and brands are made, changed, ended and removed."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.access import Permission, requires
from core.edit_pages import (
    close_page,
    create_page,
    edit_page,
    find,
    place_of,
    read_or_send,
    remove_page,
    viewer_of,
)
from core.parts import Crumb
from towns import actions
from towns.forms import BrandForm, PostForm, TownForm, VillageForm
from towns.models import Brand, Post, Town, Village


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


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_town(request: HttpRequest) -> HttpResponse:
    return create_page(
        request,
        form_class=TownForm,
        write=partial(actions.create_town, by=viewer_of(request)),
        place=place_of(_("新建街镇"), listing=towns_list()),
        done=Town.get_absolute_url,
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_town(request: HttpRequest, pk: int) -> HttpResponse:
    town = find(request, Town.objects.all(), pk=pk)
    return edit_page(
        request,
        record=town,
        form_class=TownForm,
        write=partial(actions.edit_town, town=town, by=viewer_of(request)),
        place=place_of(_("修改街镇"), listing=towns_list(), record=town),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def close_town(request: HttpRequest, pk: int) -> HttpResponse:
    town = find(request, Town.objects.all(), pk=pk)
    return close_page(
        request,
        write=partial(actions.close_town, town=town, by=viewer_of(request)),
        place=place_of(_("撤销街镇"), listing=towns_list(), record=town),
        label=_("撤销日期"),
        note=_("撤销后，街镇的岗位和品牌同日停用；还有村居的街镇不能撤销。"),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_town(request: HttpRequest, pk: int) -> HttpResponse:
    town = find(request, Town.objects.all(), pk=pk)
    return remove_page(
        request,
        record=town,
        write=partial(actions.remove_town, town=town, by=viewer_of(request)),
        place=place_of(_("删除街镇"), listing=towns_list(), record=town),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_village(request: HttpRequest) -> HttpResponse:
    return create_page(
        request,
        form_class=VillageForm,
        write=partial(actions.create_village, by=viewer_of(request)),
        place=place_of(_("新建村居"), listing=villages_list()),
        done=Village.get_absolute_url,
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_village(request: HttpRequest, pk: int) -> HttpResponse:
    village = find(request, Village.objects.select_related("town"), pk=pk)
    return edit_page(
        request,
        record=village,
        form_class=VillageForm,
        write=partial(actions.edit_village, village=village, by=viewer_of(request)),
        place=place_of(_("修改村居"), listing=villages_list(), record=village),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def close_village(request: HttpRequest, pk: int) -> HttpResponse:
    village = find(request, Village.objects.select_related("town"), pk=pk)
    return close_page(
        request,
        write=partial(actions.close_village, village=village, by=viewer_of(request)),
        place=place_of(_("撤销村居"), listing=villages_list(), record=village),
        label=_("撤销日期"),
        note=_("撤销后，在这个村居任职的人同日离任。"),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_village(request: HttpRequest, pk: int) -> HttpResponse:
    village = find(request, Village.objects.select_related("town"), pk=pk)
    return remove_page(
        request,
        record=village,
        write=partial(actions.remove_village, village=village, by=viewer_of(request)),
        place=place_of(_("删除村居"), listing=villages_list(), record=village),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_post(request: HttpRequest) -> HttpResponse:
    return create_page(
        request,
        form_class=PostForm,
        write=partial(actions.create_post, by=viewer_of(request)),
        place=place_of(_("登记任职"), listing=posts_list()),
        done=page_of_post,
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = find(request, Post.objects.select_related("town", "village"), pk=pk)
    return edit_page(
        request,
        record=post,
        form_class=PostForm,
        write=partial(actions.edit_post, post=post, by=viewer_of(request)),
        place=place_of(
            _("修改任职"), listing=posts_list(), record=post, back_url=page_of_post(post)
        ),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def close_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = find(request, Post.objects.select_related("town", "village"), pk=pk)
    return close_page(
        request,
        write=partial(actions.close_post, post=post, by=viewer_of(request)),
        place=place_of(_("离任"), listing=posts_list(), record=post, back_url=page_of_post(post)),
        label=_("离任日期"),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = find(request, Post.objects.select_related("town", "village"), pk=pk)
    return remove_page(
        request,
        record=post,
        write=partial(actions.remove_post, post=post, by=viewer_of(request)),
        place=place_of(
            _("删除任职"), listing=posts_list(), record=post, back_url=page_of_post(post)
        ),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def create_brand(request: HttpRequest) -> HttpResponse:
    return create_page(
        request,
        form_class=BrandForm,
        write=partial(actions.create_brand, by=viewer_of(request)),
        place=place_of(_("新建品牌"), listing=brands_list()),
        done=Brand.get_absolute_url,
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def edit_brand(request: HttpRequest, pk: int) -> HttpResponse:
    brand = find(request, Brand.objects.select_related("town", "field"), pk=pk)
    return edit_page(
        request,
        record=brand,
        form_class=BrandForm,
        write=partial(actions.edit_brand, brand=brand, by=viewer_of(request)),
        place=place_of(_("修改品牌"), listing=brands_list(), record=brand),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def close_brand(request: HttpRequest, pk: int) -> HttpResponse:
    brand = find(request, Brand.objects.select_related("town", "field"), pk=pk)
    return close_page(
        request,
        write=partial(actions.close_brand, brand=brand, by=viewer_of(request)),
        place=place_of(_("停用品牌"), listing=brands_list(), record=brand),
        label=_("停用日期"),
    )


@requires(Permission.EDIT_REGISTERS)
@read_or_send
def remove_brand(request: HttpRequest, pk: int) -> HttpResponse:
    brand = find(request, Brand.objects.select_related("town", "field"), pk=pk)
    return remove_page(
        request,
        record=brand,
        write=partial(actions.remove_brand, brand=brand, by=viewer_of(request)),
        place=place_of(_("删除品牌"), listing=brands_list(), record=brand),
    )
