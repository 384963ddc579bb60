"""The answers behind a field that finds rows while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse

from core.parts import Text

SUGGESTIONS = 20
LONGEST_QUERY = 60  # characters of what is typed that are looked at


def suggestions(
    request: HttpRequest,
    queryset: Any,
    *,
    note: Callable[[Any], Text] | None = None,
    first: Sequence[tuple[str, Text]] = (),
) -> JsonResponse:
    """Answer ``?q=hxz`` with the rows whose name, pinyin or initials hold it, in name order.

    ``{"results": [{"value": "12", "text": "华新镇商会", "note": "华新镇"}], "more": false}``.
    ``queryset`` has ``named_like`` and ``by_name``, starts from ``visible_to(user)`` and fetches
    what ``note`` reads. ``first`` are choices that are no rows, offered before them.

    Example::

        @requires(Permission.READ)
        def suggest_venues(request: HttpRequest) -> JsonResponse:
            venues = Venue.objects.visible_to(request.user).select_related("town")
            return suggestions(request, venues, note=lambda venue: venue.town.name)
    """
    typed = request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "")
    rows = list(queryset.named_like(typed).by_name()[: SUGGESTIONS + 1])
    results = [
        {"value": value, "text": str(words), "note": ""}
        for value, words in first
        if typed.strip() in str(words)
    ]
    results += [
        {"value": str(row.pk), "text": str(row), "note": str(note(row)) if note else ""}
        for row in rows[:SUGGESTIONS]
    ]
    return JsonResponse({"results": results, "more": len(rows) > SUGGESTIONS})
