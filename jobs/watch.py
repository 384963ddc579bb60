"""A watch in each web process: when the clock (beat) is dead, due jobs are published here."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone

from jobs.models import Tick
from jobs.tasks import publish_due

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 60
DEAD_AFTER = timedelta(minutes=10)


def start() -> None:
    """Begin watching, in a daemon thread; looks at once, so that a web start catches up."""
    threading.Thread(target=_watch, name="job-watch", daemon=True).start()


def look() -> bool:
    """Publish due jobs if nothing has for too long; tells whether it had to."""
    tick = Tick.objects.filter(name="publish").first()
    if tick and tick.ticked_at > timezone.now() - DEAD_AFTER:
        return False
    publish_due()
    return True


def _watch() -> None:
    pause = threading.Event()
    while True:
        try:
            look()
        except Exception:
            log.warning("the watch over background work could not look", exc_info=True)
        finally:
            close_old_connections()
        pause.wait(LOOK_EVERY_SECONDS)
