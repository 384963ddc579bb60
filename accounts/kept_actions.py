"""Writes of what people keep and say: saved views, the views pages open with, feedback."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import DefaultView, Feedback, SavedView, User
from accounts.saved_views import is_own_page, may_change
from core import editing
from core.access import Permission
from core.audit import written
from core.refusals import Rule, refuse_if_broken

MOST_VIEWS = 200  # a person's; nobody keeps more, a script would

NOT_OURS = Rule("VIEW-01", _("这个页面不能保存为视图。"))
NOT_YOURS = Rule("VIEW-02", _("只有保存人可以改动这个视图；共享的视图系统管理员也可以。"))
NOT_TO_SHARE = Rule("VIEW-03", _("只有系统管理员可以把视图共享给一个角色。"), field="role")
TOO_MANY = Rule("VIEW-04", _("您已保存 200 个视图，请先删去不用的。"))


def save_view(*, name: str, path: str, query: str, by: User) -> SavedView:
    """Keep a page under a name; under a name that is there already, keep it anew."""
    with written(by=by, action="save_view"):
        refuse_if_broken([] if is_own_page(path) else [NOT_OURS])
        editing.one_at_a_time(f"saved views of {by.pk}")
        mine = SavedView.objects.filter(owner=by)
        view = mine.filter(path=path, name=name).first()
        if view is None:
            refuse_if_broken([TOO_MANY] if len(mine[:MOST_VIEWS]) >= MOST_VIEWS else [])
            view = SavedView(owner=by, path=path, name=name)
        view.query = query
        editing.save(view)
    return view


def edit_view(*, view: SavedView, name: str, role: str, by: User) -> None:
    """Rename a view, or share it with a role."""
    with written(by=by, action="edit_view"):
        refuse_if_broken(
            [
                *([] if may_change(view, by) else [NOT_YOURS]),
                *([NOT_TO_SHARE] if role != view.role and not _may_share(by) else []),
            ]
        )
        if view.role and role != view.role:
            # Who no longer sees it must not be led to it.
            view.default_for.exclude(user=view.owner).delete()
        view.name, view.role = name, role
        editing.save(view)


def _may_share(user: User) -> bool:
    return user.can(Permission.MANAGE_SETTINGS)


def delete_view(*, view: SavedView, by: User) -> None:
    with written(by=by, action="delete_view"):
        refuse_if_broken([] if may_change(view, by) else [NOT_YOURS])
        view.delete()


def choose_default_view(*, view: SavedView, by: User) -> None:
    """Open the page of this view with it from now on; chosen again, no more."""
    with written(by=by, action="choose_default_view"):
        editing.one_at_a_time(f"saved views of {by.pk}")
        chosen = DefaultView.objects.filter(user=by, path=view.path)
        was_it = chosen.filter(view=view).exists()
        chosen.delete()
        if not was_it:
            DefaultView.objects.create(user=by, view=view, path=view.path)


def give_feedback(*, path: str, words: str, at: datetime, by: User) -> Feedback:
    """Keep what somebody says of a page, as it was written."""
    with written(by=by, action="give_feedback"):
        return Feedback.objects.create(path=path, words=words, written_by=by, written_at=at)


def answer_feedback(*, feedback: Feedback, answer: str, at: datetime, by: User) -> None:
    """Say what came of it; whoever wrote it reads the answer. Without words it is open again."""
    with written(by=by, action="answer_feedback"):
        feedback.answer, feedback.answered_at = answer, at if answer else None
        feedback.save(update_fields=["answer", "answered_at"])
