"""Where the time goes: the stack of the main thread looked at every few milliseconds."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from types import FrameType, TracebackType
from typing import Self

LOOK_EVERY_S = 0.004
# The innermost of these modules that is at work names what is being done; bulk writing belongs to
# who asks for it.
WORKS = (
    ("imports/reading/isolation.py", "read"),
    ("imports/reading/", "clean"),
    ("imports/cleaning/", "clean"),
    ("imports/comparing/file_rows.py", "clean"),
    ("imports/receiving/rosters.py", "clean"),
    ("imports/plans/resources.py", "write"),
    ("imports/plans/", "compare"),
    ("imports/", "rows"),
)
PASSED_THROUGH = "imports/plans/bulk.py"


class Sampler:
    """Counts, in a thread, what the main thread is doing."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._over = threading.Event()
        self._main = threading.main_thread().ident or 0
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def seconds(self, total: float) -> dict[str, float]:
        """The time of each kind of work, of as many seconds in all."""
        looks = sum(self.counts.values()) or 1
        return {name: total * count / looks for name, count in self.counts.most_common()}

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            frame = sys._current_frames().get(self._main)
            self.counts[_work_of(frame)] += 1


def _work_of(frame: FrameType | None) -> str:
    while frame is not None:
        path = frame.f_code.co_filename
        if PASSED_THROUGH not in path:
            for part, name in WORKS:
                if part in path:
                    return name
        frame = frame.f_back
    return "other"
