"""The page of one activity, and what can be done with it there."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities import actions, queries, rules
from activities.forms import CancelForm, HoldForm, PhotosForm, PostponeForm, ReturnForm
from activities.models import Activity, Host, Photo
from activities.tables import REVIEW_TONES, STATE_TONES
from activities.views.finding import crumbs, entering, moment, own, seen, tell
from core.access import Permission, Viewer, requires
from core.edit_pages import viewer_of
from core.history import Trail
from core.parts import Action, Fact, State, Text, number_words
from core.record_pages import record_page
from core.refusals import Refused

TEMPLATE = "activities/show_activity.html"
Review = Activity.Review


@require_safe
@requires(Permission.READ)
def show_activity(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen(request, pk))


@require_POST
@entering
def submit_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit a draft from its page; what it lacks is put right on its form."""
    activity = own(request, pk)
    try:
        actions.submit_activity(activity=activity, moment=moment(), by=viewer_of(request))
    except Refused as refused:
        tell(request, refused)
        return redirect("activities:edit_activity", pk=pk)
    messages.success(request, _("已提交。"))
    return redirect(activity)


@require_POST
@entering
def hold_activity(request: HttpRequest, pk: int) -> HttpResponse:
    act = partial(actions.hold_activity, moment=moment())
    return _act(request, pk, HoldForm(request.POST), act, done=_("已标记为举办，等待区里确认。"))


@require_POST
@entering
def postpone_activity(request: HttpRequest, pk: int) -> HttpResponse:
    def act(*, start_on: Any, **given: Any) -> None:
        actions.postpone_activity(to=start_on, today=moment().today, **given)

    return _act(request, pk, PostponeForm(request.POST), act, done=_("已标记为延期。"))


@require_POST
@entering
def cancel_activity(request: HttpRequest, pk: int) -> HttpResponse:
    form = CancelForm(request.POST)
    return _act(request, pk, form, actions.cancel_activity, done=_("已标记为取消。"))


@require_POST
@entering
def delete_draft(request: HttpRequest, pk: int) -> HttpResponse:
    activity = own(request, pk)
    try:
        actions.delete_draft(activity=activity, by=viewer_of(request))
    except Refused as refused:
        tell(request, refused)
        return redirect(activity)
    messages.success(request, _("已删除“%(name)s”。") % {"name": activity.name})
    return redirect("activities:list_activities")


def _act(request: HttpRequest, pk: int, form: Any, act: Any, *, done: str) -> HttpResponse:
    """Do what a small form of the page asks, or show the page with what is wrong in the form."""
    activity = own(request, pk)
    if form.is_valid():
        try:
            act(activity=activity, by=viewer_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, done)
            return redirect(activity)
    if activity.state not in rules.AHEAD:  # its page has no form left to say it in
        tell(request, Refused([rules.NOT_AHEAD]))
    return _page(request, activity, form)


def _page(request: HttpRequest, activity: Activity, sent: Any = None) -> HttpResponse:
    """The page of an activity; ``sent`` is a small form of it that was refused."""
    user = viewer_of(request)
    is_own = queries.may_write(activity, user)
    towns = queries.towns_taking_part(activity)
    return record_page(
        request,
        TEMPLATE,
        record=activity,
        facts=facts_of(activity, user),
        trails=[Trail(Host, "activity"), Trail(Photo, "activity")],
        crumbs=crumbs(activity),
        actions=_actions(activity, is_own=is_own, user=user),
        lead=_lead(activity),
        state=State(activity.get_review_display(), REVIEW_TONES[Review(activity.review)]),
        context={
            "progress_state": progress_state(activity),
            "hosts": queries.hosts_of(activity),
            "photos": queries.photos_of(activity),
            "towns": towns if len(towns) > 1 else [],
            "is_open": is_own and not list(rules.broken_by_editing(activity)),
            "is_waiting": activity.review == Review.SUBMITTED,
            "return_form": _return_form(activity, user),
            "may_delete": is_own and activity.review in rules.DELETABLE,
            "may_enter": user.can(Permission.ENTER_ACTIVITIES),
            "forms": _forms(activity, is_own, sent),
            "photos_form": PhotosForm(),
        },
    )


