"""The form on which activities are entered and changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities import actions, queries
from activities.actions import Entered
from activities.clashes import clash_between
from activities.forms import EntryForm, PhotosForm
from activities.models import Activity, Photo
from activities.photos import Rejected
from activities.views.finding import crumbs, entering, moment, own, seen, tell
from core.edit_pages import STALE_TEMPLATE, find, viewer_of
from core.editing import Stale
from core.refusals import Refused
from core.stale_edits import settled

SUBMIT = "submit"  # the value of the button that submits; the other keeps a draft
Act = Any  # an action with everything given but what was sent

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@read_or_send
@entering
def enter_activity(request: HttpRequest) -> HttpResponse:
    """A new activity, begun as the last one suggests, or with ``?like=12`` as that one was."""
    if request.method != "POST":
        return _new_page(request)
    form = EntryForm(request.POST, request.FILES, viewer=viewer_of(request), today=localdate())
    act = partial(actions.enter_activity, token=_token(form), moment=moment())
    return _answer(request, form, act)


@read_or_send
@entering
def edit_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """What was entered, to be put right while the district has not confirmed it."""
    activity = own(request, pk)
    build = partial(EntryForm, viewer=viewer_of(request), today=localdate())
    if request.method != "POST":
        return _entry_page(request, build(instance=activity))
    anew: Any = build
    sent = settled(request.POST, anew, activity, viewer_of(request))
    form = build(sent, request.FILES, instance=activity)
    act = partial(actions.edit_activity, activity=activity, version=_version(form), moment=moment())
    return _answer(request, form, act)


@require_POST
@entering
def add_photos(request: HttpRequest, pk: int) -> HttpResponse:
    activity = own(request, pk)
    form = PhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        for error in form.errors["photos"]:
            messages.error(request, str(error))
        return redirect(activity)
    try:
        rejected = actions.add_photos(
            activity=activity, files=form.cleaned_data["photos"], by=viewer_of(request)
        )
    except Refused as refused:
        tell(request, refused)
    else:
        _tell_of_photos(request, rejected)
    return redirect(activity)


@require_POST
@entering
def remove_photo(request: HttpRequest, pk: int) -> HttpResponse:
    photo = find(request, Photo.objects.all(), pk=pk)
    activity = own(request, photo.activity_id)
    try:
        actions.remove_photo(photo=photo, by=viewer_of(request))
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _("照片已删除。"))
    return redirect(activity)


def _new_page(request: HttpRequest) -> HttpResponse:
    """A new form, with what a last activity suggests, and that one's name."""
    user, today = viewer_of(request), localdate()
    like = request.GET.get("like", "")
    last: Activity | None
    if like.isdecimal() and len(like) <= 18:
        last = earlier = seen(request, int(like))
        entry = queries.again(earlier, user, today=today)
    else:
        last = queries.usual(user)
        entry = queries.fresh_entry(user, last, today=today)
    form = EntryForm(viewer=user, today=today, entry=entry)
    return _entry_page(request, form, last=last, drafts=queries.drafts_of(user))


def _token(form: EntryForm) -> Any:
    """The token that came with the form; a new one when it came without."""
    try:
        return form.fields["entry_token"].clean(form.data.get("entry_token")) or uuid4()
    except ValidationError:
        return uuid4()


def _version(form: EntryForm) -> int:
    """The version that was opened; 0, which is none, when it can't be read."""
    text = str(form.data.get("version", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _answer(request: HttpRequest, form: EntryForm, act: Act) -> HttpResponse:
    """Send what was typed to the action; go on, or show the form with what is to be put right."""
    if not form.is_valid():
        return _entry_page(request, form)
    submit = request.POST.get("act") == SUBMIT
    try:
        entered: Entered = act(sent=form.sent(submit=submit), by=viewer_of(request))
    except Refused as refused:
        form.add_refusal(refused)
        return _entry_page(request, form)
    except Stale as stale:
        return _stale_page(request, form, stale)
    _tell_of_photos(request, entered.rejected)
    if entered.broken:
        return _still_a_draft(request, form, entered)
    _tell_of_entry(request, entered.activity, submit=submit)
    return redirect(entered.activity)


def _still_a_draft(request: HttpRequest, form: EntryForm, entered: Entered) -> HttpResponse:
    """It is kept, and not submitted: the form goes on over the draft and says what it lacks."""
    form.go_on_over(entered.activity)
    form.add_refusal(Refused(entered.broken))
    messages.info(request, _("已存为草稿。改好下面几处，再点“提交”。"))
    return _entry_page(request, form)


def _entry_page(request: HttpRequest, form: EntryForm, **new: Any) -> HttpResponse:
    """The page of the form; ``new`` is what only a new one shows: ``last``, ``drafts``."""
    activity = form.instance
    is_new = activity is None
    context = {
        "title": _("登记活动") if is_new else _("修改活动"),
        "form": form,
        "activity": activity,
        "crumbs": crumbs(activity, last=_("登记活动") if is_new else _("修改")),
        "back_url": reverse("activities:list_activities") if is_new else activity,
        "action_url": reverse("activities:enter_activity")
        if activity is None
        else reverse("activities:edit_activity", args=[activity.pk]),
        "draft": "activity-new" if activity is None else f"activity-{activity.pk}",
        "photos": queries.photos_of(activity) if activity else [],
        "last": new.get("last"),
        "drafts": new.get("drafts", ()),
        "is_waiting": activity is not None and activity.review == Activity.Review.SUBMITTED,
        "photos_lost": is_new and bool(request.FILES),
    }
    return render(request, "activities/entry.html", context)


def _stale_page(request: HttpRequest, form: EntryForm, stale: Stale) -> HttpResponse:
    activity = stale.record
    assert isinstance(activity, Activity)
    context = {
        "title": _("两人都改了这场活动"),
        "clash": clash_between(form, activity, viewer_of(request)),
        "record": activity,
        "back_url": activity.get_absolute_url(),
        "action_url": reverse("activities:edit_activity", args=[activity.pk]),
        "crumbs": crumbs(activity, last=_("修改")),
    }
    return render(request, STALE_TEMPLATE, context, status=409)


def _tell_of_photos(request: HttpRequest, rejected: Sequence[Rejected]) -> None:
    for one in rejected:
        messages.warning(request, str(one))


def _tell_of_entry(request: HttpRequest, activity: Activity, *, submit: bool) -> None:
    review = activity.review
    if review == Activity.Review.CONFIRMED:
        words = _("已登记，计入各项数字。")
    elif review == Activity.Review.SUBMITTED:
        words = _("已提交，等待区里确认。")
    elif submit:
        words = _("已保存。")
    else:
        words = _("已存为草稿，可随时接着填。")
    messages.success(request, words)
