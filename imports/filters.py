"""The filters of the list of imports."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from chambers.models import Chamber
from core.lists import DayFilter, RecordFilter, SearchFilter
from imports.models import KINDS, Batch


def visible_chambers(request: HttpRequest) -> Any:
    """The chambers this person may see, in name order."""
    return Chamber.objects.visible_to(request.user).by_name()  # type: ignore[arg-type]


class BatchFilter(RecordFilter):
    q = SearchFilter(method="search", placeholder=_("文件名或上传人"))
    plan = django_filters.ChoiceFilter(label=_("内容"), choices=list(KINDS.items()))
    chamber = django_filters.ModelChoiceFilter(label=_("商会"), queryset=visible_chambers)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=Batch.State.choices)
    since = DayFilter(label=_("上传自"), field_name="uploaded_at", lookup_expr="date__gte")
    until = DayFilter(label=_("至"), field_name="uploaded_at", lookup_expr="date__lte")

    shown = ("q", "plan", "chamber", "state")

    class Meta:
        model = Batch
        fields = ("q", "plan", "chamber", "state", "since", "until")

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(file_name__icontains=value)
            | Q(uploaded_by__name__icontains=value)
            | Q(uploaded_by__username__iexact=value)
        )
