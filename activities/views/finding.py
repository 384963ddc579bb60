"""What the pages of activities share: finding one in scope, and the answer to who may not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities import queries
from activities.entries import Moment
from activities.models import Activity
from core.access import Permission, requires
from core.edit_pages import find, viewer_of
from core.parts import Crumb
from core.refusals import Refused

View = Callable[..., HttpResponse]


class NotYours(Exception):
    """Somebody may read an activity and not write it; the page says so, and who may."""

    def __init__(self, activity: Activity) -> None:
        self.activity = activity
        super().__init__(f"activity {activity.pk} is another's to write")


def entering(view: View) -> Any:
    """Let through who enters activities. What is another's to write is 403 with a sentence."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotYours as refusal:
            activity = refusal.activity
            context = {
                "title": _("这场活动由登记的单位修改"),
                "activity": activity,
                "may_review": queries.may_review(activity, viewer_of(request)),
            }
            return render(request, "activities/not_yours.html", context, status=403)

    return requires(Permission.ENTER_ACTIVITIES)(guarded)


def seen(request: HttpRequest, pk: int) -> Activity:
    """The activity among those this person may see; 404 otherwise."""
    rows = Activity.objects.select_related("town", "kind", "venue", "brand", "entered_by")
    return find(request, rows, pk=pk)


def own(request: HttpRequest, pk: int) -> Activity:
    """The activity when it is this person's to write. Raises NotYours when it is only seen."""
    activity = seen(request, pk)
    if not queries.may_write(activity, viewer_of(request)):
        raise NotYours(activity)
    return activity


def moment() -> Moment:
    return Moment(today=timezone.localdate(), at=timezone.now())


def crumbs(activity: Activity | None = None, last: str = "") -> list[Crumb]:
    """The way here from the list."""
    way = [Crumb(pgettext("列表", "活动"), reverse("activities:list_activities"))]
    if activity:
        way.append(Crumb(activity.name, activity.get_absolute_url() if last else ""))
    return [*way, Crumb(last)] if last else way


def tell(request: HttpRequest, refused: Refused) -> None:
    """Say every broken rule above the next page."""
    for rule in refused.rules:
        messages.error(request, str(rule))
