"""Feedback: a word about a page, the list for those who keep the settings, and the answer."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import kept_actions
from accounts.kept_forms import LONGEST_PATH, AnswerForm, FeedbackForm
from accounts.kept_tables import FeedbackFilter, FeedbackTable
from accounts.models import Feedback, User
from core.access import Permission, requires
from core.lists import list_page
from core.parts import Button, Crumb, Empty

OWN_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ)
def give_feedback(request: HttpRequest) -> HttpResponse:
    """Say what is wrong with the page one came from; below it what one said before."""
    user = cast(User, request.user)
    form = FeedbackForm(request.POST or None, initial={"path": request.GET.get("from", "")})
    if form.is_valid():
        path = _path_alone(form.cleaned_data["path"])
        words = form.cleaned_data["words"]
        kept_actions.give_feedback(path=path, words=words, at=timezone.now(), by=user)
        messages.success(request, _("已收到，谢谢。系统管理员会看到您的意见。"))
        return redirect(path or "accounts:give_feedback")
    context = {
        "title": pgettext("列表", "意见反馈"),
        "form": form,
        "buttons": [Button(_("提交意见"), primary=True)],
        "about": _path_alone(form["path"].value() or ""),
        "said": user.feedback.order_by("-written_at", "-pk")[:OWN_SHOWN],
        "may_answer": user.can(Permission.MANAGE_SETTINGS),
    }
    return render(request, "accounts/give_feedback.html", context)


def _path_alone(address: str) -> str:
    """The path of a page of this site, without its filters; "" for anything else."""
    path = address.partition("?")[0].partition("#")[0][:LONGEST_PATH]
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours else ""


@require_safe
@requires(Permission.MANAGE_SETTINGS)
def list_feedback(request: HttpRequest) -> HttpResponse:
    """Everything that was said, the newest first."""
    return list_page(
        request,
        title=pgettext("列表", "意见反馈"),
        unit=_("条"),
        queryset=Feedback.objects.visible_to(cast(User, request.user)).select_related("written_by"),
        filterset_class=FeedbackFilter,
        table_class=FeedbackTable,
        empty=Empty(_("还没有意见"), _("每个页面的底部都有“意见反馈”。")),
        notes=[_("意见只保存在本系统，不向外发送。")],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def answer_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """One word of feedback, and what came of it."""
    user = cast(User, request.user)
    rows = Feedback.objects.visible_to(user).select_related("written_by")
    feedback = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None, initial={"answer": feedback.answer})
    if form.is_valid():
        kept_actions.answer_feedback(
            feedback=feedback, **form.cleaned_data, at=timezone.now(), by=user
        )
        messages.success(request, _("已保存。"))
        return redirect("accounts:list_feedback")
    context = {
        "title": _("答复意见"),
        "form": form,
        "feedback": feedback,
        "crumbs": [
            Crumb(pgettext("列表", "意见反馈"), reverse("accounts:list_feedback")),
            Crumb(_("答复意见")),
        ],
        "cancel_url": reverse("accounts:list_feedback"),
    }
    return render(request, "accounts/answer_feedback.html", context)
