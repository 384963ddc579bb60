"""What had its time while the machine was off is asked for when it is on again."""

from __future__ import annotations

import pytest
from celery.signals import beat_init

from config.celery import app


def test_everything_with_a_time_is_asked_for_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(app, "send_task", asked.append)

    beat_init.send(sender=None)

    assert sorted(asked) == [
        "accounts.forget_expired",
        "cells.recount",
        "imports.forget_expired",
        "jobs.publish_due",
        "summaries.ask_for_due",
    ]
