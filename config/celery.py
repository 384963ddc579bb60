"""The Celery application: its tasks are doors to one action each."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("tongxin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def catch_up(**_kwargs: Any) -> None:
    """Ask at the start for all that has a time: an office machine is off at night.

    Each task looks for what is due and missing, so that once too often changes nothing.
    """
    for entry in app.conf.beat_schedule.values():
        app.send_task(entry["task"])
