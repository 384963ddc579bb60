"""The district's queue of review: one after the other, or many at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities import actions, queries
from activities.filters import WaitingFilter
from activities.forms import ConfirmForm, ReturnForm
from activities.models import Activity
from activities.tables import FORM_OF_CHOICE, WaitingTable
from activities.views.finding import crumbs, seen, tell
from activities.views.records import facts_of, progress_state
from core.access import Permission, requires
from core.edit_pages import viewer_of
from core.lists import list_page
from core.parts import Crumb, Empty
from core.refusals import Refused

MOST_CHOSEN = 200
reviewing = requires(Permission.REVIEW_ACTIVITIES)


@require_safe
@reviewing
def list_waiting(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        title=_("待审核"),
        unit=_("场"),
        queryset=queries.waiting(viewer_of(request)),
        filterset_class=WaitingFilter,
        table_class=WaitingTable,
        template_name="activities/list_waiting.html",
        crumbs=[*crumbs(), Crumb(_("待审核"))],
        empty=Empty(_("都审核完了"), _("街镇再提交时，会出现在这里和“我的待办”里。")),
        context={"form_of_choice": FORM_OF_CHOICE},
    )


@require_safe
@reviewing
def review_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity to decide on; one that is decided already opens its own page."""
    activity = seen(request, pk)
    if activity.review != Activity.Review.SUBMITTED:
        return redirect(activity)
    return _review_page(request, activity)


@require_POST
@reviewing
def confirm_activity(request: HttpRequest, pk: int) -> HttpResponse:
    activity = seen(request, pk)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm_activity(
                activity=activity,
                version=form.cleaned_data["version"],
                at=now(),
                by=viewer_of(request),
            )
        except Refused as refused:
            tell(request, refused)
            return redirect("activities:review_activity", pk=pk)
    messages.success(request, _("已确认：%(name)s") % {"name": activity.name})
    return _on_to_the_next(request, activity)


@require_POST
@reviewing
def return_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back. What was confirmed already is given back from its own page."""
    activity = seen(request, pk)
    form = ReturnForm(request.POST)
    was_waiting = activity.review == Activity.Review.SUBMITTED
    if not form.is_valid():
        return _review_page(request, activity, form) if was_waiting else redirect(activity)
    try:
        actions.return_activity(
            activity=activity,
            reason=form.reason,
            version=form.cleaned_data["version"],
            at=now(),
            by=viewer_of(request),
        )
    except Refused as refused:
        return _not_returned(request, activity, form, refused)
    messages.success(request, _("已退回：%(name)s") % {"name": activity.name})
    return _on_to_the_next(request, activity) if was_waiting else redirect(activity)


def _not_returned(
    request: HttpRequest, activity: Activity, form: ReturnForm, refused: Refused
) -> HttpResponse:
    """The form again, in the queue; elsewhere the record, with what stood against it."""
    if activity.review != Activity.Review.SUBMITTED:
        tell(request, refused)
        return redirect(activity)
    form.add_refusal(refused)
    return _review_page(request, activity, form)


@require_POST
@reviewing
def confirm_chosen(request: HttpRequest) -> HttpResponse:
    """Confirm the ticked ones, each as it was when the list was drawn."""
    versions = dict(_chosen(request))
    rows = list(queries.waiting(viewer_of(request)).filter(pk__in=versions))
    done = actions.confirm_many(activities=rows, versions=versions, at=now(), by=viewer_of(request))
    if done.count:
        messages.success(request, _("已确认 %(count)s 场。") % {"count": done.count})
    for activity, rule in done.left:
        messages.warning(request, f"{activity.name}：{rule}")
    if not versions:
        messages.info(request, _("请先勾选要确认的活动。"))
    return redirect("activities:list_waiting")


def _chosen(request: HttpRequest) -> list[tuple[int, int]]:
    """Pairs of key and version, as the boxes carry them ("12:3")."""
    pairs = [text.partition(":") for text in request.POST.getlist("chosen")[:MOST_CHOSEN]]
    return [
        (int(pk), int(version))
        for pk, _colon, version in pairs
        if pk.isdecimal() and version.isdecimal() and len(pk) <= 18 and len(version) < 10
    ]


def _on_to_the_next(request: HttpRequest, activity: Activity) -> HttpResponse:
    """The next one opens by itself."""
    following = queries.next_waiting(viewer_of(request), after=activity)
    if following is None:
        messages.info(request, _("都审核完了。"))
        return redirect("activities:list_waiting")
    return redirect("activities:review_activity", pk=following.pk)


def _review_page(
    request: HttpRequest, activity: Activity, form: ReturnForm | None = None
) -> HttpResponse:
    turn = queries.turn_of(activity, viewer_of(request))
    initial = {"version": activity.version}
    context = {
        "title": activity.name,
        "activity": activity,
        "crumbs": [
            *crumbs(),
            Crumb(_("待审核"), reverse("activities:list_waiting")),
            Crumb(_("第 %(place)s / %(total)s 场") % {"place": turn.place, "total": turn.total}),
        ],
        "facts": [
            fact for fact in facts_of(activity, viewer_of(request)) if fact.value not in (None, "")
        ],
        "hosts": queries.hosts_of(activity),
        "photos": queries.photos_of(activity),
        "progress_state": progress_state(activity),
        "turn": turn,
        "confirm_form": ConfirmForm(initial=initial),
        "return_form": form or ReturnForm(initial=initial),
    }
    return render(request, "activities/review_activity.html", context)