def _return_form(activity: Activity, user: Any) -> ReturnForm | None:
    """For what is confirmed already and turns out wrong; what waits is decided on in the queue."""
    if activity.review == Review.CONFIRMED and queries.may_review(activity, user):
        return ReturnForm(initial={"version": activity.version})
    return None


def _forms(activity: Activity, is_own: bool, sent: Any) -> dict[str, Any]:
    """The small forms for what lies ahead, those of its own people alone."""
    if not is_own or activity.state not in rules.AHEAD:
        return {}
    classes = {"hold": HoldForm, "postpone": PostponeForm, "cancel": CancelForm}
    return {
        name: sent if isinstance(sent, form) else form(auto_id=f"id_{name}_%s")
        for name, form in classes.items()
    }


def progress_state(activity: Activity) -> State:
    return State(activity.get_state_display(), STATE_TONES[Activity.State(activity.state)])


def _actions(activity: Activity, *, is_own: bool, user: Any) -> list[Action]:
    """What can be done with the whole record."""

    def url(name: str) -> str:
        return reverse(f"activities:{name}", args=[activity.pk])

    offered: list[Action] = []
    if user.can(Permission.ENTER_ACTIVITIES):
        again = f"{reverse('activities:enter_activity')}?like={activity.pk}"
        offered.append(Action(_("照此再记"), again, icon="copy"))
    if is_own and not list(rules.broken_by_editing(activity)):
        is_draft = activity.review == Review.DRAFT
        words = _("接着填") if is_draft else _("修改")
        offered.append(Action(words, url("edit_activity"), icon="edit"))
    if is_own and activity.review in {Review.DRAFT, Review.RETURNED}:
        offered.append(Action(_("提交"), url("submit_activity"), "send", primary=True, post=True))
    if queries.may_review(activity, user) and activity.review == Review.SUBMITTED:
        offered.append(Action(_("审核"), url("review_activity"), icon="checklist", primary=True))
    return offered


def facts_of(activity: Activity, viewer: Viewer) -> list[Fact]:
    """What was entered, in the order in which it is told; links lead where the viewer may go."""
    facts = [
        Fact(_("日期"), activity.day_words),
        Fact(_("街镇"), str(activity.town) if activity.town else _("区级")),
        Fact(_("阵地或地点"), activity.where, _venue_url(activity, viewer)),
        Fact(_("人数"), _people(activity.headcount)),
        Fact(_("类型"), activity.kind.name),
        Fact(_("形式"), activity.get_mode_display()),
        Fact(_("品牌"), str(activity.brand or "")),
        Fact(_("捐赠金额"), _yuan(activity)),
        Fact(_("受益人数"), _people(activity.beneficiaries)),
        Fact(_("登记人"), str(activity.entered_by or "")),
    ]
    return [fact for fact in facts if fact.value]


def _venue_url(activity: Activity, viewer: Viewer) -> str:
    venue = activity.venue
    if venue is None or (viewer.town_ids is not None and venue.town_id not in viewer.town_ids):
        return ""
    return reverse("venues:show_venue", args=[venue.pk])


def _people(count: int | None) -> str:
    return _("%(count)s 人") % {"count": number_words(count)} if count is not None else ""


def _yuan(activity: Activity) -> str:
    amount = activity.donation_yuan
    return _("%(amount)s 元") % {"amount": number_words(amount)} if amount is not None else ""


def _lead(activity: Activity) -> Text:
    """Where it stands, as a sentence beside the word of its state."""
    at = activity.reviewed_at or activity.submitted_at
    moment_words = date_format(localtime(at), "DATETIME_FORMAT") if at else ""
    match activity.review:
        case Review.DRAFT:
            return _("还没有提交，只有登记的单位看得到。")
        case Review.SUBMITTED:
            return _("已提交，等待区里确认。")
        case Review.RETURNED:
            return _("区里 %(at)s 退回：%(reason)s") % {
                "at": moment_words,
                "reason": activity.return_reason,
            }
    return _("%(at)s 确认，计入各项数字。") % {"at": moment_words} if at else _("计入各项数字。")
