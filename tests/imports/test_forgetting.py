"""Kept cells and imports that were given up go after their time; everything else stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from imports.models import Batch, KeptGrid
from imports.receiving.forgetting import forget_expired
from tests.imports.conftest import Receive

pytestmark = pytest.mark.django_db


def test_only_what_had_its_time_is_forgotten(received: Receive) -> None:
    kept, given_up = (received({"name": "上海甲有限公司"}, sha256=one) for one in "ab")
    Batch.objects.filter(pk=given_up.pk).update(state=Batch.State.DISCARDED)
    for batch in (kept, given_up):
        KeptGrid.objects.create(batch=batch, content=b"x", kept_at=batch.uploaded_at)
    last_day = timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS)
    forget_expired(at=last_day - timedelta(hours=1))
    assert KeptGrid.objects.count() == Batch.objects.count() == 2
    forget_expired(at=last_day + timedelta(hours=1))
    assert not KeptGrid.objects.exists()
    assert Batch.objects.get() == kept
    assert kept.rows.count() == 1
