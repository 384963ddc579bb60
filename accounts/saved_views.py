"""Saved views: which a page offers to a person, and who may change one."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import DefaultView, SavedView, SavedViewQuerySet, User
from core.access import Permission
from core.kept_parts import kept_part
from core.saved_views import SavedPage, SavedPages


def views_of(user: User) -> SavedViewQuerySet:
    """What this person sees, with ``is_default`` and the owner."""
    chosen = DefaultView.objects.filter(view_id=OuterRef("pk"), user=user)
    rows = SavedView.objects.visible_to(user).select_related("owner")
    return rows.annotate(is_default=Exists(chosen)).order_by("path", "name", "pk")


def offered(request: HttpRequest, path: str, query: str) -> SavedPages:
    """The views of a page, the own and the shared ones."""
    user: Any = request.user
    if not isinstance(user, User):
        return SavedPages(path, query)
    rows: Any = kept_part(
        "saved views", (user.pk, user.role, path), lambda: list(views_of(user).filter(path=path))
    )
    pages = [
        SavedPage(
            name=row.name,
            url=row.url,
            is_shown=row.query == query,
            is_default=row.is_default,
            shared_by="" if row.owner_id == user.pk else str(row.owner),
        )
        for row in rows
    ]
    return SavedPages(path, query, pages)


def may_change(view: SavedView, user: User) -> bool:
    """The owner; of a shared one also whoever keeps the settings."""
    shared = bool(view.role) and user.can(Permission.MANAGE_SETTINGS)
    return view.owner_id == user.pk or shared


def is_own_page(path: str) -> bool:
    """Whether a path is a page of this site: nothing else may be saved and opened later."""
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
